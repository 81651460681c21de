//! What texts call values → the values, as the wire has them.
//!
//! A value is one that the parameter is known to have, or else one of its type.

use serde_json::{Value, json};

use super::{Kind, Parameter};

/// A word of a list of values, or several words in one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) text: String,
    pub(super) is_marked: bool,
    pub(super) stands: Stands,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// Where nothing else could stand.
    Alone,
    /// Where an adjective could stand, too, which hardly does: "if A is x".
    InCondition,
    /// Where an adjective could stand, too: "A must be x".
    AsAdjective,
    /// Where anything could stand that is told of the parameter: "the value of A is x".
    AsTold,
}

/// As many values of a text may be written out where a text gives a range of numbers.
const MOST: i64 = 12;

/// The value of a parameter that a text means. `listed` is what the description lists.
pub(super) fn value(raw: &Raw, parameter: &Parameter, listed: &[String]) -> Option<Value> {
    match parameter.kind {
        Kind::Truth => match raw.text.to_ascii_lowercase().as_str() {
            "true" => Some(json!(true)),
            "false" => Some(json!(false)),
            _ => None,
        },
        Kind::Integer => {
            let number = json!(number(&raw.text)?);
            // Some documents list numbers as texts.
            let is_written = |known: &Value| known.as_str() == Some(&number.to_string());
            let is_known = parameter.values.contains(&number)
                || parameter.values.iter().any(is_written)
                || parameter.values.is_empty();
            is_known.then_some(number)
        }
        Kind::Text if !parameter.values.is_empty() => {
            let known: Vec<&str> = parameter.values.iter().filter_map(Value::as_str).collect();
            like(&raw.text, &known).map(|known| json!(known))
        }
        Kind::Text => {
            let listed: Vec<&str> = listed.iter().map(String::as_str).collect();
            let text = like(&raw.text, &listed).unwrap_or(&raw.text);
            let is_like_one = text.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ');
            let is_several = range(text).is_some() || text.contains(['[', ']', '~', '{', '}']);
            (is_like_one && !is_several && !text.contains("**")).then(|| json!(text))
        }
        Kind::Number | Kind::List | Kind::Object | Kind::Unknown => None,
    }
}

/// The value of a list that is written like a text, or in another case, if there is one such.
fn like<'v>(text: &str, known: &[&'v str]) -> Option<&'v str> {
    let exact = known.iter().find(|known| **known == text);
    exact.copied().or_else(|| {
        let mut like = known.iter().filter(|known| known.eq_ignore_ascii_case(text));
        like.next().copied().filter(|first| like.all(|other| other == first))
    })
}

/// A whole number, with or without commas between thousands.
pub(super) fn number(text: &str) -> Option<i64> {
    let plain = text.replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = !digits.is_empty()
        && digits.len() < 16
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { plain.parse().ok() } else { None }
}

/// Two numbers in one word: `1-9`.
pub(super) fn range(text: &str) -> Option<(i64, i64)> {
    let (least, most) = text.split_once('-')?;
    let (least, most) = (number(least)?, number(most)?);
    (least >= 0 && least < most).then_some((least, most))
}

/// Whether a word is one of the values that the parameter is known to have.
pub(super) fn is_listed(raw: &Raw, parameter: &Parameter) -> bool {
    parameter.values.iter().any(|known| known.as_str() == Some(&raw.text))
}

/// All numbers between two as texts, where they are few.
pub(super) fn written_out(least: i64, most: i64) -> Option<Vec<Value>> {
    let few = least >= 0 && least <= most && most - least < MOST;
    few.then(|| (least..=most).map(|number| json!(number.to_string())).collect())
}

/// Whether a word may be a value where it stands, though no mark says so.
pub(super) fn is_plain(raw: &Raw, parameter: &Parameter) -> bool {
    let is_known = is_listed(raw, parameter);
    let is_name_like = raw.text.contains(|letter: char| {
        letter.is_ascii_digit() || letter.is_ascii_uppercase() || "_-.:".contains(letter)
    });
    // "Base64-encoded" tells how something is.
    let is_adjective = raw.text.contains('-') && raw.text.ends_with("ed");
    let is_participle =
        ["ed", "ing", "able", "ible", "ful", "less"].iter().any(|end| raw.text.ends_with(end));
    let is_truth = matches!(raw.text.to_ascii_lowercase().as_str(), "true" | "false");
    let is_sure = raw.is_marked || is_known || is_truth || number(&raw.text).is_some();
    match raw.stands {
        Stands::Alone => true,
        Stands::InCondition => is_sure || (!is_participle && !is_adjective),
        Stands::AsAdjective => is_sure || (is_name_like && !is_adjective),
        Stands::AsTold => is_sure,
    }
}
