//! What a transport got from a client: the one file of a program that is made for generated crates.
//!
//! Knows no style, no place and no encoding: a client is asked to make a call.

use std::sync::{Arc, Mutex};

use alibabacloud_runtime::client;
use alibabacloud_runtime::operation::Operation;
use alibabacloud_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use alibabacloud_runtime::{BoxFuture, credentials::Credentials};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use heck::ToSnakeCase as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A request as it was handed to a transport.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Arrived {
    /// `POST`, `GET`, …
    pub method: String,
    /// With the host.
    pub url: String,
    /// In the order in which they were given.
    pub headers: Vec<(String, String)>,
    /// The bytes in base64.
    pub body: String,
    /// The parameter that the client has made up because none was given.
    pub made_up: Option<String>,
}

impl Arrived {
    /// What stands behind the host, and behind `?`.
    pub fn path_and_query(&self) -> (&str, &str) {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let rest = rest.find('/').map_or("", |start| &rest[start..]);
        rest.split_once('?').unwrap_or((rest, ""))
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The content type without its parameters.
    pub fn media_type(&self) -> Option<&str> {
        self.header("content-type").map(|value| value.split(';').next().unwrap_or_default().trim())
    }

    /// The body as a text.
    pub fn body_text(&self) -> String {
        let bytes = BASE64_STANDARD.decode(&self.body).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Keeps the last request, and answers with nothing.
#[derive(Debug, Default)]
struct Last(Mutex<Option<Arrived>>);

impl Transport for Last {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let headers = request.expose_headers();
        let arrived = Arrived {
            method: request.method().as_str().to_owned(),
            url: request.expose_url().to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: BASE64_STANDARD.encode(request.body().expose()),
            made_up: None,
        };
        *self.0.lock().expect("nobody panics with it") = Some(arrived);
        Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
    }
}

/// What arrives when an operation is called with these parameters by a client of a generated crate.
///
/// # Errors
///
/// What is wrong with a parameter, or why the request was not sent.
pub fn call<C, O>(params: &Map<String, Value>) -> Result<Arrived, String>
where
    C: From<client::Client> + AsRef<client::Client>,
    O: Operation + DeserializeOwned,
{
    let request: O = typed(params)?;
    let last = Arc::new(Last::default());
    let client = client::Builder::<C>::new(&[])
        .region("cn-hangzhou")
        .endpoint("https://service.example.com")
        .credentials(Credentials::new("testAccessKeyId", "testAccessKeySecret"))
        .transport(last.clone())
        .build()
        .map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let mut call = client.as_ref().call(request).skip_validation();
    if params.values().any(|value| value.as_object().is_some_and(Map::is_empty)) {
        call = call.with_empty_body();
    }
    let answer = runtime.block_on(call.into_future());
    let arrived = last.0.lock().expect("nobody panics with it").take();
    match (arrived, answer) {
        (Some(arrived), _) => {
            let token = O::META.idempotency_parameter.map(str::to_owned);
            let is_given = |token: &String| params.get(token).is_some_and(|value| !value.is_null());
            Ok(Arrived { made_up: token.filter(|token| !is_given(token)), ..arrived })
        }
        (None, Err(error)) => Err(format!("not sent: {error}")),
        (None, Ok(_)) => Err("not sent".to_owned()),
    }
}

/// Parameters as a typed request. What is absent may be given as null, and the members of an object that
/// is no parameter of the request are parameters themselves.
///
/// # Errors
///
/// What is wrong with a parameter.
pub fn typed<O: DeserializeOwned>(params: &Map<String, Value>) -> Result<O, String> {
    let given = params.iter().filter(|(_, value)| !value.is_null());
    let given: Map<String, Value> =
        given.map(|(name, value)| (name.clone(), without_marks(value))).collect();
    let read = |members: &Map<String, Value>| O::deserialize(Value::Object(members.clone()));
    let first = match read(&given) {
        Ok(request) => return Ok(request),
        Err(error) => error.to_string(),
    };
    let objects = given.iter().filter_map(|(name, value)| Some((name, value.as_object()?)));
    for (name, object) in objects {
        let mut members = given.clone();
        members.remove(name);
        for (inner, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let is_taken = members.contains_key(inner);
            // What another parameter is called, the body's member is not.
            let inner =
                if is_taken { format!("body_{inner}").to_snake_case() } else { inner.clone() };
            members.insert(inner, value.clone());
        }
        if let Ok(request) = read(&members) {
            return Ok(request);
        }
    }
    // The body that is one value is always called so.
    for name in given.keys() {
        let mut members = given.clone();
        let value = members.remove(name).unwrap_or_default();
        members.insert("body".to_owned(), value);
        if let Ok(request) = read(&members) {
            return Ok(request);
        }
    }
    Err(first)
}

/// Bytes are marked in vectors, and plain base64 in requests.
fn without_marks(value: &Value) -> Value {
    value.get("$base64").unwrap_or(value).clone()
}
