//! Requests in files: without secrets when they are written, and read to the letter, so that a slip of the pen is an error and
//! not a parameter less.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use secrecy::SecretString;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, Visitor};
use serde::ser::Serializer;
use serde_json::{Map, Value};

use crate::base64_text;
use crate::field::Fields;
use crate::json::{self, Purpose};
use crate::redact;

/// What reading comes to; the error is a sentence.
pub type Outcome<T> = Result<T, String>;

/// A struct that files may hold.
pub trait Kept: Sized {
    /// The names of its members.
    const MEMBERS: &'static [&'static str];

    /// Takes the members, each of which has one of the names.
    ///
    /// # Errors
    ///
    /// What is wrong with the first that is missing or of another type.
    fn read(members: &mut Members) -> Outcome<Self>;
}

// What may hold a value of its own type holds it behind a pointer.
impl<T: Kept> Kept for Box<T> {
    const MEMBERS: &'static [&'static str] = T::MEMBERS;

    fn read(members: &mut Members) -> Outcome<Self> {
        T::read(members).map(Self::new)
    }
}

/// The members of an object in a file.
#[derive(Debug)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Takes a member that has to be there.
    ///
    /// # Errors
    ///
    /// That it is missing, or what is wrong with it.
    pub fn take<T: Member>(&mut self, name: &str) -> Outcome<T> {
        let value = self.0.remove(name).ok_or_else(|| format!("missing field `{name}`"))?;
        T::read(value).map_err(|error| format!("`{name}`: {error}"))
    }

    /// Takes members that may be missing: those of these names into these places.
    ///
    /// # Errors
    ///
    /// What is wrong with the first that is of another type.
    pub fn fill(&mut self, names: &[&str], places: &mut [&mut dyn Place]) -> Outcome<()> {
        for (name, place) in names.iter().zip(places) {
            if let Some(value) = self.0.remove(*name) {
                place.put(value).map_err(|error| format!("`{name}`: {error}"))?;
            }
        }
        Ok(())
    }
}

/// Where a member is put that may be missing.
pub trait Place {
    /// Reads what stands in the file.
    ///
    /// # Errors
    ///
    /// When it is of another type.
    fn put(&mut self, value: Value) -> Outcome<()>;
}

impl<T: Member> Place for Option<T> {
    fn put(&mut self, value: Value) -> Outcome<()> {
        *self = if value.is_null() { None } else { Some(T::read(value)?) };
        Ok(())
    }
}

/// A type of members.
pub trait Member: Sized {
    /// Reads what stands in the file.
    ///
    /// # Errors
    ///
    /// When it is of another type.
    fn read(value: Value) -> Outcome<Self>;
}

impl<T: Member> Member for Vec<T> {
    fn read(value: Value) -> Outcome<Self> {
        // What it is instead may hold a secret.
        let Value::Array(items) = value else { return Err("expected a list".to_owned()) };
        let items = items.into_iter().enumerate();
        let read = |(index, item)| T::read(item).map_err(|error| format!("item {index}: {error}"));
        items.map(read).collect()
    }
}

impl<T: Member> Member for BTreeMap<String, T> {
    fn read(value: Value) -> Outcome<Self> {
        // What it is instead may hold a secret.
        let Value::Object(members) = value else { return Err("expected an object".to_owned()) };
        let read = |(key, value)| match T::read(value) {
            Ok(value) => Ok((key, value)),
            Err(error) => Err(format!("{key:?}: {error}")),
        };
        members.into_iter().map(read).collect()
    }
}

impl Member for Bytes {
    fn read(value: Value) -> Outcome<Self> {
        let text = value.as_str();
        let bytes = text.and_then(base64_text::decode);
        bytes.map(Self::from).ok_or_else(|| "expected base64".to_owned())
    }
}

impl Member for Value {
    fn read(value: Value) -> Outcome<Self> {
        Ok(value)
    }
}

impl Member for SecretString {
    fn read(value: Value) -> Outcome<Self> {
        match value {
            Value::String(text) if text == redact::MARK => {
                Err("the secret was left out when this was written".to_owned())
            }
            Value::String(text) => Ok(text.into()),
            // What it is instead may be the secret.
            _ => Err("expected a string for a secret".to_owned()),
        }
    }
}

impl<T: Kept> Member for T {
    fn read(value: Value) -> Outcome<Self> {
        // What it is instead may hold a secret.
        if !value.is_object() {
            return Err("expected an object".to_owned());
        }
        deserialize(value).map_err(|error: serde_json::Error| error.to_string())
    }
}

/// Scalars and enums are read as `serde` reads them.
pub fn plain<T: DeserializeOwned>(value: Value) -> Outcome<T> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

macro_rules! plain_member {
    ($($name:ty),*) => {$(
        impl Member for $name {
            fn read(value: Value) -> Outcome<Self> {
                plain(value)
            }
        }
    )*};
}

plain_member!(String, bool, i32, i64, f64);

impl Member for f32 {
    fn read(value: Value) -> Outcome<Self> {
        let number = plain::<f64>(value)? as Self;
        let is_one = number.is_finite();
        is_one.then_some(number).ok_or_else(|| "expected a 32-bit number".to_owned())
    }
}

/// Reads an object that has no other members than those of `T`.
///
/// # Errors
///
/// When it is no object, or has a member that is unknown, missing, there twice or of another type.
pub fn deserialize<'de, T: Kept, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(File(PhantomData))
}

struct File<T>(PhantomData<T>);

impl<'de, T: Kept> Visitor<'de> for File<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut file: A) -> Result<T, A::Error> {
        let mut members = Map::new();
        while let Some(name) = file.next_key::<String>()? {
            if !T::MEMBERS.contains(&name.as_str()) {
                return Err(A::Error::unknown_field(&name, T::MEMBERS));
            }
            if members.contains_key(&name) {
                return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
            }
            members.insert(name, file.next_value()?);
        }
        T::read(&mut Members(members)).map_err(A::Error::custom)
    }
}

/// Writes what a file may keep of a request: no secrets, and JSON text as the value that it holds.
///
/// # Errors
///
/// Those of the serializer.
pub fn serialize<S: Serializer>(fields: &impl Fields, serializer: S) -> Result<S::Ok, S::Error> {
    json::serialize(fields, Purpose::File, serializer)
}

/// Implements `Serialize` by a function.
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize {
    ($name:ident: $write:path) => {
        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $write(self, serializer)
            }
        }
    };
}

/// Implements `Deserialize` by a function.
#[doc(hidden)]
#[macro_export]
macro_rules! __deserialize {
    ($name:ident: $read:path) => {
        impl<'de> $crate::private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $read(deserializer)
            }
        }
    };
}
