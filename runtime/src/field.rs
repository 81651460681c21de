//! The fields of requests: their limits, their values, and the walk over them.
//!
//! A generated request implements [`Fields`] once. Query encoding and the JSON view are [`Walk`]s over
//! the same fields, so that none of them can forget one.

use secrecy::SecretString;

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
macro_rules! pattern {
    ($source:literal) => {{
        static PATTERN: $crate::field::Pattern = $crate::field::Pattern::new($source);
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
    /// A nested object.
    Object(&'a dyn Object),
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
#[doc(hidden)]
#[derive(Debug)]
pub struct JsonText<'f, T>(&'f T);

impl<T: AsValue> AsValue for JsonText<'_, T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        value::json_text(self.0)
    }
}

/// Whoever is shown the fields of a request, in the order of the spec.
pub trait Walk {
    /// Is shown one field: its name on the wire, and its value.
    fn field(&mut self, name: &'static str, value: Value<'_>);

    /// Is shown fields in their order: generated code names them all at once, which is less to
    /// compile than a call for each.
    fn fields(&mut self, names: &[&'static str], values: &[&dyn AsValue]) {
        for (name, value) in names.iter().zip(values) {
            self.field(name, value.as_value());
        }
    }
}

/// Something with fields: a request or an object inside one.
pub trait Fields {
    /// Shows every field to `walk`, absent ones included.
    fn walk<W: Walk + ?Sized>(&self, walk: &mut W);
}

/// [`Fields`] behind a reference.
pub trait Object {
    /// Shows every field to `walk`, absent ones included.
    fn walk_object(&self, walk: &mut dyn Walk);
}

impl<F: Fields> Object for F {
    fn walk_object(&self, walk: &mut dyn Walk) {
        self.walk(walk);
    }
}

/// A list of values behind a reference.
pub trait List {
    /// Shows every value with its position, which counts from 0.
    fn each(&self, visit: &mut dyn FnMut(usize, Value<'_>));
}

impl<T: AsValue> List for Vec<T> {
    fn each(&self, visit: &mut dyn FnMut(usize, Value<'_>)) {
        for (position, item) in self.iter().enumerate() {
            visit(position, item.as_value());
        }
    }
}

/// Something that a field can hold.
pub trait AsValue {
    /// Shows the value.
    fn as_value(&self) -> Value<'_>;

    /// The value as one that travels as JSON text.
    #[doc(hidden)]
    fn json_text(&self) -> JsonText<'_, Self>
    where
        Self: Sized,
    {
        JsonText(self)
    }
}

impl<T: AsValue> AsValue for Option<T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, AsValue::as_value)
    }
}

impl<T: AsValue> AsValue for Vec<T> {
    #[inline]
    fn as_value(&self) -> Value<'_> {
        Value::List(self)
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
