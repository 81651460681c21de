//! Where the parameters of a random operation stand, and the operation that has them there.
//!
//! Knows the forms of `specs/README.md`; knows nothing of rules.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{Kind, Member, operation};

/// Where the schema of rules over several places stands in the file of its operation.
pub(super) const REQUIREMENTS: &str = "/post/x-requirements";

/// Names that headers can have, one for each of the names of members.
const HEADERS: [&str; 7] =
    ["x-alpha", "x-beta", "x-gamma", "x-delta", "x-epsilon", "x-zeta", "x-eta"];

/// What members are called whose name another one has in another place.
const LABELS: [&str; 7] = ["other", "second", "third", "fourth", "fifth", "sixth", "seventh"];

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Where a member stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Query,
    Form,
    Header,
    Path,
    /// A member of a JSON body.
    Body,
    /// All of the body.
    Whole,
}

impl Place {
    /// Whether a value can stand there, whatever else is asked of it.
    pub(super) fn takes(self, value: &Value) -> bool {
        let Some(text) = value.as_str() else { return true };
        match self {
            Self::Path => !["", ".", ".."].contains(&text),
            Self::Header => text.chars().all(|found| found <= '\u{ff}'),
            Self::Query | Self::Form | Self::Body | Self::Whole => true,
        }
    }
}

/// Puts the members into several places; sometimes two have one name on the wire.
pub(super) fn spread(rng: &mut Rng, members: &mut [Member]) {
    let body = *rng.choice(&[Place::Form, Place::Body, Place::Whole]).expect("there are some");
    for (index, member) in members.iter_mut().enumerate() {
        member.place = match rng.u8(..8) {
            0 if member.kind.is_scalar() => Place::Path,
            1 | 2 if member.kind.is_scalar() => Place::Header,
            3..=5 if body != Place::Whole => body,
            _ => Place::Query,
        };
        if member.place == Place::Header {
            (member.name, member.wire) = (HEADERS[index], HEADERS[index]);
        }
    }
    let last = members.last_mut().filter(|_| body == Place::Whole);
    if let Some(last) = last.filter(|last| !last.kind.is_scalar()) {
        *last = Member { place: body, ..Member::new("body", last.kind.clone()) };
    }
    let (one, other) = (rng.usize(..members.len()), rng.usize(..members.len()));
    let has_own_name = |place: Place| matches!(place, Place::Header | Place::Whole);
    if members[one].place != members[other].place
        && members[one].place != Place::Whole
        && !has_own_name(members[other].place)
    {
        members[other].wire = members[one].wire;
        members[other].name = LABELS[other];
    }
}

/// The file of an operation with these members in their places. `properties` has their schemas, by the
/// names that `requirements` has for them.
pub(super) fn several(
    rng: &mut Rng,
    id: &str,
    members: &[Member],
    schema: &Value,
    requirements: &Value,
) -> Value {
    let mut of_place = |place: Place| object(rng, members, place, schema);
    let mut parameters: Vec<Value> = Vec::new();
    if let Some(query) = of_place(Place::Query) {
        let content = json!({ FORM: query });
        parameters.push(
            json!({ "name": "request", "in": "querystring", "required": true, "content": content }),
        );
    }
    let body = [(Place::Form, FORM), (Place::Body, JSON)]
        .into_iter()
        .find_map(|(place, media)| Some(json!({ "content": { media: of_place(place)? } })));
    let mut item = operation(id, &Value::Null);
    for member in members {
        let place = match member.place {
            Place::Path => "path",
            Place::Header => "header",
            Place::Query | Place::Form | Place::Body | Place::Whole => continue,
        };
        let is_required = member.place == Place::Path || is_required(schema, member);
        parameters.push(json!({
            "name": member.wire,
            "in": place,
            "required": is_required,
            "schema": property(schema, member),
        }));
    }
    let whole = members.iter().find(|member| member.place == Place::Whole).map(|member| {
        let content = json!({ JSON: { "schema": property(schema, member) } });
        json!({ "required": is_required(schema, member), "content": content })
    });
    item["post"]["parameters"] = parameters.into();
    if let Some(body) = body.or(whole) {
        item["post"]["requestBody"] = body;
    }
    item["post"]["x-requirements"] = requirements.clone();
    item
}

/// What a media type says of the members of one place, if there are any.
fn object(rng: &mut Rng, members: &[Member], place: Place, schema: &Value) -> Option<Value> {
    let here = || members.iter().filter(|member| member.place == place);
    let properties = here().map(|member| (member.wire.to_owned(), property(schema, member)));
    let properties: Map<String, Value> = properties.collect();
    if properties.is_empty() {
        return None;
    }
    let required = here().filter(|member| is_required(schema, member)).map(|member| member.wire);
    let required: Value = required.collect();
    let mut media =
        json!({ "schema": { "type": "object", "properties": properties, "required": required } });
    let encodings = here().filter(|_| place != Place::Body).filter_map(|member| {
        let encoding = match &member.kind {
            Kind::List(item) if item.is_scalar() && **item != Kind::Secret && rng.bool() => {
                json!({ "style": "form", "explode": false })
            }
            kind if !kind.is_scalar() && rng.bool() => json!({ "contentType": JSON }),
            _ => return None,
        };
        Some((member.wire.to_owned(), encoding))
    });
    let encodings: Map<String, Value> = encodings.collect();
    if !encodings.is_empty() {
        media["encoding"] = encodings.into();
    }
    Some(media)
}

fn property(schema: &Value, member: &Member) -> Value {
    let mut property = schema["properties"][member.name].clone();
    if member.name != member.wire {
        property["x-name"] = member.name.into();
    }
    property
}

fn is_required(schema: &Value, member: &Member) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|names| names.iter().any(|name| name == member.name))
}
