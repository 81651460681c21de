//! Parsing what a service sends.

use std::fmt;

use crate::field::{Fields, Value};
use crate::lenient::{self, Element as _, Path, Receive, Scalar};

/// What a response says of how the call went.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// Whether the service says that it did what was asked.
    pub success: Option<bool>,
    /// The error code.
    pub code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
}

/// A part of an [`Envelope`].
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Success,
    Code,
    Message,
    RequestId,
}

/// A response of an operation.
pub trait Response: Receive + Fields + Default {
    /// The members that are parts of the envelope.
    #[doc(hidden)]
    const PARTS: &'static [(&'static str, Part)];

    /// How the call went.
    fn envelope(&self) -> Envelope {
        let text_of = |wanted| part(self, wanted, text);
        Envelope {
            success: part(self, Part::Success, boolean),
            code: text_of(Part::Code),
            message: text_of(Part::Message),
            request_id: text_of(Part::RequestId),
        }
    }

    /// Parses the body of a response that came with an HTTP status of success.
    ///
    /// Members that the crate does not know are passed over; numbers and booleans may be strings.
    ///
    /// # Errors
    ///
    /// [`ResponseError::Decode`] when the body is not what the documents describe,
    /// [`ResponseError::Failure`] when it says `Success: false`.
    fn from_json(body: &[u8]) -> Result<Self, ResponseError> {
        let (mut response, path) = (Self::default(), Path::default());
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        lenient::read(&mut response, &path, &mut deserializer)
            .map_err(|error| Malformed::at(&path, error))?;
        deserializer.end().map_err(|error| Malformed { path: None, error })?;
        // The rest is copied out of failures only.
        if part(&response, Part::Success, boolean) == Some(false) {
            let Envelope { code, message, request_id, .. } = response.envelope();
            return Err(ResponseError::Failure(Failure { code, message, request_id }));
        }
        Ok(response)
    }
}

/// A part of the envelope, when the response has it.
fn part<R: Response, T>(response: &R, wanted: Part, read: fn(Value<'_>) -> Option<T>) -> Option<T> {
    let (name, _) = R::PARTS.iter().find(|(_, part)| *part == wanted)?;
    let mut found = None;
    response.show(&mut |names, values| {
        let position = names.iter().position(|known| known == name);
        found = position.and_then(|position| read(values[position].as_value()));
    });
    found
}

fn boolean(value: Value<'_>) -> Option<bool> {
    match value {
        Value::Boolean(boolean) => Some(boolean),
        Value::Text(text) => bool::from_scalar(Scalar::Text(text)),
        _ => None,
    }
}

fn text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_owned()),
        _ => None,
    }
}

/// Why a response is not a success.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResponseError {
    /// The body is not what the documents describe.
    Decode(Malformed),
    /// The service answered `Success: false`.
    Failure(Failure),
}

/// A body that is not what the documents describe.
#[derive(Debug)]
pub struct Malformed {
    path: Option<String>,
    error: serde_json::Error,
}

impl Malformed {
    fn at(path: &Path, error: serde_json::Error) -> Self {
        let path = Some(path.to_string()).filter(|path| !path.is_empty() && !error.is_eof());
        Self { path, error }
    }

    /// The path to the member that is not as it should be, such as `Items[0].TaskId`; none when the
    /// body as a whole is not.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// What is wrong, in the words of the JSON parser; they may repeat a value.
    pub fn reason(&self) -> String {
        self.error.to_string()
    }
}

impl From<Malformed> for ResponseError {
    fn from(malformed: Malformed) -> Self {
        Self::Decode(malformed)
    }
}

/// What the service says of a call that it did not carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The error code.
    pub code: Option<String>,
    /// The error message.
    pub message: Option<String>,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
}

impl fmt::Display for ResponseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(_) => {
                formatter.write_str("the response is not what the documents describe")
            }
            Self::Failure(failure) => {
                let code = failure.code.as_deref().unwrap_or("no code");
                let message = failure.message.as_deref().unwrap_or("no message");
                write!(formatter, "the service refused the call: {code}: {message}")?;
                match &failure.request_id {
                    Some(id) => write!(formatter, " (request {id})"),
                    None => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for ResponseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(malformed) => Some(&malformed.error),
            Self::Failure(_) => None,
        }
    }
}

/// Reads and shows a response: gives each field the name of its member and says which part of the
/// [`Envelope`] it is, if it is one.
///
/// ```text
/// alibabacloud_runtime::response! {
///     StartResponse + PartialEq:
///     err_code = "ErrCode" as Code,
///     task_id = "TaskId",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! response {
    ($name:ident $(+ $comparable:ident)?: $($field:ident = $wire:literal $(as $part:ident)?,)*) => {
        $crate::received! { $name $(+ $comparable)?: $($field = $wire,)* }

        impl $crate::response::Response for $name {
            const PARTS: &'static [(&'static str, $crate::response::Part)] =
                &[$($(($wire, $crate::response::Part::$part),)?)*];
        }
    };
}

/// Reads and shows a struct that stands in responses: gives each field the name of its member.
///
/// ```text
/// alibabacloud_runtime::receive! {
///     Task + PartialEq:
///     task_id = "TaskId",
///     state = "State",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! receive {
    ($name:ident $(+ $comparable:ident)?: $($field:ident = $wire:literal,)*) => {
        $crate::object!($name);
        $crate::received! { $name $(+ $comparable)?: $($field = $wire,)* }
    };
}

/// What responses and the structs in them have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! received {
    ($name:ident $(+ $comparable:ident)?: $($field:ident = $wire:literal,)*) => {
        impl $crate::field::Fields for $name {
            fn show(&self, visit: &mut $crate::field::Visit<'_>) {
                visit(&[$($wire),*], &[$(&self.$field),*]);
            }
        }

        $crate::shown! { $name $(+ $comparable)?: $($field,)* }

        impl $crate::lenient::Receive for $name {
            fn slot(&mut self, name: &str) -> ::std::option::Option<&mut dyn $crate::lenient::Slot> {
                $crate::lenient::pick(name, &[$($wire),*], [$(&mut self.$field),*])
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::lenient::deserialize(deserializer)
            }
        }
    };
}
