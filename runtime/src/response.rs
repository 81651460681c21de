//! Parsing what a service sends.

use std::fmt;

use serde::de::Error as _;

use crate::envelope::Said;
use crate::field::Fields;
use crate::lenient::{self, Path, Receive, whole};
use crate::meta::{Answer, OperationMeta};
use crate::shown::Line;

/// What text may start with that is UTF-8, and what is no part of JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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

/// A response of an operation.
pub trait Response: Receive + Fields + Default {
    /// What answers are read by.
    #[doc(hidden)]
    const META: OperationMeta;

    /// How the call went.
    fn envelope(&self) -> Envelope {
        let mut said = Said::of(Self::META.envelope);
        match Self::META.answer {
            Answer::Object => self.walk(&mut said),
            Answer::Json => self.show(&mut |_, values| {
                values.iter().for_each(|body| said.note_inside(body.as_value()));
            }),
            Answer::Text | Answer::Bytes | Answer::Nothing => {}
        }
        said.envelope()
    }

    /// Reads the body of a response that came with an HTTP status of success.
    ///
    /// Of JSON, members that the crate does not know are passed over; numbers and booleans may be
    /// strings. Text and bytes are taken as they are, and where no body is documented, what comes is
    /// passed over.
    ///
    /// # Errors
    ///
    /// [`ResponseError::Failure`] when the body is a JSON object whose member that says whether the
    /// call succeeded says that it did not, whether or not the crate has a field for it; text and bytes
    /// may hold anything, so they are never asked. Otherwise [`ResponseError::Decode`] when the body is
    /// not what the documents describe.
    fn from_body(body: &[u8]) -> Result<Self, ResponseError> {
        let mut response = Self::default();
        let mut said = Said::of(Self::META.envelope);
        let read = match Self::META.answer {
            Answer::Object => read(&mut response, &mut said, without_mark(body)),
            Answer::Json => read_json(&mut response, without_mark(body)),
            Answer::Text if !whole::read_text(&mut response, body) => return Err(no_text().into()),
            Answer::Text => return Ok(response),
            Answer::Bytes => {
                whole::read_bytes(&mut response, body);
                return Ok(response);
            }
            Answer::Nothing => Ok(()),
        };
        let is_said = Self::META.answer == Answer::Object && read.is_ok();
        // What could not be read to its end may say more behind the place.
        let said = if is_said {
            said.whole()
        } else {
            Said::read(Self::META.envelope, without_mark(body))
        };
        if said.is_failure() {
            return Err(ResponseError::Failure(Box::new(said.failure())));
        }
        read?;
        Ok(response)
    }
}

/// A body without the mark that some editors and frameworks put before text.
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)
}

fn read(response: &mut dyn Receive, said: &mut Said<'_>, body: &[u8]) -> Result<(), Malformed> {
    let path = Path::default();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    lenient::read(response, said, &path, &mut deserializer)
        .map_err(|error| Malformed::at(&path, error))?;
    deserializer.end().map_err(|error| Malformed { path: None, error })
}

/// Reads a body that is JSON and no object with members that are known.
fn read_json(response: &mut dyn Receive, body: &[u8]) -> Result<(), Malformed> {
    let path = Path::default();
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    whole::read(response, &path, &mut deserializer).map_err(|error| Malformed::at(&path, error))?;
    deserializer.end().map_err(|error| Malformed { path: None, error })
}

fn no_text() -> Malformed {
    Malformed { path: None, error: serde_json::Error::custom("the body is not UTF-8") }
}

/// Why a response is not a success.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResponseError {
    /// The body is not what the documents describe.
    Decode(Malformed),
    /// The service answered that it did not do what was asked.
    Failure(Box<Failure>),
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
///
/// Of a text that is longer than 8 KiB the beginning is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Failure {
    /// The error code.
    pub code: Option<String>,
    /// What other members than the first say the code is.
    pub other_codes: Vec<String>,
    /// The error message.
    pub message: Option<String>,
    /// The id of the request, which support asks for.
    pub request_id: Option<String>,
    /// The HTTP status that the body says it has.
    pub http_status: Option<u16>,
    /// The host that answered, by its own account.
    pub host_id: Option<String>,
    /// The address of a page about the error.
    pub recommend: Option<String>,
    /// The action that RAM denied.
    pub denied_action: Option<String>,
    /// What RAM says of a denial, as JSON text.
    pub access_denied_detail: Option<String>,
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
                let (code, message) = (Line(code), Line(message));
                write!(formatter, "the service refused the call: {code}: {message}")?;
                match &failure.request_id {
                    Some(id) => write!(formatter, " (request {})", Line(id)),
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

/// Reads, shows and keeps a struct that stands in responses: gives each field the name of its member.
/// The type is that of its setter, which tests have; what is written by hand may go without.
///
/// ```text
/// alibabacloud_runtime::private::receive! {
///     Task + PartialEq:
///     task_id: i64 = "TaskId",
///     state: impl Into<String> = "State",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __receive {
    ($name:ident $(+ $comparable:ident)?: $($field:ident $(: $type:ty)? = $wire:literal,)*) => {
        $crate::private::object!($name);
        $crate::private::received! { $name $(+ $comparable)?: $($field $(: $type)? = $wire,)* }
    };
}

/// What responses and the structs in them have in common; for a response with members it is all.
///
/// ```text
/// alibabacloud_runtime::private::received! {
///     StartResponse + PartialEq:
///     err_code: impl Into<String> = "ErrCode",
///     task_id: i64 = "TaskId",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __received {
    (@fields $name:ident $(+ $comparable:ident)?: $($field:ident = $wire:expr,)*) => {
        impl $crate::private::field::Fields for $name {
            fn show(&self, visit: &mut $crate::private::field::Visit<'_>) {
                visit(&[$($wire),*], &[$(&self.$field),*]);
            }
        }

        $crate::private::shown! { $name $(+ $comparable)?: $($field,)* }

        impl $crate::private::lenient::Receive for $name {
            fn names(&self) -> &'static [&'static str] {
                &[$($wire),*]
            }

            fn slot(&mut self, name: &str) -> ::std::option::Option<&mut dyn $crate::private::lenient::Slot> {
                $crate::private::lenient::pick(name, &[$($wire),*], [$(&mut self.$field),*])
            }

            // What holds a secret cannot be compared.
            fn may_hold_secret(&self) -> bool {
                let comparable: &[&::std::primitive::str] = &[$(::std::stringify!($comparable))?];
                comparable.is_empty()
            }
        }
    };
    ($name:ident $(+ $comparable:ident)?: $($field:ident $(: $type:ty)? = $wire:literal,)*) => {
        $crate::private::received! { @fields $name $(+ $comparable)?: $($field = $wire,)* }

        #[cfg(feature = "test-util")]
        $crate::private::answered! { $name: $($($field: $type = $wire,)?)* }
        $crate::private::deserialize!($name: $crate::private::lenient::deserialize);
        #[cfg(feature = "serde")]
        $crate::private::serialize!($name: $crate::private::received::serialize);
    };
}

/// Reads, shows and keeps a response that is one value: its one field, or none where nothing is documented.
///
/// ```text
/// alibabacloud_runtime::private::whole! {
///     DownloadResponse + PartialEq: body: impl Into<alibabacloud_runtime::Bytes>
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __whole {
    ($name:ident $(+ $comparable:ident)?: $field:ident $(: $type:ty)?) => {
        $crate::private::received! {
            @fields $name $(+ $comparable)?:
            $field = $crate::private::lenient::BODY,
        }

        #[cfg(feature = "test-util")]
        $crate::private::answered! { $name: $($field: $type = "body",)? }
        $crate::private::deserialize!($name: $crate::private::lenient::deserialize_whole);
        #[cfg(feature = "serde")]
        $crate::private::serialize!($name: $crate::private::received::serialize_whole);
    };
    ($name:ident $(+ $comparable:ident)?:) => {
        $crate::private::received! { @fields $name $(+ $comparable)?: }

        $crate::private::deserialize!($name: $crate::private::lenient::deserialize_nothing);
        #[cfg(feature = "serde")]
        $crate::private::serialize!($name: $crate::private::received::serialize_whole);
    };
}
