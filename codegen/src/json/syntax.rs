//! What the JSON parser says is wrong → a sentence and what to write instead.

use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};

use crate::diagnostic::{Code, Sink};
use crate::source::{FileId, Origin};

/// Reports where a text stops being JSON.
pub(super) fn report(file: FileId, text: &str, error: &ParseError, sink: &mut Sink) {
    let range = error.range();
    let origin = Origin::new(file, range.start, range.end.min(text.len()));
    let (what, help) = explained(error.kind());
    let message = match what {
        Some(what) => what.to_owned(),
        None => format!("not JSON: {}", error.kind()),
    };
    sink.error_with_help(Code::Syntax, origin, message, help);
}

/// A sentence, where the parser's own says too little, and advice.
fn explained(kind: &Kind) -> (Option<&'static str>, &'static str) {
    match kind {
        Kind::ExpectedComma => (Some("a comma is missing here"), "write `,` between two members"),
        Kind::ExpectedColonAfterObjectKey => {
            (Some("this key has no value"), "write `:` and a value after the key")
        }
        Kind::ExpectedObjectValue => {
            (Some("this key has no value"), "write a value after the colon")
        }
        Kind::TrailingCommasNotAllowed => {
            (Some("a comma stands after the last member"), "leave the comma out")
        }
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => (
            Some("JSON has no comments"),
            "leave it out; `x-document` holds notes about a parameter",
        ),
        Kind::SingleQuotedStringsNotAllowed => {
            (Some("strings stand in double quotes"), "write `\"…\"`")
        }
        Kind::ExpectedStringObjectProperty => {
            (Some("keys stand in double quotes"), "write `\"…\"` around the key")
        }
        Kind::UnterminatedArray => (
            Some("this array has no end, or something in it is not closed"),
            "write the missing `]`",
        ),
        Kind::UnterminatedObject => (
            Some("this object has no end, or something in it is not closed"),
            "write the missing `}`",
        ),
        Kind::UnexpectedCloseBrace | Kind::UnexpectedCloseBracket => (
            Some("this does not close what is open here"),
            "leave it out, or write what is missing",
        ),
        Kind::MultipleRootJsonValues => (
            Some("the file goes on after its end"),
            "leave out what follows; one `}` too many ends a file early",
        ),
        Kind::UnexpectedWord | Kind::UnexpectedToken => (
            Some("this is no value"),
            "write a string in double quotes, a number, `true`, `false`, an object or an array",
        ),
        Kind::String(_) => (None, "a string ends with `\"` on its own line; `\\` starts an escape"),
        _ => (None, "write it as RFC 8259 wants it"),
    }
}
