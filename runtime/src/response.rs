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
        let mut envelope = Envelope::default();
        self.show(&mut |names, values| {
            for (name, value) in names.iter().zip(values) {
                if let Some((_, part)) = Self::PARTS.iter().find(|(member, _)| member == name) {
                    envelope.put(*part, value.as_value());
                }
            }
        });
        envelope
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
        let envelope = response.envelope();
        if envelope.success == Some(false) {
            let Envelope { code, message, request_id, .. } = envelope;
            return Err(ResponseError::Failure(Failure { code, message, request_id }));
        }
        Ok(response)
    }
}

impl Envelope {
    fn put(&mut self, part: Part, value: Value<'_>) {
        let Value::Text(text) = value else {
            if let (Part::Success, Value::Boolean(success)) = (part, value) {
                self.success = Some(success);
            }
            return;
        };
        match part {
            Part::Success => self.success = bool::from_scalar(Scalar::Text(text)),
            Part::Code => self.code = Some(text.to_owned()),
            Part::Message => self.message = Some(text.to_owned()),
            Part::RequestId => self.request_id = Some(text.to_owned()),
        }
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
