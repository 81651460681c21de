//! What a service said when it was recorded, said again.
//!
//! Knows no operation; its type says what an answer was.

use std::fs;
use std::future;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value};

use super::recorded::{Call, failure, redactor};
use super::{lock, test_session};
use crate::BoxFuture;
use crate::base64_text;
use crate::meta::Answer;
use crate::redact::MARK;
use crate::session::Session;
use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

/// A service that says what a [`Recorder`](super::Recorder) has written, without a network.
///
/// A call is told by its operation and its parameters, secrets aside; equal ones are answered in the
/// order of the file, each once. One that was not recorded is an error that says so. Secrets of answers
/// were not written, and are absent; a program that needs them is tested with a [`Mock`](super::Mock).
///
/// It is cheap to clone; all clones are one service.
#[derive(Debug, Clone)]
pub struct Replay(Arc<Mutex<Vec<Recorded>>>);

/// An exchange that has not been played back.
#[derive(Debug)]
struct Recorded {
    call: Call,
    reply: Reply,
}

#[derive(Debug)]
enum Reply {
    Response { status: u16, headers: Vec<(String, String)>, answer: Option<Value> },
    Failure(TransportError),
}

impl Replay {
    /// Reads a recording.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or a line is none of a recorder's.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let lines = text.lines().enumerate().map(|(number, line)| {
            read(line).ok_or_else(|| {
                let message = format!("line {} is none of a recording", number + 1);
                io::Error::new(io::ErrorKind::InvalidData, message)
            })
        });
        let recorded: io::Result<Vec<Recorded>> = lines.collect();
        Ok(Self(Arc::new(Mutex::new(recorded?))))
    }

    /// A session whose clients call the recording: with keys and the region `cn-hangzhou`, unless a
    /// client says otherwise, and without pauses between attempts.
    pub fn session(&self) -> Session {
        test_session(self.clone())
    }

    /// How many exchanges have not been played back.
    pub fn left(&self) -> usize {
        lock(&self.0).len()
    }

    fn reply(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let call = Call::of(request, &redactor(request));
        let mut recorded = lock(&self.0);
        let position = recorded.iter().position(|found| Some(&found.call) == call.as_ref());
        let Some(position) = position else {
            let name = call.map(|call| call.action);
            let is_other = recorded.iter().any(|found| Some(&found.call.action) == name.as_ref());
            let with = if is_other { " with these parameters" } else { "" };
            let name = name.unwrap_or_else(|| "what is no operation".to_owned());
            return Err(refused(&format!("the recording has no more of `{name}`{with}")));
        };
        match recorded.remove(position).reply {
            Reply::Failure(error) => Err(error),
            Reply::Response { status, headers, answer } => {
                let body = body(request, status, answer)?;
                let response = HttpResponse::new(status, body);
                let headers = headers.into_iter();
                Ok(headers
                    .fold(response, |response, (name, value)| response.with_header(name, value)))
            }
        }
    }
}

impl Transport for Replay {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(future::ready(self.reply(&request)))
    }
}

fn refused(detail: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, detail).permanent()
}

/// The answer as it would travel.
fn body(
    request: &HttpRequest,
    status: u16,
    answer: Option<Value>,
) -> Result<Vec<u8>, TransportError> {
    let Some(answer) = answer else { return Ok(Vec::new()) };
    let kind = request.typed().map(|typed| typed.operation().answer);
    let text = answer.as_str().filter(|_| (200..300).contains(&status));
    match (kind, text) {
        (Some(Answer::Text | Answer::Bytes), Some(MARK)) => Ok(Vec::new()),
        (Some(Answer::Text), Some(text)) => Ok(text.as_bytes().to_vec()),
        (Some(Answer::Bytes), Some(text)) => {
            base64_text::decode(text).ok_or_else(|| refused("the recorded answer is no base64"))
        }
        (Some(_) | None, _) => Ok(answer.to_string().into_bytes()),
    }
}

/// Reads a line; none if it is another one.
fn read(line: &str) -> Option<Recorded> {
    let line: Map<String, Value> = serde_json::from_str(line).ok()?;
    let call = Call::read(&line)?;
    let reply = match (line.get("status"), line.get("failure")) {
        (Some(status), None) => {
            let headers = line.get("headers")?.as_object()?.iter();
            let headers: Option<Vec<_>> = headers
                .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect();
            let status = status.as_u64()?.try_into().ok()?;
            Reply::Response { status, headers: headers?, answer: line.get("answer").cloned() }
        }
        (None, Some(name)) => {
            let kinds = [
                TransportErrorKind::Connect,
                TransportErrorKind::NoResponse,
                TransportErrorKind::Incomplete,
            ];
            let kind = kinds.into_iter().find(|kind| Some(failure(*kind)) == name.as_str())?;
            let error = TransportError::new(kind, "as it was recorded");
            let is_permanent = line.get("permanent")?.as_bool()?;
            Reply::Failure(if is_permanent { error.permanent() } else { error })
        }
        (None, None) | (Some(_), Some(_)) => return None,
    };
    Some(Recorded { call, reply })
}
