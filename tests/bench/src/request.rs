//! Validating and signing, as the benchmarks of `tests` measure them.

use std::io;
use std::process::Command;

use crate::Plan;
use crate::process::run;
use crate::report::Row;

pub(crate) fn measure(plan: &Plan, tell: &dyn Fn(&str)) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for bench in ["validate", "sign"] {
        tell(&format!("running the benchmark {bench}"));
        let arguments = ["bench", "--quiet", "--offline", "--package", "tests", "--bench", bench];
        let (_, text) = run(Command::new("cargo").args(arguments).current_dir(&plan.root))?;
        rows.extend(text.lines().filter_map(|line| row(bench, line)));
    }
    Ok(rows)
}

/// A line of a ratio: `generated and by hand, in turns: 6.7ns and 5.4ns, which is 1.25 times as long`.
fn row(bench: &str, line: &str) -> Option<Row> {
    let (what, figures) = line.split_once(", in turns: ")?;
    Some(Row::new(format!("{bench}: {what}")).note(figures.to_owned()))
}
