//! From an HTTP response to what the service means by it.

use crate::envelope::{self, Said};
use crate::error::{Body, DecodeError, Error, ServiceError};
use crate::meta::{Answer, EnvelopeMembers, OperationFacts};
use crate::redact::Redactor;
use crate::response::{Failure, Response, ResponseError, without_mark};
use crate::transport::{HttpResponse, REQUEST_ID, Received};

/// The HTTP status of an answer that has no body on purpose.
const NO_CONTENT: u16 = 204;

/// How much of a body that nobody understands is shown.
const EXCERPT: usize = 256;

/// Reads what a transport brought; the redactor is made only when something has to be shown.
pub(crate) fn read<R: Response>(
    received: Received,
    operation: &OperationFacts<'_>,
    redactor: &dyn Fn() -> Redactor,
) -> Result<R, Error> {
    let redactor = &|| redactor().beside_secrets(R::default().may_hold_secret());
    let response = success(received, operation, redactor)?;
    // Neither says anything but that it succeeded.
    if !operation.method.has_answer() || response.status() == NO_CONTENT {
        return Ok(R::default());
    }
    let envelope = operation.envelope;
    R::from_body(response.body()).map_err(|error| of_body(error, response, envelope, &redactor()))
}

/// A response with a status of success and a body that may be what the documents describe.
pub(crate) fn success(
    received: Received,
    operation: &OperationFacts<'_>,
    redactor: &dyn Fn() -> Redactor,
) -> Result<HttpResponse, Error> {
    let response = received.map_err(|error| {
        let redactor = redactor();
        error.map_texts(|text| redactor.text(text))
    })?;
    if !(200..300).contains(&response.status()) {
        let failure = said(&response, operation.envelope).failure();
        return Err(service_error(failure, &response, operation.envelope, &redactor()).into());
    }
    match unreadable(&response, operation) {
        Some(reason) => {
            Err(undecodable(response, operation.envelope, &redactor(), None, &reason).into())
        }
        None => Ok(response),
    }
}

/// Likewise, of an operation whose answer nobody describes: the body does not say that the call failed.
pub(crate) fn unfailed(
    received: Received,
    operation: &OperationFacts<'_>,
    redactor: &dyn Fn() -> Redactor,
) -> Result<HttpResponse, Error> {
    let response = success(received, operation, redactor)?;
    let said = said(&response, operation.envelope);
    if said.is_failure() {
        let failure = said.failure();
        return Err(service_error(failure, &response, operation.envelope, &redactor()).into());
    }
    Ok(response)
}

fn of_body(
    error: ResponseError,
    response: HttpResponse,
    envelope: &EnvelopeMembers,
    redactor: &Redactor,
) -> Error {
    match error {
        ResponseError::Failure(failure) => {
            service_error(*failure, &response, envelope, redactor).into()
        }
        ResponseError::Decode(error) => {
            undecodable(response, envelope, redactor, error.path(), &error.reason()).into()
        }
    }
}

/// Why a body is not even tried.
fn unreadable(response: &HttpResponse, operation: &OperationFacts<'_>) -> Option<String> {
    let is_json = match operation.answer {
        Answer::Object | Answer::Json => true,
        Answer::Text | Answer::Bytes => false,
        Answer::Nothing => return None,
    };
    if !operation.method.has_answer() || response.status() == NO_CONTENT {
        return None;
    }
    if let Some(encoding) = encoding(response) {
        return Some(format!("the body is encoded as `{encoding}`, which was not asked for"));
    }
    if response.is_cut() {
        return Some(format!("the body has more than {} bytes", response.body().len()));
    }
    let is_empty = without_mark(response.body()).trim_ascii().is_empty();
    (is_json && is_empty).then(|| "the body is empty".to_owned())
}

/// A body that is no plain text.
fn encoding(response: &HttpResponse) -> Option<&str> {
    response
        .header("content-encoding")
        .filter(|encoding| !encoding.trim().eq_ignore_ascii_case("identity"))
}

pub(crate) fn undecodable(
    response: HttpResponse,
    envelope: &EnvelopeMembers,
    redactor: &Redactor,
    path: Option<&str>,
    reason: &str,
) -> DecodeError {
    DecodeError {
        status: response.status(),
        request_id: request_id(&response, envelope)
            .map(|id| redactor.excerpt(id.as_bytes(), EXCERPT)),
        path: path.map(|path| redactor.text(path)),
        reason: redactor.text(reason),
        excerpt: excerpt(&response, redactor),
        body: Body(response.into_body()),
    }
}

/// What the service says of a failure, in a response of whatever status and from whomever it is.
fn service_error(
    failure: Failure,
    response: &HttpResponse,
    envelope: &EnvelopeMembers,
    redactor: &Redactor,
) -> ServiceError {
    let text = |text: Option<String>| text.map(|text| redactor.text(&text));
    let foreign = failure.code.is_none() && failure.message.is_none();
    let id = failure.request_id.or_else(|| id_beside(response, envelope));
    ServiceError {
        status: response.status(),
        body_status: failure.http_status,
        code: text(failure.code),
        other_codes: failure.other_codes.iter().map(|code| redactor.text(code)).collect(),
        message: text(failure.message),
        request_id: id.map(|id| redactor.excerpt(id.as_bytes(), EXCERPT)),
        host_id: text(failure.host_id),
        recommend: text(failure.recommend),
        denied_action: text(failure.denied_action),
        access_denied_detail: text(failure.access_denied_detail),
        retry_after: response.retry_after(),
        excerpt: if foreign { excerpt(response, redactor) } else { None },
    }
}

/// The beginning of the body, unless it may be that of an answer with secrets of its own.
fn excerpt(response: &HttpResponse, redactor: &Redactor) -> Option<String> {
    let may_be_shown = encoding(response).is_none() && !redactor.is_beside_secrets();
    may_be_shown.then(|| redactor.excerpt(response.body(), EXCERPT))
}

/// What the body says, as far as it can be read.
fn said<'e>(response: &HttpResponse, envelope: &'e EnvelopeMembers) -> Said<'e> {
    match encoding(response) {
        Some(_) => Said::of(envelope),
        None => Said::read(envelope, without_mark(response.body())),
    }
}

/// The id of the request: from the body, from the header, or from what is left of the body.
pub(crate) fn request_id(response: &HttpResponse, envelope: &EnvelopeMembers) -> Option<String> {
    said(response, envelope).request_id().or_else(|| id_beside(response, envelope))
}

/// The id of a request whose response began and is all that there is, whatever was asked for.
pub(crate) fn begun_request_id(response: &HttpResponse) -> Option<String> {
    request_id(response, &EnvelopeMembers::USUAL)
}

/// The id of the request when no member of the body is it.
fn id_beside(response: &HttpResponse, envelope: &EnvelopeMembers) -> Option<String> {
    let found = response.header(REQUEST_ID).map(str::to_owned);
    found.or_else(|| match encoding(response) {
        Some(_) => None,
        None => envelope::search_request_id(envelope, response.body()),
    })
}
