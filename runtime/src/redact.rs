//! Strikes secrets out of what others say.
//!
//! A service that refuses a signature may repeat the whole request in its message, password
//! included, and a proxy may show the URL on its error page. A secret is found however URLs, JSON and
//! HTML spell its characters, mixed and one in the other. One that is changed as a whole (encoded in
//! base64, hashed, encrypted, reversed) is not.

use secrecy::{ExposeSecret, SecretString};

use crate::credentials::Credentials;
use crate::field::{Fields, Value, Walk};
use crate::shown;
use crate::spelling;

/// Stands for a secret that is not shown, and is never read as one.
pub(crate) const MARK: &str = "[REDACTED]";

/// Shorter secrets are found in any text, and striking them out would tell what they are. Where a
/// text was cut, so long a beginning is struck out, too.
const MIN_LENGTH: usize = 4;

/// So long a beginning is struck out where a text ends that seems to be whole: somebody may have cut
/// it before. Words are often shorter.
const AT_END: usize = 6;

/// So long a beginning is struck out wherever it stands. That also bounds the cost: nothing longer is
/// looked at in vain.
const ANYWHERE: usize = 12;

/// How many bytes are looked at for each character of an excerpt.
const BYTES_PER_SHOWN: usize = 64;

/// The secrets of a call.
pub(crate) struct Redactor {
    secrets: Vec<SecretString>,
    /// Whether the answer may hold secrets that nobody knows yet.
    beside_secrets: bool,
}

impl Redactor {
    /// Collects the secrets of a request and of the credentials that came with it.
    pub(crate) fn new(request: &impl Fields, credentials: Option<&Credentials>) -> Self {
        let mut collector = Collector { secrets: Vec::new() };
        request.walk(&mut collector);
        let secrets = credentials.into_iter().flat_map(Credentials::secrets);
        secrets.for_each(|secret| collector.add(secret));
        Self { secrets: collector.secrets, beside_secrets: false }
    }

    /// Collects the secrets of a request that has them beside its parameters' names, and of the
    /// credentials that came with it.
    pub(crate) fn of<'s>(
        secrets: impl IntoIterator<Item = &'s SecretString>,
        credentials: Option<&'s Credentials>,
    ) -> Self {
        let mut collector = Collector { secrets: Vec::new() };
        let of_credentials = credentials.into_iter().flat_map(Credentials::secrets);
        secrets.into_iter().chain(of_credentials).for_each(|secret| collector.add(secret));
        Self { secrets: collector.secrets, beside_secrets: false }
    }

    /// The same with others beside them.
    pub(crate) fn and<'s>(self, others: impl IntoIterator<Item = &'s str>) -> Self {
        let mut collector = Collector { secrets: self.secrets };
        others.into_iter().for_each(|secret| collector.add(&secret.into()));
        Self { secrets: collector.secrets, ..self }
    }

    /// The text without the secrets, however long it is.
    #[cfg(feature = "test-util")]
    pub(crate) fn whole(&self, text: &str) -> String {
        self.strike(text, AT_END, usize::MAX).0
    }

    /// Says whether the answer may hold secrets of its own, which cannot be struck out.
    pub(crate) fn beside_secrets(self, beside_secrets: bool) -> Self {
        Self { beside_secrets, ..self }
    }

    /// Whether the answer may hold secrets of its own.
    pub(crate) fn is_beside_secrets(&self) -> bool {
        self.beside_secrets
    }

    /// The text without the secrets, bounded.
    pub(crate) fn text(&self, text: &str) -> String {
        let (struck, _) = self.strike(text, AT_END, shown::LIMIT);
        shown::bounded(struck)
    }

    /// The beginning of a body without the secrets, on one line, at most `limit` characters long.
    pub(crate) fn excerpt(&self, body: &[u8], limit: usize) -> String {
        let enough = limit.saturating_mul(BYTES_PER_SHOWN);
        let seen = String::from_utf8_lossy(&body[..body.len().min(enough)]);
        let (struck, is_whole) = self.strike(seen.trim(), MIN_LENGTH, limit.saturating_mul(4));
        let mut rest = struck.chars();
        let mut excerpt: String = rest.by_ref().take(limit).map(shown::clean).collect();
        if !is_whole || body.len() > enough || rest.next().is_some() {
            excerpt.push(shown::MORE);
        }
        excerpt
    }

    /// Strikes until there is more than `room` bytes, and says whether that was the whole text. Where
    /// it ends, so many characters `at_end` are enough of a beginning.
    fn strike(&self, text: &str, at_end: usize, room: usize) -> (String, bool) {
        let mut struck = String::new();
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if struck.len() > room {
                return (struck, false);
            }
            let secret =
                self.secrets.iter().filter_map(|secret| length_of(secret, rest, at_end)).max();
            match secret {
                Some(_) => struck.push_str(MARK),
                None => struck.push(next),
            }
            rest = &rest[secret.unwrap_or(next.len_utf8())..];
        }
        (struck, true)
    }
}

/// How many bytes a text spends on a secret that it starts with, or on enough of its beginning.
fn length_of(secret: &SecretString, text: &str, at_end: usize) -> Option<usize> {
    let mut wanted = secret.expose_secret().chars();
    let mut ends = Vec::new();
    ends_after(wanted.next()?, text, 0, &mut ends);
    let mut found = 0;
    let mut reached = 0;
    while !ends.is_empty() {
        found += 1;
        reached = ends.iter().copied().max().unwrap_or_default();
        let Some(next) = wanted.next() else { return Some(reached) };
        let mut further = Vec::new();
        ends.iter().for_each(|end| ends_after(next, text, *end, &mut further));
        ends = further;
    }
    let rest = &text[reached..];
    let (enough, half) = match left_of_a_cut(rest) {
        Some(_) if rest.is_empty() => (at_end, 0),
        Some(half) => (MIN_LENGTH, half),
        None => (ANYWHERE, 0),
    };
    (found >= enough).then_some(reached + half)
}

/// Adds where the text goes on after a character, however that is spelled and in any case.
fn ends_after(wanted: char, text: &str, start: usize, ends: &mut Vec<usize>) {
    spelling::readings(&text[start..], &mut |found, length| {
        let end = start + length;
        if found.eq_ignore_ascii_case(&wanted) && !ends.contains(&end) {
            ends.push(end);
        }
    });
}

/// How many bytes are half a character, if nothing follows but what a cut leaves: that, and dots for
/// the rest.
fn left_of_a_cut(rest: &str) -> Option<usize> {
    let half = rest.strip_suffix(shown::MORE).or_else(|| rest.strip_suffix("...")).unwrap_or(rest);
    let is_broken = half.chars().all(|found| found == char::REPLACEMENT_CHARACTER);
    (is_broken || spelling::is_unfinished(half)).then_some(half.len())
}

struct Collector {
    secrets: Vec<SecretString>,
}

impl Collector {
    fn add(&mut self, secret: &SecretString) {
        if secret.expose_secret().len() >= MIN_LENGTH {
            self.secrets.push(secret.clone());
        }
    }

    fn visit(&mut self, value: Value<'_>) {
        match value {
            Value::Secret(secret) => self.add(secret),
            Value::List(list) => list.iter().for_each(|item| self.visit(item)),
            Value::Map(map) => map.entries().for_each(|(_, value)| self.visit(value)),
            Value::Object(object) => object.walk(self),
            Value::JsonText(inner) => self.visit(inner.as_value()),
            Value::Absent
            | Value::Text(_)
            | Value::Integer(_)
            | Value::Number(_)
            | Value::Boolean(_)
            | Value::Bytes(_)
            | Value::Any(_)
            | Value::Enum { .. } => {}
        }
    }
}

impl Walk for Collector {
    fn field(&mut self, _: &'static str, value: Value<'_>) {
        self.visit(value);
    }
}
