//! The time by which requests are signed: this machine's, or the service's once it has complained.
//!
//! Knows no request; never panics, whatever this machine's clock says.

use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::fmt::{rfc2822, strtime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// What a service's clock can say, in seconds of Unix time: the years 1990 to 2099. What has no clock of
/// its own says 1970 or 1980, which is no better than what this machine says.
const PLAUSIBLE: Range<i64> = 631_152_000..4_102_444_800;

/// A clock that can be corrected.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// By how many seconds the service's clock is ahead of this machine's.
    ahead: AtomicI64,
}

impl Clock {
    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        let own = machine();
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed));
        own.checked_add(ahead).unwrap_or(own)
    }

    /// Goes by a service's clock from now on; refuses what no such clock says.
    pub(crate) fn correct(&self, service: Timestamp) -> bool {
        let plausible = PLAUSIBLE.contains(&service.as_second());
        if plausible {
            let ahead = service.as_second() - machine().as_second();
            self.ahead.store(ahead, Ordering::Relaxed);
        }
        plausible
    }
}

/// What this machine's clock says; the beginning of Unix time when nobody could live then.
fn machine() -> Timestamp {
    Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
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
    let now = date.and_then(http_date).unwrap_or_else(machine);
    http_date(text)?.duration_since(now).try_into().ok()
}
