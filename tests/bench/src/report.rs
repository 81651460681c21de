//! Figures, as a table and as JSON.

use std::{io, thread};

use jiff::Timestamp;
use serde::Serialize;

/// All figures of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The day, in UTC.
    pub date: String,
    /// How many threads the machine runs at a time.
    pub cores: usize,
    /// How much memory the machine has, where it says so.
    pub memory_gib: Option<u64>,
    /// What was measured.
    pub rows: Vec<Row>,
}

/// What one thing took.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// The thing.
    pub what: String,
    /// Its time on a clock, or of its threads together where it is a part of something.
    pub seconds: Option<f64>,
    /// The most memory that one of its processes had.
    pub mebibytes: Option<f64>,
    /// What else there is to say.
    pub note: String,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    pub(crate) fn cost(self, cost: crate::process::Cost) -> Self {
        Self { mebibytes: Some(cost.mebibytes), ..self }.seconds(cost.seconds)
    }

    pub(crate) fn seconds(self, seconds: f64) -> Self {
        Self { seconds: Some(seconds), ..self }
    }

    /// That it could not be measured, and the first line that says why.
    pub(crate) fn failed(self, error: &io::Error) -> Self {
        let text = error.to_string();
        let reason = text.lines().find(|line| line.contains("rror"));
        let reason = reason.unwrap_or(&text).replace('|', "/");
        self.note(format!("failed: {}", reason.chars().take(80).collect::<String>()))
    }

    pub(crate) fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            date: Timestamp::now().strftime("%F").to_string(),
            cores: thread::available_parallelism().map_or(1, usize::from),
            memory_gib: memory_gib(),
            rows: Vec::new(),
        }
    }

    /// The figures as a Markdown table, what was measured on above it.
    pub fn table(&self) -> String {
        let memory = self.memory_gib.map(|memory| format!(", {memory} GiB of memory"));
        let mut table = format!(
            "{}, {} cores{}\n\n| what | time | memory | |\n|---|--:|--:|---|\n",
            self.date,
            self.cores,
            memory.unwrap_or_default(),
        );
        for Row { what, seconds, mebibytes, note } in &self.rows {
            let seconds = seconds.map(time).unwrap_or_default();
            let memory = mebibytes.map(|memory| format!("{memory:.0} MiB")).unwrap_or_default();
            table.push_str(&format!("| {what} | {seconds} | {memory} | {note} |\n"));
        }
        table
    }

    /// The figures as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

fn time(seconds: f64) -> String {
    if seconds < 0.1 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}

/// Where the kernel says it as Linux does.
fn memory_gib() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some((kibibytes + (1 << 19)) >> 20)
}
