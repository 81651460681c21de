//! How members travel: what can be written so, and what can stand where.

use super::references::Resolved;
use super::request::what;
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::Type;
use crate::read::request::Part;
use crate::travel::{Encoding, Media, Place, Travel};

/// Sets how members are written.
pub(super) fn encode(resolved: &Resolved, part: &Part, members: &mut [Member], sink: &mut Sink) {
    for (name, encoding) in &part.encodings {
        let Some(member) = members.iter_mut().find(|member| member.name.value == name.value) else {
            let message = format!("`{}` is not one of the properties", name.value);
            let known = members.iter().map(|member| member.name.value.as_str());
            let nearest = nearest(&name.value, known);
            sink.error_with_nearest(Code::UnknownParameter, name.origin, message, nearest);
            continue;
        };
        if let Err(help) = takes(resolved, *encoding, &member.type_) {
            let message = format!("{} cannot be written in this way", code(&name.value));
            sink.error_with_help(Code::InvalidValue, name.origin, message, help);
        }
        member.travel = Some(Travel { place: part.place, encoding: *encoding });
    }
}

/// Whether values of a type can be written so; advice when they cannot.
fn takes(resolved: &Resolved, encoding: Encoding, type_: &Type) -> Result<(), &'static str> {
    match encoding {
        Encoding::Indexed => Ok(()),
        Encoding::Json if is_text(resolved, type_) => {
            Err("a scalar is written as it is: leave the encoding out")
        }
        Encoding::Json => Ok(()),
        Encoding::Comma => match type_ {
            Type::List(item) => match item.as_ref() {
                Type::String
                | Type::Boolean
                | Type::Int32
                | Type::Int64
                | Type::Float
                | Type::Double => Ok(()),
                Type::Named(id) if resolved.is_enum(*id) => Ok(()),
                Type::Named(_)
                | Type::Secret
                | Type::List(_)
                | Type::Map(_)
                | Type::Bytes
                | Type::Any
                | Type::JsonText(_) => {
                    Err("commas part the scalars of a list: leave the encoding out")
                }
            },
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::Named(_)
            | Type::Map(_)
            | Type::Bytes
            | Type::Any
            | Type::JsonText(_) => Err("commas part the items of a list: leave the encoding out"),
        },
    }
}

/// Reports members that cannot stand in a place.
pub(super) fn report_places(
    resolved: &Resolved,
    place: Place,
    members: &[Member],
    is_anonymous: bool,
    sink: &mut Sink,
) {
    for member in members {
        let name = &member.name;
        match place {
            Place::Header | Place::Path | Place::WholePath | Place::Body(Media::Text) => {
                if !is_text(resolved, &member.type_) {
                    let message =
                        format!("{} cannot stand in a {}", code(&name.value), what(place));
                    let help = "make it a scalar, or move it into the query or a JSON body";
                    sink.error_with_help(Code::InvalidValue, name.origin, message, help);
                }
            }
            Place::Query
            | Place::Form
            | Place::Member
            | Place::Body(Media::Json | Media::Bytes) => {}
        }
        if place != Place::Header {
            continue;
        }
        if let Err(help) = takes_header(&name.value, is_anonymous) {
            let message = format!("{} cannot be a header of a request", code(&name.value));
            sink.error_with_help(Code::InvalidName, name.origin, message, help);
        } else if name.value == AUTHORIZATION && member.type_ != Type::Secret {
            let message = "what proves who calls is a secret";
            let help = "its schema has to be a string of the format `password`";
            sink.error_with_help(Code::InvalidValue, name.origin, message, help);
        }
    }
}

/// Whether a value is one text on the wire.
fn is_text(resolved: &Resolved, type_: &Type) -> bool {
    match type_ {
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::JsonText(_) => true,
        Type::Named(id) => resolved.is_enum(*id),
        Type::List(_) | Type::Map(_) | Type::Bytes | Type::Any => false,
    }
}

/// Headers that say who calls, what, and how it is sent: the runtime writes them.
const OWN_HEADERS: [&str; 22] = [
    "accept",
    "accept-encoding",
    AUTHORIZATION,
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-credentials-provider",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-version",
];

/// The header that has a signature; where nobody signs, an operation may have a parameter of this name.
const AUTHORIZATION: &str = "authorization";

/// Whether a parameter can be a header of this name, where anybody may call or not; advice when it
/// cannot.
pub(crate) fn takes_header(name: &str, is_anonymous: bool) -> Result<(), &'static str> {
    let is_plain = |found: char| {
        found.is_ascii_lowercase() || found.is_ascii_digit() || matches!(found, '-' | '_')
    };
    if name.is_empty() || !name.chars().all(is_plain) {
        return Err("write it in lower-case letters, which are the same to services, digits, `-` \
                    and `_`");
    }
    if OWN_HEADERS.contains(&name) && !(is_anonymous && name == AUTHORIZATION) {
        return Err("leave it out: each call writes this header itself");
    }
    Ok(())
}
