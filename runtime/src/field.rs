//! The fields of requests: their limits, their values, and the walk over them.
//!
//! A generated struct implements [`Fields`] once. What travels, the JSON view, `Debug` and `PartialEq`
//! come from the same fields, so that none can forget one.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use secrecy::SecretString;

use crate::travel::Travel;
use crate::validation::number::spelled;

/// One limit of a field's value. Its sentence is made when the limit is broken.
#[derive(Debug)]
#[non_exhaustive]
pub enum Limit {
    /// The enum value is one that the documents list.
    Documented,
    /// The enum value is one of these, which are fewer than its type documents.
    OneOf(&'static [&'static str]),
    /// At least this many Unicode scalar values.
    MinLength(usize),
    /// At most this many Unicode scalar values.
    MaxLength(usize),
    /// What this pattern says, in a form that needs no regular expressions: there are at least this
    /// many characters, and each lies in one of these inclusive ranges.
    Characters(&'static str, usize, &'static [(char, char)]),
    /// The regular expression finds a match.
    #[cfg(feature = "pattern")]
    Pattern(&'static Pattern),
    /// The number is at least this.
    Minimum(Bound),
    /// The number is at most this.
    Maximum(Bound),
    /// The number is more than this.
    ExclusiveMinimum(Bound),
    /// The number is less than this.
    ExclusiveMaximum(Bound),
}

/// The bound of a number, in the type of the field that it bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Bound {
    /// For `int32` and `int64` fields.
    Integer(i64),
    /// For floating-point fields.
    Number(f64),
}

/// A regular expression that is compiled when it is first needed.
#[cfg(feature = "pattern")]
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: std::sync::OnceLock<regex::Regex>,
}

#[cfg(feature = "pattern")]
impl Pattern {
    /// Holds `source`, which the generator has compiled once to see that it is valid.
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: std::sync::OnceLock::new() }
    }

    /// The expression as the spec writes it.
    pub fn as_str(&self) -> &'static str {
        self.source
    }

    /// Whether the expression matches somewhere in `text`.
    ///
    /// # Panics
    ///
    /// If the expression is invalid, which generated code rules out.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| {
                regex::Regex::new(self.source).expect("the generator compiled this expression")
            })
            .is_match(text)
    }
}

/// A pattern of its own for the place where it stands.
#[cfg(feature = "pattern")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pattern {
    ($source:literal) => {{
        static PATTERN: $crate::private::field::Pattern =
            $crate::private::field::Pattern::new($source);
        &PATTERN
    }};
}

/// The value of a field, borrowed from the request.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Not given, so not sent.
    Absent,
    /// Text.
    Text(&'a str),
    /// An `int32` or `int64`.
    Integer(i64),
    /// A floating-point number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// Text that only the wire may see.
    Secret(&'a SecretString),
    /// A value of an open enum.
    Enum {
        /// The value as the wire spells it.
        text: &'a str,
        /// Whether the documents list it.
        documented: bool,
        /// Those that the documents list.
        values: &'static [&'static str],
    },
    /// Values in order.
    List(&'a dyn List),
    /// Values under names that callers choose.
    Map(&'a dyn Map),
    /// A nested object.
    Object(&'a dyn Fields),
    /// Bytes that are a whole body.
    Bytes(&'a [u8]),
    /// Whatever JSON has: what it is, the documents do not say.
    Any(&'a serde_json::Value),
    /// A value that travels as JSON text inside a string.
    JsonText(&'a dyn AsValue),
}

/// The value of a field, as generated walks show it.
#[inline]
pub fn value<T: AsValue>(value: &T) -> Value<'_> {
    value.as_value()
}

/// Values of fields that are not shown as they are.
pub mod value {
    use super::{AsValue, Value};

    /// The value of a field that travels as JSON text.
    #[inline]
    pub fn json_text<T: AsValue>(inner: &T) -> Value<'_> {
        match inner.as_value() {
            Value::Absent => Value::Absent,
            _ => Value::JsonText(inner),
        }
    }
}

/// A value that travels as JSON text, as generated walks show it.
pub struct JsonText<'f, T>(&'f T);

/// The value as one that travels as JSON text.
pub fn json_text<T: AsValue>(inner: &T) -> JsonText<'_, T> {
    JsonText(inner)
}

impl<T: fmt::Debug> fmt::Debug for JsonText<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<T: AsValue> AsValue for JsonText<'_, T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        value::json_text(self.0)
    }
}

/// Whoever is shown the fields of a request, in the order of the spec.
pub trait Walk {
    /// Is shown one field: its name, and its value.
    fn field(&mut self, name: &'static str, value: Value<'_>);
}

/// Whoever is shown all fields at once: their names, and their values. A name is that on the wire, unless
/// its value says otherwise ([`AsValue::wire_name`]).
pub type Visit<'v> = dyn FnMut(&[&'static str], &[&dyn AsValue]) + 'v;

/// Something with fields: a request, a response, or an object inside one.
pub trait Fields {
    /// Shows all fields at once, in the order of the spec and absent ones included.
    fn show(&self, visit: &mut Visit<'_>);

    /// Shows every field to `walk`, absent ones included.
    fn walk(&self, walk: &mut dyn Walk) {
        self.show(&mut |names, values| {
            for (name, value) in names.iter().zip(values) {
                walk.field(name, value.as_value());
            }
        });
    }
}

/// Writes what `#[derive(Debug)]` would write, if the fields have these names in Rust.
///
/// The names are one text with space in between, which `stringify!` breaks into lines when it is long.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(
    fields: &dyn Fields,
    name: &str,
    idents: &str,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut structure = formatter.debug_struct(name);
    fields.show(&mut |_, values| {
        for (ident, value) in idents.split_whitespace().zip(values) {
            let ident = ident.trim_start_matches("r#");
            match value.as_value() {
                Value::Bytes(bytes) => structure.field(ident, &Length(bytes.len())),
                _ => structure.field(ident, value),
            };
        }
    });
    structure.finish()
}

/// How many bytes there are that `Debug` does not show.
struct Length(usize);

impl fmt::Debug for Length {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{} bytes]", self.0)
    }
}

/// Implements `Clone` and `Debug` for something with fields, and `PartialEq` where it is asked for.
///
/// What derives write is several times as much to compile.
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($name:ident $(+ $comparable:ident)?: $($field:ident,)*) => {
        impl ::std::clone::Clone for $name {
            fn clone(&self) -> Self {
                // Not `.clone()`, which may be the setter of a member `Clone`.
                Self { $($field: ::std::clone::Clone::clone(&self.$field),)* }
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let idents = ::std::stringify!($($field)*);
                $crate::private::field::debug(self, ::std::stringify!($name), idents, formatter)
            }
        }

        $(
            impl ::std::cmp::$comparable for $name {
                fn eq(&self, other: &Self) -> bool {
                    $crate::private::field::equal(self, other)
                }
            }
        )?
    };
}

/// Whether two structs of one type are the same, as `#[derive(PartialEq)]` would find; secrets never
/// are.
pub fn equal(left: &dyn Fields, right: &dyn Fields) -> bool {
    let mut is_equal = true;
    left.show(&mut |_, left| {
        right.show(&mut |_, right| {
            let mut pairs = left.iter().zip(right);
            is_equal = pairs.all(|(left, right)| same(left.as_value(), right.as_value()));
        });
    });
    is_equal
}

fn same(left: Value<'_>, right: Value<'_>) -> bool {
    match (left, right) {
        (Value::Absent, Value::Absent) => true,
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Integer(left), Value::Integer(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        (
            Value::Enum { text: left, documented: left_is, .. },
            Value::Enum { text: right, documented: right_is, .. },
        ) => left == right && left_is == right_is,
        (Value::List(left), Value::List(right)) => {
            let mut others = right.iter();
            left.iter().all(|item| others.next().is_some_and(|other| same(item, other)))
                && others.next().is_none()
        }
        (Value::Map(left), Value::Map(right)) => {
            let mut others = right.entries();
            let is_next = |(name, value)| {
                others.next().is_some_and(|(other, found)| name == other && same(value, found))
            };
            left.entries().all(is_next) && others.next().is_none()
        }
        (Value::Object(left), Value::Object(right)) => equal(left, right),
        (Value::Bytes(left), Value::Bytes(right)) => left == right,
        (Value::Any(left), Value::Any(right)) => left == right,
        (Value::JsonText(left), Value::JsonText(right)) => same(left.as_value(), right.as_value()),
        _ => false,
    }
}

/// A list of values behind a reference.
pub trait List {
    /// The value at this position, which counts from 0.
    fn item(&self, position: usize) -> Option<Value<'_>>;
}

impl dyn List + '_ {
    /// Every value, in order.
    pub fn iter(&self) -> impl Iterator<Item = Value<'_>> {
        (0..).map_while(|position| self.item(position))
    }
}

impl<T: AsValue> List for Vec<T> {
    fn item(&self, position: usize) -> Option<Value<'_>> {
        self.get(position).map(AsValue::as_value)
    }
}

/// Values under names, behind a reference.
pub trait Map {
    /// Every name with its value, in the order of the names.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Value<'_>)> + '_>;
}

impl<T: AsValue> Map for BTreeMap<String, T> {
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Value<'_>)> + '_> {
        Box::new(self.iter().map(|(name, value)| (name.as_str(), value.as_value())))
    }
}

/// Something that a field can hold.
pub trait AsValue: fmt::Debug {
    /// Shows the value.
    fn as_value(&self) -> Value<'_>;

    /// Says how the value travels as a field of a request; inside of another one it travels with that.
    fn travel(&self) -> Travel {
        Travel::default()
    }

    /// The field's name on the wire, where the request calls it otherwise.
    fn wire_name(&self) -> Option<&'static str> {
        None
    }
}

impl<T: AsValue> AsValue for Option<T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, AsValue::as_value)
    }
}

impl<T: AsValue> AsValue for Box<T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        T::as_value(self)
    }
}

impl<T: AsValue> AsValue for Vec<T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: AsValue> AsValue for BTreeMap<String, T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Map(self)
    }
}

impl AsValue for Bytes {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl AsValue for serde_json::Value {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Any(self)
    }
}

impl AsValue for String {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for SecretString {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Secret(self)
    }
}

impl AsValue for i32 {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl AsValue for i64 {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl AsValue for f32 {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Number(spelled(*self))
    }
}

impl AsValue for f64 {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Number(*self)
    }
}

impl AsValue for bool {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}
