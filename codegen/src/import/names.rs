//! Rust names for what cannot keep its own: made from the text alone, so that the next import makes the
//! same ones.

use std::collections::BTreeSet;

use crate::naming::{self, Spelling};

/// For each wire name the `x-name` that it needs, if it needs one.
pub(super) fn members<'w>(wires: impl IntoIterator<Item = &'w str>) -> Vec<Option<String>> {
    told_apart(wires, Spelling::Field, made_field)
}

/// For each operation the `x-name` that it needs: their names may differ in case only.
pub(super) fn operations<'w>(wires: impl IntoIterator<Item = &'w str>) -> Vec<Option<String>> {
    told_apart(wires, Spelling::Type, made_type)
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
    settled(&words, Spelling::Field)
        .or_else(|| settled(&format!("n{words}"), Spelling::Field))
        .unwrap_or_else(|| "n".to_owned())
}

/// `>=` → `GreaterEqual`
fn made_variant(wire: &str) -> String {
    settled(&words(wire), Spelling::Variant).unwrap_or_else(|| "V".to_owned())
}

/// `GetVPC` → `GetVpc`, which another one has
fn made_type(wire: &str) -> String {
    settled(wire, Spelling::Type).unwrap_or_else(|| "Operation".to_owned())
}

/// A name that stays as it is when it is spelled again.
fn settled(words: &str, spelling: Spelling) -> Option<String> {
    let mut name = naming::spelled(words, spelling)?;
    for _ in 0..words.len() {
        let next = naming::spelled(&name, spelling)?;
        if next == name {
            break;
        }
        name = next;
    }
    Some(name)
}

/// How many characters that are no ASCII a name is made from.
const FOREIGN: usize = 4;

/// The text in ASCII letters, digits and underscores: signs by their names, other characters by their
/// numbers, as far as these stay readable.
fn words(wire: &str) -> String {
    let mut words = String::new();
    let mut foreign = 0;
    for found in wire.trim().chars() {
        match found {
            'a'..='z' | 'A'..='Z' | '0'..='9' => words.push(found),
            '_' | ' ' => words.push('_'),
            found => match SIGNS.iter().find(|(sign, _)| *sign == found) {
                Some((_, name)) => words.push_str(&format!("_{name}_")),
                None if foreign < FOREIGN => {
                    foreign += 1;
                    words.push_str(&format!("_u{:x}_", u32::from(found)));
                }
                None => {}
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
