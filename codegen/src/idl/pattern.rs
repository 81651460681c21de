//! The patterns of `LIKE` as regular expressions, and back.
//!
//! `*` is any text, none included; every other character is itself. Nothing that is published says
//! that `?` is more.

/// Any text, written so that ECMA 262 and the `regex` crate read it alike.
const ANY: &str = r"(?:[^\n]|\n)*";

/// What stands in regular expressions for more than itself.
const SYNTAX: &str = r"\^$.|?*+()[]{}";

/// The regular expression that matches the texts which are like the pattern; nothing where all are.
pub(crate) fn regular(like: &str) -> Option<String> {
    if !like.is_empty() && like.chars().all(|character| character == '*') {
        return None;
    }
    let mut regular = String::new();
    let inner = like.trim_matches('*');
    if !like.starts_with('*') {
        regular.push('^');
    }
    let mut after_star = false;
    for character in inner.chars() {
        if character == '*' && !after_star {
            regular.push_str(ANY);
        } else if SYNTAX.contains(character) && character != '*' {
            regular.push('\\');
            regular.push(character);
        } else if character != '*' {
            regular.push(character);
        }
        after_star = character == '*';
    }
    if !like.ends_with('*') {
        regular.push('$');
    }
    Some(regular)
}

/// The pattern that a regular expression stands for, where there is one.
pub(crate) fn like(regular: &str) -> Option<String> {
    let (start, rest) = match regular.strip_prefix('^') {
        Some(rest) => ("", rest),
        None => ("*", regular),
    };
    let (rest, end) = match rest.strip_suffix('$') {
        Some(before) if !before.ends_with('\\') => (before, ""),
        _ => (rest, "*"),
    };
    let mut like = start.to_owned();
    for (position, part) in rest.split(ANY).enumerate() {
        if position > 0 {
            like.push('*');
        }
        let mut characters = part.chars();
        while let Some(character) = characters.next() {
            let plain = match character {
                '\\' => characters.next().filter(|escaped| SYNTAX.contains(*escaped))?,
                other if SYNTAX.contains(other) => return None,
                other => other,
            };
            // It would be any text.
            if plain == '*' {
                return None;
            }
            like.push(plain);
        }
    }
    like.push_str(end);
    Some(like)
}
