//! The types of members that are no list and no object, and how else services spell their values.
//!
//! Knows nothing of JSON and of where a member stands.

use super::{Element, Scalar};

impl Element for String {
    const EXPECTED: &'static str = "a string";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        Some(match scalar {
            Scalar::Text(text) => text.to_owned(),
            Scalar::Integer(number) => number.to_string(),
            Scalar::Boolean(boolean) => boolean.to_string(),
            Scalar::Number(number) => return is_exact(number).then(|| number.to_string()),
        })
    }
}

impl Element for secrecy::SecretString {
    const EXPECTED: &'static str = "a string for a secret";
    const IS_SECRET: bool = true;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(text.into()),
            _ => None,
        }
    }
}

impl Element for bool {
    const EXPECTED: &'static str = "a boolean";
    const EMPTY_IS_ABSENT: bool = true;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Boolean(boolean) => Some(boolean),
            Scalar::Text("true" | "True" | "TRUE") => Some(true),
            Scalar::Text("false" | "False" | "FALSE") => Some(false),
            _ => None,
        }
    }
}

impl Element for f64 {
    const EXPECTED: &'static str = "a number";
    const EMPTY_IS_ABSENT: bool = true;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Number(number) => Some(number),
            Scalar::Integer(number) => Some(number as Self),
            Scalar::Text(text) => text.parse().ok(),
            Scalar::Boolean(_) => None,
        }
    }
}

impl Element for f32 {
    const EXPECTED: &'static str = "a 32-bit number";
    const EMPTY_IS_ABSENT: bool = true;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        // What is beyond 32 bits would be infinite.
        f64::from_scalar(scalar).map(|number| number as Self).filter(|number| number.is_finite())
    }
}

/// `int32` and `int64` differ in nothing but their width.
macro_rules! integer_element {
    ($name:ty, $expected:literal) => {
        impl Element for $name {
            const EXPECTED: &'static str = $expected;
            const EMPTY_IS_ABSENT: bool = true;

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                match scalar {
                    Scalar::Integer(number) => number.try_into().ok(),
                    Scalar::Text(text) => match text.parse() {
                        Ok(number) => Some(number),
                        Err(_) => Self::try_from(whole(text.parse().ok()?)?).ok(),
                    },
                    Scalar::Number(number) => Self::try_from(whole(number)?).ok(),
                    Scalar::Boolean(_) => None,
                }
            }
        }
    };
}

integer_element!(i32, "a 32-bit integer");
integer_element!(i64, "a 64-bit integer");

/// The integer that a float names, such as 12 for `12.0`.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && is_exact(number)).then_some(number as i64)
}

/// Whether a float names one number: beyond 2^53 it stands for several integers.
fn is_exact(number: f64) -> bool {
    number.abs() < 9_007_199_254_740_992.0
}
