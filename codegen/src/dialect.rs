//! The JSON Schema that specs are written in: which keywords there are, which values they have, what
//! they say something of, and where in a spec that has a meaning.
//!
//! A keyword is a row of [`KEYWORDS`], and a place is an arm of [`Place::takes`]; nothing else lists
//! keywords. What is none is told by `read/foreign.rs`. Knows no document and no model.

use crate::english::listed;
use crate::json::{Json, Kind};

/// What a keyword says something of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// What people read; it may stand everywhere.
    Words,
    Examples,
    /// That people had better not use it.
    Deprecation,
    Default,
    /// Which type a value has.
    Type,
    Format,
    Reference,
    /// What is in an object.
    Members,
    /// What is in a list.
    Items,
    /// What is in a map.
    Entries,
    /// What is in a text that holds JSON.
    Content,
    /// Named parts of a file, for references.
    Definitions,
    /// Which values there are.
    Literals,
    /// Schemas over schemas.
    Combining,
    /// How long a text is, and what stands in it.
    Text,
    /// How large a number is.
    Bounds,
    /// Of what a number is a multiple.
    Multiples,
    /// How many elements a list has, and which.
    Elements,
    /// Which members need others.
    Dependents,
    /// How many members there are, and which names they may have.
    Counts,
    /// How numbers of one object compare.
    Relations,
    /// What rules know besides the request.
    Context,
    /// What a property is to calls.
    Token,
    /// When a property has an effect.
    Effect,
    /// What it is called in Rust.
    Name,
}

/// What a keyword's value is, in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Any,
    Array,
    Boolean,
    Number,
    Object,
    Schema,
    String,
    StringOrArray,
}

use Group::{
    Bounds, Combining, Content, Context, Counts, Default, Definitions, Dependents, Deprecation,
    Effect, Elements, Entries, Examples, Format, Items, Literals, Members, Multiples, Name,
    Reference, Relations, Text, Token, Type, Words,
};
use Value::{Any, Array, Boolean, Number, Object, Schema, String, StringOrArray};

/// Every keyword that is understood, in the order in which people are shown them.
const KEYWORDS: &[(&str, Group, Value)] = &[
    ("type", Type, StringOrArray),
    ("format", Format, String),
    ("properties", Members, Object),
    ("required", Members, Array),
    ("items", Items, Schema),
    ("additionalProperties", Entries, Schema),
    ("$ref", Reference, String),
    ("const", Literals, Any),
    ("enum", Literals, Array),
    ("minLength", Text, Number),
    ("maxLength", Text, Number),
    ("pattern", Text, String),
    ("minimum", Bounds, Number),
    ("maximum", Bounds, Number),
    ("exclusiveMinimum", Bounds, Number),
    ("exclusiveMaximum", Bounds, Number),
    ("multipleOf", Multiples, Number),
    ("minItems", Elements, Number),
    ("maxItems", Elements, Number),
    ("uniqueItems", Elements, Boolean),
    ("contains", Elements, Schema),
    ("minContains", Elements, Number),
    ("maxContains", Elements, Number),
    ("if", Combining, Schema),
    ("then", Combining, Schema),
    ("else", Combining, Schema),
    ("not", Combining, Schema),
    ("allOf", Combining, Array),
    ("anyOf", Combining, Array),
    ("oneOf", Combining, Array),
    ("dependentRequired", Dependents, Object),
    ("dependentSchemas", Dependents, Object),
    ("minProperties", Counts, Number),
    ("maxProperties", Counts, Number),
    ("propertyNames", Counts, Schema),
    ("x-relations", Relations, Array),
    ("$defs", Definitions, Object),
    ("contentMediaType", Content, String),
    ("contentSchema", Content, Schema),
    ("default", Default, Any),
    ("x-effective-when", Effect, Schema),
    ("x-idempotency-token", Token, Boolean),
    ("x-context", Context, Object),
    ("x-name", Name, String),
    ("deprecated", Deprecation, Boolean),
    ("title", Words, String),
    ("description", Words, String),
    ("examples", Examples, Array),
    ("$comment", Words, String),
    ("x-document", Words, Object),
];

/// What a keyword says something of.
pub(crate) fn group(keyword: &str) -> Option<Group> {
    KEYWORDS.iter().find(|(known, _, _)| *known == keyword).map(|(_, group, _)| *group)
}

/// Whether a keyword could have such a value.
pub(crate) fn takes(keyword: &str, value: &Json) -> bool {
    let known = KEYWORDS.iter().find(|(known, _, _)| *known == keyword);
    known.is_some_and(|(_, _, wanted)| match (wanted, &value.kind) {
        (Any, _)
        | (Array | StringOrArray, Kind::Array(_))
        | (Boolean | Schema, Kind::Boolean(_))
        | (Number, Kind::Number(_))
        | (Object | Schema, Kind::Object(_))
        | (String | StringOrArray, Kind::String(_)) => true,
        (
            Array | Boolean | Number | Object | Schema | String | StringOrArray,
            Kind::Null
            | Kind::Boolean(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Array(_)
            | Kind::Object(_),
        ) => false,
    })
}

/// Whether a keyword combines members or schemas, so that it is a rule where it stands; `then` and
/// `else` belong to their `if`, and the parts of `allOf` are rules themselves.
pub(crate) fn is_rule(keyword: &str) -> bool {
    match group(keyword) {
        Some(Combining) => !["then", "else", "allOf"].contains(&keyword),
        Some(Dependents | Counts | Relations) => true,
        _ => false,
    }
}

/// Whether a keyword of a member asks something of its value that its type and limits do not say.
pub(crate) fn asks_of_value(keyword: &str) -> bool {
    matches!(group(keyword), Some(Literals | Combining | Multiples | Elements | Items))
}

/// A kind of value, as far as keywords say something of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Whatever JSON has.
    Any,
    Boolean,
    /// A body that is no JSON and no text.
    Bytes,
    /// Text that holds JSON.
    Json,
    List,
    /// Values under any names.
    Map,
    Number,
    /// A struct.
    Object,
    /// Something that a schema file says, whatever it is.
    Referred,
    Secret,
    Text,
}

/// Whose members there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Request,
    Response,
    /// A schema file's, which requests and responses may use.
    Shared,
}

/// Where a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Request,
    /// The parameters of one place of several.
    RequestPart,
    /// What is asked of the parameters of all places.
    Requirements,
    Response,
    /// A schema file that is an object.
    SharedObject,
    /// An object that is received, or facts: nobody checks them.
    UncheckedObject,
    /// A property of one of these.
    UncheckedValue,
    Enum,
    /// One of which requests may have other values, too.
    OpenEnum,
    EnumValue,
    /// What `x-context` names.
    Facts,
    /// A reference to a file that holds a scalar.
    ScalarReference {
        is_sent: bool,
    },
    /// A property of this sort; `is_inside` tells of what is inside a list.
    Property {
        holder: Holder,
        sort: Sort,
        is_inside: bool,
    },
    /// A value in a map, or inside one: no rule can speak of it.
    Entry {
        holder: Holder,
        sort: Sort,
    },
    /// What a parameter holds as JSON text, or what is inside of that: no rule can speak of it, but for
    /// those of objects that have files of their own.
    Content(Sort),
    /// A condition on an object as a whole.
    Condition,
    /// A condition on a value.
    ValueCondition(Sort),
}

impl Place {
    /// Whether a keyword has a meaning there.
    pub(crate) fn takes(self, keyword: &str) -> bool {
        let Some(group) = group(keyword) else { return false };
        if group == Words {
            return true;
        }
        let rules = matches!(group, Literals | Combining);
        match self {
            Self::Request => {
                group == Context || (group != Name && Self::SharedObject.takes(keyword))
            }
            Self::RequestPart => matches!(group, Type | Definitions | Members),
            Self::Requirements => {
                matches!(group, Type | Definitions | Combining | Dependents | Counts)
                    || matches!(group, Relations | Context)
            }
            Self::Response => keyword == "type" || keyword == "properties",
            Self::SharedObject => {
                matches!(group, Type | Definitions | Combining | Members)
                    || matches!(group, Dependents | Counts | Relations | Name)
            }
            Self::UncheckedObject => matches!(group, Type | Members | Name),
            Self::UncheckedValue => {
                !rules && !matches!(group, Default | Effect | Token | Multiples | Elements)
            }
            Self::Enum => matches!(group, Type | Name) || keyword == "enum" || keyword == "oneOf",
            Self::OpenEnum => matches!(group, Type | Name) || keyword == "anyOf",
            Self::EnumValue => keyword == "const" || group == Name,
            Self::Facts => group == Reference,
            Self::ScalarReference { is_sent } => match group {
                Reference | Examples | Default | Deprecation | Name => true,
                Token | Effect | Literals | Combining => is_sent,
                _ => false,
            },
            Self::Property { holder, sort, is_inside } => {
                let is_checked = holder != Holder::Response;
                sort.is_named_by(group)
                    || sort.lists(keyword)
                    || (sort.is_limited_by(group) && is_checked)
                    || match group {
                        // JSON, which examples are written in, has no bytes.
                        Examples => !is_inside && sort != Sort::Bytes,
                        Deprecation | Name => !is_inside,
                        Effect => !is_inside && is_checked,
                        // The docs would show a secret's.
                        Default => {
                            !is_inside && is_checked && !sort.is_opaque() && sort != Sort::Secret
                        }
                        Token => !is_inside && holder == Holder::Request && sort == Sort::Text,
                        Type | Definitions => is_checked,
                        Literals | Combining => is_checked && !sort.is_opaque(),
                        _ => false,
                    }
            }
            Self::Entry { holder, sort } => {
                let is_checked = holder != Holder::Response;
                // Text that holds JSON is a parameter, or a member of an object.
                (sort.is_named_by(group) && group != Content)
                    || sort.lists(keyword)
                    || (matches!(group, Text | Bounds) && sort.is_limited_by(group) && is_checked)
            }
            Self::Content(sort) => {
                sort.is_named_by(group)
                    || (matches!(group, Text | Bounds) && sort.is_limited_by(group))
                    || group == Definitions
                    || (sort == Sort::Referred && keyword == "enum")
            }
            Self::Condition => {
                rules
                    || matches!(group, Reference | Definitions | Type | Members | Dependents)
                    || matches!(group, Counts | Relations)
            }
            Self::ValueCondition(sort) => {
                rules
                    || matches!(group, Reference | Definitions)
                    || (group == Type && sort != Sort::Any)
                    || sort.is_limited_by(group)
                    || (sort == Sort::List && group == Items)
                    || (sort == Sort::Object
                        && matches!(group, Members | Dependents | Counts | Relations))
            }
        }
    }
}

impl Sort {
    /// Whether keywords of the group say which type this is.
    fn is_named_by(self, group: Group) -> bool {
        match self {
            Self::Referred | Self::Object => group == Reference,
            Self::Json => matches!(group, Type | Content),
            Self::Bytes => false,
            Self::Any | Self::Boolean => group == Type,
            Self::Number | Self::Secret | Self::Text => matches!(group, Type | Format),
            Self::List => matches!(group, Type | Items),
            Self::Map => matches!(group, Type | Entries),
        }
    }

    /// Whether keywords of the group say which of the values of this type are meant.
    fn is_limited_by(self, group: Group) -> bool {
        match self {
            Self::Text | Self::Secret => group == Text,
            Self::Number => matches!(group, Bounds | Multiples),
            Self::List => group == Elements,
            Self::Any
            | Self::Boolean
            | Self::Bytes
            | Self::Json
            | Self::Map
            | Self::Object
            | Self::Referred => false,
        }
    }

    /// Whether the keyword says which names there are among others.
    fn lists(self, keyword: &str) -> bool {
        self == Self::Map && keyword == "properties"
    }

    /// Whether rules can ask no more of it than whether it is given.
    fn is_opaque(self) -> bool {
        match self {
            Self::Any | Self::Bytes | Self::Map => true,
            Self::Boolean
            | Self::Json
            | Self::List
            | Self::Number
            | Self::Object
            | Self::Referred
            | Self::Secret
            | Self::Text => false,
        }
    }
}

/// The table of keywords that the guide for writers of specs has.
pub(crate) fn table() -> std::string::String {
    let rows: &[(&str, &[Group])] = &[
        ("types", &[Type, Format, Members, Items, Entries, Reference]),
        ("values", &[Literals, Default]),
        ("rules", &[Combining, Dependents, Counts, Relations, Effect, Definitions]),
        ("limits of text", &[Text]),
        ("limits of numbers", &[Bounds, Multiples]),
        ("limits of lists", &[Elements]),
        ("JSON in text", &[Content]),
        ("a request as a whole", &[Context, Token]),
        ("names in Rust", &[Name]),
        ("words", &[Words, Examples, Deprecation]),
    ];
    let row = |(what, groups): &(&str, &[Group])| {
        let named = KEYWORDS.iter().filter(|(_, group, _)| groups.contains(group));
        let names: Vec<&str> = named.map(|(keyword, _, _)| *keyword).collect();
        format!("| {what} | {} |\n", listed(&names))
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    format!("| for | keywords |\n|---|---|\n{}", rows.concat())
}
