//! Types and formats as other dialects and languages call them → what to write here instead.
//!
//! Advice is followed to the letter: what it says is read, and says no less.

use crate::diagnostic::{Code, Sink};
use crate::english::any_of;
use crate::english::nearest;
use crate::source::{Origin, Spanned};

/// The types that a value can have.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// What the types are called elsewhere, and the format that goes with that.
const USUAL: &[(&str, &str, Option<&str>)] = &[
    ("bigint", "integer", Some("int64")),
    ("binary", "string", None),
    ("bool", "boolean", None),
    ("byte", "integer", Some("int32")),
    ("char", "string", None),
    ("date", "string", None),
    ("date-time", "string", None),
    ("datetime", "string", None),
    ("decimal", "number", None),
    ("double", "number", None),
    ("enum", "string", None),
    ("float", "number", Some("float")),
    ("float32", "number", Some("float")),
    ("float64", "number", None),
    ("int", "integer", Some("int64")),
    ("int16", "integer", Some("int32")),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("int8", "integer", Some("int32")),
    ("list", "array", None),
    ("long", "integer", Some("int64")),
    ("password", "string", Some("password")),
    ("real", "number", None),
    ("short", "integer", Some("int32")),
    ("str", "string", None),
    ("text", "string", None),
    ("time", "string", None),
    ("timestamp", "integer", Some("int64")),
    ("uint16", "integer", Some("int32")),
    ("uint32", "integer", Some("int64")),
    ("uint8", "integer", Some("int32")),
    ("uri", "string", None),
    ("url", "string", None),
    ("uuid", "string", None),
];

/// Reports the name of a type that is none; `has_format` says whether a format stands beside it.
pub(super) fn report_type(type_: &Spanned<String>, has_format: bool, sink: &mut Sink) {
    let name = type_.value.as_str();
    let message = format!("`{name}` is not a type");
    let usual = USUAL.iter().find(|(usual, ..)| usual.eq_ignore_ascii_case(name));
    let help = match (usual, nearest(name, TYPES)) {
        (Some((_, known, Some(format))), _) if !has_format => {
            format!("write `{known}`, and `\"format\": \"{format}\"` beside it")
        }
        (Some(&(_, known, _)), _) | (None, Some(known)) => format!("did you mean `{known}`?"),
        (None, None) if ["map", "dict", "dictionary", "hash"].contains(&name) => {
            "a map is an `object` with `additionalProperties`, the schema of its values".to_owned()
        }
        (None, None) if name == "any" => {
            "leave `type` out, and say in the `description` what the value is".to_owned()
        }
        (None, None) => format!("write {}", any_of(&TYPES.map(str::to_owned))),
    };
    sink.error_with_help(Code::UnknownType, type_.origin, message, help);
}

/// Reports that a value has several types, where one of them may be `null`.
pub(super) fn report_types(
    types: &[Spanned<String>],
    origin: Origin,
    message: impl AsRef<str>,
    sink: &mut Sink,
) {
    match types.iter().find(|type_| type_.value == "null") {
        Some(null) => {
            let help = "leave it out: what is `null` in a response is taken for absent, and nothing \
                        sends it in a request";
            sink.error_with_help(Code::UnknownType, null.origin, message, help);
        }
        None => {
            let help = "write one name instead of a list: the generator has no unions yet";
            sink.error_with_help(Code::UnknownType, origin, message, help);
        }
    }
}

/// Reports an integer without a format.
pub(super) fn report_missing_format(type_: &Spanned<String>, sink: &mut Sink) {
    let message = format!("the type `{}` needs a `format` here", type_.value);
    let help = "write `\"format\": \"int32\"` or `\"format\": \"int64\"` beside it";
    sink.error_with_help(Code::UnknownType, type_.origin, message, help);
}

/// Integers of other widths: the format that holds them all, and the bounds that make it theirs.
const WIDTHS: &[(&str, &str, i64, i64)] = &[
    ("byte", "int32", i8::MIN as i64, i8::MAX as i64),
    ("int8", "int32", i8::MIN as i64, i8::MAX as i64),
    ("int16", "int32", i16::MIN as i64, i16::MAX as i64),
    ("short", "int32", i16::MIN as i64, i16::MAX as i64),
    ("uint8", "int32", 0, u8::MAX as i64),
    ("uint16", "int32", 0, u16::MAX as i64),
    ("uint32", "int64", 0, u32::MAX as i64),
];

/// Reports a format that a type does not have; `is_limited` says whether bounds can stand beside it.
pub(super) fn report_format(
    type_: &str,
    format: &Spanned<String>,
    is_limited: bool,
    sink: &mut Sink,
) {
    let message = format!("`{}` is not a format of `{type_}`", format.value);
    let name = format.value.to_ascii_lowercase();
    let help = match type_ {
        "integer" => of_integer(&name, is_limited),
        "number" => of_number(&name),
        "string" => match slip(&name, &["password"]) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "leave `format` out, and say in the `description` what the text looks like"
                .to_owned(),
        },
        _ => "leave `format` out".to_owned(),
    };
    sink.error_with_help(Code::UnknownType, format.origin, message, help);
}

fn of_integer(name: &str, is_limited: bool) -> String {
    if let Some((_, format, low, high)) = WIDTHS.iter().find(|(width, ..)| *width == name) {
        return if is_limited {
            format!(
                "write `{format}`, and `\"minimum\": {low}` and `\"maximum\": {high}` beside it"
            )
        } else {
            format!("write `{format}`")
        };
    }
    match (name, slip(name, &["int32", "int64"])) {
        ("uint64" | "ulong" | "uint128" | "int128", _) => {
            "no format has integers this large: make it a `string`, which holds all of them, or \
             `int64` where none is 2^63 or more"
                .to_owned()
        }
        ("int" | "integer" | "long" | "bigint" | "timestamp" | "unix-time", _) => {
            "write `int64`, which holds every `int32`, too".to_owned()
        }
        (_, Some(known)) => format!("did you mean `{known}`?"),
        (_, None) => "write `int32` or `int64`".to_owned(),
    }
}

fn of_number(name: &str) -> String {
    match (name, slip(name, &["double", "float"])) {
        ("int32" | "int64", _) => {
            format!("make the `type` `integer`: `{name}` is one of its formats")
        }
        (_, Some(known)) => format!("did you mean `{known}`?"),
        ("float32" | "real", None) => "write `float`, which has 32 bits".to_owned(),
        ("float64", None) => "write `double`, which has 64 bits".to_owned(),
        (_, None) => "leave `format` out, and say it in the `description`".to_owned(),
    }
}

/// The format that was meant, when only letters are wrong: other digits mean another width.
fn slip<'f>(name: &str, formats: &[&'f str]) -> Option<&'f str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    nearest(name, formats.iter().copied())
        .filter(|known| digits(known) == digits(name) && !name.starts_with('u'))
}
