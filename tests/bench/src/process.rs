//! Programs that are measured: their time on a clock, and the most memory that one of their
//! processes had.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Instant, SystemTime};

use wait4::Wait4 as _;

/// What a run of a program took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// Of the process or one that it waited for, whichever had the most.
    pub(crate) mebibytes: f64,
}

impl Cost {
    /// The medians of several.
    pub(crate) fn median(of: &[Self]) -> Self {
        Self {
            seconds: median(of.iter().map(|cost| cost.seconds)),
            mebibytes: median(of.iter().map(|cost| cost.mebibytes)),
        }
    }

    /// What we did, in multiples of what another one took.
    pub(crate) fn of(self, other: Self) -> String {
        let (time, memory) = (self.seconds / other.seconds, self.mebibytes / other.mebibytes);
        format!("ours takes {time:.2} × its time, {memory:.2} × its memory")
    }

    /// What a peer took, in multiples of what we did.
    pub(crate) fn beside(self, ours: Self) -> String {
        let (time, memory) = (self.seconds / ours.seconds, self.mebibytes / ours.mebibytes);
        format!("{time:.1} × our time, {memory:.1} × our memory")
    }
}

pub(crate) fn median(of: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = of.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Runs a program to its end; returns what it took and what it wrote to standard output.
pub(crate) fn run(command: &mut Command) -> io::Result<(Cost, String)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let name = format!("{command:?}");
    let failed = |what: String| io::Error::other(format!("{name}: {what}"));
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let (out, problems) = (child.stdout.take(), child.stderr.take());
    let read = |pipe: Option<Box<dyn io::Read + Send>>| {
        let mut bytes = Vec::new();
        pipe.map(|mut pipe| pipe.read_to_end(&mut bytes)).transpose()?;
        io::Result::Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    // Read beside each other: a program whose pipe is full stands still.
    let problems = problems.map(|pipe| Box::new(pipe) as Box<dyn io::Read + Send>);
    let problems = thread::spawn(move || read(problems));
    let out = read(out.map(|pipe| Box::new(pipe) as Box<dyn io::Read + Send>))?;
    let used = child.wait4()?;
    let seconds = started.elapsed().as_secs_f64();
    let problems = problems.join().map_err(|_| failed("its output was not read".to_owned()))??;
    if !used.status.success() {
        let said = format!("{problems}{out}");
        let said: Vec<String> = said.lines().map(shortened).collect();
        return Err(failed(format!("{}\n{}", used.status, said.join("\n"))));
    }
    let mebibytes = used.rusage.maxrss as f64 / f64::from(1 << 20);
    Ok((Cost { seconds, mebibytes }, out))
}

/// The start of a line: Cargo repeats a failed command with every feature, and there are thousands.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(500) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}

/// Builds this program with optimizations and returns where it is.
pub(crate) fn build_bench(root: &Path) -> io::Result<PathBuf> {
    let build = ["build", "--quiet", "--release", "--offline", "--package", "bench"];
    run(Command::new("cargo").args(build).current_dir(root))?;
    Ok(root.join("target/release/bench"))
}

/// The medians of several runs, before each of which a file is made to look changed.
pub(crate) fn after_changes(
    file: &Path,
    runs: usize,
    run: impl Fn() -> io::Result<Cost>,
) -> io::Result<Cost> {
    let mut costs = Vec::new();
    for _ in 0..runs {
        File::options().append(true).open(file)?.set_modified(SystemTime::now())?;
        costs.push(run()?);
    }
    Ok(Cost::median(&costs))
}

/// A program on the `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}
