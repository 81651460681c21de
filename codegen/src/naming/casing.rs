//! How a wire name is spelled in Rust: where its words start, and which case they get.
//!
//! Words are split as `heck` splits them, and an acronym is a word like any other, as the Rust API
//! Guidelines want it: `SourceEndpointOracleSID` → `source_endpoint_oracle_sid`, `MSSQL` → `Mssql`.
//! Two things `heck` cannot know are added: the plural of an acronym (`VpcIPs` → `vpc_ips`), and the
//! few words with capitals inside (`IPv6Address` → `ipv6_address`). Knows no keywords.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Words of the documents that have capitals inside.
const WORDS: &[&str] = &["IPv4", "IPv6", "VSwitch"];

/// `SourceEndpointOracleSID` → `source_endpoint_oracle_sid`
pub(super) fn snake(name: &str) -> String {
    plain(name).to_snake_case()
}

/// `ModifyBackupSourceEndpoint` → `modify-backup-source-endpoint`
pub(super) fn kebab(name: &str) -> String {
    plain(name).to_kebab_case()
}

/// `backup_plan` → `BackupPlan`
pub(super) fn camel(name: &str) -> String {
    plain(name).to_upper_camel_case()
}

/// The name of an enum's value: `8Core64GB` → `V8Core64Gb`, `5.7` → `V5_7`.
///
/// Digits that punctuation divides stay divided, so that `5.7` and `57` differ.
pub(super) fn variant(value: &str) -> String {
    let mut variant = String::new();
    for word in plain(value).to_snake_case().split('_') {
        let is_digit = |found: char| found.is_ascii_digit();
        if variant.ends_with(is_digit) && word.starts_with(is_digit) {
            variant.push('_');
        }
        variant.push_str(&word.to_upper_camel_case());
    }
    let digits =
        variant.len() - variant.trim_start_matches(|found: char| found.is_ascii_digit()).len();
    if digits == 0 {
        return variant;
    }
    let (digits, rest) = variant.split_at(digits);
    let (first, rest) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
    format!("V{digits}{}{rest}", first.to_ascii_uppercase())
}

/// The name with no capitals inside a word.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let starts_word = first.is_ascii_uppercase() && !plain.ends_with(is_capital);
        let length = Some(rest).filter(|_| starts_word).and_then(|rest| {
            plural(rest).or_else(|| {
                let found = WORDS.iter().find(|word| rest.starts_with(**word))?;
                Some(found.len()).filter(|length| !rest[*length..].starts_with(is_small))
            })
        });
        let length = length.unwrap_or(first.len_utf8());
        plain.push(first);
        plain.push_str(&rest[first.len_utf8()..length].to_ascii_lowercase());
        rest = &rest[length..];
    }
    plain
}

/// The length of the acronym with a plural `s` that the text starts with: of `IPs` in `IPsOfHost`.
fn plural(text: &str) -> Option<usize> {
    let capitals = text.len() - text.trim_start_matches(is_capital).len();
    let after = text[capitals..].strip_prefix('s')?;
    (capitals > 1 && !after.starts_with(is_small)).then_some(capitals + 1)
}

fn is_capital(found: char) -> bool {
    found.is_ascii_uppercase()
}

fn is_small(found: char) -> bool {
    found.is_ascii_lowercase()
}
