//! The program of codegen/README.md, which generates one service.

use std::path::Path;

use alibabacloud_codegen::{Config, Plan, Specs, generate};

fn main() -> std::io::Result<()> {
    let specs = Specs::read(Path::new("."), "specs/sts-2015-04-01")?;
    match generate(&specs, &Config::default()) {
        Ok(output) => {
            let folder = Path::new("generated").join(&output.folder);
            Plan::new(&folder, &output.files)?.apply()
        }
        Err(problems) => {
            eprintln!("{}", problems.render(false));
            std::process::exit(1)
        }
    }
}
