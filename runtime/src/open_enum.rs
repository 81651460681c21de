//! Enums that survive values newer than the crate.

use serde::{Deserialize, Deserializer, Serialize as _, Serializer};

use crate::field::{AsValue, Value};
use crate::json::{Json, Purpose};
use crate::lenient::Scalar;

/// A value that the documents did not list when the crate was generated.
///
/// It comes from a response or from text; read it with [`as_str`](Self::as_str).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Holds text that generated code has found in none of an enum's values.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value as the wire spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes an open enum as the wire spells it.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn AsValue, serializer: S) -> Result<S::Ok, S::Error> {
    Json { value: value.as_value(), purpose: Purpose::File }.serialize(serializer)
}

/// Reads any text as an open enum.
///
/// # Errors
///
/// When the value is not a string.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    String::deserialize(deserializer).map(|text| T::from(&text))
}

/// A value of a response, also from letters of another case than the documents have it in; `None` when
/// it is no string.
///
/// Services spell some values in one list so and in another so. Where two documented values differ
/// in nothing but case, only the exact spelling is one of them.
pub fn received<T>(documented: &[T], scalar: Scalar<'_>) -> Option<T>
where
    T: for<'a> From<&'a str> + AsValue + Clone,
{
    let Scalar::Text(text) = scalar else { return None };
    let exact = T::from(text);
    if let Value::Enum { documented: true, .. } = exact.as_value() {
        return Some(exact);
    }
    let is_alike = |value: &&T| matches!(value.as_value(), Value::Enum { text: known, .. } if known.eq_ignore_ascii_case(text));
    let mut alike = documented.iter().filter(is_alike);
    match (alike.next(), alike.next()) {
        (Some(value), None) => Some(value.clone()),
        _ => Some(exact),
    }
}

/// Implements what an enum of these variants and one named `Unknown` needs,
/// besides what it derives.
///
/// ```text
/// alibabacloud_runtime::private::open_enum! {
///     Engine:
///     MySql = "MySQL",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident: $($variant:ident = $wire:literal,)*) => {
        impl $name {
            /// Every documented value, in the order of the documents.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as the wire spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown($crate::private::open_enum::UnknownValue::new(other)),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            // Not `Self::Err`, which is a variant of an enum with the value `Err`.
            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(text))
            }
        }

        impl $crate::private::field::AsValue for $name {
            fn as_value(&self) -> $crate::private::field::Value<'_> {
                $crate::private::field::Value::Enum {
                    text: self.as_str(),
                    documented: !::std::matches!(self, Self::Unknown(_)),
                    values: &[$($wire),*],
                }
            }
        }

        impl $crate::private::lenient::Element for $name {
            const EXPECTED: &'static str = "a string";

            fn from_scalar(scalar: $crate::private::lenient::Scalar<'_>) -> ::std::option::Option<Self> {
                $crate::private::open_enum::received(Self::VALUES, scalar)
            }
        }

        #[cfg(feature = "serde")]
        const _: () = {
            impl $crate::private::kept::Member for $name {
                fn read(value: $crate::private::serde_json::Value) -> $crate::private::kept::Outcome<Self> {
                    $crate::private::kept::plain(value)
                }
            }

            $crate::private::serialize!($name: $crate::private::open_enum::serialize);
            $crate::private::deserialize!($name: $crate::private::open_enum::deserialize);
        };
    };
}

/// Implements what an enum of these variants needs that only has names for some values of a text.
///
/// Each service has thousands of such enums, so what they implement is little: it is compiled by every caller.
///
/// ```text
/// alibabacloud_runtime::private::text_names! {
///     ChargeType:
///     PrePaid = "PrePaid",
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __text_names {
    ($name:ident: $($variant:ident = $wire:literal,)*) => {
        impl $name {
            /// Every value that has a name, in the order of the documents.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as the wire spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(name: $name) -> Self {
                Self::from(name.as_str())
            }
        }
    };
}
