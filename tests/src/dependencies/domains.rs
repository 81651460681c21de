//! Which values parameters are tried with, read from the texts of dependencies as texts.

use serde_json::{Value, json};

use super::Parameter;

/// The parameters that a text names, each with the values beside it.
pub fn mentioned<'o>(
    text: &str,
    parameters: &'o [Parameter],
) -> impl Iterator<Item = (&'o str, Vec<Value>)> {
    let (numbers, texts) = (numbers(text), texts(text));
    let named = parameters.iter().filter(|parameter| is_named(text, &parameter.name));
    named.map(move |parameter| {
        let values = match parameter.type_.as_str() {
            "integer" | "number" => {
                let around = |number: &i64| [number - 1, *number, number + 1].map(Value::from);
                numbers.iter().flat_map(around).collect()
            }
            "boolean" => Vec::new(),
            // Each text of the dependency: which of them is this one's is left to who reads it.
            _ => texts.iter().map(|text| text.as_str().into()).collect(),
        };
        (parameter.name.as_str(), values)
    })
}

/// Whether a text has this name, and not as a part of another one.
fn is_named(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(start, _)| {
        let around = [text[..start].chars().next_back(), text[start + name.len()..].chars().next()];
        let is_part = |found: char| found.is_ascii_alphanumeric() || found == '_' || found == '\'';
        !around.into_iter().flatten().any(is_part)
    })
}

/// What stands between quotes; of a pattern, texts that are like it and some that are nearly.
fn texts(text: &str) -> Vec<String> {
    let quoted = text.split('\'').skip(1).step_by(2);
    quoted
        .flat_map(|text| match text.contains('*') {
            true => vec![
                text.replace('*', ""),
                text.replace('*', "\n*"),
                format!("x{}", text.replace('*', "")),
                format!("{}x", text.replace('*', "")),
            ],
            false => vec![text.to_owned()],
        })
        .collect()
}

/// The numbers outside of quotes and names, rounded.
fn numbers(text: &str) -> Vec<i64> {
    let plain: String =
        text.split('\'').step_by(2).collect::<Vec<_>>().join(" ").replace("- ", "-");
    let is_part = |found: char| found.is_ascii_alphanumeric() || "_.-".contains(found);
    let words = plain.split(|found| !is_part(found));
    words.filter_map(|word| word.parse::<f64>().ok()).map(|number| number.floor() as i64).collect()
}

/// The values that a parameter can have: those of the text that are of its type, and one other.
pub fn domain(parameter: &Parameter, mentioned: &[Value]) -> Vec<Value> {
    let mut domain: Vec<Value> = Vec::new();
    let in_bounds = |number: i64| {
        parameter.minimum.is_none_or(|least| least <= number)
            && parameter.maximum.is_none_or(|most| number <= most)
    };
    match parameter.type_.as_str() {
        "boolean" => domain.extend([json!(true), json!(false)]),
        "integer" | "number" => {
            let least = parameter.minimum.unwrap_or(1);
            let other = [least, parameter.maximum.unwrap_or(least + 6)].map(Value::from);
            let all = mentioned.iter().cloned().chain(other);
            domain.extend(all.filter(|number| number.as_i64().is_some_and(in_bounds)));
        }
        "array" => {
            let other = match parameter.items.as_deref() {
                Some("integer") => json!(7),
                _ => json!("other"),
            };
            domain.extend(
                mentioned.iter().filter(|value| value.is_string()).map(|value| json!([value])),
            );
            domain.extend([json!([other]), json!([other, other])]);
            domain.retain(|list| other.is_string() == list[0].is_string());
        }
        _ if !parameter.values.is_empty() => {
            let other = parameter.values.iter().find(|value| !mentioned.contains(value));
            domain
                .extend(mentioned.iter().filter(|value| parameter.values.contains(value)).cloned());
            domain.extend(other.cloned());
        }
        _ => {
            domain.extend(mentioned.iter().cloned());
            domain.push(json!("other"));
        }
    }
    let mut seen = Vec::new();
    domain.retain(|value| {
        let is_new = !seen.contains(value);
        seen.push(value.clone());
        is_new
    });
    domain
}
