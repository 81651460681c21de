//! Reading scalars the way services write them: numbers and booleans as strings and the reverse,
//! `null` for what is not there.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// A scalar that can be read from another kind of JSON value than its own.
pub trait Lenient: Sized {
    /// What the value should be, for error messages.
    const EXPECTED: &'static str;

    /// Whether empty text stands for a value that is not there.
    const EMPTY_IS_ABSENT: bool = true;

    /// Reads the scalar from text.
    fn from_text(text: &str) -> Option<Self>;

    /// Reads the scalar from an integer.
    fn from_integer(number: i128) -> Option<Self>;

    /// Reads the scalar from a floating-point number.
    fn from_number(number: f64) -> Option<Self>;

    /// Reads the scalar from a boolean.
    fn from_boolean(boolean: bool) -> Option<Self>;
}

/// Reads a scalar that may be missing, `null`, or of another kind.
///
/// # Errors
///
/// When the value is neither the scalar nor another way to write it.
pub fn scalar<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Lenient,
    D: Deserializer<'de>,
{
    deserializer.deserialize_any(ScalarVisitor(PhantomData))
}

/// Reads anything else that may be missing or `null`, as its default.
///
/// # Errors
///
/// When the value is neither `null` nor a `T`.
pub fn or_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: serde::Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    <Option<T> as serde::Deserialize>::deserialize(deserializer).map(Option::unwrap_or_default)
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for ScalarVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        T::from_boolean(value)
            .map(Some)
            .ok_or_else(|| E::invalid_type(Unexpected::Bool(value), &self))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        T::from_integer(value.into())
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        T::from_integer(value.into())
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        T::from_number(value)
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        if value.is_empty() && T::EMPTY_IS_ABSENT {
            return Ok(None);
        }
        T::from_text(value).map(Some).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

impl Lenient for String {
    const EXPECTED: &'static str = "a string";
    const EMPTY_IS_ABSENT: bool = false;

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_integer(number: i128) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_number(number: f64) -> Option<Self> {
        is_exact(number).then(|| number.to_string())
    }

    fn from_boolean(boolean: bool) -> Option<Self> {
        Some(boolean.to_string())
    }
}

impl Lenient for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    fn from_integer(_: i128) -> Option<Self> {
        None
    }

    fn from_number(_: f64) -> Option<Self> {
        None
    }

    fn from_boolean(boolean: bool) -> Option<Self> {
        Some(boolean)
    }
}

impl Lenient for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn from_integer(number: i128) -> Option<Self> {
        Some(number as Self)
    }

    fn from_number(number: f64) -> Option<Self> {
        Some(number)
    }

    fn from_boolean(_: bool) -> Option<Self> {
        None
    }
}

/// Whether a float names one number: beyond 2^53 it stands for several integers.
fn is_exact(number: f64) -> bool {
    number.abs() < 9_007_199_254_740_992.0
}

/// `int32` and `int64` differ in nothing but their width.
macro_rules! lenient_integer {
    ($name:ty, $expected:literal) => {
        impl Lenient for $name {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn from_integer(number: i128) -> Option<Self> {
                number.try_into().ok()
            }

            fn from_number(number: f64) -> Option<Self> {
                let whole = number.fract() == 0.0 && is_exact(number);
                if whole { Self::try_from(number as i64).ok() } else { None }
            }

            fn from_boolean(_: bool) -> Option<Self> {
                None
            }
        }
    };
}

lenient_integer!(i32, "a 32-bit integer");
lenient_integer!(i64, "a 64-bit integer");
