//! JSON → [`SecurityItem`] and [`SchemeItem`]: by what calls may be proven, and what the names of that mean.
//!
//! Knows of what kind values are, and not which schemes have code.

use crate::diagnostic::{Code, Sink};
use crate::english::{any_of, code};
use crate::json::{Json, Member};
use crate::read::reader::{Reader, array};
use crate::source::{Origin, Spanned};

/// A `security`: one of these requirements is enough.
#[derive(Debug)]
pub(crate) struct SecurityItem(pub(crate) Vec<RequirementItem>);

/// The names of schemes that are required together; none, where nothing is required.
#[derive(Debug)]
pub(crate) struct RequirementItem {
    pub(crate) names: Vec<Spanned<String>>,
    pub(crate) origin: Origin,
}

/// A scheme of `components.securitySchemes`.
#[derive(Debug)]
pub(crate) struct SchemeItem {
    pub(crate) name: String,
    /// Nothing, where it could not be read.
    pub(crate) type_: Option<String>,
    /// The scheme of HTTP authentication.
    pub(crate) scheme: Option<String>,
}

/// The types of OpenAPI.
const TYPES: [&str; 5] = ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"];

/// Reads the value of `security`.
pub(super) fn security(json: &Json, sink: &mut Sink) -> Option<SecurityItem> {
    let items = array(json, sink)?;
    Some(SecurityItem(items.iter().filter_map(|json| requirement(json, sink)).collect()))
}

fn requirement(json: &Json, sink: &mut Sink) -> Option<RequirementItem> {
    let mut names = Vec::new();
    for Member { key, key_origin, value } in
        Reader::open(json, "security requirement", sink)?.members()
    {
        if array(value, sink).is_some_and(|scopes| !scopes.is_empty()) {
            let message = format!("the generator has no code for the scopes of `{key}`");
            sink.error_with_help(Code::InvalidValue, value.origin, message, "write `[]`");
        }
        names.push(Spanned { value: key.clone(), origin: *key_origin });
    }
    Some(RequirementItem { names, origin: json.origin })
}

/// Reads the value of `components`.
pub(super) fn components(json: &Json, sink: &mut Sink) -> Vec<SchemeItem> {
    let Some(mut components) = Reader::open(json, "components object", sink) else {
        return Vec::new();
    };
    let schemes = components.map("securitySchemes", sink).unwrap_or_default();
    let schemes = schemes.iter().map(|member| scheme(member, sink)).collect();
    components.finish(sink);
    schemes
}

fn scheme(member: &Member, sink: &mut Sink) -> SchemeItem {
    let name = member.key.clone();
    let Some(mut reader) = Reader::open(&member.value, "security scheme", sink) else {
        return SchemeItem { name, type_: None, scheme: None };
    };
    let type_ = reader.required_string("type", sink);
    if let Some(type_) = &type_
        && !TYPES.contains(&type_.value.as_str())
    {
        let message = format!("{} is no type of schemes", code(&type_.value));
        let help = format!("write {}", any_of(&TYPES.map(str::to_owned)));
        sink.error_with_help(Code::InvalidValue, type_.origin, message, help);
    }
    let is_http = type_.as_ref().is_some_and(|type_| type_.value == "http");
    let scheme = if is_http {
        reader.required_string("scheme", sink)
    } else {
        reader.string("scheme", sink)
    };
    // What is said of schemes without code is for people.
    for key in
        ["description", "name", "in", "bearerFormat", "openIdConnectUrl", "oauth2MetadataUrl"]
    {
        reader.string(key, sink);
    }
    reader.map("flows", sink);
    reader.finish(sink);
    let type_ = type_.map(|type_| type_.value);
    let scheme = scheme.map(|scheme| scheme.value);
    SchemeItem { name, type_, scheme }
}
