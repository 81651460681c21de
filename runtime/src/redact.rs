//! Strikes secrets out of what others say.
//!
//! A service that refuses a signature may repeat the whole request in its message, password
//! included, and a proxy may show the URL on its error page.

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::credentials::Credentials;
use crate::field::{Fields, Value, Walk};
use crate::json::{Json, Purpose};
use crate::scratch::Scratch;

const MARK: &str = "[REDACTED]";

/// Shorter secrets are found in any text, and striking them out would tell what they are.
const MIN_LENGTH: usize = 4;

/// The secrets of a call, in the forms in which others repeat them, the longest first.
pub(crate) struct Redactor {
    forms: Vec<SecretString>,
}

impl Redactor {
    /// Collects the secrets of a request and of the credentials that signed it.
    pub(crate) fn new(request: &impl Fields, credentials: &Credentials) -> Self {
        let mut collector = Collector { forms: Vec::new() };
        request.walk(&mut collector);
        collector.add(credentials.access_key_secret());
        if let Some(token) = credentials.security_token() {
            collector.add(token);
        }
        let mut forms = collector.forms;
        forms.sort_by_key(|form| std::cmp::Reverse(form.expose_secret().len()));
        Self { forms }
    }

    /// The text without the secrets.
    pub(crate) fn text(&self, text: &str) -> String {
        self.strike(text, usize::MAX)
    }

    /// The beginning of a body without the secrets, on one line, at most `limit` characters long.
    pub(crate) fn excerpt(&self, body: &[u8], limit: usize) -> String {
        // A multiple of what is shown: enough to find the secrets that reach beyond it.
        let longest = self.forms.first().map_or(0, |form| form.expose_secret().len());
        let enough = limit.saturating_mul(4).saturating_add(longest.saturating_mul(limit));
        let body = String::from_utf8_lossy(&body[..body.len().min(enough)]);
        let struck = self.strike(body.trim(), limit);
        struck.chars().map(|found| if found.is_control() { ' ' } else { found }).collect()
    }

    fn strike(&self, text: &str, limit: usize) -> String {
        let mut struck = String::new();
        let (mut rest, mut length) = (text, 0);
        while length < limit {
            let mut forms = self.forms.iter().map(ExposeSecret::expose_secret);
            if let Some(form) = forms.find(|form| starts_with(rest, form)) {
                rest = &rest[form.len()..];
                struck.push_str(MARK);
                length += MARK.len();
            } else if let Some(next) = rest.chars().next() {
                rest = &rest[next.len_utf8()..];
                struck.push(next);
                length += 1;
            } else {
                return struck;
            }
        }
        if !rest.is_empty() {
            struck.push('…');
        }
        struck
    }
}

/// Whether a text starts with another one, in any case of its letters: escapes may have either.
fn starts_with(text: &str, start: &str) -> bool {
    let beginning = text.as_bytes().get(..start.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(start.as_bytes()))
}

struct Collector {
    forms: Vec<SecretString>,
}

impl Collector {
    fn add(&mut self, secret: &SecretString) {
        let raw = secret.expose_secret();
        if raw.len() < MIN_LENGTH {
            return;
        }
        let escaped = |text: &str| {
            let mut escaped = Scratch::with_capacity(text.len() * 3);
            escaped.push_escaped(text.as_bytes());
            escaped.into_secret()
        };
        let replaced = |text: &SecretString, pairs: &[(&str, &str)]| {
            let text = Zeroizing::new(text.expose_secret().to_owned());
            pairs.iter().fold(text, |text, (from, to)| Zeroizing::new(text.replace(from, to)))
        };
        let sent = escaped(raw);
        // In a string to sign it is escaped once more, and a form has `+` for a space.
        self.forms.push(escaped(sent.expose_secret()));
        self.forms.push(replaced(&sent, &[("%20", "+")]).as_str().into());
        let quoted = Json { value: Value::Secret(secret), purpose: Purpose::Wire }.text();
        let quoted: SecretString =
            quoted.expose_secret()[1..quoted.expose_secret().len() - 1].into();
        // Services in Java and Go write these as numbers, and pages write all of them as entities.
        let numbers = [
            ("&", "\\u0026"),
            ("<", "\\u003c"),
            (">", "\\u003e"),
            ("=", "\\u003d"),
            ("'", "\\u0027"),
        ];
        self.forms.push(replaced(&quoted, &numbers).as_str().into());
        self.forms.push(replaced(&quoted, &numbers[..3]).as_str().into());
        let entities =
            [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")];
        self.forms.push(replaced(secret, &entities).as_str().into());
        self.forms.extend([sent, quoted, secret.clone()]);
    }

    fn visit(&mut self, value: Value<'_>) {
        match value {
            Value::Secret(secret) => self.add(secret),
            Value::List(list) => list.iter().for_each(|item| self.visit(item)),
            Value::Object(object) => object.walk(self),
            Value::JsonText(inner) => self.visit(inner.as_value()),
            _ => {}
        }
    }
}

impl Walk for Collector {
    fn field(&mut self, _: &'static str, value: Value<'_>) {
        self.visit(value);
    }
}
