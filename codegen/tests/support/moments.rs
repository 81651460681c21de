//! Dates and times as RFC 3339 writes them, counted day by day.
//!
//! Knows nothing of how the generator reads them.

/// A day, an instant, or a time of one day, so that later ones are greater: seconds, whether it lies in a
/// leap second behind that, and the digits of the fraction. Nothing for a text that is not in the format.
pub fn moment(format: &str, text: &str) -> Option<(u64, bool, String)> {
    let (date, time) = match format {
        "date" => (text, "00:00:00Z"),
        "time" => ("2000-01-01", text),
        _ => {
            let (date, time) = text.split_at_checked(10)?;
            (date, time.strip_prefix('T').or(time.strip_prefix('t'))?)
        }
    };
    let (clock, rest) = time.split_at_checked(8)?;
    let (fraction, offset) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|letter: char| !letter.is_ascii_digit())?),
        None => ("0", rest),
    };
    let ahead = match shape(offset).as_str() {
        "Z" | "z" => 0,
        "+dd:dd" | "-dd:dd" => {
            let (hours, minutes) = (part(offset, 1, 24)?, part(offset, 4, 60)?);
            let sign = if offset.starts_with('-') { -1 } else { 1 };
            sign * (hours * 3600 + minutes * 60)
        }
        _ => return None,
    };
    if shape(date) != "dddd-dd-dd" || shape(clock) != "dd:dd:dd" || fraction.is_empty() {
        return None;
    }
    let is_leap = &clock[6..] == "60";
    let second = if is_leap { 59 } else { part(clock, 6, 60)? };
    let seconds = part(clock, 0, 24)? * 3600 + part(clock, 3, 60)? * 60 + second - ahead;
    if is_leap && seconds.rem_euclid(86_400) != 86_399 {
        return None;
    }
    // One day more, so that no offset leads below 0.
    let seconds = u64::try_from((day(date)? + 1) * 86_400 + seconds).ok()?;
    Some((seconds, is_leap, format!("{fraction:0<60}")))
}

/// Days since the beginning of the year 0.
fn day(date: &str) -> Option<i64> {
    let year: i64 = date[..4].parse().ok()?;
    let (month, day) = (part(date, 5, 13)?, part(date, 8, 32)?);
    let is_leap = |year: i64| year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    let length = |month: i64| match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_one = month > 0 && (1..=length(month)).contains(&day);
    let years: i64 = (0..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: i64 = (1..month).map(length).sum();
    is_one.then_some(years + months + day - 1)
}

/// The number of two digits from a place on, when it is less than a limit.
fn part(text: &str, from: usize, limit: i64) -> Option<i64> {
    text.get(from..from + 2)?.parse().ok().filter(|number| *number < limit)
}

/// A text with `d` for each digit.
fn shape(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii_digit() { 'd' } else { letter }).collect()
}
