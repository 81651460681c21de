//! The Rust types of values.

use crate::english::code;
use crate::findings::Findings;
use crate::model::{EnumValue, Role, Shape, Type, TypeId};
use crate::naming::Name;

/// The type of a value in Rust.
#[derive(Debug, Clone)]
pub(crate) enum FieldType<'m> {
    Text,
    Secret,
    Boolean,
    Int32,
    Int64,
    Float,
    Double,
    Enum(EnumType<'m>),
    Struct(&'m Name),
    List(Box<FieldType<'m>>),
    Map(Box<FieldType<'m>>),
    Bytes,
    Any,
}

impl<'m> FieldType<'m> {
    pub(super) fn of(findings: &'m Findings, type_: &Type) -> Self {
        match type_ {
            Type::String => Self::Text,
            Type::Secret => Self::Secret,
            Type::Boolean => Self::Boolean,
            Type::Int32 => Self::Int32,
            Type::Int64 => Self::Int64,
            Type::Float => Self::Float,
            Type::Double => Self::Double,
            Type::Named(id) => match &findings.api.type_(*id).shape {
                // It may be any text, and the enum has names for some.
                Shape::Enum(_) if findings.api.type_(*id).is_open => Self::Text,
                Shape::Enum(values) => Self::Enum(EnumType::new(findings, *id, values)),
                Shape::Struct(_) => Self::Struct(&findings.names.type_(*id).ident),
            },
            Type::List(item) => Self::List(Box::new(Self::of(findings, item))),
            Type::Map(inner) => Self::Map(Box::new(Self::of(findings, inner))),
            Type::Bytes => Self::Bytes,
            Type::Any => Self::Any,
            // What it is on the wire changes nothing of what it is in Rust.
            Type::JsonText(inner) => Self::of(findings, inner),
        }
    }
}

impl FieldType<'_> {
    /// "map of lists of strings": what docs say of a value in which there is a map, or anything.
    pub(super) fn words(&self) -> Option<String> {
        match self {
            Self::Any => Some("any value".to_owned()),
            Self::Map(inner) => Some(format!("map of {}", inner.plural())),
            Self::List(item) => item.words().map(|_| format!("list of {}", item.plural())),
            Self::Text
            | Self::Secret
            | Self::Boolean
            | Self::Int32
            | Self::Int64
            | Self::Float
            | Self::Double
            | Self::Enum(_)
            | Self::Bytes
            | Self::Struct(_) => None,
        }
    }

    fn plural(&self) -> String {
        match self {
            Self::Any => "any values".to_owned(),
            Self::Map(inner) => format!("maps of {}", inner.plural()),
            Self::List(item) => format!("lists of {}", item.plural()),
            Self::Text => "strings".to_owned(),
            Self::Bytes => "bytes".to_owned(),
            Self::Secret => "secrets".to_owned(),
            Self::Boolean => "booleans".to_owned(),
            Self::Int32 | Self::Int64 => "integers".to_owned(),
            Self::Float | Self::Double => "numbers".to_owned(),
            Self::Enum(type_) => code(&type_.ident.to_string()),
            Self::Struct(ident) => code(&ident.to_string()),
        }
    }
}

/// The enum that has names for some values of a text, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamesDocs<'m> {
    pub(crate) ident: &'m Name,
    /// Whether it stands beside the type that is documented, as types do that operations share.
    pub(crate) is_beside: bool,
}

impl<'m> NamesDocs<'m> {
    /// That of a field of `owner`, if there is one.
    pub(super) fn of(findings: &'m Findings, owner: TypeId, type_: &Type) -> Option<Self> {
        let id = type_.named().filter(|id| findings.api.type_(*id).is_open)?;
        let is_beside = findings.api.type_(owner).role == Role::Shared;
        Some(Self { ident: &findings.names.type_(id).ident, is_beside })
    }
}

/// An enum with its values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EnumType<'m> {
    pub(crate) ident: &'m Name,
    values: &'m [EnumValue],
    variants: &'m [Name],
}

impl<'m> EnumType<'m> {
    pub(super) fn new(findings: &'m Findings, id: TypeId, values: &'m [EnumValue]) -> Self {
        let names = findings.names.type_(id);
        Self { ident: &names.ident, values, variants: &names.members }
    }

    /// The variant of a documented value.
    pub(crate) fn variant(&self, wire: &str) -> Option<&'m Name> {
        let position = self.values.iter().position(|value| value.wire.value == wire)?;
        Some(&self.variants[position])
    }
}

/// In what form the value of a field stands on the wire, wherever it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WireForm {
    /// As itself.
    Plain,
    JsonText,
}

impl WireForm {
    pub(super) fn of(type_: &Type) -> Self {
        match type_ {
            Type::JsonText(_) => Self::JsonText,
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::Named(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Bytes
            | Type::Any => Self::Plain,
        }
    }
}
