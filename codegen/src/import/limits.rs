//! What is asked of a value, as far as it can be met and says something.

use super::enums::glossed;
use super::ledger::Fate;
use super::node::Node;
use super::published::Schema;
use super::reasons::{LeftOut, Repair, Thing};
use super::report::Report;
use super::types::{At, Members, Side, Stands};
use crate::bind::portable;
use crate::decimal::Decimal;

/// How long a text is said to be at most; what is longer is no limit that anybody meant.
const LONGEST: u64 = u32::MAX as u64;

/// What limits a text.
pub(super) const OF_TEXTS: [&str; 3] = ["minLength", "maxLength", "pattern"];

/// Limits of a text.
pub(super) fn text(schema: &Schema, at: &At, report: &mut Report) -> Members {
    if at.side == Side::Received {
        return Vec::new();
    }
    let mut members = counts(
        schema,
        ["minLength", "maxLength"],
        [&schema.min_length, &schema.max_length],
        report,
    );
    if let Some(pattern) = &schema.pattern {
        let written = ecma(pattern);
        if portable(&written) {
            report.carry_key(schema.spot, "pattern");
            members.push(("pattern".to_owned(), Node::Text(written)));
        } else {
            report.leave_out_key(schema.spot, "pattern", LeftOut::Pattern);
        }
    }
    members
}

/// Limits of a list.
pub(super) fn list(schema: &Schema, at: &At, report: &mut Report) -> Members {
    if at.side == Side::Received {
        return Vec::new();
    }
    if at.stands == Stands::Entry {
        leave_out(&["minItems", "maxItems"], schema, LeftOut::InMap, report);
        return Vec::new();
    }
    counts(schema, ["minItems", "maxItems"], [&schema.min_items, &schema.max_items], report)
}

/// Two numbers of things, the first not greater than the second.
fn counts(
    schema: &Schema,
    keys: [&str; 2],
    said: [&Option<String>; 2],
    report: &mut Report,
) -> Members {
    let read = |text: &Option<String>| {
        let count = text.as_ref()?.trim().parse::<u64>().ok()?;
        (1..=LONGEST).contains(&count).then_some(count)
    };
    let [least, most] = said.map(read);
    let is_met = least.zip(most).is_none_or(|(least, most)| least <= most);
    let mut members = Vec::new();
    for (key, count) in keys.into_iter().zip([least, most]) {
        match count.filter(|_| is_met) {
            Some(count) => {
                report.carry_key(schema.spot, key);
                members.push((key.to_owned(), Node::bare(count)));
            }
            None => report.leave_out_key(schema.spot, key, LeftOut::Senseless),
        }
    }
    members
}

/// Leaves keys of a schema out, for one reason.
pub(super) fn leave_out(keys: &[&str], schema: &Schema, reason: LeftOut, report: &mut Report) {
    for key in keys {
        report.leave_out_key(schema.spot, key, reason);
    }
}

/// How many bits a number has; the most of those that there are, if nothing is said.
pub(super) fn format(type_: &str, schema: &Schema) -> &'static str {
    match (type_, schema.format.as_deref()) {
        ("integer", Some("int32")) => "int32",
        ("integer", _) => "int64",
        (_, Some("float")) => "float",
        (_, _) => "double",
    }
}

const BOUNDS: [&str; 4] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/// Bounds and values of a number.
pub(super) fn number(schema: &Schema, format: &str, at: &At, report: &mut Report) -> Members {
    if at.side == Side::Received {
        return Vec::new();
    }
    let values: Option<Vec<&str>> =
        schema.values.iter().map(|value| literal(value, format)).collect();
    let is_in_map = at.stands == Stands::Entry;
    if let Some(values) = values.filter(|values| !values.is_empty() && !is_in_map) {
        let mut distinct: Vec<Node> = Vec::new();
        for (index, value) in values.into_iter().map(Node::bare).enumerate() {
            let own = schema.values_spot.at(index);
            if distinct.contains(&value) {
                report.merge(own, Repair::ValueTwice);
            } else {
                report.carry(own);
                distinct.push(value);
            }
        }
        leave_out(&BOUNDS, schema, LeftOut::BesideValues, report);
        return vec![("enum".to_owned(), Node::List(distinct))];
    }
    let reason = if is_in_map { LeftOut::InMap } else { LeftOut::UnfitValue };
    report.mark_members(schema.values_spot, Thing::Value, Fate::LeftOut(reason));
    let bounds = [
        ("minimum", "exclusiveMinimum", &schema.minimum, schema.is_above_minimum),
        ("maximum", "exclusiveMaximum", &schema.maximum, schema.is_below_maximum),
    ];
    let read = |text: &'_ Option<String>| -> Option<String> {
        literal(text.as_deref()?, format).map(str::to_owned)
    };
    let order = |text: String| text.parse::<f64>().ok();
    let [least, most] =
        [read(&schema.minimum).and_then(order), read(&schema.maximum).and_then(order)];
    let is_met = match least.zip(most) {
        Some((least, most)) if schema.is_above_minimum || schema.is_below_maximum => least < most,
        Some((least, most)) => least <= most,
        None => true,
    };
    let mut members = Vec::new();
    for (key, exclusive, said, is_exclusive) in bounds {
        match read(said).filter(|_| is_met) {
            Some(bound) => {
                report.carry_key(schema.spot, key);
                report.carry_key(schema.spot, exclusive);
                let key = if is_exclusive { exclusive } else { key };
                members.push((key.to_owned(), Node::bare(bound)));
            }
            None => leave_out(&[key, exclusive], schema, LeftOut::Senseless, report),
        }
    }
    members
}

/// An example as a value of the schema, if it is one: scalars alone are, since the metadata writes all
/// examples as texts.
pub(super) fn literal_of(schema: &Schema, example: &str, side: Side) -> Option<Node> {
    if schema.reference.is_some() {
        return None;
    }
    let example = example.trim();
    match schema.type_.as_deref()? {
        "string" => {
            let is_known = |value: &String| glossed(value).0.eq_ignore_ascii_case(example);
            let fits = match side {
                Side::Sent => fits_text(schema, example),
                Side::Received => schema.values.is_empty() || schema.values.iter().any(is_known),
            };
            fits.then(|| Node::text(example))
        }
        "boolean" => matches!(example, "true" | "false").then(|| Node::bare(example)),
        type_ @ ("integer" | "number") => {
            let format = format(type_, schema);
            let number = literal(example, format)?;
            let fits = side == Side::Received || fits_number(schema, number);
            fits.then(|| Node::bare(number))
        }
        _ => None,
    }
}

/// Whether a text has the values, the length and the form that are asked for.
fn fits_text(schema: &Schema, text: &str) -> bool {
    let count = |limit: &Option<String>| limit.as_ref()?.trim().parse::<u64>().ok();
    let length = text.chars().count() as u64;
    let has_form = schema.pattern.as_ref().is_none_or(|pattern| {
        regex::Regex::new(&ecma(pattern)).is_ok_and(|pattern| pattern.is_match(text))
    });
    (schema.values.is_empty() || schema.values.iter().any(|value| glossed(value).0 == text))
        && count(&schema.min_length).is_none_or(|least| length >= least)
        && count(&schema.max_length).is_none_or(|most| length <= most)
        && has_form
}

/// Whether a number is one of the values and within the bounds.
fn fits_number(schema: &Schema, text: &str) -> bool {
    let read = |text: &str| text.trim().parse::<f64>().ok();
    let Some(number) = read(text) else { return false };
    let bound = |bound: &Option<String>| bound.as_deref().and_then(read);
    let is_above = bound(&schema.minimum)
        .is_none_or(|least| if schema.is_above_minimum { number > least } else { number >= least });
    let is_below = bound(&schema.maximum)
        .is_none_or(|most| if schema.is_below_maximum { number < most } else { number <= most });
    (schema.values.is_empty() || schema.values.iter().any(|value| read(value) == Some(number)))
        && is_above
        && is_below
}

/// The text, if it is a number of this format as JSON writes it.
fn literal<'t>(text: &'t str, format: &str) -> Option<&'t str> {
    let text = text.trim();
    serde_json::from_str::<serde_json::Number>(text).ok()?;
    let number = Decimal::parse(text)?;
    match format {
        "int32" => i32::try_from(number.whole()?).ok().map(|_| text),
        "int64" => number.whole().map(|_| text),
        "float" => crate::decimal::as_float(text.parse().ok()?).map(|_| text),
        _ => Some(text),
    }
}

/// The pattern with classes that all engines read alike.
fn ecma(pattern: &str) -> String {
    let mut written = String::new();
    let mut is_in_class = false;
    let mut characters = pattern.chars();
    while let Some(found) = characters.next() {
        match found {
            '\\' => {
                let escaped = characters.next();
                let class = match escaped {
                    Some('d') => Some("0-9"),
                    Some('w') => Some("A-Za-z0-9_"),
                    _ => None,
                };
                match (class, escaped) {
                    (Some(class), _) if is_in_class => written.push_str(class),
                    (Some(class), _) => written.push_str(&format!("[{class}]")),
                    (None, escaped) => {
                        written.push(found);
                        written.extend(escaped);
                    }
                }
                continue;
            }
            '[' if !is_in_class => is_in_class = true,
            ']' => is_in_class = false,
            _ => {}
        }
        written.push(found);
    }
    written
}
