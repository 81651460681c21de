//! Reading secrets, so that no error repeats one.

use std::fmt;

use secrecy::SecretString;
use serde::de::{Deserializer, Error, Visitor};

/// Reads a secret that may be missing or `null`.
///
/// # Errors
///
/// When the value is not a string; the error does not say what it is.
pub(crate) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SecretString>, D::Error> {
    deserializer.deserialize_any(SecretVisitor)
}

fn not_a_string<E: Error>() -> E {
    E::custom("expected a string for a secret")
}

struct SecretVisitor;

impl Visitor<'_> for SecretVisitor {
    type Value = Option<SecretString>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string for a secret")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(not_a_string())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(not_a_string())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Err(not_a_string())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(not_a_string())
    }
}
