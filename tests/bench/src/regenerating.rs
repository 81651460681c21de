//! What a maintainer waits for after a change to one spec.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::Plan;
use crate::process::{after_changes, run};
use crate::report::Row;

pub(crate) fn measure(plan: &Plan, tell: &dyn Fn(&str)) -> io::Result<Vec<Row>> {
    tell("generating the real crate");
    let spec = any_spec(&plan.root.join("specs"))?;
    let generate = || {
        let mut cargo = Command::new("cargo");
        Ok(run(cargo.args(["xtask", "codegen"]).current_dir(&plan.root))?.0)
    };
    generate()?;
    let cost = after_changes(&spec, plan.runs, generate)?;
    let what = "`cargo xtask codegen`, one spec touched";
    Ok(vec![Row::new(what).cost(cost).note("Cargo included")])
}

/// The first operation of the one service version.
fn any_spec(specs: &Path) -> io::Result<std::path::PathBuf> {
    let folders = fs::read_dir(specs)?.filter_map(Result::ok).map(|entry| entry.path());
    let operations = folders.map(|folder| folder.join("operations")).find(|folder| folder.is_dir());
    let missing = || io::Error::other("there is no spec");
    let files = fs::read_dir(operations.ok_or_else(missing)?)?.filter_map(Result::ok);
    files.map(|entry| entry.path()).min().ok_or_else(missing)
}
