//! JSON → [`Published`]: what a service publishes of its API, typed.
//!
//! Takes what there is: a member that is not known, or is not what it should be, is counted and not
//! refused. Knows nothing of what specs can say.

use super::report::{LeftOut, Report, Thing};
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
    /// By their status.
    pub(super) responses: Vec<(String, Option<Schema>)>,
    pub(super) description: Option<String>,
    /// A list of answers in JSON or XML, as a text that holds JSON.
    pub(super) demo: Option<String>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter {
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
    /// The type, if there is one and no reference.
    pub(super) type_: Option<String>,
    pub(super) format: Option<String>,
    /// The name of a component.
    pub(super) reference: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) required: bool,
    pub(super) is_deprecated: bool,
    pub(super) properties: Vec<(String, Self)>,
    pub(super) items: Option<Box<Self>>,
    pub(super) entries: Option<Box<Self>>,
    /// The values that there are, as texts.
    pub(super) values: Vec<String>,
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
    let mut root = Source::new(json);
    let Some(apis) = root.object("apis") else {
        let message = "this is no metadata of a service: it has no `apis`";
        return Err(("", message.to_owned()));
    };
    let Some(info) = root.value("info") else {
        return Err(("", "the metadata has no `info`".to_owned()));
    };
    let mut info = Source::new(info);
    let mut said = |key: &'static str, pointer: &'static str| {
        let text = info.text(key).filter(|text| !text.is_empty());
        text.ok_or_else(|| (pointer, format!("the metadata does not say its `{key}`")))
    };
    let style = said("style", "/info")?;
    let product = said("product", "/info")?;
    let version = said("version", "/info")?;
    info.finish(Thing::Member, "info", report);
    let operations = apis.iter().map(|member| operation(member, report)).collect();
    let components = root.value("components").map(|json| {
        let mut components = Source::new(json);
        let schemas = components.object("schemas").unwrap_or_default();
        let read = |member: &Member, report: &mut Report| {
            (member.key.clone(), schema(&member.value, &member.key, report))
        };
        let schemas = schemas.iter().map(|member| read(member, report)).collect();
        components.finish(Thing::Member, "components", report);
        schemas
    });
    let endpoints = root.list("endpoints").unwrap_or_default();
    let endpoints = endpoints.iter().filter_map(|json| endpoint(json, report)).collect();
    // Who groups operations on pages, and which version the format has.
    for key in ["directories", "version"] {
        root.value(key);
    }
    root.finish(Thing::Member, "the document", report);
    let components = components.unwrap_or_default();
    Ok(Published { style, product, version, operations, components, endpoints })
}

fn operation(member: &Member, report: &mut Report) -> Operation {
    let name = member.key.clone();
    let mut source = Source::new(&member.value);
    let texts = |json: &[Json]| json.iter().filter_map(text_of).collect::<Vec<_>>();
    let methods = source.list("methods").map(texts).unwrap_or_default();
    let security = source.list("security").unwrap_or_default();
    let security = security.iter().flat_map(|json| match &json.kind {
        Kind::Object(members) => members.iter().map(|member| member.key.clone()).collect(),
        _ => Vec::new(),
    });
    let security = security.collect();
    let parameters = source.list("parameters").unwrap_or_default();
    let parameters = parameters.iter().map(|json| parameter(json, &name, report)).collect();
    let responses = source.object("responses").unwrap_or_default();
    let responses = responses.iter().map(|member| {
        let mut source = Source::new(&member.value);
        let place = format!("{name} {}", member.key);
        let schema = source.value("schema").map(|json| schema(json, &place, report));
        for key in ["description", "headers", "examples"] {
            source.value(key);
        }
        source.finish(Thing::Member, &place, report);
        (member.key.clone(), schema)
    });
    let responses = responses.collect();
    let tag = source.value("systemTags").and_then(|json| json.at("/operationType"));
    let tag = tag.and_then(text_of);
    let found = Operation {
        title: source.text("title"),
        summary: source.text("summary"),
        methods,
        path: source.text("path").filter(|path| !path.is_empty()),
        security,
        kind: source.text("operationType"),
        tag,
        parameters,
        responses,
        description: source.text("description"),
        demo: source.text("responseDemo"),
        name,
    };
    for key in UNUSED {
        source.value(key);
    }
    source.finish(Thing::Member, &found.name, report);
    found
}

/// What is known of operations and has no place in a spec yet.
const UNUSED: [&str; 10] = [
    "deprecated",
    "schemes",
    "consumes",
    "produces",
    "tags",
    "requestParamsDescription",
    "responseParamsDescription",
    "errorCodes",
    "extraInfo",
    "staticInfo",
];

fn parameter(json: &Json, operation: &str, report: &mut Report) -> Parameter {
    let mut source = Source::new(json);
    let name = source.text("name").unwrap_or_default();
    let place = format!("{operation}.{name}");
    let schema = source.value("schema").map(|json| schema(json, &place, report));
    let found = Parameter {
        place: source.text("in").unwrap_or_default(),
        style: source.text("style"),
        schema: schema.unwrap_or_default(),
        name,
    };
    for key in ["allowEmptyValue", "examples"] {
        source.value(key);
    }
    source.finish(Thing::Member, &place, report);
    found
}

fn schema(json: &Json, place: &str, report: &mut Report) -> Schema {
    let mut source = Source::new(json);
    let reference = source.text("$ref");
    let reference =
        reference.map(|text| text.rsplit('/').next().map(str::to_owned).unwrap_or(text));
    let properties = source.object("properties").unwrap_or_default().iter().map(|member| {
        let place = format!("{place}.{}", member.key);
        (member.key.clone(), schema(&member.value, &place, report))
    });
    let properties = properties.collect();
    let items = source.value("items").map(|json| Box::new(schema(json, place, report)));
    let entries = source.value("additionalProperties").and_then(|json| match &json.kind {
        Kind::Object(_) => Some(Box::new(schema(json, place, report))),
        Kind::Boolean(true) => Some(Box::default()),
        _ => None,
    });
    let values = source.list("enum").unwrap_or_default();
    let found = Schema {
        type_: source.text("type"),
        format: source.text("format"),
        reference,
        title: source.text("title"),
        description: source.text("description"),
        required: source.flag("required"),
        is_deprecated: source.flag("deprecated"),
        properties,
        items,
        entries,
        values: values.iter().filter_map(text_of).collect(),
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
    for key in
        ["docRequired", "enumValueTitles", "isFileTransferUrl", "index", "readOnly", "itemName"]
    {
        source.value(key);
    }
    source.finish(Thing::Member, place, report);
    found
}

fn endpoint(json: &Json, report: &mut Report) -> Option<Endpoint> {
    let mut source = Source::new(json);
    let region = source.text("regionId");
    let host = source.text("endpoint").or_else(|| source.text("public"));
    let vpc = source.text("vpc");
    source.value("regionName");
    source.value("areaId");
    source.value("areaName");
    source.finish(Thing::Member, "endpoints", report);
    if region.is_none() {
        report.leave_out(Thing::Host, LeftOut::Nameless, "a host");
    }
    Some(Endpoint { region: region?, host, vpc })
}

/// Text as it stands, and numbers and booleans as they are written.
fn text_of(json: &Json) -> Option<String> {
    match &json.kind {
        Kind::String(text) | Kind::Number(text) => Some(text.clone()),
        Kind::Boolean(boolean) => Some(boolean.to_string()),
        Kind::Null => None,
        Kind::Array(_) | Kind::Object(_) => Some(json.to_value().to_string()),
    }
}

/// The members of an object, and which of them somebody asked for.
struct Source<'j> {
    members: &'j [Member],
    asked: Vec<&'static str>,
}

impl<'j> Source<'j> {
    fn new(json: &'j Json) -> Self {
        let members = match &json.kind {
            Kind::Object(members) => members.as_slice(),
            _ => &[],
        };
        Self { members, asked: Vec::new() }
    }

    fn value(&mut self, key: &'static str) -> Option<&'j Json> {
        self.asked.push(key);
        self.members.iter().find(|member| member.key == key).map(|member| &member.value)
    }

    fn text(&mut self, key: &'static str) -> Option<String> {
        self.value(key).and_then(text_of)
    }

    fn flag(&mut self, key: &'static str) -> bool {
        self.text(key).is_some_and(|text| text == "true")
    }

    fn list(&mut self, key: &'static str) -> Option<&'j [Json]> {
        match &self.value(key)?.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    fn object(&mut self, key: &'static str) -> Option<&'j [Member]> {
        match &self.value(key)?.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Counts the members that nobody asked for.
    fn finish(self, thing: Thing, place: &str, report: &mut Report) {
        for member in self.members {
            if !self.asked.contains(&member.key.as_str()) {
                report.leave_out(thing, LeftOut::UnknownKey, &format!("{place}: {}", member.key));
            }
        }
    }
}
