//! JSON → [`Published`]: what a service publishes of its API, typed.
//!
//! Takes what there is: a member that is not known, or is not what it should be, is counted and not
//! refused. Whatever it meets, it writes into the ledger. Knows nothing of what specs can say.

use super::keys::{self, Key};
use super::ledger::{Fate, Id, Line, Spot};
use super::reasons::{LeftOut, Repair, Thing};
use super::report::Report;
use super::told::{Told, told};
use crate::json::{Json, Kind, Member};

/// The metadata of a service version.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) style: String,
    pub(super) product: String,
    pub(super) version: String,
    /// In the order of the text.
    pub(super) operations: Vec<Operation>,
    /// What `$ref`s name.
    pub(super) components: Vec<(String, Schema)>,
    pub(super) endpoints: Vec<Endpoint>,
}

/// An operation.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) spot: Spot,
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) methods: Vec<String>,
    pub(super) path: Option<String>,
    /// The names of schemes, any of which will do.
    pub(super) security: Vec<String>,
    /// `read`, `write` or both.
    pub(super) kind: Option<String>,
    /// The same, told by its tags: `get`, `list`, `create`, …
    pub(super) tag: Option<String>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) responses: Vec<Response>,
    pub(super) description: Option<String>,
    pub(super) told: Told,
    /// A list of answers in JSON or XML, as a text that holds JSON.
    pub(super) demo: Option<String>,
}

/// What an operation answers.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) spot: Spot,
    pub(super) status: String,
    pub(super) description: Option<String>,
    pub(super) schema: Option<Schema>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) spot: Spot,
    pub(super) name: String,
    /// `query`, `formData`, `body`, `header` or `path`.
    pub(super) place: String,
    /// `repeatList`, `flat`, `json` or `simple`.
    pub(super) style: Option<String>,
    pub(super) schema: Schema,
}

/// What a value is.
#[derive(Debug, Default, Clone)]
pub(super) struct Schema {
    pub(super) spot: Spot,
    /// The type, if there is one and no reference.
    pub(super) type_: Option<String>,
    pub(super) format: Option<String>,
    /// The name of a component.
    pub(super) reference: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    /// Whether the documents call it required.
    pub(super) is_asked_for: bool,
    pub(super) is_deprecated: bool,
    pub(super) properties: Vec<(String, Self)>,
    pub(super) items: Option<Box<Self>>,
    pub(super) entries: Option<Box<Self>>,
    /// The values that there are, as texts.
    pub(super) values: Vec<String>,
    /// Where they stand, in the same order.
    pub(super) values_spot: Spot,
    /// What some values mean.
    pub(super) titles: Vec<(String, String)>,
    pub(super) titles_spot: Spot,
    pub(super) example: Option<String>,
    pub(super) default: Option<String>,
    pub(super) minimum: Option<String>,
    pub(super) maximum: Option<String>,
    pub(super) is_above_minimum: bool,
    pub(super) is_below_maximum: bool,
    pub(super) min_length: Option<String>,
    pub(super) max_length: Option<String>,
    pub(super) min_items: Option<String>,
    pub(super) max_items: Option<String>,
    pub(super) pattern: Option<String>,
}

/// A host.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) spot: Spot,
    pub(super) region: String,
    /// The one that the internet reaches.
    pub(super) host: Option<String>,
    pub(super) vpc: Option<String>,
}

/// Reads the metadata; what is wrong with it as a whole is a sentence.
pub(super) fn read(json: &Json, report: &mut Report) -> Result<Published, (&'static str, String)> {
    let Kind::Object(_) = &json.kind else {
        return Err((
            "",
            format!("this is {}, and the metadata of a service is an object", json.kind_name()),
        ));
    };
    let root = report.root();
    let root = Source::new(json, root, keys::DOCUMENT, report);
    let Some((apis, at)) = root.object("apis") else {
        let message = "this is no metadata of a service: it has no `apis`";
        return Err(("", message.to_owned()));
    };
    let Some((info, place)) = root.value("info") else {
        return Err(("", "the metadata has no `info`".to_owned()));
    };
    let info = Source::new(info, place, keys::INFO, report);
    let said = |key: &'static str, pointer: &'static str| {
        let text = info.text(key).filter(|text| !text.is_empty());
        text.ok_or_else(|| (pointer, format!("the metadata does not say its `{key}`")))
    };
    let style = said("style", "/info")?;
    let product = said("product", "/info")?;
    let version = said("version", "/info")?;
    let spot = members(at, apis, Thing::Operation, report);
    let read = |(index, member)| operation(member, spot.at(index), report);
    let operations = apis.iter().enumerate().map(read).collect();
    let components = components(&root, report);
    let endpoints = endpoints(&root, report);
    Ok(Published { style, product, version, operations, components, endpoints })
}

/// What `$ref`s name, each left out unless something does.
fn components(root: &Source<'_>, report: &mut Report) -> Vec<(String, Schema)> {
    let Some((json, at)) = root.value("components") else { return Vec::new() };
    let components = Source::new(json, at, keys::COMPONENTS, report);
    let Some((schemas, at)) = components.object("schemas") else { return Vec::new() };
    let line = |member: &Member| Line {
        step: member.key.clone(),
        thing: None,
        fate: Fate::Unless(LeftOut::UnusedType),
    };
    let spot = report.list(at, schemas.iter().map(line));
    let read = |(index, member): (usize, &Member)| {
        report.label(spot.at(index), &member.key);
        (member.key.clone(), schema(&member.value, spot.at(index), report))
    };
    schemas.iter().enumerate().map(read).collect()
}

fn endpoints(root: &Source<'_>, report: &mut Report) -> Vec<Endpoint> {
    let (endpoints, at) = root.list("endpoints").unwrap_or_default();
    let spot = items(at, endpoints, Thing::Host, report);
    let read = |(index, json)| endpoint(json, spot.at(index), report);
    endpoints.iter().enumerate().filter_map(read).collect()
}

fn operation(member: &Member, at: Id, report: &mut Report) -> Operation {
    let source = Source::new(&member.value, at, keys::OPERATION, report);
    let methods = source.list("methods").unwrap_or_default().0.iter().filter_map(text_of);
    let security = source.list("security").unwrap_or_default().0;
    let security = security.iter().flat_map(|json| match &json.kind {
        Kind::Object(members) => members.iter().map(|member| member.key.clone()).collect(),
        _ => Vec::new(),
    });
    let tag = source.value("systemTags").and_then(|(json, at)| {
        let tags = Source::new(json, at, keys::SYSTEM_TAGS, report);
        tags.text("operationType")
    });
    Operation {
        spot: source.spot,
        name: member.key.clone(),
        title: source.text("title"),
        summary: source.text("summary"),
        methods: methods.collect(),
        path: source.text("path").filter(|path| !path.is_empty()),
        security: security.collect(),
        kind: source.text("operationType"),
        tag,
        parameters: parameters(&source, report),
        responses: responses(&source, report),
        description: source.text("description"),
        told: told(&source, report),
        demo: source.text("responseDemo"),
    }
}

fn parameters(operation: &Source<'_>, report: &mut Report) -> Vec<Parameter> {
    let (parameters, at) = operation.list("parameters").unwrap_or_default();
    let spot = items(at, parameters, Thing::Parameter, report);
    let read = |(index, json)| parameter(json, spot.at(index), report);
    parameters.iter().enumerate().map(read).collect()
}

fn responses(operation: &Source<'_>, report: &mut Report) -> Vec<Response> {
    let (responses, at) = operation.object("responses").unwrap_or_default();
    let line =
        |member: &Member| Line { step: member.key.clone(), thing: None, fate: Fate::Unknown };
    let spot = report.list(at, responses.iter().map(line));
    let read = |(index, member): (usize, &Member)| {
        report.label(spot.at(index), &member.key);
        let source = Source::new(&member.value, spot.at(index), keys::RESPONSE, report);
        let (headers, at) = source.object("headers").unwrap_or_default();
        let line = |member: &Member| counted(&member.key, Thing::Member, LeftOut::AnswerHeader);
        report.list(at, headers.iter().map(line));
        examples(&source, report);
        let schema = source.value("schema").map(|(json, at)| schema(json, at, report));
        let description = source.text("description");
        Response { spot: source.spot, status: member.key.clone(), description, schema }
    };
    responses.iter().enumerate().map(read).collect()
}

/// Counts examples that stand beside a schema, and not in it.
fn examples(source: &Source<'_>, report: &mut Report) {
    let (examples, at) = source.list("examples").unwrap_or_default();
    let line = |(index, _)| counted(index, Thing::Example, LeftOut::ExampleBeside);
    report.list(at, examples.iter().enumerate().map(line));
}

fn parameter(json: &Json, at: Id, report: &mut Report) -> Parameter {
    let source = Source::new(json, at, keys::PARAMETER, report);
    let name = source.text("name").unwrap_or_default();
    report.label(at, &name);
    examples(&source, report);
    let schema = source.value("schema").map(|(json, at)| schema(json, at, report));
    Parameter {
        spot: source.spot,
        place: source.text("in").unwrap_or_default(),
        style: source.text("style"),
        schema: schema.unwrap_or_default(),
        name,
    }
}

fn schema(json: &Json, at: Id, report: &mut Report) -> Schema {
    let source = Source::new(json, at, keys::SCHEMA, report);
    let reference = source.text("$ref");
    let reference =
        reference.map(|text| text.rsplit('/').next().map(str::to_owned).unwrap_or(text));
    let (properties, at) = source.object("properties").unwrap_or_default();
    let spot = members(at, properties, Thing::Element, report);
    let properties = properties.iter().enumerate().map(|(index, member)| {
        report.mark(spot.at(index), Fate::Unless(LeftOut::Inside));
        (member.key.clone(), schema(&member.value, spot.at(index), report))
    });
    let properties = properties.collect();
    let items = source.value("items").map(|(json, at)| Box::new(schema(json, at, report)));
    let entries = source.value("additionalProperties").and_then(|(json, at)| match &json.kind {
        Kind::Object(_) => Some(Box::new(schema(json, at, report))),
        Kind::Boolean(true) => Some(Box::default()),
        _ => None,
    });
    let (values, values_spot) = values(&source, report);
    let (titles, titles_spot) = titles(&source, report);
    let found = Schema {
        spot: source.spot,
        type_: source.text("type"),
        format: source.text("format"),
        reference,
        title: source.text("title"),
        description: source.text("description"),
        required: source.flag("required"),
        is_asked_for: source.flag("docRequired"),
        is_deprecated: source.flag("deprecated"),
        properties,
        items,
        entries,
        values,
        values_spot,
        titles,
        titles_spot,
        example: source.text("example"),
        default: source.text("default"),
        minimum: source.text("minimum"),
        maximum: source.text("maximum"),
        is_above_minimum: source.flag("exclusiveMinimum"),
        is_below_maximum: source.flag("exclusiveMaximum"),
        min_length: source.text("minLength"),
        max_length: source.text("maxLength"),
        min_items: source.text("minItems"),
        max_items: source.text("maxItems"),
        pattern: source.text("pattern"),
    };
    values_of_items(found, report)
}

/// The values that there are, and where they stand; what is nothing is none.
fn values(source: &Source<'_>, report: &mut Report) -> (Vec<String>, Spot) {
    let (values, at) = source.list("enum").unwrap_or_default();
    let (values, nulls): (Vec<_>, Vec<_>) = values
        .iter()
        .enumerate()
        .map(|(index, json)| (index, text_of(json)))
        .partition(|(_, text)| text.is_some());
    let line = |(index, _): &(usize, _)| counted(index, Thing::Value, LeftOut::Empty);
    report.list(at, nulls.iter().map(line));
    let line = |(index, _): &(usize, _)| counted(index, Thing::Value, LeftOut::Misplaced);
    let spot = report.list(at, values.iter().map(line));
    (values.into_iter().filter_map(|(_, text)| text).collect(), spot)
}

/// The schema, where values of a list are those of its items: a list is none of them.
fn values_of_items(mut schema: Schema, report: &mut Report) -> Schema {
    let is_list = schema.type_.as_deref() == Some("array");
    let Some(items) = schema.items.as_mut().filter(|_| is_list) else { return schema };
    if items.reference.is_some() {
        return schema;
    }
    if items.values.is_empty() && !schema.values.is_empty() {
        report.repair(Repair::ValuesOfItems, schema.spot.own);
        items.values = std::mem::take(&mut schema.values);
        items.values_spot = std::mem::take(&mut schema.values_spot);
    }
    if items.titles.is_empty() && !schema.titles.is_empty() {
        items.titles = std::mem::take(&mut schema.titles);
        items.titles_spot = std::mem::take(&mut schema.titles_spot);
    }
    schema
}

/// What some values mean, and where that stands.
fn titles(source: &Source<'_>, report: &mut Report) -> (Vec<(String, String)>, Spot) {
    let (titles, at) = source.object("enumValueTitles").unwrap_or_default();
    let line = |member: &Member| counted(&member.key, Thing::ValueTitle, LeftOut::ValueTitle);
    let spot = report.list(at, titles.iter().map(line));
    let read = |member: &Member| (member.key.clone(), text_of(&member.value).unwrap_or_default());
    (titles.iter().map(read).collect(), spot)
}

fn endpoint(json: &Json, at: Id, report: &mut Report) -> Option<Endpoint> {
    let source = Source::new(json, at, keys::ENDPOINT, report);
    let region = source.text("regionId");
    let host = source.text("endpoint").or_else(|| source.text("public"));
    let vpc = source.text("vpc");
    if region.is_none() {
        report.leave_out(at, LeftOut::Nameless);
    }
    Some(Endpoint { spot: source.spot, region: region?, host, vpc })
}

/// Text as it stands, and numbers and booleans as they are written.
pub(super) fn text_of(json: &Json) -> Option<String> {
    match &json.kind {
        Kind::String(text) | Kind::Number(text) => Some(text.clone()),
        Kind::Boolean(boolean) => Some(boolean.to_string()),
        Kind::Null => None,
        Kind::Array(_) | Kind::Object(_) => Some(json.to_value().to_string()),
    }
}

/// What counts, and is left out unless something is done with it.
pub(super) fn counted(step: impl ToString, thing: Thing, reason: LeftOut) -> Line {
    Line { step: step.to_string(), thing: Some(thing), fate: Fate::Unless(reason) }
}

/// Writes down members of which each is a thing.
fn members(at: Id, members: &[Member], thing: Thing, report: &mut Report) -> Spot {
    let line = |member: &Member| Line {
        step: member.key.clone(),
        thing: Some(thing),
        fate: Fate::Unknown,
    };
    report.list(at, members.iter().map(line))
}

/// Writes down items of which each is a thing.
fn items(at: Id, items: &[Json], thing: Thing, report: &mut Report) -> Spot {
    let line =
        |index: usize| Line { step: index.to_string(), thing: Some(thing), fate: Fate::Unknown };
    report.list(at, (0..items.len()).map(line))
}

/// The members of an object, each of which stands in the ledger.
pub(super) struct Source<'j> {
    members: &'j [Member],
    spot: Spot,
}

impl<'j> Source<'j> {
    /// Where it stands.
    pub(super) fn spot(&self) -> Spot {
        self.spot
    }

    /// Writes down what each member counts as by its key; what should be an object and is none counts
    /// itself.
    pub(super) fn new(json: &'j Json, own: Id, keys: &[Key], report: &mut Report) -> Self {
        let members = match &json.kind {
            Kind::Object(members) => members.as_slice(),
            Kind::Null => &[],
            Kind::Boolean(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) => {
                report.is_malformed(own);
                &[]
            }
        };
        let spot = report.list(own, members.iter().map(|member| keys::line(keys, member)));
        Self { members, spot }
    }

    pub(super) fn value(&self, key: &str) -> Option<(&'j Json, Id)> {
        let index = self.members.iter().position(|member| member.key == key)?;
        Some((&self.members[index].value, self.spot.at(index)))
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key).and_then(|(json, _)| text_of(json))
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.value(key).is_some_and(|(json, _)| keys::is_true(json))
    }

    pub(super) fn list(&self, key: &str) -> Option<(&'j [Json], Id)> {
        match self.value(key)? {
            (Json { kind: Kind::Array(items), .. }, at) => Some((items, at)),
            _ => None,
        }
    }

    pub(super) fn object(&self, key: &str) -> Option<(&'j [Member], Id)> {
        match self.value(key)? {
            (Json { kind: Kind::Object(members), .. }, at) => Some((members, at)),
            _ => None,
        }
    }
}
