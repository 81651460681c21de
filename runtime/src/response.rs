//! Parsing what a service sends.

use std::fmt;

use serde::de::DeserializeOwned;

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
pub trait Response: DeserializeOwned {
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
        // A struct can be read from an array, too, and every response would be all defaults.
        if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
            let error = serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &"an object");
            return Err(ResponseError::Decode(Malformed { path: None, error }));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        let response: Self =
            serde_path_to_error::deserialize(&mut deserializer).map_err(Malformed::at_path)?;
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

/// What `Success` says where a service sends it as text.
#[doc(hidden)]
pub fn truth(text: Option<&str>) -> Option<bool> {
    text.and_then(<bool as crate::lenient::Lenient>::from_text)
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
    fn at_path(error: serde_path_to_error::Error<serde_json::Error>) -> Self {
        let path = error.path().to_string();
        let inside = error.path().iter().next().is_some() && !error.inner().is_eof();
        Self { path: inside.then_some(path), error: error.into_inner() }
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
