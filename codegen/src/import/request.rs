//! What an operation takes → `parameters` and `requestBody`.

use super::access;
use super::item::{Item, TEXT, method, placed};
use super::ledger::Spot;
use super::names;
use super::node::Node;
use super::path;
use super::published::{Operation, Schema};
use super::reasons::{LeftOut, Repair};
use super::report::Report;
use super::types::{At, Members, Side, Types, object};
use crate::bind::{is_spelled, takes_header};
use crate::naming::is_shown_whole;
use crate::travel::{FORM, Media, Method, Place, Style};

/// How lists and objects are written; the first two as indexes, which is usual.
const STYLES: [&str; 4] = ["repeatList", "flat", "json", "simple"];

/// How an operation is called, and what it takes.
#[derive(Debug)]
pub(super) struct Request<'p> {
    pub(super) method: Method,
    /// The path with its parameters in braces; nothing in the RPC style.
    pub(super) path: Option<String>,
    /// The parameter that is the whole path.
    pub(super) whole_path: Option<String>,
    pub(super) items: Vec<Item<'p>>,
}

impl<'p> Request<'p> {
    /// Finds each parameter its place.
    pub(super) fn new(
        operation: &'p Operation,
        style: Style,
        types: &Types<'p>,
        report: &mut Report,
    ) -> Self {
        let method = method(operation);
        let mut items: Vec<Item<'p>> = Vec::new();
        let bodies = operation.parameters.iter().filter(|parameter| parameter.place == "body");
        let has_one_body = bodies.count() == 1;
        let is_anonymous = access::is_anonymous(operation);
        for parameter in &operation.parameters {
            if parameter.style.as_deref().is_some_and(|style| !STYLES.contains(&style)) {
                report.leave_out_key(parameter.spot, "style", LeftOut::UnknownStyle);
            }
            let found = placed(parameter, method, style, types, has_one_body, report);
            let own = parameter.spot.own;
            for mut item in found {
                if item.place == Place::Header {
                    item.wire = item.wire.to_ascii_lowercase();
                    if takes_header(&item.wire, is_anonymous).is_err() {
                        report.leave_out(own, LeftOut::OwnHeader);
                        continue;
                    }
                } else if item.wire.is_empty() || !is_shown_whole(&item.wire) {
                    report.leave_out(item.spot.own, LeftOut::Nameless);
                    continue;
                }
                match items.iter_mut().find(|twin| are_twins(twin, &item, style)) {
                    Some(twin) => {
                        twin.required |= item.required;
                        report.merge(item.spot.own, Repair::ListedTwice);
                    }
                    None => {
                        if item.required || item.goes_along {
                            report.carry_key(item.schema.spot, "required");
                        }
                        report.carry(own);
                        items.push(item);
                    }
                }
            }
        }
        let mut request = Self { method, path: None, whole_path: None, items };
        if style == Style::Roa {
            request.find_path(operation, report);
        }
        // The places in the order in which specs have them.
        request.items.sort_by_key(|item| match item.place {
            Place::Path | Place::WholePath => 0,
            Place::Header => 1,
            Place::Query => 2,
            Place::Form | Place::Member | Place::Body(_) => 3,
        });
        let names = request.names();
        for (item, name) in request.items.iter_mut().zip(names) {
            item.name = name;
        }
        request
    }

    /// Whether each call has to have a token of its own, which later pages cannot repeat.
    pub(super) fn has_required_token(&self) -> bool {
        self.items.iter().any(|item| item.required && is_token(item))
    }

    /// A parameter of one of these names and this type, as operations call it, and its schema.
    pub(super) fn named(&self, names: &[&str], type_: &str) -> Option<(String, &'p Schema)> {
        let found = names
            .iter()
            .find_map(|name| self.items.iter().find(|item| is_spelled(name, &item.wire)))?;
        let is_turned = matches!(found.place, Place::Query | Place::Form | Place::Member)
            && found.schema.type_.as_deref() == Some(type_);
        is_turned.then(|| (self.label(found), found.schema))
    }

    /// What rules and pages call a parameter.
    pub(super) fn label(&self, item: &Item<'p>) -> String {
        let is_apart = self.items.iter().any(|item| item.place != Place::Query);
        item.name.clone().filter(|_| is_apart).unwrap_or_else(|| item.wire.clone())
    }

    /// Makes the path and its parameters agree.
    fn find_path(&mut self, operation: &Operation, report: &mut Report) {
        let is_declared = |items: &[Item<'_>], name: &str| {
            items.iter().any(|item| item.place == Place::Path && item.wire == name)
        };
        let template = operation.path.as_deref().unwrap_or("/");
        let template = path::in_braces(template, |name| is_declared(&self.items, name));
        if Some(template.as_str()) != operation.path.as_deref() && operation.path.is_some() {
            report.repair(Repair::PathInBrackets, operation.spot.own);
        }
        if template.contains('*') {
            let mut paths = self.items.iter().rev().filter(|item| item.place == Place::Path);
            if let Some(whole) = paths.next() {
                self.whole_path = Some(whole.wire.clone());
                self.path = Some(template);
                return;
            }
        }
        let names = path::names(&template);
        for item in &mut self.items {
            if item.place == Place::Path && !names.contains(&item.wire) {
                item.place = Place::Query;
                report.repair(Repair::PathIntoQuery, item.spot.own);
            }
        }
        for name in names {
            if !is_declared(&self.items, &name) {
                report.repair(Repair::PathParameterMade, operation.spot.own);
                self.items.push(Item {
                    place: Place::Path,
                    wire: name,
                    style: None,
                    schema: &TEXT,
                    required: true,
                    goes_along: false,
                    name: None,
                    spot: Spot::default(),
                });
            }
        }
        self.path = Some(template);
    }

    /// `parameters` and `requestBody`; parameters of the path are called as in `template`.
    pub(super) fn write(
        &self,
        operation: &'p Operation,
        template: Option<&str>,
        types: &mut Types<'p>,
        report: &mut Report,
    ) -> Members {
        let own = self.path.as_deref().map(path::names).unwrap_or_default();
        let theirs = template.map(path::names).unwrap_or_default();
        let mut schemas: Vec<(Place, String, &Item<'p>, Members)> = Vec::new();
        for item in &self.items {
            let root = format!("{}Request", operation.name);
            let at = At::new(root, Side::Sent).member(&item.wire);
            let is_whole = matches!(item.place, Place::Body(_))
                || item.place == Place::Path && self.whole_path.as_ref() == Some(&item.wire);
            let at = if is_whole { at.whole() } else { at };
            let wire = own.iter().position(|own| item.place == Place::Path && *own == item.wire);
            let wire = wire.and_then(|place| theirs.get(place)).unwrap_or(&item.wire);
            let mut schema = match item.place {
                Place::Body(Media::Bytes) => Vec::new(),
                _ => types.value(&item.wire, item.schema, &at, report),
            };
            let name = match item.name.clone() {
                // Another operation of the path calls it otherwise.
                None if *wire != item.wire => naming_of(&item.wire, wire),
                name => name,
            };
            if let Some(name) = name {
                report.repair(Repair::Renamed, item.spot.own);
                schema.push(("x-name".to_owned(), Node::Text(name)));
            }
            schema.extend(match item.place {
                Place::Body(Media::Bytes) => Vec::new(),
                _ => types.words(&item.wire, item.schema, Side::Sent, report),
            });
            if is_token(item) {
                schema.push(("x-idempotency-token".to_owned(), Node::bare(true)));
            }
            schemas.push((item.place, wire.clone(), item, schema));
        }
        let mut parameters = Vec::new();
        let lone = |place: Place| matches!(place, Place::Path | Place::Header);
        for (place, wire, item, schema) in schemas.iter().filter(|(place, ..)| lone(*place)) {
            let location = if *place == Place::Path { "path" } else { "header" };
            let mut members = vec![
                ("name".to_owned(), Node::text(wire)),
                ("in".to_owned(), Node::text(location)),
            ];
            if item.required || *place == Place::Path {
                members.push(("required".to_owned(), Node::bare(true)));
            }
            members.push(("schema".to_owned(), Node::Object(schema.clone())));
            parameters.push(Node::Object(members));
        }
        let of = |wanted: Place| -> Vec<(&str, &Item<'p>, &Members)> {
            let found = schemas.iter().filter(|(place, ..)| *place == wanted);
            found.map(|(_, wire, item, schema)| (wire.as_str(), *item, schema)).collect()
        };
        let query = of(Place::Query);
        if !query.is_empty() {
            let form = media_type(&query, true, types);
            parameters.push(Node::Object(vec![
                ("name".to_owned(), Node::text("request")),
                ("in".to_owned(), Node::text("querystring")),
                ("required".to_owned(), Node::bare(true)),
                ("content".to_owned(), Node::member(FORM, form)),
            ]));
        }
        let mut members = vec![("parameters".to_owned(), Node::List(parameters))];
        members.extend(self.requirements());
        let form = of(Place::Form);
        let json = of(Place::Member);
        let whole = schemas.iter().find_map(|(place, _, item, schema)| match place {
            Place::Body(media) => Some((media, item, schema)),
            _ => None,
        });
        let body = if let Some((media, item, schema)) = whole {
            let content = Node::member("schema", Node::Object(schema.clone()));
            Some((media.type_(), content, item.required))
        } else if !json.is_empty() {
            let is_required = json.iter().any(|(_, item, _)| item.required);
            Some((Media::Json.type_(), media_type(&json, false, types), is_required))
        } else if !form.is_empty() {
            let is_required = form.iter().any(|(_, item, _)| item.required);
            Some((FORM, media_type(&form, true, types), is_required))
        } else {
            None
        };
        if let Some((media, content, is_required)) = body {
            let mut body = Vec::new();
            if is_required {
                body.push(("required".to_owned(), Node::bare(true)));
            }
            body.push(("content".to_owned(), Node::member(media, content)));
            members.push(("requestBody".to_owned(), Node::Object(body)));
        }
        members
    }

    /// A body that may be left out, and has members that it cannot be without: whoever gives some of it
    /// gives these.
    fn requirements(&self) -> Option<(String, Node)> {
        let members = self.items.iter().filter(|item| item.place == Place::Member);
        let named = |item: &Item<'p>| Node::Text(self.label(item));
        let given =
            members.clone().map(|item| Node::member("required", Node::List(vec![named(item)])));
        let given: Vec<Node> = given.collect();
        let along: Vec<Node> = members.filter(|item| item.goes_along).map(named).collect();
        if along.is_empty() || given.len() < 2 {
            return None;
        }
        let rule = Node::Object(vec![
            ("type".to_owned(), Node::text("object")),
            ("if".to_owned(), Node::member("anyOf", Node::List(given))),
            ("then".to_owned(), Node::member("required", Node::List(along))),
        ]);
        Some(("x-requirements".to_owned(), rule))
    }

    /// The `x-name`s that fields need: a name that stands in two places is the first one's.
    fn names(&self) -> Vec<Option<String>> {
        let wires: Vec<&str> = self.items.iter().map(Item::name).collect();
        let spelled = wires.iter().enumerate().map(|(index, wire)| {
            let is_twin = wires[..index].contains(wire);
            if is_twin {
                format!("{}_{wire}", prefix(self.items[index].place))
            } else {
                (*wire).to_owned()
            }
        });
        let spelled: Vec<String> = spelled.collect();
        let names = names::members(spelled.iter().map(String::as_str));
        let told = spelled.iter().zip(&wires).zip(names);
        told.map(|((spelled, wire), name)| name.or_else(|| naming_of(spelled, wire))).collect()
    }
}

/// The Rust name of a text, where it is not that of the wire name.
fn naming_of(text: &str, wire: &str) -> Option<String> {
    let spelled = |text: &str| crate::naming::spelled(text, crate::naming::Spelling::Field);
    spelled(text).filter(|name| spelled(wire).as_ref() != Some(name) || text != wire)
}

/// What stands before the name of a member that another place has, too.
fn prefix(place: Place) -> &'static str {
    match place {
        Place::Path | Place::WholePath => "path",
        Place::Header => "header",
        Place::Query => "query",
        Place::Form => "form",
        Place::Member | Place::Body(_) => "body",
    }
}

/// Whether both are the same parameter, listed twice.
fn are_twins(first: &Item<'_>, second: &Item<'_>, style: Style) -> bool {
    let is_same_place = first.place == second.place
        // RPC services read query and form alike.
        || style == Style::Rpc && is_pair(first.place) && is_pair(second.place);
    is_same_place && first.wire == second.wire
}

/// RPC services read these two alike.
fn is_pair(place: Place) -> bool {
    matches!(place, Place::Query | Place::Form)
}

/// Whether the parameter makes repeating a request harmless.
fn is_token(item: &Item<'_>) -> bool {
    let has_room = |text: &String| text.trim().parse::<u64>().is_ok_and(|length| length >= 36);
    item.wire == "ClientToken"
        && matches!(item.place, Place::Query | Place::Form | Place::Member)
        && item.schema.type_.as_deref() == Some("string")
        && item.schema.values.is_empty()
        && item.schema.max_length.as_ref().is_none_or(has_room)
}

/// The schema of an object of parameters, and how its members are written.
fn media_type(members: &[(&str, &Item<'_>, &Members)], is_form: bool, types: &Types<'_>) -> Node {
    let required = members.iter().filter(|(_, item, _)| item.required);
    let required = required.map(|(wire, ..)| Node::text(*wire)).collect();
    let properties = members
        .iter()
        .map(|(wire, _, schema)| ((*wire).to_owned(), Node::Object((*schema).clone())));
    let schema = Node::Object(object(required, properties.collect()));
    let mut content = vec![("schema".to_owned(), schema)];
    let encodings = members.iter().filter(|_| is_form).filter_map(|(wire, item, _)| {
        let encoding = encoding(item, types)?;
        Some(((*wire).to_owned(), Node::Object(encoding)))
    });
    let encodings: Members = encodings.collect();
    if !encodings.is_empty() {
        content.push(("encoding".to_owned(), Node::Object(encodings)));
    }
    Node::Object(content)
}

/// How a member is written, where that is not usual.
fn encoding<'p>(item: &Item<'p>, types: &Types<'p>) -> Option<Members> {
    let target = types.target(item.schema);
    let items = target.and_then(|schema| schema.items.as_deref());
    match item.style {
        Some("json") if !types.is_scalar(item.schema) => {
            Some(vec![("contentType".to_owned(), Node::text(Media::Json.type_()))])
        }
        Some("simple") if items.is_some_and(|items| types.is_scalar(items)) => Some(vec![
            ("style".to_owned(), Node::text("form")),
            ("explode".to_owned(), Node::bare(false)),
        ]),
        _ => None,
    }
}
