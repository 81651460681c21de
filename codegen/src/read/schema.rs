//! JSON → [`Schema`]: the JSON Schema keywords, typed, each with its place.

use std::sync::LazyLock;

use crate::decimal::Decimal;
use crate::diagnostic::{Code, Sink};
use crate::dialect::{self, Group, Place};
use crate::facts::Elsewhere;
use crate::json::{Json, Kind, Member};
use crate::read::reader::{Reader, expected, string, strings};
use crate::read::relations::{self, RelationItem};
use crate::read::{foreign, record};
use crate::source::{Origin, Spanned};

/// A JSON Schema as it is written, `$ref` not followed.
///
/// There are tens of thousands of them at once, so what few of them have is boxed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema {
    /// Where the schema starts; nowhere for one that no file has.
    pub(crate) origin: Option<Origin>,
    /// All of it.
    pub(crate) whole: Option<Origin>,
    /// Every keyword that is there, with the place of its key.
    pub(crate) keywords: Vec<(&'static str, Origin)>,
    pub(crate) reference: Option<Spanned<String>>,
    /// A schema that is `true` or `false` has no keywords.
    pub(crate) boolean: Option<bool>,
    pub(crate) type_: Option<Spanned<String>>,
    /// The names of a `type` that is a list of them.
    pub(crate) types: Vec<Spanned<String>>,
    pub(crate) format: Option<Spanned<String>>,
    pub(crate) title: Option<Box<Spanned<String>>>,
    pub(crate) description: Option<Spanned<String>>,
    pub(crate) examples: Vec<Json>,
    pub(crate) default: Option<Box<Json>>,
    pub(crate) properties: Vec<Property>,
    pub(crate) required: Vec<Spanned<String>>,
    pub(crate) items: Option<Box<Schema>>,
    /// What `additionalProperties` says of the values of a map.
    pub(crate) entries: Option<Box<Schema>>,
    pub(crate) constant: Option<Box<Json>>,
    pub(crate) enumeration: Vec<Json>,
    pub(crate) content_media_type: Option<Box<Spanned<String>>>,
    pub(crate) content_schema: Option<Box<Schema>>,
    pub(crate) idempotency_token: Option<Spanned<bool>>,
    pub(crate) deprecated: Option<Spanned<bool>>,
    /// What it is called in Rust, when not after its name on the wire.
    pub(crate) rust_name: Option<Box<Spanned<String>>>,
    /// What `x-document` says, for people who read the docs.
    pub(crate) note: Option<String>,
    /// What `x-document` says of other sources, for programs.
    pub(crate) elsewhere: Option<Box<Elsewhere>>,
    /// The `$ref` in whose place the schema stands that it named.
    pub(crate) replaced: Option<Box<Spanned<String>>>,
    pub(crate) effective_when: Option<Box<Schema>>,
    pub(crate) limits: Option<Box<Limits>>,
    pub(crate) rules: Option<Box<Rules>>,
}

/// Keywords about the value itself, which most schemas have none of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    pub(crate) min_length: Option<Spanned<u64>>,
    pub(crate) max_length: Option<Spanned<u64>>,
    pub(crate) pattern: Option<Spanned<String>>,
    pub(crate) minimum: Option<Spanned<String>>,
    pub(crate) maximum: Option<Spanned<String>>,
    pub(crate) exclusive_minimum: Option<Spanned<String>>,
    pub(crate) exclusive_maximum: Option<Spanned<String>>,
    pub(crate) multiple_of: Option<Spanned<String>>,
    pub(crate) min_items: Option<Spanned<u64>>,
    pub(crate) max_items: Option<Spanned<u64>>,
    pub(crate) unique_items: Option<Spanned<bool>>,
    pub(crate) contains: Option<Box<Schema>>,
    pub(crate) min_contains: Option<Spanned<u64>>,
    pub(crate) max_contains: Option<Spanned<u64>>,
    pub(crate) min_properties: Option<Spanned<u64>>,
    pub(crate) max_properties: Option<Spanned<u64>>,
    pub(crate) property_names: Option<Box<Schema>>,
}

/// Keywords that combine schemas or members, which most schemas have none of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub(crate) dependent_required: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    pub(crate) dependent_schemas: Vec<Property>,
    pub(crate) definitions: Vec<Property>,
    pub(crate) if_: Option<Box<Schema>>,
    pub(crate) then: Option<Box<Schema>>,
    pub(crate) else_: Option<Box<Schema>>,
    pub(crate) not: Option<Box<Schema>>,
    pub(crate) all_of: Vec<Schema>,
    pub(crate) any_of: Vec<Schema>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) relations: Vec<RelationItem>,
    pub(crate) context: Option<Box<Schema>>,
}

static NO_LIMITS: LazyLock<Limits> = LazyLock::new(Limits::default);
static NO_RULES: LazyLock<Rules> = LazyLock::new(Rules::default);

/// A member of `properties`.
#[derive(Debug, Clone)]
pub(crate) struct Property {
    pub(crate) name: Spanned<String>,
    pub(crate) schema: Schema,
}

/// Whether [`Limits`] has the keywords of a group.
fn is_limit(group: Group) -> bool {
    use Group::{Bounds, Counts, Elements, Multiples, Text};
    matches!(group, Bounds | Counts | Elements | Multiples | Text)
}

/// Whether [`Rules`] has the keywords of a group.
fn is_rule(group: Group) -> bool {
    use Group::{Combining, Context, Definitions, Dependents, Relations};
    matches!(group, Combining | Context | Definitions | Dependents | Relations)
}

/// Reads a schema and all schemas inside it.
pub(crate) fn schema(json: &Json, sink: &mut Sink) -> Option<Schema> {
    if let Kind::Boolean(holds) = json.kind {
        let origin = Some(json.opening());
        let whole = Some(json.origin);
        return Some(Schema { origin, whole, boolean: Some(holds), ..Schema::default() });
    }
    let mut reader = Reader::open(json, "schema", sink)?;
    let read = &mut reader;
    let (types, type_) = match read.value("type") {
        Some(json @ Json { kind: Kind::Array(_), .. }) => (Some(json), None),
        other => (None, other),
    };
    let (types, type_) = match types {
        // A list of one name is that name.
        Some(Json { kind: Kind::Array(names), .. }) if names.len() == 1 => (None, names.first()),
        types => (types, type_),
    };
    let limits = Limits {
        min_length: length(read, "minLength", sink),
        max_length: length(read, "maxLength", sink),
        pattern: read.string("pattern", sink),
        minimum: number(read, "minimum", sink),
        maximum: number(read, "maximum", sink),
        exclusive_minimum: number(read, "exclusiveMinimum", sink),
        exclusive_maximum: number(read, "exclusiveMaximum", sink),
        multiple_of: number(read, "multipleOf", sink),
        min_items: length(read, "minItems", sink),
        max_items: length(read, "maxItems", sink),
        unique_items: read.boolean("uniqueItems", sink),
        contains: boxed(read, "contains", sink),
        min_contains: length(read, "minContains", sink),
        max_contains: length(read, "maxContains", sink),
        min_properties: length(read, "minProperties", sink),
        max_properties: length(read, "maxProperties", sink),
        property_names: boxed(read, "propertyNames", sink),
    };
    let rules = Rules {
        dependent_required: dependent_required(read, sink),
        dependent_schemas: properties(read, "dependentSchemas", sink),
        definitions: properties(read, "$defs", sink),
        if_: boxed(read, "if", sink),
        then: boxed(read, "then", sink),
        else_: boxed(read, "else", sink),
        not: boxed(read, "not", sink),
        all_of: list(read, "allOf", sink),
        any_of: list(read, "anyOf", sink),
        one_of: list(read, "oneOf", sink),
        relations: relations::read(read, sink),
        context: boxed(read, "x-context", sink),
    };
    let (note, elsewhere) = record::x_document(read, sink).unzip();
    let schema = Schema {
        origin: Some(json.opening()),
        whole: Some(json.origin),
        keywords: Vec::new(),
        reference: read.string("$ref", sink),
        type_: type_.and_then(|json| string(json, sink)),
        types: types.map(|json| self::types(json, sink)).unwrap_or_default(),
        format: read.string("format", sink),
        title: read.string("title", sink).map(Box::new),
        description: read.text("description", sink),
        examples: read.array("examples", sink).unwrap_or_default().to_vec(),
        default: read.value("default").cloned().map(Box::new),
        boolean: None,
        properties: properties(read, "properties", sink),
        required: required(read, sink),
        items: boxed(read, "items", sink),
        entries: if foreign::is_map(read.members()) {
            boxed(read, "additionalProperties", sink)
        } else {
            None
        },
        constant: read.value("const").cloned().map(Box::new),
        enumeration: values(read, sink),
        content_media_type: read.string("contentMediaType", sink).map(Box::new),
        content_schema: boxed(read, "contentSchema", sink),
        idempotency_token: read.boolean("x-idempotency-token", sink),
        deprecated: read.boolean("deprecated", sink),
        rust_name: read.string("x-name", sink).map(Box::new),
        note,
        elsewhere: elsewhere.map(Box::new),
        replaced: None,
        effective_when: boxed(read, "x-effective-when", sink),
        limits: None,
        rules: None,
    };
    // For whoever reads the spec, and for nobody else.
    read.text("$comment", sink);
    report_repeated(&schema, sink);
    let keywords = reader.present();
    let has = |is_part: fn(Group) -> bool| {
        keywords.iter().any(|(keyword, _)| dialect::group(keyword).is_some_and(is_part))
    };
    let limits = has(is_limit).then(|| Box::new(limits));
    let rules = has(is_rule).then(|| Box::new(rules));
    foreign::report(&mut reader, sink);
    reader.finish_by(dialect::takes, sink);
    Some(Schema { keywords, limits, rules, ..schema })
}

impl Schema {
    /// The keywords about the value itself.
    pub(crate) fn limits(&self) -> &Limits {
        self.limits.as_deref().unwrap_or(&NO_LIMITS)
    }

    /// The keywords that combine schemas or members.
    pub(crate) fn rules(&self) -> &Rules {
        self.rules.as_deref().unwrap_or(&NO_RULES)
    }

    /// Reports every keyword that has no meaning where the schema stands, so that none is passed over.
    /// `what` is what messages call the place.
    pub(crate) fn check_keywords(&self, place: Place, what: &str, sink: &mut Sink) {
        for (keyword, origin) in &self.keywords {
            if !place.takes(keyword) {
                sink.error(
                    Code::UnsupportedKeyword,
                    *origin,
                    format!("the generator has no code for `{keyword}` in {what}"),
                );
            }
        }
    }

    /// Reports keywords that have no meaning for the parameters of one place, some of which have one
    /// for those of all places together.
    pub(crate) fn check_rules_elsewhere(&self, what: &str, sink: &mut Sink) {
        for (keyword, origin) in &self.keywords {
            if Place::RequestPart.takes(keyword) {
                continue;
            }
            let message = format!("the generator has no code for `{keyword}` in {what}");
            let code = Code::UnsupportedKeyword;
            if Place::Requirements.takes(keyword) {
                let help = "write it in `x-requirements` of the operation, which knows the \
                            parameters of all places";
                sink.error_with_help(code, *origin, message, help);
            } else {
                sink.error(code, *origin, message);
            }
        }
    }

    /// Shows every schema directly inside this one.
    pub(crate) fn for_each_child<'s>(&'s self, visit: &mut dyn FnMut(&'s Schema)) {
        self.for_each_part(visit);
        self.for_each_rule(visit);
    }

    /// Shows the schemas of what a value is made of.
    pub(crate) fn for_each_part<'s>(&'s self, visit: &mut dyn FnMut(&'s Schema)) {
        self.properties.iter().for_each(|property| visit(&property.schema));
        let boxed = [&self.items, &self.entries, &self.content_schema];
        boxed.into_iter().flatten().for_each(|schema| visit(schema));
    }

    /// Shows the schemas that ask something of a value besides.
    pub(crate) fn for_each_rule<'s>(&'s self, visit: &mut dyn FnMut(&'s Schema)) {
        let (limits, rules) = (self.limits(), self.rules());
        let named = rules.dependent_schemas.iter().chain(&rules.definitions);
        named.for_each(|property| visit(&property.schema));
        let boxed = [
            &limits.contains,
            &limits.property_names,
            &rules.if_,
            &rules.then,
            &rules.else_,
            &rules.not,
            &rules.context,
            &self.effective_when,
        ];
        boxed.into_iter().flatten().for_each(|schema| visit(schema));
        rules.all_of.iter().chain(&rules.any_of).chain(&rules.one_of).for_each(visit);
    }

    /// Whether it is a scalar and no enum: what refers to it is a scalar itself.
    pub(crate) fn is_scalar(&self) -> bool {
        let names = ["string", "integer", "number", "boolean"];
        let is_scalar = |type_: &Spanned<String>| names.contains(&type_.value.as_str());
        self.type_.as_ref().is_some_and(is_scalar)
            && self.keyword("oneOf").is_none()
            && self.keyword("enum").is_none()
            && !self.is_open_enum()
    }

    /// Whether it lists values of a text that may have others, too: each as a `const`, and then any text.
    pub(crate) fn is_open_enum(&self) -> bool {
        let is_text =
            |schema: &Self| schema.type_.as_ref().is_some_and(|type_| type_.value == "string");
        match self.rules().any_of.split_last() {
            Some((last, listed)) => {
                let is_any = is_text(last) && last.keywords.len() == 1;
                is_text(self) && is_any && listed.iter().any(|value| value.constant.is_some())
            }
            None => false,
        }
    }

    /// The values of an enum, where each has a schema of its own.
    pub(crate) fn explained(&self) -> &[Self] {
        match self.rules().any_of.split_last() {
            Some((_, listed)) if self.is_open_enum() => listed,
            _ => &self.rules().one_of,
        }
    }

    /// The names that `type` lists; nothing when there is no `type`.
    pub(crate) fn type_names(&self) -> Option<Vec<&Spanned<String>>> {
        let names: Vec<_> = self.type_.iter().chain(&self.types).collect();
        (!names.is_empty()).then_some(names)
    }

    /// Where the keyword's key stands.
    pub(crate) fn keyword(&self, name: &str) -> Option<Origin> {
        self.keywords.iter().find(|(keyword, _)| *keyword == name).map(|(_, origin)| *origin)
    }
}

/// A name or value that stands twice in a list is a slip of the author.
fn report_repeated(schema: &Schema, sink: &mut Sink) {
    let mut seen = Vec::new();
    for name in schema.required.iter().chain(&schema.types) {
        if seen.contains(&&name.value) {
            let message = format!("`{}` stands twice in this list", name.value);
            sink.error(Code::InvalidValue, name.origin, message);
        }
        seen.push(&name.value);
    }
    let mut seen = Vec::new();
    for json in &schema.enumeration {
        let value = json.to_value();
        if seen.contains(&value) {
            sink.error(Code::InvalidValue, json.origin, "this value stands twice in the list");
        }
        seen.push(value);
    }
}

fn types(json: &Json, sink: &mut Sink) -> Vec<Spanned<String>> {
    let types = strings(json, sink).unwrap_or_default();
    if types.is_empty() {
        sink.error(Code::InvalidValue, json.origin, "`type` needs at least one name");
    }
    types
}

fn boxed(reader: &mut Reader<'_>, key: &'static str, sink: &mut Sink) -> Option<Box<Schema>> {
    reader.value(key).and_then(|json| schema(json, sink)).map(Box::new)
}

fn list(reader: &mut Reader<'_>, key: &'static str, sink: &mut Sink) -> Vec<Schema> {
    let Some(member) = reader.member(key) else { return Vec::new() };
    let Some(items) = super::reader::array(&member.value, sink) else { return Vec::new() };
    if items.is_empty() {
        let message = format!("`{key}` needs at least one schema");
        sink.error(Code::InvalidValue, member.value.origin, message);
    }
    items.iter().filter_map(|item| schema(item, sink)).collect()
}

fn values(reader: &mut Reader<'_>, sink: &mut Sink) -> Vec<Json> {
    let Some(member) = reader.member("enum") else { return Vec::new() };
    let values = super::reader::array(&member.value, sink).unwrap_or_default();
    if values.is_empty() {
        sink.error(Code::InvalidValue, member.value.origin, "`enum` needs at least one value");
    }
    values.to_vec()
}

fn properties(reader: &mut Reader<'_>, key: &'static str, sink: &mut Sink) -> Vec<Property> {
    let members = reader.map(key, sink).unwrap_or_default();
    let property = |member: &Member| {
        let name = Spanned { value: member.key.clone(), origin: member.key_origin };
        schema(&member.value, sink).map(|schema| Property { name, schema })
    };
    // They are large, and stay until everything is read: no room is kept for more of them.
    let mut properties = Vec::with_capacity(members.len());
    properties.extend(members.iter().filter_map(property));
    properties
}

fn dependent_required(
    reader: &mut Reader<'_>,
    sink: &mut Sink,
) -> Vec<(Spanned<String>, Vec<Spanned<String>>)> {
    let members = reader.map("dependentRequired", sink).unwrap_or_default();
    members
        .iter()
        .filter_map(|member| {
            let name = Spanned { value: member.key.clone(), origin: member.key_origin };
            strings(&member.value, sink).map(|required| (name, required))
        })
        .collect()
}

pub(crate) fn whole_number(json: &Json, sink: &mut Sink) -> Option<i64> {
    let Kind::Number(digits) = &json.kind else { return expected(json, "a number", sink) };
    let number = whole(digits);
    if number.is_none() {
        sink.error(Code::InvalidValue, json.origin, "expected a whole number");
    }
    number
}

/// A whole number, which JSON may write as `2.0` or `2e0`, too.
fn whole(digits: &str) -> Option<i64> {
    Decimal::parse(digits).and_then(Decimal::whole)
}

fn length(reader: &mut Reader<'_>, key: &'static str, sink: &mut Sink) -> Option<Spanned<u64>> {
    let json = reader.value(key)?;
    match &json.kind {
        Kind::Number(digits) => match whole(digits).and_then(|number| number.try_into().ok()) {
            Some(value) => Some(Spanned { value, origin: json.origin }),
            None => {
                let message = format!("`{key}` must be a whole number that is not negative");
                sink.error(Code::InvalidValue, json.origin, message);
                None
            }
        },
        _ => expected(json, "a number", sink),
    }
}

/// The names that `required` lists.
fn required(reader: &mut Reader<'_>, sink: &mut Sink) -> Vec<Spanned<String>> {
    let Some(json) = reader.value("required") else { return Vec::new() };
    if let Kind::Boolean(value) = json.kind {
        let message = "expected an array, found a boolean";
        let help = foreign::required(value);
        sink.error_with_help(Code::InvalidValue, json.origin, message, help);
        return Vec::new();
    }
    strings(json, sink).unwrap_or_default()
}

fn number(reader: &mut Reader<'_>, key: &'static str, sink: &mut Sink) -> Option<Spanned<String>> {
    let json = reader.value(key)?;
    match &json.kind {
        Kind::Boolean(value) if key.starts_with("exclusive") => {
            let message = "expected a number, found a boolean";
            let help = foreign::exclusive(key, *value, reader.members());
            sink.error_with_help(Code::InvalidValue, json.origin, message, help);
            None
        }
        Kind::Number(digits) => Some(Spanned { value: digits.clone(), origin: json.origin }),
        _ => expected(json, "a number", sink),
    }
}
