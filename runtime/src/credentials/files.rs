//! Reads files that hold secrets, without holding up whoever waits: a pipe that nobody fills and a
//! network file system that is gone never answer.
//!
//! Knows no format. Files are read on a thread of its own, one at a time: a reader that hangs is
//! never joined by a second, and nobody waits for it when a program or a runtime ends, as is the case
//! with `tokio`'s threads for blocking work.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use zeroize::Zeroizing;

use super::Lack;

/// How many bytes a file may have; people's own have some hundred.
const LIMIT: usize = 1 << 20;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Reads files, one after the other.
pub(super) struct Files {
    turn: Arc<Semaphore>,
    reading: Arc<Mutex<Option<PathBuf>>>,
}

impl Files {
    pub(super) fn new() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), reading: Arc::default() }
    }

    /// Reads a file that may not be there.
    pub(super) async fn read(&self, path: &Path) -> Result<Zeroizing<String>, Lack> {
        let turn = Arc::clone(&self.turn).acquire_owned().await;
        let turn = turn.expect("the semaphore is never closed");
        let reader = Reader { reading: Arc::clone(&self.reading), _turn: turn };
        *reader.place() = Some(path.to_owned());
        let (sender, receiver) = oneshot::channel();
        let file = path.to_owned();
        let thread = thread::Builder::new().name("alibabacloud-files".to_owned());
        let started = thread.spawn(move || {
            let text = text(&file);
            // Whoever is told may ask for the next file.
            drop(reader);
            // Nobody waits any more when the time was up.
            let _ = sender.send(text);
        });
        let text = match started {
            Ok(_) => receiver.await.unwrap_or_else(|_| Err(Unread::Other("it ended early".into()))),
            Err(error) => Err(Unread::Other(format!("no thread can be started: {error}"))),
        };
        text.map_err(|unread| unread.lack(path))
    }

    /// The file that is being read.
    pub(super) fn reading(&self) -> Option<PathBuf> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Reads a file that may not be there, for somebody who cannot wait without blocking a thread, and who
/// waits no longer than this.
pub(super) fn read_within(path: &Path, longest: Duration) -> Result<Zeroizing<String>, Lack> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let file = path.to_owned();
    let thread = thread::Builder::new().name("alibabacloud-files".to_owned());
    let started = thread.spawn(move || {
        // Nobody waits any more when the time was up.
        let _ = sender.send(text(&file));
    });
    let text = match started {
        Ok(_) => receiver.recv_timeout(longest).unwrap_or_else(|_| {
            Err(Unread::Other(format!("it was not there to be read within {longest:?}")))
        }),
        Err(error) => Err(Unread::Other(format!("no thread can be started: {error}"))),
    };
    text.map_err(|unread| unread.lack(path))
}

/// Whoever reads; dropped, it leaves its place to the next.
struct Reader {
    reading: Arc<Mutex<Option<PathBuf>>>,
    _turn: OwnedSemaphorePermit,
}

impl Reader {
    fn place(&self) -> impl std::ops::DerefMut<Target = Option<PathBuf>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        *self.place() = None;
    }
}

/// Why a file was not read.
enum Unread {
    /// There is none, or it is not this user's.
    OutOfReach(io::Error),
    /// There is one.
    Other(String),
}

impl Unread {
    fn lack(self, path: &Path) -> Lack {
        let lack = |why: &str| format!("cannot read `{}`: {why}", path.display());
        match self {
            Self::OutOfReach(error) => Lack::Nothing(lack(&error.to_string())),
            Self::Other(why) => Lack::Unusable(lack(&why)),
        }
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied => {
                Self::OutOfReach(error)
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

/// The text of a file, without the byte order mark that some editors put before it.
fn text(path: &Path) -> Result<Zeroizing<String>, Unread> {
    let file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(LIMIT).min(LIMIT);
    // With room for all of it, no copy is left behind unwiped.
    let mut bytes = Zeroizing::new(Vec::with_capacity(length + 1));
    file.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LIMIT {
        return Err(Unread::Other(format!("it is larger than {} MiB", LIMIT >> 20)));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unread::Other("it is UTF-16; save it as UTF-8".to_owned()));
    }
    let text = String::from_utf8(mem::take(&mut *bytes)).map_err(|error| {
        drop(Zeroizing::new(error.into_bytes()));
        Unread::Other("it is not UTF-8".to_owned())
    })?;
    let mut text = Zeroizing::new(text);
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(text)
}
