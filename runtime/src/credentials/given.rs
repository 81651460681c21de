//! Keys as servers and programs hand them out, in JSON.
//!
//! Knows no source. Whatever cannot be read may be a secret, so only its place is told.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::Credentials;
use crate::lenient::{self, Receive};

/// Gives a struct the members that stand behind its fields, in any case of their letters, as Go and so
/// the command line tool read them.
macro_rules! members {
    ($name:ident: $($field:ident = $member:literal),* $(,)?) => {
        impl $crate::lenient::Receive for $name {
            fn names(&self) -> &'static [&'static str] {
                &[$($member),*]
            }

            fn slot(&mut self, name: &str) -> Option<&mut dyn $crate::lenient::Slot> {
                let name = name.to_ascii_lowercase();
                $crate::lenient::pick(&name, &[$($member),*], [$(&mut self.$field),*])
            }

            fn may_hold_secret(&self) -> bool {
                true
            }
        }
    };
}
pub(super) use members;

/// What the metadata of an instance, a credentials server and OAuth answer, and what stands in an
/// answer of STS.
#[derive(Default)]
pub(super) struct Given {
    pub(super) code: Option<String>,
    access_key_id: Option<String>,
    access_key_secret: Option<SecretString>,
    security_token: Option<SecretString>,
    expiration: Option<String>,
}

members! {
    Given:
    code = "code",
    access_key_id = "accesskeyid",
    access_key_secret = "accesskeysecret",
    security_token = "securitytoken",
    expiration = "expiration",
}

impl Given {
    /// The credentials, or what is missing.
    pub(super) fn credentials(self) -> Result<Credentials, String> {
        let lacks = |member: &str| format!("the answer has no `{member}`");
        let id = self.access_key_id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| lacks("AccessKeyId"))?;
        let secret = self.access_key_secret.ok_or_else(|| lacks("AccessKeySecret"))?;
        let token = self.security_token.ok_or_else(|| lacks("SecurityToken"))?;
        let end = self.expiration.filter(|end| !end.is_empty());
        let end = end.ok_or_else(|| lacks("Expiration"))?;
        let end = time(&end).ok_or("the answer's `Expiration` is no time")?;
        let credentials = Credentials::new(id, secret).with_security_token(token);
        let credentials = credentials.with_expiration(end);
        credentials.check().map_err(|error| error.to_string())?;
        Ok(credentials)
    }
}

/// A time such as `2025-06-15T15:06:40Z`, after 1970.
pub(super) fn time(text: &str) -> Option<SystemTime> {
    let seconds = text.trim().parse::<Timestamp>().ok()?.as_second();
    UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?))
}

/// Reads JSON, whose memory is wiped then.
pub(super) fn parse<T: Receive + Default>(body: Vec<u8>) -> Result<T, String> {
    let body = Zeroizing::new(body);
    let mut deserializer = serde_json::Deserializer::from_slice(&body);
    let read = lenient::deserialize(&mut deserializer);
    let read = read.and_then(|read| deserializer.end().map(|()| read));
    // serde's own words may repeat a value.
    read.map_err(|error: serde_json::Error| {
        format!("the answer cannot be read, line {}, column {}", error.line(), error.column())
    })
}
