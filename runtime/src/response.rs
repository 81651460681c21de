//! Parsing what a service sends.

use std::fmt;

use crate::lenient::{self, Element, Path, Receive, Scalar};

/// The members of a response that say how the call went.
#[derive(Debug, Clone, Copy, Default)]
pub struct Envelope<'a> {
    /// Whether the service says that it did what was asked.
    pub success: Option<bool>,
    /// The error code.
    pub code: Option<&'a str>,
    /// The error message.
    pub message: Option<&'a str>,
    /// The id of the request, which support asks for.
    pub request_id: Option<&'a str>,
}

/// A response of an operation.
pub trait Response: Receive + Default {
    /// How the call went.
    fn envelope(&self) -> Envelope<'_>;

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
            return Err(ResponseError::Failure(Failure {
                code: envelope.code.map(str::to_owned),
                message: envelope.message.map(str::to_owned),
                request_id: envelope.request_id.map(str::to_owned),
            }));
        }
        Ok(response)
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

/// A field as the part of an [`Envelope`] that it is.
#[doc(hidden)]
pub trait Part<'a, T> {
    /// The part, when the service sent it.
    fn part(&'a self) -> Option<T>;
}

impl Part<'_, bool> for Option<bool> {
    fn part(&self) -> Option<bool> {
        *self
    }
}

impl Part<'_, bool> for Option<String> {
    fn part(&self) -> Option<bool> {
        <bool as Element>::from_scalar(Scalar::Text(self.as_deref()?))
    }
}

impl<'a> Part<'a, &'a str> for Option<String> {
    fn part(&'a self) -> Option<&'a str> {
        self.as_deref()
    }
}

/// Reads and shows a response: gives each field the name of its member and says which part of the
/// [`Envelope`] it is, if it is one.
///
/// ```text
/// alibabacloud_runtime::response! {
///     StartResponse + PartialEq:
///     err_code = "ErrCode" as code,
///     task_id = "TaskId",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! response {
    ($name:ident $(+ $comparable:ident)?: $($field:ident = $wire:literal $(as $part:ident)?,)*) => {
        $crate::received! { $name $(+ $comparable)?: $($field = $wire,)* }

        impl $crate::response::Response for $name {
            fn envelope(&self) -> $crate::response::Envelope<'_> {
                #[allow(clippy::needless_update, reason = "some responses have all parts")]
                $crate::response::Envelope {
                    $($($part: $crate::response::Part::part(&self.$field),)?)*
                    ..::std::default::Default::default()
                }
            }
        }
    };
}
