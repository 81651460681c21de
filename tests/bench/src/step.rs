//! What the measured process does.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{fs, io};

use alibabacloud_codegen::{Config, Phase, Plan, Runtime, Specs, generate_observed};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::FOLDER;

/// What generating a crate took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generating {
    /// The phases in their order, with the seconds of their threads together.
    pub(crate) phases: Vec<(String, f64)>,
    pub(crate) files: usize,
    /// How much text was written.
    pub(crate) bytes: usize,
}

/// Generates the crate of the specs that were written to `from`, into the folder `to`, for the
/// runtime whose sources stand at `runtime`.
///
/// # Errors
///
/// When the specs are refused, and when files cannot be read or written.
pub fn generate(from: &Path, to: &Path, runtime: Option<String>) -> io::Result<Generating> {
    let started = Instant::now();
    let specs = Specs::read(from, FOLDER)?;
    let runtime = Runtime { path: runtime, ..Runtime::published() };
    let config = Config { runtime, ..Config::default() };
    let read = started.elapsed();
    let sums: Mutex<BTreeMap<Phase, Duration>> = Mutex::default();
    let observe = |phase, time| {
        if let Ok(mut sums) = sums.lock() {
            *sums.entry(phase).or_default() += time;
        }
    };
    let generated = generate_observed(&specs, &config, &observe);
    let generated = generated.map_err(|refusal| io::Error::other(refusal.to_string()))?;
    let started = Instant::now();
    Plan::new(to, &generated.files)?.apply()?;
    let written = started.elapsed();
    let sums = sums.into_inner().unwrap_or_default();
    let phases = sums.into_iter().map(|(phase, time)| (format!("{phase:?}").to_lowercase(), time));
    let phases = [("from disk".to_owned(), read)].into_iter().chain(phases);
    let phases = phases.chain([("write".to_owned(), written)]);
    Ok(Generating {
        phases: phases.map(|(phase, time)| (phase, time.as_secs_f64())).collect(),
        files: generated.files.len(),
        bytes: generated.files.iter().map(|file| file.text.len()).sum(),
    })
}

/// Parses and prints every Rust file below a folder, as `prettyplease` does it; returns the seconds
/// that this took, reading left out.
///
/// # Errors
///
/// When a file cannot be read or is not Rust.
pub fn reformat(folder: &Path) -> io::Result<f64> {
    let mut texts = Vec::new();
    read_below(folder, &mut texts)?;
    let started = Instant::now();
    let format = |text: &String| {
        let file = syn::parse_file(text).map_err(io::Error::other)?;
        io::Result::Ok(prettyplease::unparse(&file).len())
    };
    texts.par_iter().with_max_len(1).map(format).collect::<io::Result<Vec<usize>>>()?;
    Ok(started.elapsed().as_secs_f64())
}

fn read_below(folder: &Path, texts: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_below(&path, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(fs::read_to_string(path)?);
        }
    }
    Ok(())
}
