//! Whatever a client of a generated crate shows of a call in which secrets are planted.
//!
//! Knows no service, and nothing of how secrets are kept: texts are collected, to be searched.

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex};

use alibabacloud_runtime::client;
use alibabacloud_runtime::error::Error;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_runtime::view::to_value;
use alibabacloud_runtime::{BoxFuture, credentials::Credentials};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::arrived::typed;

/// What stands in the place of each secret, with a number behind it; no escaping changes it.
pub const PLANTED: &str = "planted";

/// What was shown of a call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shown {
    /// All texts that people or files may see.
    pub texts: Vec<String>,
    /// What was sent, which has the secrets.
    pub sent: String,
    /// What is shown of the answer, in which the secrets are struck out; nothing where it is a failure.
    pub answer: Option<String>,
}

/// Keeps what is sent, and gives a reply.
#[derive(Debug)]
struct Replies {
    status: u16,
    body: String,
    sent: Mutex<String>,
}

impl Transport for Replies {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let headers: String =
            request.expose_headers().map(|(name, value)| format!("{name}: {value}\n")).collect();
        let body = String::from_utf8_lossy(request.body().expose()).into_owned();
        *self.sent.lock().expect("nobody panics with it") =
            format!("{}\n{headers}\n{body}", request.expose_url());
        Box::pin(async { Ok(HttpResponse::new(self.status, self.body.clone())) })
    }
}

/// All that is shown when an operation is called with these parameters: of the request, of a service that
/// refuses it and repeats its secrets, of an answer that has secrets, and of one that breaks off.
///
/// # Errors
///
/// What is wrong with a parameter, or with the settings.
pub fn call<C, O>(params: &Map<String, Value>, answer: &Value) -> Result<Shown, String>
where
    C: From<client::Client> + AsRef<client::Client>,
    O: Operation + DeserializeOwned + Serialize + Debug,
    O::Response: Debug,
{
    let mut texts = Vec::new();
    let request: O = typed(params)?;
    debug(&request, &mut texts);
    texts.push(to_value(&request).to_string());
    texts.push(serde_json::to_string(&request).map_err(|error| error.to_string())?);
    if let Err(violations) = request.validate() {
        debug(&violations, &mut texts);
        display(&violations, &mut texts);
    }
    let repeated = json!({ "Code": "Wrong", "Message": Value::Object(params.clone()).to_string() });
    let whole = answer.to_string();
    let cut = whole[..whole.len() - 1].to_owned();
    let mut shown = Shown::default();
    for (status, body) in [(400, repeated.to_string()), (200, cut), (200, whole)] {
        let replies = Arc::new(Replies { status, body, sent: Mutex::default() });
        let outcome = called::<C, O>(typed(params)?, replies.clone())?;
        shown.sent.clone_from(&replies.sent.lock().expect("nobody panics with it"));
        shown.answer = None;
        match outcome {
            Ok(response) => {
                debug(&response, &mut texts);
                shown.answer = Some(format!("{response:?}"));
            }
            Err(error) => {
                debug(&error, &mut texts);
                display(&error, &mut texts);
                let mut cause = error.source();
                while let Some(inner) = cause {
                    debug(&inner, &mut texts);
                    display(&inner, &mut texts);
                    cause = inner.source();
                }
            }
        }
    }
    Ok(Shown { texts, ..shown })
}

fn called<C, O>(request: O, transport: Arc<Replies>) -> Result<Result<O::Response, Error>, String>
where
    C: From<client::Client> + AsRef<client::Client>,
    O: Operation,
{
    let client = client::Builder::<C>::new(&[])
        .region("cn-hangzhou")
        .endpoint("https://service.example.com")
        .credentials(Credentials::new("testAccessKeyId", format!("{PLANTED}-key")))
        .transport(transport)
        .build()
        .map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    Ok(runtime.block_on(client.as_ref().call(request).skip_validation().into_future()))
}

fn debug(value: &impl Debug, texts: &mut Vec<String>) {
    texts.extend([format!("{value:?}"), format!("{value:#?}")]);
}

fn display(value: &impl Display, texts: &mut Vec<String>) {
    texts.extend([format!("{value}"), format!("{value:#}")]);
}
