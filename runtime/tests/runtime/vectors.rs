//! The vectors of signature V3, in the form that `vectors/README.md` describes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use alibabacloud_runtime::private::field::{AsValue, Value, Visit};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use crate::service::{Credentials, Fields};

/// A request and what has to become of it.
#[derive(Deserialize)]
pub struct Vector {
    /// What it is about.
    pub name: String,
    /// `x-acs-action`.
    pub action: String,
    /// `x-acs-version`.
    pub version: String,
    /// The id of the key that signs.
    pub access_key_id: String,
    /// Its secret.
    pub access_key_secret: String,
    /// The token of a temporary key.
    pub security_token: Option<String>,
    /// `x-acs-date`.
    pub date: String,
    /// `x-acs-signature-nonce`.
    pub nonce: String,
    /// `host`.
    pub host: String,
    /// The parameters; `null` is not given.
    pub params: BTreeMap<String, Json>,
    /// The form of the official SDK; only its query is always there.
    pub expected: Expected,
    /// The form in which calls sign.
    pub expected_minimal: Signed,
}

/// What has to become of a request.
#[derive(Deserialize)]
pub struct Expected {
    /// The query.
    pub canonical_query: String,
    /// The headers, those that are not signed left out.
    #[serde(default)]
    pub headers_sent: BTreeMap<String, String>,
    /// What is signed, when the file has it.
    #[serde(flatten)]
    pub signed: Option<Signed>,
}

/// What has to be signed, and how.
#[derive(Deserialize)]
pub struct Signed {
    /// The headers that are signed.
    #[serde(default)]
    pub signed_headers: BTreeMap<String, String>,
    /// The canonical request.
    pub canonical_request: String,
    /// What is signed.
    pub string_to_sign: String,
    /// The signature.
    pub signature: String,
    /// The header `authorization`.
    pub authorization: String,
}

impl Signed {
    /// The names of the headers that are signed.
    ///
    /// # Panics
    ///
    /// When the header does not say.
    pub fn names(&self) -> impl DoubleEndedIterator<Item = &str> {
        let (_, names) = self.authorization.split_once("SignedHeaders=").expect("it has headers");
        let (names, _) = names.split_once(',').expect("the signature follows");
        names.split(';')
    }
}

impl Vector {
    /// The keys that sign it.
    pub fn credentials(&self) -> Credentials {
        let credentials = Credentials::new(&*self.access_key_id, &*self.access_key_secret);
        match &self.security_token {
            Some(token) => credentials.with_security_token(&**token),
            None => credentials,
        }
    }
}

/// Reads a file of vectors.
///
/// # Panics
///
/// When there is no such file.
pub fn read<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let text = std::fs::read_to_string(path).expect("the vectors are readable");
    serde_json::from_str(&text).expect("the vectors have their form")
}

/// A request of any method with any body, and its signature.
#[derive(Deserialize)]
pub struct SignedRequest {
    /// What it is about.
    pub name: String,
    /// The id of the key that signs.
    pub access_key_id: String,
    /// Its secret.
    pub access_key_secret: String,
    /// The method.
    pub method: String,
    /// The path, escaped.
    pub path: String,
    /// The parameters of the query.
    pub query: BTreeMap<String, Json>,
    /// The headers, `authorization` left out.
    pub headers: BTreeMap<String, String>,
    /// The body.
    #[serde(deserialize_with = "bytes_of_text")]
    pub body: Vec<u8>,
    /// Whether names of parameters are escaped in what is signed, as the description of the signature
    /// says; one SDK forgets it.
    #[serde(default = "yes")]
    pub has_escaped_names: bool,
    /// What is signed, and how.
    #[serde(flatten)]
    pub signed: Signed,
}

fn yes() -> bool {
    true
}

fn bytes_of_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    String::deserialize(deserializer).map(String::into_bytes)
}

/// The same, a line each, as those write it who watched the official SDKs.
#[derive(Deserialize)]
struct Watched {
    id: String,
    access_key_id: String,
    access_key_secret: String,
    method: String,
    path: String,
    query: Vec<(String, Json)>,
    headers: BTreeMap<String, String>,
    body_base64: String,
    keys_encoded_in_canonical_query: bool,
    #[serde(flatten)]
    signed: Signed,
}

/// Reads requests: a list of ours, or lines of what was watched.
///
/// # Panics
///
/// When the file cannot be read.
pub fn read_requests(path: &Path) -> Vec<SignedRequest> {
    if path.extension().is_none_or(|ending| ending != "jsonl") {
        return read(path);
    }
    let text = std::fs::read_to_string(path).expect("the vectors are readable");
    let read = |line: &str| {
        let found: Watched = serde_json::from_str(line).expect("the vectors have their form");
        SignedRequest {
            name: found.id,
            access_key_id: found.access_key_id,
            access_key_secret: found.access_key_secret,
            method: found.method,
            path: found.path,
            query: found.query.into_iter().collect(),
            headers: found.headers,
            body: BASE64_STANDARD.decode(found.body_base64).expect("the body is base64"),
            has_escaped_names: found.keys_encoded_in_canonical_query,
            signed: found.signed,
        }
    };
    text.lines().map(read).collect()
}

/// Parameters of any name, as a request.
pub struct Parameters(pub BTreeMap<String, Json>);

impl Fields for Parameters {
    fn show(&self, visit: &mut Visit<'_>) {
        let names: Vec<_> = self.0.keys().map(|name| leaked(name)).collect();
        let values: Vec<_> = self.0.values().map(Parameter).collect();
        let values: Vec<&dyn AsValue> = values.iter().map(|value| value as _).collect();
        visit(&names, &values);
    }
}

#[derive(Debug)]
struct Parameter<'p>(&'p Json);

impl AsValue for Parameter<'_> {
    fn as_value(&self) -> Value<'_> {
        match self.0 {
            Json::Null => Value::Absent,
            Json::Bool(boolean) => Value::Boolean(*boolean),
            Json::Number(number) => Value::Integer(number.as_i64().expect("integers only")),
            Json::String(text) => Value::Text(text),
            other => panic!("not a parameter: {other}"),
        }
    }
}

/// Names are constants everywhere but here.
pub fn leaked(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// The vectors of this repository. Cargo runs tests in the folder of their package.
pub fn own() -> PathBuf {
    PathBuf::from("tests/vectors/acs3.json")
}

/// Those with other methods and bodies.
pub fn own_requests() -> PathBuf {
    PathBuf::from("tests/vectors/requests.json")
}
