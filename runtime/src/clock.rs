//! What time it is, whatever the system says: before 1970 and after the year 9999, too.
//!
//! Knows no request and no key. How long something takes is measured elsewhere, with a clock that
//! nobody sets.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

/// The first second of the year 0, after 1970.
const YEAR_0: i64 = -62_167_219_200;

/// Tells the time.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// A clock that says what `now` says.
    pub(crate) fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The time.
    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }

    /// The whole seconds since 1970; before that they are negative.
    pub(crate) fn seconds(&self) -> i64 {
        match self.now().duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_secs().try_into().unwrap_or(i64::MAX),
            Err(before) => before.duration().as_secs().try_into().map_or(i64::MIN, |s: i64| -s),
        }
    }
}

/// The system's.
impl Default for Clock {
    fn default() -> Self {
        Self::new(SystemTime::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Clock").finish_non_exhaustive()
    }
}

/// Seconds since 1970 as UTC, `YYYY-MM-DDThh:mm:ssZ`. A year that has no four digits becomes the
/// nearest that has.
pub(crate) fn date(seconds: i64) -> String {
    let seconds = seconds.clamp(YEAR_0, Timestamp::MAX.as_second());
    let time = Timestamp::from_second(seconds).expect("it is between the years 0 and 9999");
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
