//! From an HTTP response to what the service means by it.

use serde_json::{Map, Value};

use crate::attempt::Received;
use crate::error::{DecodeError, Error, ServiceError};
use crate::redact::Redactor;
use crate::response::{Failure, Response, ResponseError};
use crate::transport::{HttpResponse, REQUEST_ID};

/// How much of a body that nobody understands is shown.
const EXCERPT: usize = 256;

/// Reads what a transport brought; the redactor is made only when something has to be shown.
pub(crate) fn read<R: Response>(
    received: Received,
    redactor: &dyn Fn() -> Redactor,
) -> Result<R, Error> {
    let response = success(received, redactor)?;
    R::from_json(response.body()).map_err(|error| of_body(error, &response, &redactor()))
}

/// A response with a status of success and a body that may be what the documents describe.
fn success(received: Received, redactor: &dyn Fn() -> Redactor) -> Result<HttpResponse, Error> {
    let response = received.map_err(|error| {
        let redactor = redactor();
        error.map_texts(|text| redactor.text(text))
    })?;
    if !(200..300).contains(&response.status()) {
        return Err(refusal(&response, &redactor()).into());
    }
    match unreadable(&response) {
        Some(reason) => Err(undecodable(&response, &redactor(), None, &reason).into()),
        None => Ok(response),
    }
}

fn of_body(error: ResponseError, response: &HttpResponse, redactor: &Redactor) -> Error {
    match error {
        ResponseError::Failure(failure) => of_failure(failure, response, redactor).into(),
        ResponseError::Decode(error) => {
            undecodable(response, redactor, error.path(), &error.reason()).into()
        }
    }
}

/// Why a body is not even tried.
fn unreadable(response: &HttpResponse) -> Option<String> {
    if let Some(encoding) = encoding(response) {
        return Some(format!("the body is encoded as `{encoding}`, which was not asked for"));
    }
    if response.is_cut() {
        return Some(format!("the body has more than {} bytes", response.body().len()));
    }
    response.body().trim_ascii().is_empty().then(|| "the body is empty".to_owned())
}

/// A body that is no plain text.
fn encoding(response: &HttpResponse) -> Option<&str> {
    response
        .header("content-encoding")
        .filter(|encoding| !encoding.trim().eq_ignore_ascii_case("identity"))
}

fn undecodable(
    response: &HttpResponse,
    redactor: &Redactor,
    path: Option<&str>,
    reason: &str,
) -> DecodeError {
    DecodeError {
        status: response.status(),
        request_id: request_id(response, redactor),
        path: path.map(|path| redactor.text(path)),
        reason: redactor.text(reason),
        excerpt: excerpt(response, redactor),
        attempts: 0,
    }
}

/// `Success: false` in a response of success.
fn of_failure(failure: Failure, response: &HttpResponse, redactor: &Redactor) -> ServiceError {
    let text = |text: Option<String>| text.map(|text| redactor.text(&text));
    ServiceError {
        status: response.status(),
        code: text(failure.code),
        message: text(failure.message),
        request_id: text(failure.request_id).or_else(|| request_id(response, redactor)),
        retry_after: response.retry_after(),
        ..ServiceError::default()
    }
}

/// A response with a status of failure, from whomever it is.
fn refusal(response: &HttpResponse, redactor: &Redactor) -> ServiceError {
    let members = match serde_json::from_slice(response.body()) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let member = |names: &[&str]| {
        let found = names.iter().find_map(|name| text_of(&members, name));
        found.map(|text| redactor.text(&text))
    };
    let code = member(&["Code", "ErrCode"]);
    let message = member(&["Message", "ErrMessage"]);
    let foreign = code.is_none() && message.is_none();
    ServiceError {
        status: response.status(),
        request_id: member(&["RequestId"]).or_else(|| request_id(response, redactor)),
        host_id: member(&["HostId"]),
        recommend: member(&["Recommend"]),
        access_denied_detail: member(&["AccessDeniedDetail"]),
        retry_after: response.retry_after(),
        excerpt: if foreign { excerpt(response, redactor) } else { None },
        code,
        message,
        attempts: 0,
    }
}

/// A member as text, its first letter in either case; what is no scalar is JSON text.
fn text_of(members: &Map<String, Value>, name: &str) -> Option<String> {
    let lower = name[..1].to_ascii_lowercase() + &name[1..];
    match members.get(name).or_else(|| members.get(&lower))? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}

fn excerpt(response: &HttpResponse, redactor: &Redactor) -> Option<String> {
    encoding(response).is_none().then(|| redactor.excerpt(response.body(), EXCERPT))
}

fn request_id(response: &HttpResponse, redactor: &Redactor) -> Option<String> {
    response.header(REQUEST_ID).map(|id| redactor.excerpt(id.as_bytes(), EXCERPT))
}
