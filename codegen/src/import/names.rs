//! Rust names for what cannot keep its own: made from the text alone, so that the next import makes the
//! same ones.

use std::collections::BTreeSet;

use crate::naming::{self, Spelling};

/// For each wire name the `x-name` that it needs, if it needs one.
pub(super) fn members<'w>(wires: impl IntoIterator<Item = &'w str>) -> Vec<Option<String>> {
    told_apart(wires, Spelling::Field, made_field)
}

/// For each value of an enum the `x-name` that it needs, if it needs one.
pub(super) fn values<'w>(wires: impl IntoIterator<Item = &'w str>) -> Vec<Option<String>> {
    told_apart(wires, Spelling::Variant, made_variant)
}

/// Those that come first keep their names.
fn told_apart<'w>(
    wires: impl IntoIterator<Item = &'w str>,
    spelling: Spelling,
    make: fn(&str) -> String,
) -> Vec<Option<String>> {
    let wires: Vec<&str> = wires.into_iter().collect();
    let own: Vec<Option<String>> =
        wires.iter().map(|wire| naming::spelled(wire, spelling)).collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let kept: Vec<bool> =
        own.iter().map(|own| own.as_ref().is_some_and(|own| taken.insert(own.clone()))).collect();
    let made = |(wire, is_kept): (&&str, bool)| {
        let first = (!is_kept).then(|| make(wire))?;
        let mut name = first.clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = naming::numbered(&first, number, spelling);
        }
        Some(name)
    };
    wires.iter().zip(kept).map(made).collect()
}

/// `405Pv` → `n405_pv`
fn made_field(wire: &str) -> String {
    let words = words(wire);
    let name = naming::spelled(&words, Spelling::Field);
    name.unwrap_or_else(|| {
        naming::spelled(&format!("n{words}"), Spelling::Field).unwrap_or_default()
    })
}

/// `>=` → `GreaterEqual`
fn made_variant(wire: &str) -> String {
    naming::spelled(&words(wire), Spelling::Variant).unwrap_or_default()
}

/// The text in ASCII letters, digits and underscores: signs by their names, other characters by their
/// numbers.
fn words(wire: &str) -> String {
    let mut words = String::new();
    for found in wire.trim().chars() {
        match found {
            'a'..='z' | 'A'..='Z' | '0'..='9' => words.push(found),
            '_' | ' ' => words.push('_'),
            found => match SIGNS.iter().find(|(sign, _)| *sign == found) {
                Some((_, name)) => words.push_str(&format!("_{name}_")),
                None => words.push_str(&format!("_u{:x}_", u32::from(found))),
            },
        }
    }
    let is_word = words.contains(|found: char| found.is_ascii_alphanumeric());
    if is_word { words } else { "empty".to_owned() }
}

const SIGNS: [(char, &str); 22] = [
    ('>', "greater"),
    ('<', "less"),
    ('=', "equal"),
    ('!', "not"),
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('%', "percent"),
    ('&', "and"),
    ('|', "or"),
    ('#', "hash"),
    ('@', "at"),
    ('$', "dollar"),
    (':', "colon"),
    (';', "semicolon"),
    (',', "comma"),
    ('.', "dot"),
    ('~', "tilde"),
    ('(', "open"),
    (')', "close"),
];
