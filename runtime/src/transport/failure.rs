//! What an error of the HTTP library means: how far the request came, whether another would fare
//! better, and what a proxy had to do with it.
//!
//! Its own words show URLs and are left out; what lies below says what happened.

use std::error::Error;
use std::io;
use std::iter;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use rustls::pki_types::InvalidDnsNameError;
use rustls::{AlertDescription, Error as TlsError, InvalidMessage};
use tokio::time::timeout;

use super::{TransportError, TransportErrorKind};
use crate::endpoint::Target;

type Cause = dyn Error + 'static;

/// How long a proxy is waited for that has refused to connect and is asked why.
const ASKING: Duration = Duration::from_secs(2);

/// A proxy between a client and its endpoint.
pub(super) struct Proxied {
    client: reqwest::Client,
    /// The proxy's host and port.
    address: String,
    /// The endpoint's.
    target: String,
    /// Whether it forwards requests, and answers them itself when it does not.
    forwards: bool,
}

impl Proxied {
    pub(super) fn new(client: &reqwest::Client, address: String, target: &Target) -> Self {
        let (host, port) = target.authority();
        Self {
            client: client.clone(),
            address,
            target: format!("http://{host}:{port}/"),
            forwards: target.is_plain(),
        }
    }

    /// The refusal that an answer is.
    pub(super) fn of_answer(&self, status: StatusCode) -> Option<TransportError> {
        let own = self.forwards && status == StatusCode::PROXY_AUTHENTICATION_REQUIRED;
        own.then(|| self.refusal(status.as_u16()))
    }

    /// What a proxy means that does not connect.
    fn refusal(&self, status: u16) -> TransportError {
        let address = &self.address;
        let detail = format!("the proxy `{address}` refuses with HTTP {status}");
        let error = TransportError { status: Some(status), ..connect(detail) };
        // What the proxy cannot do at the moment, it may be able to do later.
        if matches!(status, 408 | 429 | 500 | 502 | 503 | 504) { error } else { error.permanent() }
    }

    /// The status of a refusal, which the HTTP library does not tell: the proxy is asked once more,
    /// and a tunnel that it has now is closed unused.
    async fn status(&self) -> Option<u16> {
        let asked = self.client.request(Method::CONNECT, &self.target).send();
        let answer = timeout(ASKING, asked).await.ok()?.ok()?;
        Some(answer.status().as_u16()).filter(|status| !(200..300).contains(status))
    }
}

/// A request without a response.
pub(super) async fn of_request(error: reqwest::Error, proxied: Option<&Proxied>) -> TransportError {
    let nothing_was_sent = error.is_connect() || error.is_builder();
    let permanent = error.is_builder() || is_permanent(&error);
    let detail = words(&error.without_url());
    let error = match proxied {
        Some(proxied) if nothing_was_sent => match refused(&detail) {
            Some(Refused::WithoutUser) => return proxied.refusal(407),
            Some(Refused::Otherwise) => match proxied.status().await {
                Some(status) => return proxied.refusal(status),
                None => connect(format!("the proxy `{}` refuses: {detail}", proxied.address)),
            },
            None => connect(format!("through the proxy `{}`: {detail}", proxied.address)),
        },
        _ if nothing_was_sent => connect(detail),
        _ => TransportError::new(TransportErrorKind::NoResponse, detail),
    };
    if permanent { error.permanent() } else { error }
}

/// A response that does not end.
pub(super) fn of_response(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Incomplete, words(&error.without_url()))
}

fn connect(detail: String) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, detail)
}

/// Why a proxy does not connect.
enum Refused {
    WithoutUser,
    Otherwise,
}

/// The library has no type for this, only words.
fn refused(detail: &str) -> Option<Refused> {
    match detail {
        "tunnel error: proxy authorization required" => Some(Refused::WithoutUser),
        "tunnel error: unsuccessful" => Some(Refused::Otherwise),
        _ => None,
    }
}

/// The causes of an error, outermost first; the error's own words, and those of the library below,
/// only say that it is one.
fn words(error: &reqwest::Error) -> String {
    let causes = causes(error).skip(1).map(ToString::to_string);
    let causes: Vec<String> = causes.filter(|cause| !cause.starts_with("client error (")).collect();
    if causes.is_empty() { error.to_string() } else { causes.join(": ") }
}

fn causes<'e>(error: &'e Cause) -> impl Iterator<Item = &'e Cause> {
    iter::successors(Some(error), |error: &&'e Cause| (*error).source())
}

/// Whether TLS refuses the other side, or the other way round, as it would the next time.
fn is_permanent(error: &Cause) -> bool {
    causes(error).map(inside).any(|cause| {
        cause.is::<InvalidDnsNameError>() || cause.downcast_ref().is_some_and(is_permanent_in_tls)
    })
}

/// What errors of input and output are made from; it is not their source, but its source is.
fn inside(mut cause: &Cause) -> &Cause {
    while let Some(inner) = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        cause = inner;
    }
    cause
}

fn is_permanent_in_tls(error: &TlsError) -> bool {
    match error {
        TlsError::InvalidCertificate(_)
        | TlsError::InvalidCertRevocationList(_)
        | TlsError::InvalidMessage(InvalidMessage::InvalidContentType)
        | TlsError::NoApplicationProtocol
        | TlsError::NoCertificatesPresented
        | TlsError::PeerIncompatible(_)
        | TlsError::UnsupportedNameType => true,
        TlsError::AlertReceived(alert) => !matches!(
            alert,
            AlertDescription::BadRecordMac
                | AlertDescription::CloseNotify
                | AlertDescription::DecryptError
                | AlertDescription::InternalError
                | AlertDescription::UserCanceled
        ),
        _ => false,
    }
}
