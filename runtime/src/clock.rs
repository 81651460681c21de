//! What time it is, whatever the system says: before 1970 and after the year 9999, too.
//!
//! Knows no request and no key. How long something takes is measured elsewhere, with a clock that
//! nobody sets.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::Offset;

/// The first second of the year 0, after 1970.
const YEAR_0: i64 = -62_167_219_200;

/// What a service's clock can say, in seconds of Unix time: the years 1990 to 2099. What has no clock of
/// its own says 1970 or 1980, which is no better than what this machine says.
const PLAUSIBLE: Range<i64> = 631_152_000..4_102_444_800;

/// Tells the time: this machine's, or the service's once it has complained. Copies are corrected
/// together.
#[derive(Clone)]
pub(crate) struct Clock {
    machine: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    /// By how many seconds the service's clock is ahead of this machine's.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// A clock for a machine that says what `now` says.
    pub(crate) fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { machine: Arc::new(now), ahead: Arc::default() }
    }

    /// A clock for the same machine that no service has corrected.
    pub(crate) fn uncorrected(&self) -> Self {
        Self { machine: Arc::clone(&self.machine), ahead: Arc::default() }
    }

    /// What this machine says.
    pub(crate) fn machine(&self) -> SystemTime {
        (self.machine)()
    }

    /// The whole seconds since 1970; before that they are negative.
    pub(crate) fn seconds(&self) -> i64 {
        seconds(self.machine()).saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Goes by a service's clock from now on; refuses what no such clock says.
    pub(crate) fn correct(&self, service: Timestamp) -> bool {
        let service = service.as_second();
        let plausible = PLAUSIBLE.contains(&service);
        if plausible {
            let ahead = service.saturating_sub(seconds(self.machine()));
            self.ahead.store(ahead, Ordering::Relaxed);
        }
        plausible
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

/// The whole seconds of a time since 1970; before that they are negative.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs().try_into().unwrap_or(i64::MAX),
        Err(before) => before.duration().as_secs().try_into().map_or(i64::MIN, |s: i64| -s),
    }
}

/// Seconds since 1970 as UTC, `YYYY-MM-DDThh:mm:ssZ`. A year that has no four digits becomes the
/// nearest that has.
pub(crate) fn date(seconds: i64) -> String {
    let seconds = seconds.clamp(YEAR_0, Timestamp::MAX.as_second());
    let time = Timestamp::from_second(seconds).expect("it is between the years 0 and 9999");
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A date as HTTP has it, in the form of today or one of the two obsolete ones.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(date) = rfc2822::DateTimeParser::new().parse_timestamp(text) {
        return Some(date);
    }
    let obsolete = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let date = obsolete.iter().find_map(|format| strtime::parse(format, text).ok())?;
    Offset::UTC.to_timestamp(date.to_datetime().ok()?).ok()
}

/// `Retry-After`: seconds, or a date that is still to come by the clock of whoever sent it.
pub(crate) fn retry_after(text: &str, date: Option<&str>) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let end = http_date(text)?.as_second();
    let now = match date.and_then(http_date) {
        Some(date) => date.as_second(),
        None => seconds(SystemTime::now()),
    };
    end.checked_sub(now)?.try_into().ok().map(Duration::from_secs)
}
