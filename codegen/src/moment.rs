//! Dates and times as RFC 3339 writes them: what the generated check computes, computed here.
//!
//! Exact, with every fraction of a second and with leap seconds.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// What a text is that has one of the formats of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeFormat {
    Date,
    DateTime,
    Time,
}

impl TimeFormat {
    /// The format of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        [Self::Date, Self::DateTime, Self::Time].into_iter().find(|format| format.wire() == name)
    }

    /// The name of the format.
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Time => "time",
        }
    }

    /// What people call what is in the format.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::DateTime => "a date and time",
            Self::Time => "a time",
        }
    }

    /// What the text of a member is.
    pub(crate) fn said(self) -> &'static str {
        match self {
            Self::Date => "a date as RFC 3339 writes it, such as `2026-01-31`",
            Self::DateTime => {
                "a date and time as RFC 3339 writes it, such as `2026-01-31T08:00:00Z`"
            }
            Self::Time => "a time with its offset as RFC 3339 writes it, such as `08:00:00Z`",
        }
    }

    /// A text that says the first moment of all.
    pub(crate) fn earliest(self) -> &'static str {
        match self {
            Self::Date => "0000-01-01",
            Self::DateTime => "0000-01-01T00:00:00+23:59",
            Self::Time => "00:00:00+23:59",
        }
    }

    /// The first and the last day that can be written.
    pub(crate) fn days() -> (i64, i64) {
        (0, days_until(Date::MAX).unwrap_or_default())
    }

    /// The moment that a text says, if it is in this format.
    pub(crate) fn read(self, text: &str) -> Option<Moment<'_>> {
        match self {
            Self::Date => Some(Moment { count: days(text)?, is_leap: false, fraction: "" }),
            Self::DateTime => {
                let (date, time) = text.split_at_checked(10)?;
                time_of(days(date)?, time.strip_prefix(['T', 't'])?)
            }
            Self::Time => time_of(0, text),
        }
    }
}

/// A day, an instant, or a time of one day in UTC. Later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment<'t> {
    /// Days, or seconds.
    count: i64,
    /// Whether it lies in the leap second behind that one.
    is_leap: bool,
    /// The digits of the fraction, without zeros at the end: their order is that of the fractions.
    fraction: &'t str,
}

impl Moment<'_> {
    /// The days of a date.
    pub(crate) fn count(self) -> i64 {
        self.count
    }
}

/// The seconds of a day.
const DAY: i64 = 86_400;

/// What a day of those that can be written is written as.
pub(crate) fn of_day(count: i64) -> String {
    Date::ZERO.saturating_add(count.days()).to_string()
}

/// Days since the beginning of the year 0.
fn days(text: &str) -> Option<i64> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    days_until(date.ok().filter(|_| rest.is_empty())?)
}

fn days_until(date: Date) -> Option<i64> {
    Date::ZERO.until(date).ok().map(|days| days.get_days().into())
}

fn time_of(days: i64, text: &str) -> Option<Moment<'_>> {
    let (hours, rest) = number(text, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (seconds, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, rest) = rest.split_at_checked(length).filter(|_| length > 0)?;
            (digits.trim_end_matches('0'), rest)
        }
        None => ("", rest),
    };
    let is_leap = seconds == 60;
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60 + seconds - i64::from(is_leap) - offset(rest)?;
    // Leap seconds are the last ones of a day in UTC.
    if is_leap && seconds.rem_euclid(DAY) != DAY - 1 {
        return None;
    }
    Some(Moment { count: days * DAY + seconds, is_leap, fraction })
}

/// By how many seconds local time is ahead of UTC.
fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = number(rest, 2)?;
    let (minutes, rest) = number(rest.strip_prefix(':')?, 2)?;
    let is_one = rest.is_empty() && hours < 24 && minutes < 60;
    is_one.then_some(sign * (hours * 3600 + minutes * 60))
}

/// The number of exactly so many digits that the text starts with, and the rest.
fn number(text: &str, length: usize) -> Option<(i64, &str)> {
    let (digits, rest) = text.split_at_checked(length)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_number)?, rest))
}
