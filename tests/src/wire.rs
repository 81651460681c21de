//! Requests that others have sent, and whether ours are the same.
//!
//! A vector is a call: the values of its parameters under their documented names, and what has to
//! arrive. Requests are compared by what they mean: pairs in any order, JSON as JSON, numbers as numbers.

pub mod arrived;
pub mod crates;
pub mod planted;
pub mod shown;

use std::collections::{BTreeMap, BTreeSet};

use arrived::Arrived;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::form_urlencoded;

/// A call, and what has to arrive.
#[derive(Debug, Deserialize)]
pub struct Vector {
    /// What it is called.
    pub id: String,
    /// The product, in small letters.
    pub product: String,
    /// The version of its API.
    pub version: String,
    /// Whether the gateway reads query and form alike (`RPC`), or not (`ROA`).
    pub sdk_style: String,
    /// The operation.
    pub operation: String,
    /// The values of the parameters.
    pub params: Map<String, Value>,
    /// What has to arrive.
    pub canonical: Canonical,
    /// In which ways values are not what the documents ask for.
    #[serde(default)]
    pub nonconforming: Vec<String>,
}

/// What has to arrive.
#[derive(Debug, Deserialize)]
pub struct Canonical {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
    /// Names whose values are JSON texts.
    json_text: BTreeSet<String>,
    headers: BTreeMap<String, String>,
    body: Body,
}

/// A body that is no form.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Body {
    None,
    Json { json: Value },
    Text { text: String },
    Binary { base64: String },
}

impl Canonical {
    /// Whether the call has a body although its method is GET, which no client of HTTP should send.
    pub fn has_unusual_body(&self) -> bool {
        self.method == "GET" && !matches!(self.body, Body::None)
    }

    /// Whether brackets of a path are taken for letters.
    pub fn has_brackets(&self) -> bool {
        self.path.contains("%5B")
    }

    /// Whether a request is the one that has to arrive; otherwise what differs, a line each.
    pub fn compare(&self, style: &str, arrived: &Arrived) -> Vec<String> {
        let mut differences = Vec::new();
        let mut differ = |what: &str, wanted: &str, found: &str| {
            if wanted != found {
                differences.push(format!("{what}: {found}, and should be {wanted}"));
            }
        };
        differ("method", &self.method, &arrived.method);
        let (path, query) = arrived.path_and_query();
        differ("path", &quoted(&self.path), &quoted(path));
        let is_form = arrived.media_type() == Some("application/x-www-form-urlencoded");
        let form = if is_form { pairs(&arrived.body_text()) } else { Vec::new() };
        let mut wanted = [self.meant(&self.query), self.meant(&self.form)];
        let mut found = [self.meant(&pairs(query)), self.meant(&form)];
        for found in &mut found {
            found.retain(|(name, _)| arrived.made_up.as_ref() != Some(name));
        }
        if style == "RPC" {
            for both in [&mut wanted, &mut found] {
                let form = std::mem::take(&mut both[1]);
                both[0].extend(form);
            }
        }
        for ((what, mut wanted), mut found) in ["query", "form"].into_iter().zip(wanted).zip(found)
        {
            wanted.sort();
            found.sort();
            differ(what, &format!("{wanted:?}"), &format!("{found:?}"));
        }
        for (name, value) in &self.headers {
            differ(name, value, arrived.header(name).unwrap_or("absent"));
        }
        let (wanted, found) = match &self.body {
            _ if is_form => ("none".to_owned(), self.kind().to_owned()),
            Body::None => (String::new(), arrived.body_text()),
            Body::Text { text } => (text.clone(), arrived.body_text()),
            Body::Binary { base64 } => (base64.clone(), arrived.body.clone()),
            Body::Json { json } => {
                let mut found: Value =
                    serde_json::from_str(&arrived.body_text()).unwrap_or_default();
                if let (Some(members), Some(made_up)) = (found.as_object_mut(), &arrived.made_up) {
                    members.remove(made_up);
                }
                (normal(json).to_string(), normal(&found).to_string())
            }
        };
        differ("body", &wanted, &found);
        let media = match &self.body {
            Body::None => None,
            Body::Json { .. } | Body::Text { .. } => Some("application/json"),
            Body::Binary { .. } => Some("application/octet-stream"),
        };
        if let Some(media) = media {
            differ("content type", media, arrived.media_type().unwrap_or("absent"));
        }
        differences
    }

    fn kind(&self) -> &'static str {
        match self.body {
            Body::None => "none",
            Body::Json { .. } => "json",
            Body::Text { .. } => "text",
            Body::Binary { .. } => "binary",
        }
    }

    /// Pairs with their values in the form in which equal ones are the same text.
    fn meant(&self, pairs: &[(String, String)]) -> Vec<(String, String)> {
        let meant = |(name, value): &(String, String)| {
            let json =
                self.json_text.contains(name).then(|| serde_json::from_str::<Value>(value).ok());
            let value = match json.flatten() {
                Some(json) => normal(&json).to_string(),
                None => number(value).unwrap_or_else(|| value.clone()),
            };
            (name.clone(), value)
        };
        pairs.iter().map(meant).collect()
    }
}

/// JSON in which `1.0` is `1`.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(_) => match number(&value.to_string()) {
            Some(text) => serde_json::from_str(&text).unwrap_or_else(|_| value.clone()),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), normal(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}

/// The one spelling of a number, if the text is one as JSON writes it.
fn number(text: &str) -> Option<String> {
    if serde_json::from_str::<serde_json::Number>(text).is_err() {
        return None;
    }
    if let Ok(integer) = text.parse::<i128>() {
        return Some(integer.to_string());
    }
    let double: f64 = text.parse().ok()?;
    let is_whole = double.fract() == 0.0 && double.abs() < 1e30;
    Some(if is_whole { format!("{double:.0}") } else { format!("{double:?}") })
}

/// The pairs of a query or a form.
fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// The path with everything escaped that may be, in one way.
fn quoted(path: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    percent_encode(&bytes, &KEPT).to_string()
}

const KEPT: AsciiSet =
    NON_ALPHANUMERIC.remove(b'/').remove(b'~').remove(b'-').remove(b'.').remove(b'_');
