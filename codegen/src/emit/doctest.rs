//! The compiled examples in docs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::field_type::{converts, text, variant};
use crate::blueprint::doctest::{FormSample, ObjectSample, RequestSample, Sample};
use crate::naming::Name;

/// A request, and its validation.
///
/// ```text
/// use alibabacloud_dbs::operations::XRequest;
///
/// let request = XRequest::new("…")
///     .port(3306);
/// request.validate()?;
/// # Ok::<(), alibabacloud_dbs::Violations>(())
/// ```
pub(super) fn request(sample: &RequestSample<'_>) -> Vec<String> {
    let RequestSample { krate, request, types } = sample;
    let mut lines = vec!["```".to_owned()];
    lines.push(format!("use {krate}::operations::{};", request.ident));
    lines.extend(imported(krate, types));
    lines.push(String::new());
    lines.extend(statements(&format!("let request = {};", object(request, krate))));
    lines.push("request.validate()?;".to_owned());
    lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    lines.push("```".to_owned());
    lines
}

/// A request that is made from the form for one value.
///
/// ```text
/// use alibabacloud_dbs::operations::x::{When, XRequest};
///
/// let request = XRequest::from(When::Agent {
///     id: "…".into(),
///     port: 3306,
/// });
/// ```
pub(super) fn form(sample: &FormSample<'_>) -> Vec<String> {
    let FormSample { krate, module, request, variant, .. } = sample;
    let members = sample.members.iter().map(|member| {
        let into = if converts(&member.type_) { ".into()" } else { "" };
        format!("{}: {}{into},", member.ident, expression(&member.value, krate))
    });
    let members = if sample.members.is_empty() {
        String::new()
    } else {
        format!("{{ {} }}", members.collect::<String>())
    };
    let request = request.to_string();
    let mut imports = ["When", &request];
    imports.sort();
    let mut lines = vec!["```".to_owned()];
    lines.push(format!("use {krate}::operations::{module}::{{{}}};", imports.join(", ")));
    lines.extend(imported(krate, &sample.types));
    lines.push(String::new());
    lines.extend(statements(&if sample.has_setter_from {
        format!("let request: {request} = When::{variant} {members}.into();")
    } else {
        format!("let request = {request}::from(When::{variant} {members});")
    }));
    lines.push("# let _ = request;".to_owned());
    lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    lines.push("```".to_owned());
    lines
}

/// `use alibabacloud_dbs::types::{A, B};`
fn imported(krate: &str, types: &BTreeSet<&Name>) -> Option<String> {
    let types: Vec<String> = types.iter().map(ToString::to_string).collect();
    match types.as_slice() {
        [] => None,
        [one] => Some(format!("use {krate}::types::{one};")),
        several => Some(format!("use {krate}::types::{{{}}};", several.join(", "))),
    }
}

/// A statement, broken into lines as prettyplease breaks it.
fn statements(text: &str) -> Vec<String> {
    let function = syn::parse_file(&format!("fn example() {{ {text} }}"));
    let Ok(file) = function else { return vec![text.to_owned()] };
    let formatted = prettyplease::unparse(&file);
    let lines: Vec<&str> = formatted.lines().collect();
    let inside = lines.get(1..lines.len() - 1).unwrap_or_default();
    inside.iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect()
}

/// A value as a Rust expression.
fn expression(sample: &Sample<'_>, krate: &str) -> String {
    match sample {
        Sample::Text(text) | Sample::Secret(text) => format!("{text:?}"),
        Sample::Plain(value) => value.to_string(),
        Sample::Double(number) => format!("{number:?}"),
        Sample::Variant(type_, wire) => text(&variant(type_, wire)),
        Sample::Object(sample) => object(sample, krate),
        Sample::List(items) => {
            let items: Vec<String> = items.iter().map(|sample| item(sample, krate)).collect();
            format!("[{}]", items.join(", "))
        }
        Sample::Map(members) => {
            let member = |(key, value): &(String, Sample<'_>)| {
                format!("(String::from({key:?}), {})", item(value, krate))
            };
            let members: Vec<String> = members.iter().map(member).collect();
            format!("[{}]", members.join(", "))
        }
        Sample::Any(value) => format!("{krate}::serde_json::json!({})", json(value)),
    }
}

/// A value as the macro `json!` has it.
fn json(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Number(number) => match (number.as_i64().map(i32::try_from), number.as_u64()) {
            (Some(Ok(number)), _) => number.to_string(),
            (Some(Err(_)), _) => format!("{number}_i64"),
            (None, Some(number)) => format!("{number}_u64"),
            (None, None) => number.to_string(),
        },
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| format!("{key:?}: {}", json(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// Arrays convert to vectors and maps, their items to nothing.
fn item(sample: &Sample<'_>, krate: &str) -> String {
    let value = expression(sample, krate);
    match sample {
        Sample::Text(_) => format!("String::from({value})"),
        Sample::List(_) => format!("vec!{value}"),
        Sample::Map(_) => format!("std::collections::BTreeMap::from({value})"),
        Sample::Secret(_) => format!("{krate}::SecretString::from({value})"),
        Sample::Any(_)
        | Sample::Plain(_)
        | Sample::Double(_)
        | Sample::Variant(..)
        | Sample::Object(_) => value,
    }
}

/// `X::new("…").port(3306)`
fn object(sample: &ObjectSample<'_>, krate: &str) -> String {
    let expression = |sample| expression(sample, krate);
    let arguments: Vec<String> = sample.arguments.iter().map(expression).collect();
    let setters = sample.setters.iter();
    let setters = setters.map(|(ident, value)| format!(".{ident}({})", expression(value)));
    format!("{}::new({}){}", sample.ident, arguments.join(", "), setters.collect::<String>())
}
