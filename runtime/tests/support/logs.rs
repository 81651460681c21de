//! Everything that is logged in this process, `log` and `tracing` alike, down to the finest level.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// A file, since other tests count the memory that their threads take.
static LOG: OnceLock<Mutex<File>> = OnceLock::new();

fn log() -> MutexGuard<'static, File> {
    let log = LOG.get_or_init(|| Mutex::new(tempfile::tempfile().expect("there is room")));
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        log().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts to listen; does nothing when it does so already.
pub fn record() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(|| Log)
            .finish();
        subscriber.init();
    });
}

/// What was logged so far.
pub fn text() -> String {
    let mut log = log();
    let mut bytes = Vec::new();
    log.seek(SeekFrom::Start(0)).expect("a file has a start");
    log.read_to_end(&mut bytes).expect("what was written is readable");
    String::from_utf8_lossy(&bytes).into_owned()
}
