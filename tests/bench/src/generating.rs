//! The generator on made-up APIs, beside its formatter alone and beside its peers.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::Plan;
use crate::against::Against;
use crate::corpus::Corpus;
use crate::peers::{self, Peer};
use crate::process::{Cost, median, run};
use crate::report::Row;
use crate::step::Generating;

/// Where Linux keeps files in memory. For minutes after files were deleted, some disks' file systems
/// take ten times as long to make new ones.
const MEMORY: &str = "/dev/shm";

pub(crate) fn measure(
    plan: &Plan,
    program: &Path,
    place: &Path,
    tell: &dyn Fn(&str),
) -> io::Result<Vec<Row>> {
    fs::create_dir_all(place)?;
    let against = plan.against.as_ref().map(|checkout| {
        tell("building the other generator");
        Against::build(checkout, place)
    });
    let against = against.transpose()?;
    let memory = Path::new(MEMORY);
    let place = if memory.is_dir() { memory } else { place };
    let place = tempfile::Builder::new().prefix("bench-generating-").tempdir_in(place)?;
    let mut rows = Vec::new();
    let mut first: Option<(usize, f64)> = None;
    for &size in &plan.sizes {
        let folder = place.path().join(format!("corpus-{size}"));
        write_corpus(plan.seed, size, &folder)?;
        let found = measure_one(plan, program, against.as_ref(), &folder, size, tell)?;
        let seconds = found.cost.seconds;
        let growth =
            first.map(|(count, time)| format!("; {:.1} × the time of {count}", seconds / time));
        // The smallest is mostly the start of the process.
        first = first.or((size >= 1_000).then_some((size, seconds)));
        rows.extend(found.rows(size, &growth.unwrap_or_default()));
    }
    Ok(rows)
}

/// Writes a made-up API to an empty folder.
pub(crate) fn write_corpus(seed: u64, size: usize, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Corpus::new(seed, size).write(folder)
}

/// Generates the crate of a made-up API into a new folder `to`, in a process of its own.
pub(crate) fn generate(
    program: &Path,
    from: &Path,
    to: &Path,
    runtime: &Path,
) -> io::Result<(Cost, Generating)> {
    let mut generate = Command::new(program);
    generate.arg("generate").args([from, to]).arg("--runtime").arg(runtime);
    let (cost, text) = run(&mut generate)?;
    Ok((cost, serde_json::from_str(&text)?))
}

struct Found {
    cost: Cost,
    generating: Vec<Generating>,
    reformatting: f64,
    peers: Vec<(&'static Peer, io::Result<Cost>)>,
    /// What the generator of another checkout took, with its name.
    against: Option<(String, Cost)>,
}

fn measure_one(
    plan: &Plan,
    program: &Path,
    against: Option<&Against>,
    folder: &Path,
    size: usize,
    tell: &dyn Fn(&str),
) -> io::Result<Found> {
    let (mut costs, mut generating, mut reformatting) = (Vec::new(), Vec::new(), Vec::new());
    let mut peers: Vec<(&Peer, io::Result<Vec<Cost>>)> =
        peers::present().map(|peer| (peer, Ok(Vec::new()))).collect();
    let mut others = Vec::new();
    for turn in 1..=plan.runs {
        tell(&format!("generating {size} operations, {turn} of {}", plan.runs));
        let out = folder.join(format!("generated-{turn}"));
        let (cost, generated) = generate(program, folder, &out, &plan.root.join("runtime"))?;
        costs.push(cost);
        generating.push(generated);
        let (_, text) = run(Command::new(program).arg("reformat").arg(&out))?;
        reformatting.push(text.trim().parse().map_err(io::Error::other)?);
        if let Some(against) = against {
            others.push(against.generate(folder, &folder.join(format!("against-{turn}")))?);
        }
        for (peer, costs) in &mut peers {
            let Ok(so_far) = costs else { continue };
            match peer.generate(folder, &folder.join(format!("{}-{turn}", peer.program))) {
                Ok(cost) => so_far.push(cost),
                Err(error) => *costs = Err(error),
            }
        }
    }
    let peers =
        peers.into_iter().map(|(peer, costs)| (peer, costs.map(|costs| Cost::median(&costs))));
    Ok(Found {
        cost: Cost::median(&costs),
        generating,
        reformatting: median(reformatting),
        peers: peers.collect(),
        against: against.map(|against| (against.name.clone(), Cost::median(&others))),
    })
}

impl Found {
    fn rows(&self, size: usize, growth: &str) -> Vec<Row> {
        let Some(last) = self.generating.last() else { return Vec::new() };
        let mebibytes = last.bytes as f64 / f64::from(1 << 20);
        let note = format!("{} files, {mebibytes:.1} MiB{growth}", last.files);
        let mut rows =
            vec![Row::new(format!("generate {size} operations")).cost(self.cost).note(note)];
        for (index, (phase, _)) in last.phases.iter().enumerate() {
            let times = self.generating.iter().map(|run| run.phases[index].1);
            let row = Row::new(format!("– {phase}")).seconds(median(times));
            let is_shared = ["emit", "format"].contains(&phase.as_str());
            rows.push(row.note(if is_shared { "all threads together" } else { "" }));
        }
        let share = 100.0 * self.reformatting / self.cost.seconds;
        let note = format!("the formatter alone on the same text: {share:.0} % of the whole");
        rows.push(Row::new("– parse and print").seconds(self.reformatting).note(note));
        if let Some((name, cost)) = &self.against {
            let note = self.cost.of(*cost);
            rows.push(Row::new(format!("{name} on the same API")).cost(*cost).note(note));
        }
        for (peer, cost) in &self.peers {
            let row = Row::new(format!("{} on the same API", peer.program));
            rows.push(match cost {
                Ok(cost) => row.cost(*cost).note(cost.beside(self.cost)),
                Err(error) => row.failed(error),
            });
        }
        rows
    }
}
