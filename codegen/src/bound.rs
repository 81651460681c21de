//! What the specs say, with every name and every reference followed: what `bind` hands to the stages
//! after it.
//!
//! Knows no JSON Schema: a type is a [`Type`], a member is a position, and what is asked of values is
//! a tree of [`condition`]s.

pub(crate) mod condition;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::facts::{DocumentPage, Elsewhere, ErrorCode, KnownName, Ram};
use crate::json::Json;
use crate::model::limit::Check;
use crate::model::security::Security;
use crate::model::{
    Access, Deprecation, Envelope, Network, Pagination, Pointed, Role, Type, TypeId, Usage, Wait,
};
use crate::moment::TimeFormat;
use crate::source::{FileId, Spanned};
use crate::travel::{Answer, Method, Travel};
use condition::{ObjectCondition, ValueCondition};

/// A service version.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) service: Service,
    /// Which members of its answers say how a call went.
    pub(crate) envelope: Envelope,
    /// In the order of the path index.
    pub(crate) operations: Vec<Operation>,
    pub(crate) types: Types,
}

/// What is said of a service as a whole.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) title: String,
    pub(crate) product: Spanned<String>,
    /// The name of the package, when it is not made from the product.
    pub(crate) package: Option<Spanned<String>>,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) hosts: Vec<Host>,
    /// The names of parameters that the service has and the specs leave out.
    pub(crate) omitted: Vec<String>,
}

/// A host of the service.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) network: Network,
    pub(crate) regions: Vec<String>,
    /// Whether it is recorded that not all sources have it.
    pub(crate) is_noted: bool,
}

/// An operation; its request and response are types.
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
    pub(crate) deprecation: Option<Deprecation>,
    /// The operation that tells how far the task is which this one starts.
    pub(crate) progress: Option<Pointed>,
    pub(crate) access: Access,
    /// In the place of the service's.
    pub(crate) envelope: Option<Envelope>,
    pub(crate) security: Security,
    pub(crate) ram: Option<Ram>,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) request: TypeId,
    pub(crate) response: TypeId,
    /// The type whose values rules may name besides the request's own.
    pub(crate) context: Option<TypeId>,
    /// What the parameter that makes repeating a request safe is called.
    pub(crate) idempotency_parameter: Option<String>,
    pub(crate) pagination: Option<Pagination>,
    /// What callers wait for by asking it again and again.
    pub(crate) waits: Vec<Wait>,
    /// What the body of an answer is.
    pub(crate) answer: Answer,
    pub(crate) response_example: Option<Json>,
}

/// All types: those that schema files are, in the order of their names, then for each operation its
/// request and its response.
#[derive(Debug)]
pub(crate) struct Types(pub(crate) Vec<TypeItem>);

/// A type.
#[derive(Debug)]
pub(crate) struct TypeItem {
    pub(crate) name: Spanned<String>,
    /// What it is called in Rust, when not after its name.
    pub(crate) rust_name: Option<Spanned<String>>,
    /// Its file below the folder.
    pub(crate) path: String,
    pub(crate) role: Role,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) shape: Shape,
    /// Whether it is an enum of which requests may have other values, too.
    pub(crate) is_open: bool,
    pub(crate) usage: Usage,
    /// The files that it is made of, those that it refers to included.
    pub(crate) files: BTreeSet<FileId>,
    /// What values have to meet when they are sent, where all of it could be read.
    pub(crate) requirements: Option<Requirements>,
}

/// An object or an enum.
#[derive(Debug)]
pub(crate) enum Shape {
    Object(Vec<Member>),
    Enum(Vec<EnumItem>),
}

/// A documented value of an enum.
#[derive(Debug)]
pub(crate) struct EnumItem {
    pub(crate) wire: Spanned<String>,
    /// What it is called in Rust, when not after its text on the wire.
    pub(crate) rust_name: Option<Spanned<String>>,
    pub(crate) meaning: Option<String>,
    /// Whether it is recorded that not all sources have it.
    pub(crate) is_noted: bool,
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its name on the wire.
    pub(crate) name: Spanned<String>,
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
    /// What is asked of the value, or of the scalars in it.
    pub(crate) limits: Vec<Check>,
    pub(crate) examples: Vec<Spanned<Value>>,
    /// What the service takes when the member is not given.
    pub(crate) default: Option<Spanned<Value>>,
    /// The names that a map is known to have.
    pub(crate) known_names: Vec<KnownName>,
    /// Whether people had better not use it.
    pub(crate) is_deprecated: bool,
    /// What is recorded of other sources: nothing, unless something is.
    pub(crate) elsewhere: Option<Box<Elsewhere>>,
}

/// What an object has to meet besides the types and limits of its members.
#[derive(Debug)]
pub(crate) struct Requirements {
    /// For each member what its own schema asks of the value that it is given.
    pub(crate) own: Vec<Option<Box<ValueCondition>>>,
    /// When members have an effect.
    pub(crate) effects: Vec<Effect>,
    pub(crate) whole: ObjectCondition,
    /// How many rules the author wrote, whatever becomes of them.
    pub(crate) documented: usize,
}

/// When a member has an effect.
#[derive(Debug)]
pub(crate) struct Effect {
    /// The position of the member.
    pub(crate) member: usize,
    pub(crate) when: Spanned<ObjectCondition>,
}

/// A parameter that a condition names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// A member of the request, by its position.
    Request(usize),
    /// A member of the context, by its position.
    Context(usize),
}

impl Subject {
    pub(crate) fn is_context(self) -> bool {
        matches!(self, Self::Context(_))
    }

    pub(crate) fn index(self) -> usize {
        match self {
            Self::Request(index) | Self::Context(index) => index,
        }
    }
}

impl Member {
    /// What rules and people call it.
    pub(crate) fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name.value)
    }
}

impl TypeItem {
    /// The members of an object; none of an enum.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.shape {
            Shape::Object(members) => members,
            Shape::Enum(_) => &[],
        }
    }
}

impl Types {
    pub(crate) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.0.len()).map(TypeId)
    }

    pub(crate) fn item(&self, id: TypeId) -> &TypeItem {
        &self.0[id.0]
    }

    /// The members of an object; none of an enum.
    pub(crate) fn members(&self, id: TypeId) -> &[Member] {
        self.item(id).members()
    }

    /// The values of an enum; nothing for an object.
    pub(crate) fn values(&self, id: TypeId) -> Option<&[EnumItem]> {
        match &self.item(id).shape {
            Shape::Object(_) => None,
            Shape::Enum(values) => Some(values),
        }
    }

    /// Whether a secret stands anywhere in a value of this type.
    pub(crate) fn holds_secret(&self, type_: &Type) -> bool {
        type_.holds_secret(|id| self.members(id).iter().map(|member| &member.type_))
    }
}
