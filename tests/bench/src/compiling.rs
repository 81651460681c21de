//! What the generated crate costs those who compile it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::Plan;
use crate::generating::{generate, write_corpus};
use crate::peers::{self, Peer};
use crate::process::{Cost, after_changes, run};
use crate::report::Row;

pub(crate) fn measure(
    plan: &Plan,
    program: &Path,
    place: &Path,
    tell: &dyn Fn(&str),
) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for &size in &plan.compiled {
        let workspace = Workspace::generated(plan, program, place, size)?;
        let one = format!("reqwest,{}", workspace.any_feature()?);
        // Each with features that need the same dependencies and leave the operations out.
        let features = [
            ("default features", "reqwest", vec![]),
            ("all features", "reqwest,blocking,serde", vec!["--all-features"]),
            (
                "one operation's feature",
                "reqwest",
                vec!["--no-default-features", "--features", &one],
            ),
        ];
        for (which, dependencies, features) in features {
            for verb in ["check", "build"] {
                let what = format!("`cargo {verb}`, {size} operations, {which}");
                tell(&what);
                let (cost, note) = workspace.measure(verb, dependencies, &features, plan.runs)?;
                rows.push(Row::new(what).cost(cost).note(note));
            }
        }
    }
    Ok(rows)
}

/// Checks what the peers generate, one after the other, beside our crate with its default features.
pub(crate) fn measure_peers(
    plan: &Plan,
    program: &Path,
    place: &Path,
    tell: &dyn Fn(&str),
) -> io::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for &size in &plan.compiled {
        let workspace = Workspace::generated(plan, program, place, size)?;
        tell(&format!("`cargo check`, {size} operations, ours"));
        let (ours, _) = workspace.measure("check", "reqwest", &[], plan.runs)?;
        for peer in peers::present() {
            let what = format!("`cargo check`, {size} operations, {}", peer.program);
            tell(&what);
            rows.push(match measure_peer(peer, &workspace.folder, &workspace.target, plan.runs) {
                Ok(cost) => Row::new(what).cost(cost).note(cost.beside(ours)),
                Err(error) => Row::new(what).failed(&error),
            });
        }
    }
    Ok(rows)
}

/// Checks what a peer generates, its dependencies compiled before; Cargo gets those that are not at
/// hand.
fn measure_peer(peer: &Peer, corpus: &Path, target: &Path, runs: usize) -> io::Result<Cost> {
    let folder = corpus.join(format!("{}-check", peer.program));
    fs::create_dir_all(&folder)?;
    let from = folder.join("generated");
    peer.generate(corpus, &from)?;
    peer.workspace(&folder, &from)?;
    let check = |features: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(["check", "--quiet"]).args(features).current_dir(&folder);
        Ok(run(cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", target))?.0)
    };
    check(&[])?;
    after_changes(&from.join(peer.root()), runs, || check(peer.features()))
}

/// A workspace around a generated crate.
struct Workspace {
    folder: PathBuf,
    /// Shared by all of them, so that dependencies are compiled once.
    target: PathBuf,
}

const PACKAGE: &str = "alibabacloud-corpus";

impl Workspace {
    /// A made-up API and the crate that is generated from it.
    fn generated(plan: &Plan, program: &Path, place: &Path, size: usize) -> io::Result<Self> {
        let folder = place.join(format!("compiled-{size}"));
        write_corpus(plan.seed, size, &folder)?;
        generate(program, &folder, &folder.join("generated"), &plan.root.join("runtime"))?;
        Self::new(plan, place, folder)
    }

    /// The manifest and the lock of this repository's workspace, with the crate as its one member.
    fn new(plan: &Plan, place: &Path, folder: PathBuf) -> io::Result<Self> {
        let manifest = fs::read_to_string(plan.root.join("Cargo.toml"))?;
        let root = fs::canonicalize(&plan.root)?;
        let below_root = format!("path = \"{}/", root.display());
        let lines = manifest.lines().take_while(|line| !line.starts_with("[profile"));
        let lines = lines.map(|line| match line.starts_with("members = ") {
            true => "members = [\"generated\"]".to_owned(),
            false => line.replace("path = \"", &below_root),
        });
        fs::write(folder.join("Cargo.toml"), lines.collect::<Vec<_>>().join("\n"))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Self { folder, target: place.join("target") })
    }

    /// The feature of the last operation.
    fn any_feature(&self) -> io::Result<String> {
        let manifest = fs::read_to_string(self.folder.join("generated/Cargo.toml"))?;
        let mut features = manifest.lines().filter_map(|line| line.strip_suffix(" = []"));
        let last = features.next_back().map(str::to_owned);
        last.ok_or_else(|| io::Error::other("the crate has no features"))
    }

    fn measure(
        &self,
        verb: &str,
        dependencies: &str,
        features: &[&str],
        runs: usize,
    ) -> io::Result<(Cost, String)> {
        self.cargo(verb, &["--no-default-features", "--features", dependencies])?;
        let root = self.folder.join("generated/src/lib.rs");
        let cost = after_changes(&root, runs, || self.cargo(verb, features))?;
        let extension = if verb == "check" { "rmeta" } else { "rlib" };
        let size = newest(&self.target.join("debug/deps"), extension)? as f64 / 1e6;
        Ok((cost, format!("{extension} of {size:.1} MB")))
    }

    fn cargo(&self, verb: &str, features: &[&str]) -> io::Result<Cost> {
        let mut cargo = Command::new("cargo");
        cargo.args([verb, "--quiet", "--offline", "--package", PACKAGE]).args(features);
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", &self.target);
        Ok(run(cargo.current_dir(&self.folder))?.0)
    }
}

/// How many bytes the newest artifact of the crate has.
fn newest(folder: &Path, extension: &str) -> io::Result<u64> {
    let start = format!("lib{}-", PACKAGE.replace('-', "_"));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&start) && name.ends_with(&format!(".{extension}")) {
            let metadata = entry.metadata()?;
            found.push((metadata.modified()?, metadata.len()));
        }
    }
    let newest = found.into_iter().max().map(|(_, length)| length);
    newest.ok_or_else(|| io::Error::other("nothing was compiled"))
}

/// A crate of a build, as Cargo's own report has it.
#[derive(Debug, Deserialize)]
struct Unit {
    name: String,
    target: String,
    duration: f64,
}

/// How many of the dependencies are told, those that take longest.
const TOLD: usize = 8;

/// Builds a program that makes one call, from nothing.
pub(crate) fn measure_call(plan: &Plan, place: &Path, tell: &dyn Fn(&str)) -> io::Result<Vec<Row>> {
    tell("building a program that makes one call");
    let folder = place.join("call");
    write_call(plan, &folder)?;
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--quiet", "--offline", "--timings"]).current_dir(&folder);
    let (cost, _) = run(cargo.env("CARGO_TARGET_DIR", &target).env("CARGO_INCREMENTAL", "0"))?;
    let mut units = units(&target.join("cargo-timings"))?;
    units.sort_by(|left, right| right.duration.total_cmp(&left.duration));
    let total: f64 = units.iter().map(|unit| unit.duration).sum();
    let is_ours = |unit: &&Unit| unit.name.starts_with("alibabacloud-") || unit.name == "call";
    let own: f64 = units.iter().filter(is_ours).map(|unit| unit.duration).sum();
    let note = format!("{} crates, {total:.1} s of all threads", units.len());
    let what = "debug build of a program with one call";
    let mut rows = vec![Row::new(what).cost(cost).note(note)];
    rows.push(Row::new("– generated crate, runtime and program").seconds(own));
    let others = units.iter().filter(|unit| !is_ours(unit)).take(TOLD);
    for Unit { name, target, duration } in others {
        let note = format!("{:.0} %", 100.0 * duration / total);
        rows.push(Row::new(format!("– {name}{target}")).seconds(*duration).note(note));
    }
    Ok(rows)
}

fn write_call(plan: &Plan, folder: &Path) -> io::Result<()> {
    let root = fs::canonicalize(&plan.root)?;
    let manifest = format!(
        "[package]\nname = \"call\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n\
         alibabacloud-dbs = {{ path = \"{}/generated\", default-features = false, \
         features = [\"reqwest\", \"modify-backup-source-endpoint\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n",
        root.display()
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), include_str!("call.rs.txt"))?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// What Cargo's newest report of a build says; the figures stand in its page as JSON.
fn units(reports: &Path) -> io::Result<Vec<Unit>> {
    let missing = || io::Error::other("Cargo's report of the build has no figures");
    let files = fs::read_dir(reports)?.filter_map(Result::ok).map(|entry| entry.path());
    let pages = files.filter(|file| file.extension().is_some_and(|extension| extension == "html"));
    let page = fs::read_to_string(pages.max().ok_or_else(missing)?)?;
    let (_, rest) = page.split_once("UNIT_DATA = ").ok_or_else(missing)?;
    let (json, _) = rest.split_once("];").ok_or_else(missing)?;
    Ok(serde_json::from_str(&format!("{json}]"))?)
}
