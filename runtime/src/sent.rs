//! Values of fields that travel otherwise than most, as generated walks show them.

use std::fmt;

use crate::field::{AsValue, Value};
use crate::travel::Travel;

/// The value of a field, with how it travels.
#[doc(hidden)]
pub struct Sent<'f, T> {
    value: &'f T,
    travel: Travel,
    wire_name: Option<&'static str>,
}

/// How a field travels, and under which name, where the request calls it otherwise.
#[doc(hidden)]
#[derive(Debug)]
pub struct Named {
    travel: Travel,
    wire_name: &'static str,
}

impl Travel {
    /// Says of the value of a field that it travels like this.
    // A method, so that `fields!` can write it before what it already writes.
    #[doc(hidden)]
    pub fn of<T: AsValue>(self, value: &T) -> Sent<'_, T> {
        Sent { value, travel: self, wire_name: None }
    }

    /// Says of a field that the wire has it under this name.
    #[doc(hidden)]
    pub fn named(self, wire_name: &'static str) -> Named {
        Named { travel: self, wire_name }
    }
}

impl Named {
    /// Says of the value of a field that it travels like this.
    pub fn of<T: AsValue>(self, value: &T) -> Sent<'_, T> {
        Sent { value, travel: self.travel, wire_name: Some(self.wire_name) }
    }
}

impl<T: fmt::Debug> fmt::Debug for Sent<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}

impl<T: AsValue> AsValue for Sent<'_, T> {
    fn as_value(&self) -> Value<'_> {
        self.value.as_value()
    }

    fn travel(&self) -> Travel {
        self.travel
    }

    fn wire_name(&self) -> Option<&'static str> {
        self.wire_name
    }
}
