//! Enums that survive values newer than the crate.

use serde::{Deserialize, Deserializer};

use crate::field::{AsValue, Value};

/// A value that the documents did not list when the crate was generated.
///
/// It comes from a response or from text; read it with [`as_str`](Self::as_str).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Holds text that generated code has found in none of an enum's values.
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value as the wire spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads any text as an open enum.
///
/// # Errors
///
/// When the value is not a string.
#[doc(hidden)]
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    String::deserialize(deserializer).map(|text| T::from(&text))
}

/// What can be read from a response although it spells a value in letters of another case.
#[doc(hidden)]
pub trait Received: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// When the value is of another kind.
    fn receive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl<T: Received> Received for Vec<T> {
    fn receive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Wire<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|item| item.0).collect())
    }
}

impl<T: Received> Received for Option<T> {
    fn receive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Wire<T>>::deserialize(deserializer)?;
        Ok(value.map(|value| value.0))
    }
}

/// Hands over to [`Received`] what is inside lists and options.
struct Wire<T>(T);

impl<'de, T: Received> Deserialize<'de> for Wire<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::receive(deserializer).map(Self)
    }
}

/// Reads a value of a response that may be missing or `null`, as its default.
///
/// # Errors
///
/// When the value is of another kind.
#[doc(hidden)]
pub fn received<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Received + Default,
    D: Deserializer<'de>,
{
    Option::<T>::receive(deserializer).map(Option::unwrap_or_default)
}

/// Reads any text as an open enum, a documented value also from letters of another case.
///
/// Services spell some values in one list so and in another so. Where two documented values differ
/// in nothing but case, only the exact spelling is one of them.
///
/// # Errors
///
/// When the value is not a string.
#[doc(hidden)]
pub fn receive<'de, T, D>(documented: &[T], deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str> + AsValue + Clone,
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    let exact = T::from(&text);
    if let Value::Enum { documented: true, .. } = exact.as_value() {
        return Ok(exact);
    }
    let is_alike = |value: &&T| matches!(value.as_value(), Value::Enum { text: known, .. } if known.eq_ignore_ascii_case(&text));
    let mut alike = documented.iter().filter(is_alike);
    Ok(match (alike.next(), alike.next()) {
        (Some(value), None) => value.clone(),
        _ => exact,
    })
}

/// Implements what every open enum has in common, given its `as_str` and `From<&str>`.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::field::AsValue for $name {
            fn as_value(&self) -> $crate::field::Value<'_> {
                $crate::field::Value::Enum {
                    text: self.as_str(),
                    documented: !::std::matches!(self, Self::Unknown(_)),
                }
            }
        }

        impl $crate::__serde::Serialize for $name {
            fn serialize<S: $crate::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::open_enum::Received for $name {
            fn receive<'de, D: $crate::__serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::open_enum::receive(Self::VALUES, deserializer)
            }
        }

        impl<'de> $crate::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::open_enum::deserialize(deserializer)
            }
        }
    };
}
