//! The compiled example in a request's docs, made from the spec's own examples.

use serde_json::Value;

use super::enumeration::variant;
use super::field_type::converts;
use crate::load::json::value_of_text;
use crate::model::{Field, Model, OperationId, Type, TypeId};
use crate::rules::guide::forms::{Form, Forms};

/// A request with every required parameter, and its validation.
///
/// ```text
/// use alibabacloud_dbs::operations::XRequest;
///
/// let request = XRequest::new("…")
///     .port(3306);
/// request.validate()?;
/// # Ok::<(), alibabacloud_dbs::Violations>(())
/// ```
pub(super) fn request(model: &Model, id: OperationId) -> Vec<String> {
    let request = model.api.operation(id).request;
    let names = model.names.type_(request);
    let fields = model.api.fields(request);
    let Some(chosen) = &model.guide(id).example else { return Vec::new() };
    let mut used = Vec::new();
    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for index in chosen.iter().map(|subject| subject.index()) {
        let field = &fields[index];
        let Some(example) = &field.example else { continue };
        let value = expression(model, &field.type_, example, &mut used);
        if field.required {
            arguments.push(value);
        } else {
            setters.push(format!(".{}({value})", names.members[index]));
        }
    }
    let krate = model.names.krate();
    let mut lines = vec!["# Examples".to_owned(), String::new(), "```".to_owned()];
    lines.push(format!("use {krate}::operations::{};", names.ident));
    lines.extend(imported(&krate, used));
    lines.push(String::new());
    lines.extend(statements(&format!(
        "let request = {}::new({}){};",
        names.ident,
        arguments.join(", "),
        setters.concat()
    )));
    lines.push("request.validate()?;".to_owned());
    lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    lines.push("```".to_owned());
    lines
}

/// A request made from the form for one value, when the spec has an example for each of its members.
///
/// ```text
/// use alibabacloud_dbs::operations::x::{When, XRequest};
///
/// let request = XRequest::from(When::Agent {
///     id: "…".into(),
///     port: 3306,
/// });
/// ```
pub(super) fn form(model: &Model, id: OperationId, forms: &Forms, index: usize) -> Vec<String> {
    let request = model.api.operation(id).request;
    let names = model.names.type_(request);
    let fields = model.api.fields(request);
    let Form { variant, members } = &forms.forms[index];
    if !has_all(model, request, members) {
        return Vec::new();
    }
    let variant = &model.names.type_(forms.kind).members[*variant];
    let mut used = Vec::new();
    let mut given = String::new();
    for (field, member) in members.iter().map(|index| (&fields[*index], &names.members[*index])) {
        let Some(example) = &field.example else { continue };
        let value = expression(model, &field.type_, example, &mut used);
        let into = if converts(&field.type_) { ".into()" } else { "" };
        given.push_str(&format!("{member}: {value}{into},"));
    }
    let given = if members.is_empty() { String::new() } else { format!("{{ {given} }}") };
    let krate = model.names.krate();
    let module = &model.names.operation(id).module;
    let mut lines = vec![String::new(), "```".to_owned()];
    let request = names.ident.to_string();
    let mut imports = ["When", &request];
    imports.sort();
    lines.push(format!("use {krate}::operations::{module}::{{{}}};", imports.join(", ")));
    lines.extend(imported(&krate, used));
    lines.push(String::new());
    // Where `from` is a setter of the request, it is no conversion.
    let is_setter = names.members.iter().any(|member| member.to_string() == "from");
    lines.extend(statements(&if is_setter {
        format!("let request: {request} = When::{variant} {given}.into();")
    } else {
        format!("let request = {request}::from(When::{variant} {given});")
    }));
    lines.push("# let _ = request;".to_owned());
    lines.push(format!("# Ok::<(), {krate}::Violations>(())"));
    lines.push("```".to_owned());
    lines
}

/// `use alibabacloud_dbs::types::{A, B};`
fn imported(krate: &str, mut used: Vec<String>) -> Option<String> {
    used.sort();
    used.dedup();
    match used.as_slice() {
        [] => None,
        [one] => Some(format!("use {krate}::types::{one};")),
        several => Some(format!("use {krate}::types::{{{}}};", several.join(", "))),
    }
}

/// Whether the spec has an example for each of these fields.
pub(super) fn has_all(model: &Model, id: TypeId, fields: &[usize]) -> bool {
    fields.iter().all(|index| model.api.fields(id)[*index].example.is_some())
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

/// A Rust expression for an example value; notes the types that it names.
fn expression(model: &Model, type_: &Type, value: &Value, used: &mut Vec<String>) -> String {
    match type_ {
        Type::String | Type::Secret => format!("{:?}", value.as_str().unwrap_or_default()),
        Type::Boolean | Type::Int32 | Type::Int64 => value.to_string(),
        Type::Double => format!("{:?}", value.as_f64().unwrap_or_default()),
        Type::Named(id) if model.api.is_enum(*id) => {
            used.push(model.names.type_(*id).ident.to_string());
            let text = value.as_str().unwrap_or_default();
            variant(model, *id, text).to_string().replace(' ', "")
        }
        Type::Named(id) => object(model, *id, value, used),
        Type::List(item) => {
            let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
            let items: Vec<String> = items
                .iter()
                .map(|value| match **item {
                    // Arrays convert to vectors, their items to nothing.
                    Type::String => format!("String::from({value})"),
                    Type::List(_) => format!("vec!{}", expression(model, item, value, used)),
                    _ => expression(model, item, value, used),
                })
                .collect();
            format!("[{}]", items.join(", "))
        }
        Type::JsonText(inner) => {
            let value = value_of_text(value.as_str().unwrap_or_default());
            expression(model, inner, &value.unwrap_or_default(), used)
        }
    }
}

fn object(model: &Model, id: TypeId, value: &Value, used: &mut Vec<String>) -> String {
    let names = model.names.type_(id);
    used.push(names.ident.to_string());
    let given = |field: &Field| value.get(&field.wire.value).cloned();
    let mut arguments = Vec::new();
    let mut setters = String::new();
    for (field, ident) in model.api.fields(id).iter().zip(&names.members) {
        let Some(value) = given(field) else { continue };
        let value = expression(model, &field.type_, &value, used);
        if field.required {
            arguments.push(value);
        } else {
            setters.push_str(&format!(".{ident}({value})"));
        }
    }
    format!("{}::new({}){setters}", names.ident, arguments.join(", "))
}
