//! Keywords that limit single values → what is checked of them.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::pattern;
use super::references::Resolved;
use crate::decimal::{Decimal, as_float};
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::Type;
use crate::model::limit::{Bound, Check, Comparison};
use crate::read::schema::Schema;
use crate::source::Spanned;

/// The limits of a member. Those of a list are those of its items, which is what `items` says, and
/// those of a map those of its values.
pub(super) fn bind(
    resolved: &Resolved,
    schema: &Schema,
    type_: &Type,
    sink: &mut Sink,
) -> Vec<Check> {
    let (schema, type_) = innermost(schema, type_);
    let mut limits = Vec::new();
    if let (Type::Named(_), Some(reference)) = (type_, &schema.reference) {
        limits.extend(documented(resolved, reference, schema, sink));
    }
    limits.extend(checks(schema, type_, sink));
    limits
}

/// What the keywords for lengths, patterns and bounds check of a scalar.
pub(super) fn checks(schema: &Schema, type_: &Type, sink: &mut Sink) -> Vec<Check> {
    let mut checks = Vec::new();
    checks.extend(schema.limits().min_length.as_ref().map(|limit| Check::MinLength(limit.value)));
    checks.extend(schema.limits().max_length.as_ref().map(|limit| Check::MaxLength(limit.value)));
    if let (Some(min), Some(max)) = (&schema.limits().min_length, &schema.limits().max_length)
        && min.value > max.value
    {
        sink.error(Code::InvalidValue, min.origin, "`minLength` is more than `maxLength`");
    }
    checks.extend(schema.limits().pattern.as_ref().and_then(|source| pattern::check(source, sink)));
    let bounds = [
        (&schema.limits().minimum, Comparison::AtLeast),
        (&schema.limits().maximum, Comparison::AtMost),
        (&schema.limits().exclusive_minimum, Comparison::MoreThan),
        (&schema.limits().exclusive_maximum, Comparison::LessThan),
    ];
    for (digits, comparison) in bounds {
        if let Some(digits) = digits
            && let Some((comparison, bound)) = bound(digits, comparison, type_, sink)
        {
            checks.push(Check::Compare(comparison, bound));
        }
    }
    report_empty_range(schema, type_, &checks, sink);
    checks
}

fn innermost<'a>(schema: &'a Schema, type_: &'a Type) -> (&'a Schema, &'a Type) {
    match type_ {
        Type::List(inner) => match &schema.items {
            Some(items) => innermost(items, inner),
            None => (schema, type_),
        },
        Type::JsonText(inner) => match &schema.content_schema {
            Some(content) => innermost(content, inner),
            None => (schema, type_),
        },
        Type::Map(inner) => match &schema.entries {
            Some(entries) => innermost(entries, inner),
            None => (schema, type_),
        },
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::Named(_)
        | Type::Bytes
        | Type::Any => (schema, type_),
    }
}

/// The values of an enum that a field refers to, those left out to which an `enum` beside the
/// reference narrows it.
fn documented(
    resolved: &Resolved,
    reference: &Spanned<String>,
    schema: &Schema,
    sink: &mut Sink,
) -> Option<Check> {
    let target = resolved.type_(reference)?;
    let file = &resolved.schemas[target.0].schema;
    let plain = file.enumeration.iter();
    let explained = file.explained().iter().filter_map(|value| value.constant.as_deref());
    let values: Vec<String> = plain
        .chain(explained)
        .filter_map(|json| json.to_value().as_str().map(str::to_owned))
        .collect();
    if values.is_empty() || schema.enumeration.is_empty() {
        let is_checked = !values.is_empty() && !file.is_open_enum();
        return is_checked.then_some(Check::Documented(values));
    }
    let narrowed: Vec<_> = schema.enumeration.iter().map(|json| (json, json.to_value())).collect();
    for (json, value) in &narrowed {
        if !value.as_str().is_some_and(|text| values.iter().any(|value| value == text)) {
            let message = format!("{} is not a value of this enum", code(&value_text(value)));
            let near =
                value.as_str().and_then(|text| nearest(text, values.iter().map(String::as_str)));
            let help = match near {
                Some(known) => format!("did you mean `{known}`?"),
                None => "leave it out, or add it to the enum's file".to_owned(),
            };
            sink.error_with_help(Code::InvalidValue, json.origin, message, help);
        }
    }
    let is_kept = |value: &String| narrowed.iter().any(|(_, kept)| kept.as_str() == Some(value));
    Some(Check::Documented(values.into_iter().filter(is_kept).collect()))
}

/// Text as it stands, anything else as JSON.
fn value_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn bound(
    digits: &Spanned<String>,
    comparison: Comparison,
    type_: &Type,
    sink: &mut Sink,
) -> Option<(Comparison, Bound)> {
    let text = digits.value.as_str();
    let whole = || Decimal::parse(text).and_then(Decimal::whole);
    let (bound, range) = match type_ {
        Type::Int32 => {
            let fits = |number: &i64| i32::try_from(*number).is_ok();
            (whole().filter(fits), Some(("an int32", i32::MIN.into()..=i32::MAX.into())))
        }
        Type::Int64 => (whole(), Some(("an int64", i64::MIN..=i64::MAX))),
        _ => (None, None),
    };
    let Some((expected, range)) = range else {
        return number_bound(digits, comparison, type_, sink);
    };
    if let Some(bound) = bound {
        return Some((comparison, Bound::Integer(bound)));
    }
    let message = format!("`{text}` is not {expected}, as the property is");
    match instead(text, comparison, range) {
        Some(help) => sink.error_with_help(Code::InvalidValue, digits.origin, message, help),
        None => sink.error(Code::InvalidValue, digits.origin, message),
    }
    None
}

/// What says the same of integers of a range as a bound that is none of them.
fn instead(text: &str, comparison: Comparison, range: RangeInclusive<i64>) -> Option<String> {
    let digits = Decimal::parse(text)?;
    let below = |end: i64| Decimal::parse(&end.to_string()).is_some_and(|end| digits < end);
    let (is_below, is_above) = (below(*range.start()), !below(*range.end()));
    let is_lower_bound = matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
    if (is_lower_bound && is_below) || (!is_lower_bound && is_above) {
        return Some("leave it out: every value of the type is within it".to_owned());
    }
    if is_below || is_above {
        return None;
    }
    // The bound has a fraction.
    let floor = digits.floor()?;
    let whole = match comparison {
        Comparison::AtLeast | Comparison::LessThan => floor + 1,
        Comparison::AtMost | Comparison::MoreThan => floor,
    };
    Some(format!("write `{whole}`, which says the same of integers"))
}

fn number_bound(
    digits: &Spanned<String>,
    comparison: Comparison,
    type_: &Type,
    sink: &mut Sink,
) -> Option<(Comparison, Bound)> {
    let text = digits.value.as_str();
    let fits =
        |number: &f64| number.is_finite() && (*type_ != Type::Float || as_float(*number).is_some());
    let Some(number) = text.parse::<f64>().ok().filter(fits) else {
        let message = format!("`{text}` is not a number, as the property is");
        sink.error(Code::InvalidValue, digits.origin, message);
        return None;
    };
    // What lies next to the bound is on the same side of it as what the bound is rounded to.
    let comparison = match (beside_doubles(text, number), comparison) {
        (Some(Ordering::Less), Comparison::AtLeast) => Comparison::MoreThan,
        (Some(Ordering::Less), Comparison::LessThan) => Comparison::AtMost,
        (Some(Ordering::Greater), Comparison::MoreThan) => Comparison::AtLeast,
        (Some(Ordering::Greater), Comparison::AtMost) => Comparison::LessThan,
        (_, comparison) => comparison,
    };
    Some((comparison, Bound::Number(number)))
}

/// How the nearest floating-point number compares with a whole number that none is, such as
/// 9007199254740993; nothing for all that are one, and for fractions, whose last digits are noise.
pub(super) fn beside_doubles(digits: &str, nearest: f64) -> Option<Ordering> {
    let said = Decimal::parse(digits).filter(|said| said.is_whole())?;
    let kept = Decimal::of_double(nearest)?;
    Some(kept.cmp(&said)).filter(|order| *order != Ordering::Equal)
}

fn report_empty_range(schema: &Schema, type_: &Type, checks: &[Check], sink: &mut Sink) {
    let is_empty = match type_ {
        Type::Int32 => no_integer(checks, i32::MIN.into(), i32::MAX.into()),
        Type::Int64 => no_integer(checks, i64::MIN, i64::MAX),
        _ => no_number(checks),
    };
    let keywords = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
    let origin = keywords.iter().find_map(|keyword| schema.keyword(keyword));
    if let Some(origin) = origin.filter(|_| is_empty) {
        sink.error(Code::InvalidValue, origin, "no number lies between these bounds");
    }
}

fn no_integer(checks: &[Check], lowest: i64, highest: i64) -> bool {
    let (mut low, mut high) = (i128::from(lowest), i128::from(highest));
    for check in checks {
        let Check::Compare(comparison, Bound::Integer(bound)) = check else { continue };
        let bound = i128::from(*bound);
        match comparison {
            Comparison::AtLeast => low = low.max(bound),
            Comparison::MoreThan => low = low.max(bound + 1),
            Comparison::AtMost => high = high.min(bound),
            Comparison::LessThan => high = high.min(bound - 1),
        }
    }
    low > high
}

fn no_number(checks: &[Check]) -> bool {
    let bounds = |wanted: [Comparison; 2]| {
        checks.iter().filter_map(move |check| match check {
            Check::Compare(comparison, Bound::Number(bound)) if wanted.contains(comparison) => {
                Some((*comparison, *bound))
            }
            _ => None,
        })
    };
    let lower = bounds([Comparison::AtLeast, Comparison::MoreThan]);
    lower.into_iter().any(|(low_kind, low)| {
        bounds([Comparison::AtMost, Comparison::LessThan]).any(|(high_kind, high)| {
            let open = low_kind == Comparison::MoreThan || high_kind == Comparison::LessThan;
            low > high || (low == high && open)
        })
    })
}
