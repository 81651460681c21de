//! What is to be generated: the API in Rust's terms, names still as the wire has them.
//!
//! Knows no JSON Schema, and no stage that comes later.

pub(crate) mod limit;
pub(crate) mod security;
mod wait;

use std::collections::BTreeSet;

use crate::facts::{DocumentPage, ErrorCode, KnownName, Ram};
use crate::moment::TimeFormat;
use crate::source::{FileId, Origin, Spanned};
use crate::travel::{Answer, Method, Travel};
use limit::Limit;
use security::Security;
pub(crate) use wait::{Take, Wait, WaitTest};

/// A service version.
#[derive(Debug)]
pub(crate) struct Api {
    /// The folder of the specs, as headers name it.
    pub(crate) folder: String,
    pub(crate) title: String,
    pub(crate) product: Spanned<String>,
    /// What the package is called, when that does not follow from the product.
    pub(crate) package: Option<Spanned<String>>,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) envelope: Envelope,
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Vec<TypeDef>,
}

/// An operation, by its position in [`Api::operations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OperationId(pub(crate) usize);

/// A type, by its position in [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

impl Api {
    pub(crate) fn operation_ids(&self) -> impl Iterator<Item = OperationId> + use<> {
        (0..self.operations.len()).map(OperationId)
    }

    pub(crate) fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0]
    }

    pub(crate) fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len()).map(TypeId)
    }

    pub(crate) fn type_(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }

    pub(crate) fn is_enum(&self, id: TypeId) -> bool {
        matches!(self.type_(id).shape, Shape::Enum(_))
    }

    /// Whether a secret stands anywhere in a value of this type.
    pub(crate) fn holds_secret(&self, type_: &Type) -> bool {
        type_.holds_secret(|id| self.fields(id).iter().map(|field| &field.type_))
    }

    /// The fields of a struct; none for an enum.
    pub(crate) fn fields(&self, id: TypeId) -> &[Field] {
        match &self.type_(id).shape {
            Shape::Struct(fields) => fields,
            Shape::Enum(_) => &[],
        }
    }

    /// The documented values of an enum; none for a struct.
    pub(crate) fn values(&self, id: TypeId) -> &[EnumValue] {
        match &self.type_(id).shape {
            Shape::Enum(values) => values,
            Shape::Struct(_) => &[],
        }
    }
}

/// A host.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) host: String,
    pub(crate) network: Network,
    pub(crate) regions: Vec<String>,
}

/// Where a host can be reached from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Network {
    Public,
    Vpc,
}

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: Spanned<String>,
    /// What it is called in Rust, when not after its id.
    pub(crate) rust_name: Option<Spanned<String>>,
    /// Its file below the folder.
    pub(crate) path: String,
    pub(crate) method: Method,
    /// The path of a call, with its parameters in braces.
    pub(crate) url: String,
    pub(crate) summary: String,
    pub(crate) description: Option<String>,
    pub(crate) document: Option<DocumentPage>,
    /// Nothing where people may go on using it.
    pub(crate) deprecation: Option<Deprecation>,
    /// The operation that tells how far the task is which this one starts.
    pub(crate) progress: Option<Pointed>,
    pub(crate) access: Access,
    pub(crate) security: Security,
    pub(crate) ram: Option<Ram>,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) request: TypeId,
    pub(crate) response: TypeId,
    /// What the body of an answer is.
    pub(crate) answer: Answer,
    /// The type whose values rules may name besides the request's own.
    pub(crate) context: Option<TypeId>,
    /// What the parameter that makes repeating a request safe is called.
    pub(crate) idempotency_parameter: Option<String>,
    /// In the place of the service's.
    pub(crate) envelope: Option<Envelope>,
    pub(crate) pagination: Option<Pagination>,
    /// What callers wait for by asking it again and again.
    pub(crate) waits: Vec<Wait>,
}

/// That an operation is not to be used any more.
#[derive(Debug, Clone)]
pub(crate) struct Deprecation {
    /// What does instead what it did, where that is known.
    pub(crate) instead: Vec<Pointed>,
}

/// An operation that another one points to.
#[derive(Debug, Clone)]
pub(crate) enum Pointed {
    Own(OperationId),
    /// Another service's, or one that these specs lack.
    Other {
        product: String,
        version: String,
        operation: String,
    },
}

/// What an operation does to the service, on which repeating it depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    /// Also what nobody knows better of.
    Write,
}

/// How an operation hands out a list in pages. Members of the request stand by their positions.
#[derive(Debug, Clone)]
pub(crate) struct Pagination {
    pub(crate) turn: PageTurn,
    /// From the response to the list.
    pub(crate) items: Vec<Step>,
    /// What an item is.
    pub(crate) item: Type,
    pub(crate) total_items: Option<Vec<Step>>,
}

/// How one page leads to the next.
#[derive(Debug, Clone)]
pub(crate) enum PageTurn {
    Number {
        page_number: usize,
        page_size: usize,
        first_page: i32,
        /// To the member that says how many items a full page has.
        full_page: Option<Vec<Step>>,
        total_pages: Option<Vec<Step>>,
    },
    Token {
        token: usize,
        page_size: Option<usize>,
        /// To the token of the page that follows.
        next_token: Vec<Step>,
        /// To the member that says whether a page follows.
        has_more: Option<Vec<Step>>,
    },
}

/// From a struct to one of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) owner: TypeId,
    pub(crate) member: usize,
}

/// Which members of answers say how a call went, by their names in the order in which they count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    pub(crate) request_id: Vec<String>,
    pub(crate) code: Vec<String>,
    pub(crate) message: Vec<String>,
    /// The first of these that says something decides; without any, the HTTP status does.
    pub(crate) success: Vec<Marker>,
}

/// A member that says whether a call succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) member: String,
    /// The values with which it says so, as texts.
    pub(crate) good: Vec<String>,
}

impl Default for Envelope {
    /// What the gateway in front of all services writes.
    fn default() -> Self {
        let names = |name: &str| vec![name.to_owned()];
        Self {
            request_id: names("RequestId"),
            code: names("Code"),
            message: names("Message"),
            success: Vec::new(),
        }
    }
}

/// A type to emit.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub(crate) name: Spanned<String>,
    /// What it is called in Rust, when not after its name.
    pub(crate) rust_name: Option<Spanned<String>>,
    /// Its file below the folder.
    pub(crate) path: String,
    pub(crate) role: Role,
    /// What sentences call it.
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) shape: Shape,
    /// Whether it is an enum of which requests may have other values, too.
    pub(crate) is_open: bool,
    pub(crate) usage: Usage,
    /// Whether a value may hold others of its type, wherever in it.
    pub(crate) is_recursive: bool,
}

/// What a type is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Request(OperationId),
    Response(OperationId),
    /// A schema file.
    Shared,
}

/// Where values of a type come from and go to; decides which impls it gets.
#[derive(Debug, Default, Clone)]
pub(crate) struct Usage {
    pub(crate) directions: BTreeSet<Direction>,
    pub(crate) operations: BTreeSet<OperationId>,
}

impl Usage {
    /// Whether values of the type travel so.
    pub(crate) fn is(&self, direction: Direction) -> bool {
        self.directions.contains(&direction)
    }
}

/// Which way values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    Sent,
    Received,
    /// Told by callers for rules to name, and never sent.
    Facts,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Vec<Field>),
    Enum(Vec<EnumValue>),
}

/// A documented value of an enum.
#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) wire: Spanned<String>,
    /// What it is called in Rust, when not after its text on the wire.
    pub(crate) rust_name: Option<Spanned<String>>,
    pub(crate) meaning: Option<String>,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) wire: Spanned<String>,
    /// What it is called in Rust, when not after its name on the wire.
    pub(crate) rust_name: Option<Spanned<String>>,
    /// What rules and people call it, when not by its name on the wire.
    pub(crate) label: Option<String>,
    pub(crate) type_: Type,
    /// What its text is, when it is a date or a time.
    pub(crate) time_format: Option<TimeFormat>,
    /// How a parameter of a request travels.
    pub(crate) travel: Option<Travel>,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) limits: Vec<Limit>,
    /// The first example of the spec.
    pub(crate) example: Option<serde_json::Value>,
    /// What the service takes when the field is not given.
    pub(crate) default: Option<serde_json::Value>,
    /// The names that a map is known to have.
    pub(crate) known_names: Vec<KnownName>,
    /// Whether people had better not use it.
    pub(crate) is_deprecated: bool,
    /// Whether it is not required, and some source says that it is.
    pub(crate) is_asked_for: bool,
    /// Whether a value of its struct may hold another one here, so that Rust needs a pointer.
    pub(crate) is_boxed: bool,
}

impl Field {
    /// What rules and people call it.
    pub(crate) fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.wire.value)
    }

    /// The one value that a formula about something that is no object speaks of.
    pub(crate) fn lone(type_: Type) -> Self {
        let nowhere = Origin::new(FileId::new(0), 0, 0);
        Self {
            wire: Spanned { value: "value".to_owned(), origin: nowhere },
            rust_name: None,
            label: None,
            type_,
            time_format: None,
            travel: None,
            required: true,
            description: None,
            limits: Vec::new(),
            example: None,
            default: None,
            known_names: Vec::new(),
            is_deprecated: false,
            is_asked_for: false,
            is_boxed: false,
        }
    }
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    String,
    /// Text that must never be shown.
    Secret,
    Boolean,
    Int32,
    Int64,
    /// A `double` that keeps no more than 32 bits.
    Float,
    Double,
    Named(TypeId),
    List(Box<Type>),
    /// Values under names that nobody has listed.
    Map(Box<Type>),
    /// Bytes that are a whole body.
    Bytes,
    /// Whatever JSON has.
    Any,
    /// A value that travels as JSON text in a string.
    JsonText(Box<Type>),
}

impl Type {
    /// Whether a secret stands anywhere in a value of this type; `members` gives the types of what
    /// stands in an object, which may be part of itself.
    pub(crate) fn holds_secret<'t, M: Iterator<Item = &'t Self>>(
        &'t self,
        members: impl Fn(TypeId) -> M,
    ) -> bool {
        let (mut open, mut seen) = (vec![self], BTreeSet::new());
        while let Some(type_) = open.pop() {
            match type_ {
                Self::Secret => return true,
                Self::Named(id) => {
                    if seen.insert(*id) {
                        open.extend(members(*id));
                    }
                }
                Self::List(inner) | Self::Map(inner) | Self::JsonText(inner) => open.push(inner),
                Self::Any
                | Self::Bytes
                | Self::String
                | Self::Boolean
                | Self::Int32
                | Self::Int64
                | Self::Float
                | Self::Double => {}
            }
        }
        false
    }

    /// The type that stands in a field itself, and in no list or map: what is JSON text on the wire, too.
    pub(crate) fn held(&self) -> &Self {
        match self {
            Self::JsonText(inner) => inner.held(),
            Self::Any
            | Self::Bytes
            | Self::String
            | Self::Secret
            | Self::Boolean
            | Self::Int32
            | Self::Int64
            | Self::Float
            | Self::Double
            | Self::Named(_)
            | Self::List(_)
            | Self::Map(_) => self,
        }
    }

    /// The type of the values inside lists, maps and JSON text.
    pub(crate) fn innermost(&self) -> &Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::JsonText(inner) => inner.innermost(),
            scalar => scalar,
        }
    }

    /// The type that a struct or enum field names, wherever it stands in it.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self.innermost() {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }
}
