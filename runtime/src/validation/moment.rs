//! Dates and times as RFC 3339 writes them, for what compares two of them.
//!
//! Exact, with every fraction of a second and with leap seconds, and up to the last instant of the year 9999, which
//! stands for "never" and is beyond the library's: that computes days only.

use jiff::civil::Date;

/// A day, an instant, or a time of one day in UTC. Later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment<'t> {
    /// Days, or seconds.
    count: i64,
    /// Whether it lies in the leap second behind that one.
    is_leap: bool,
    /// The digits of the fraction, without zeros at the end: their order is that of the fractions.
    fraction: &'t str,
}

const DAY: i64 = 86_400;

/// `2026-01-31`; nothing for any other text.
pub fn date(text: Option<&str>) -> Option<Moment<'_>> {
    let count = days(text?)?;
    Some(Moment { count, is_leap: false, fraction: "" })
}

/// `08:00:00.5+08:00`, as of one day; nothing for any other text.
pub fn time(text: Option<&str>) -> Option<Moment<'_>> {
    time_of(0, text?)
}

/// `2026-01-31T08:00:00Z`; nothing for any other text.
pub fn date_time(text: Option<&str>) -> Option<Moment<'_>> {
    let (date, time) = text?.split_at_checked(10)?;
    time_of(days(date)?, time.strip_prefix(['T', 't'])?)
}

/// Days since the beginning of the year 0.
fn days(text: &str) -> Option<i64> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    let days = Date::ZERO.until(date.ok().filter(|_| rest.is_empty())?).ok()?;
    Some(days.get_days().into())
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
