//! What a maintainer waits for after a change to one spec.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::Plan;
use crate::process::{Cost, run, touch};
use crate::report::Row;

pub(crate) fn measure(plan: &Plan, tell: &dyn Fn(&str)) -> io::Result<Vec<Row>> {
    tell("generating the real crate");
    let spec = any_spec(&plan.root.join("specs"))?;
    let generate = || run(Command::new("cargo").args(["xtask", "codegen"]).current_dir(&plan.root));
    generate()?;
    let mut costs = Vec::new();
    for _ in 0..plan.runs {
        touch(&spec)?;
        costs.push(generate()?.0);
    }
    let what = "`cargo xtask codegen`, one spec touched";
    Ok(vec![Row::new(what).cost(Cost::median(&costs)).note("Cargo included")])
}

/// The first operation of the one service version.
fn any_spec(specs: &Path) -> io::Result<std::path::PathBuf> {
    let folders = fs::read_dir(specs)?.filter_map(Result::ok).map(|entry| entry.path());
    let operations = folders.map(|folder| folder.join("operations")).find(|folder| folder.is_dir());
    let missing = || io::Error::other("there is no spec");
    let files = fs::read_dir(operations.ok_or_else(missing)?)?.filter_map(Result::ok);
    files.map(|entry| entry.path()).min().ok_or_else(missing)
}
