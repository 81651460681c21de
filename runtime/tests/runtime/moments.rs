//! Dates and times of checks, against a library that computes them by itself.

use std::cmp::Ordering;

use alibabacloud_runtime::private::validation::{date, date_time, time};
use fastrand::Rng;
use jiff::Timestamp;
use jiff::civil::Date;

/// How many pairs of texts are compared.
const PAIRS: u32 = 50_000;

/// A day, which is none in some cases.
fn random_date(rng: &mut Rng) -> String {
    let year = if rng.bool() { rng.u16(2023..=2026) } else { rng.u16(..10_000) };
    let (month, day) = match rng.u8(..4) {
        0 => (2, rng.u8(27..=30)),
        1 => (rng.u8(..=13), rng.u8(..=32)),
        _ => (rng.u8(1..=12), rng.u8(1..=31)),
    };
    format!("{year:04}-{month:02}-{day:02}")
}

/// A time, without leap seconds and with no more digits than the library keeps.
fn random_time(rng: &mut Rng) -> String {
    let hour = if rng.u8(..20) == 0 { 24 } else { rng.u8(..24) };
    let minute = if rng.u8(..20) == 0 { 60 } else { rng.u8(..60) };
    let second = rng.u8(..60);
    let length = rng.usize(..=9);
    let digits: String =
        (0..length).map(|_| if rng.bool() { '0' } else { rng.digit(10) }).collect();
    let fraction = if digits.is_empty() { digits } else { format!(".{digits}") };
    let offset = if rng.bool() {
        rng.choice(["Z", "z"]).unwrap_or("Z").to_owned()
    } else {
        let sign = if rng.bool() { '+' } else { '-' };
        format!("{sign}{:02}:{:02}", rng.u8(..24), rng.u8(..60))
    };
    format!("{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

/// The library's instant of a text that is in the format to the letter.
fn instant(text: &str) -> Option<Timestamp> {
    // It takes the 24th hour for the next day's first one.
    let is_hour = text.get(11..13).is_some_and(|hour| hour < "24");
    text.parse().ok().filter(|_| is_hour)
}

#[test]
fn days_are_those_of_the_calendar_and_in_its_order() {
    let mut rng = Rng::with_seed(22);
    for _ in 0..PAIRS {
        let (left, right) = (random_date(&mut rng), random_date(&mut rng));
        let ours = date(Some(&left)).zip(date(Some(&right)));
        let theirs = left.parse::<Date>().ok().zip(right.parse::<Date>().ok());
        let order = ours.map(|(left, right)| left.cmp(&right));
        assert_eq!(order, theirs.map(|(left, right)| left.cmp(&right)), "{left} and {right}");
    }
}

#[test]
fn instants_are_compared_across_offsets_and_fractions() {
    let mut rng = Rng::with_seed(23);
    let mut valid = 0;
    for _ in 0..PAIRS {
        let left = format!("{}T{}", random_date(&mut rng), random_time(&mut rng));
        // A pair is often of one day, so that offsets decide.
        let right = if rng.bool() {
            format!("{}t{}", &left[..10], random_time(&mut rng))
        } else {
            format!("{}T{}", random_date(&mut rng), random_time(&mut rng))
        };
        let theirs = instant(&left).zip(instant(&right));
        if [&left, &right].iter().any(|text| text.starts_with("9999") || text.starts_with("0000")) {
            // Offsets lead out of what the library knows.
            continue;
        }
        let ours = date_time(Some(&left)).zip(date_time(Some(&right)));
        let order = ours.map(|(left, right)| left.cmp(&right));
        assert_eq!(order, theirs.map(|(left, right)| left.cmp(&right)), "{left} and {right}");
        valid += u32::from(order.is_some());
    }
    assert!(valid > PAIRS / 4, "only {valid} pairs are valid");
}

#[test]
fn times_compare_as_on_one_day() {
    let mut rng = Rng::with_seed(24);
    for _ in 0..PAIRS {
        let (left, right) = (random_time(&mut rng), random_time(&mut rng));
        let whole = |text: &str| instant(&format!("2026-01-31T{text}"));
        let ours = time(Some(&left)).zip(time(Some(&right)));
        let order = ours.map(|(left, right)| left.cmp(&right));
        let theirs = whole(&left).zip(whole(&right)).map(|(left, right)| left.cmp(&right));
        assert_eq!(order, theirs, "{left} and {right}");
    }
}

#[test]
fn fractions_have_no_end() {
    let instant = |fraction: &str| format!("2026-01-31T08:00:00.{fraction}Z");
    let order = |left: &str, right: &str| {
        let (left, right) = (instant(left), instant(right));
        date_time(Some(&left)).cmp(&date_time(Some(&right)))
    };
    let zeros = "0".repeat(40);
    assert_eq!(order("5", &format!("5{zeros}")), Ordering::Equal);
    assert_eq!(order("5", &format!("5{zeros}1")), Ordering::Less);
    assert_eq!(order("51", &format!("5{zeros}9")), Ordering::Greater);
    assert_eq!(order("0", &zeros), Ordering::Equal);
}

#[test]
fn leap_seconds_lie_between_the_seconds_around_them() {
    let texts = [
        "2016-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60.5Z",
        "2017-01-01T00:00:00Z",
    ];
    for pair in texts.windows(2) {
        assert!(date_time(Some(pair[0])) < date_time(Some(pair[1])), "{pair:?}");
    }
    let elsewhere = "2017-01-01T07:59:60+08:00";
    assert_eq!(date_time(Some(elsewhere)), date_time(Some(texts[1])));
    // In the middle of a day there is none.
    assert!(date_time(Some("2016-12-31T08:00:60Z")).is_none());
    assert!(time(Some("23:59:60Z")).is_some() && time(Some("23:58:60Z")).is_none());
}

#[test]
fn other_texts_are_no_moments() {
    assert!(date(None).is_none() && time(None).is_none() && date_time(None).is_none());
    let texts = [
        "",
        "2026",
        "2026-1-31",
        "26-01-31",
        "2026-01-31 ",
        " 2026-01-31",
        "2026/01/31",
        "+2026-01-31",
        "-026-01-31",
        "2026-02-29",
        "2026-00-10",
        "2026-10-00",
        "20260131",
        "٢٠٢٦-01-31",
        "2026-01-3é",
    ];
    for text in texts {
        assert!(date(Some(text)).is_none(), "{text}");
    }
    let texts = [
        "",
        "08:00Z",
        "08:00:00",
        "8:00:00Z",
        "08:00:00.Z",
        "08:00:00,5Z",
        "08:00:00+0800",
        "08:00:00+08",
        "08:00:00+24:00",
        "08:00:00+08:60",
        "08:00:00 Z",
        "08:00:00ZZ",
        "080000Z",
        "08:00:+0Z",
        "08:00:00\u{2212}08:00",
        "24:00:00Z",
        "08:60:00Z",
        "08:00:61Z",
    ];
    for text in texts {
        assert!(time(Some(text)).is_none(), "{text}");
        let whole = format!("2026-01-31T{text}");
        assert!(date_time(Some(&whole)).is_none(), "{whole}");
    }
    for text in ["2026-01-31", "2026-01-31 08:00:00Z", "2026-01-31T08:00:00Z[UTC]", "é026-01-3T"] {
        assert!(date_time(Some(text)).is_none(), "{text}");
    }
}
