//! Reading what services send the way they write it: numbers and booleans as strings and the
//! reverse, `null` and empty values of another kind for what is not there, members that nobody knows.
//!
//! A generated struct implements [`Receive`]: it shows the [`Slot`] of each of its members. One visitor
//! here fills them all, so that a struct costs its users two lists and no parser of its own.

mod maps;
mod scalars;
pub(crate) mod whole;

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess};
use serde::de::{Unexpected, Visitor};
use serde_json::Value;

use crate::envelope::Said;
use crate::redact;

/// A struct whose members are received.
pub trait Receive {
    /// The wire names of the members.
    fn names(&self) -> &'static [&'static str];

    /// Where the member of this wire name is put; none when there is no such member.
    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot>;

    /// Whether a secret may stand in it, wherever it stands.
    fn may_hold_secret(&self) -> bool;
}

// What may hold a value of its own type holds it behind a pointer.
impl<T: Receive> Receive for Box<T> {
    fn names(&self) -> &'static [&'static str] {
        T::names(self)
    }

    fn slot(&mut self, name: &str) -> Option<&mut dyn Slot> {
        T::slot(self, name)
    }

    fn may_hold_secret(&self) -> bool {
        T::may_hold_secret(self)
    }
}

/// A value that is no list and no object, as JSON has it.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    /// `true` or `false`.
    Boolean(bool),
    /// A number without a fraction.
    Integer(i128),
    /// Any other number.
    Number(f64),
    /// Text.
    Text(&'a str),
}

/// Where a value is put.
pub trait Slot {
    /// What the value should be, for error messages.
    fn expected(&self) -> &'static str;

    /// Whether something was put here before.
    fn is_filled(&self) -> bool;

    /// Puts a scalar here; `false` when it cannot stand here.
    fn put(&mut self, scalar: Scalar<'_>) -> bool;

    /// Starts an object here, when one can stand here.
    fn object(&mut self) -> Option<&mut dyn Receive>;

    /// Starts a list here, when one can stand here.
    fn list(&mut self) -> Option<&mut dyn Items> {
        None
    }

    /// Starts a map here, when one can stand here.
    fn entries(&mut self) -> Option<&mut dyn Entries> {
        None
    }

    /// Where a value of any kind is put, when one can stand here.
    fn any(&mut self) -> Option<&mut Option<Value>> {
        None
    }

    /// Where bytes are put, when they can stand here.
    fn bytes(&mut self) -> Option<&mut Bytes> {
        None
    }

    /// Whether an object or a list belongs here.
    fn is_compound(&self) -> bool {
        false
    }

    /// Whether errors must not repeat what was found.
    fn is_secret(&self) -> bool {
        false
    }
}

/// A list that is read.
pub trait Items {
    /// Reads one more item into a slot and keeps it when there is one.
    fn add(&mut self, read: &mut dyn FnMut(&mut dyn Slot) -> bool);
}

/// A map that is read.
pub trait Entries {
    /// Reads the value of one more name into a slot and keeps it when there is one; `false` when the
    /// name is there already.
    fn add(&mut self, name: String, read: &mut dyn FnMut(&mut dyn Slot) -> bool) -> bool;
}

/// A type of members.
pub trait Element: Sized {
    /// What the value should be, for error messages.
    const EXPECTED: &'static str;

    /// Whether errors must not repeat what was found.
    const IS_SECRET: bool = false;

    /// Whether empty text stands for a value that is not there.
    const EMPTY_IS_ABSENT: bool = false;

    /// Whether it is an object or a list. Languages that have one type for both write one for the
    /// other when it is empty, and so it stands for a value that is not there.
    const IS_COMPOUND: bool = false;

    /// Reads the value from a scalar, however it is spelled.
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self>;

    /// Starts an object, when it is one.
    fn start(_: &mut Option<Self>) -> Option<&mut dyn Receive> {
        None
    }

    /// Starts a list, when it is one.
    fn start_list(_: &mut Option<Self>) -> Option<&mut dyn Items> {
        None
    }

    /// Starts a map, when it is one.
    fn start_map(_: &mut Option<Self>) -> Option<&mut dyn Entries> {
        None
    }

    /// Where it is put, when it may be of any kind.
    fn any(_: &mut Option<Self>) -> Option<&mut Option<Value>> {
        None
    }
}

impl<T: Element> Slot for Option<T> {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn is_filled(&self) -> bool {
        self.is_some()
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        if T::EMPTY_IS_ABSENT && matches!(scalar, Scalar::Text("")) {
            return true;
        }
        *self = T::from_scalar(scalar);
        self.is_some()
    }

    fn object(&mut self) -> Option<&mut dyn Receive> {
        T::start(self)
    }

    fn list(&mut self) -> Option<&mut dyn Items> {
        T::start_list(self)
    }

    fn entries(&mut self) -> Option<&mut dyn Entries> {
        T::start_map(self)
    }

    fn any(&mut self) -> Option<&mut Option<Value>> {
        T::any(self)
    }

    fn is_compound(&self) -> bool {
        T::IS_COMPOUND
    }

    fn is_secret(&self) -> bool {
        T::IS_SECRET
    }
}

impl<T: Element> Slot for Vec<T> {
    fn expected(&self) -> &'static str {
        "a list"
    }

    fn is_filled(&self) -> bool {
        !self.is_empty()
    }

    fn put(&mut self, scalar: Scalar<'_>) -> bool {
        matches!(scalar, Scalar::Text(""))
    }

    fn object(&mut self) -> Option<&mut dyn Receive> {
        None
    }

    fn list(&mut self) -> Option<&mut dyn Items> {
        Some(self)
    }

    fn is_compound(&self) -> bool {
        true
    }
}

impl<T: Element> Items for Vec<T> {
    fn add(&mut self, read: &mut dyn FnMut(&mut dyn Slot) -> bool) {
        let mut item = None;
        if read(&mut item) {
            self.extend(item);
        }
    }
}

impl<T: Element> Element for Vec<T> {
    const EXPECTED: &'static str = "a list";
    const EMPTY_IS_ABSENT: bool = true;
    const IS_COMPOUND: bool = true;

    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    fn start_list(slot: &mut Option<Self>) -> Option<&mut dyn Items> {
        Some(slot.insert(Self::new()))
    }
}

impl<T: Receive + Default> Element for T {
    const EXPECTED: &'static str = "an object";
    const EMPTY_IS_ABSENT: bool = true;
    const IS_COMPOUND: bool = true;

    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    fn start(slot: &mut Option<Self>) -> Option<&mut dyn Receive> {
        Some(slot.insert(Self::default()))
    }
}

/// Whether what belongs into a slot is a secret, or may hold one. Objects are started.
pub(crate) fn slot_may_hold_secret(slot: &mut dyn Slot) -> bool {
    if slot.is_secret() || slot.object().is_some_and(|object| object.may_hold_secret()) {
        return true;
    }
    let mut found = false;
    if let Some(list) = slot.list() {
        list.add(&mut |item| {
            found = slot_may_hold_secret(item);
            false
        });
    }
    if let Some(map) = slot.entries() {
        map.add(String::new(), &mut |value| {
            found = slot_may_hold_secret(value);
            false
        });
    }
    found
}

/// The slot that has the place of the name.
pub fn pick<'s, const N: usize>(
    name: &str,
    names: &[&str; N],
    slots: [&'s mut dyn Slot; N],
) -> Option<&'s mut dyn Slot> {
    let position = names.iter().position(|known| *known == name)?;
    slots.into_iter().nth(position)
}

/// Reads an object.
///
/// # Errors
///
/// When the value is no object, or a member is neither its value nor another way to write it.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Receive + Default,
    D: Deserializer<'de>,
{
    let mut object = T::default();
    deserializer.deserialize_any(Members {
        object: &mut object,
        path: &Path::default(),
        said: None,
    })?;
    Ok(object)
}

/// Reads the members of an object at the root of a body, and what it says of how the call went;
/// `path` then is where reading stopped.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    object: &mut dyn Receive,
    said: &mut Said<'_>,
    path: &Path,
    deserializer: D,
) -> Result<(), D::Error> {
    // Asked for a map, the JSON parser itself would complain about anything else, and repeat it.
    deserializer.deserialize_any(Members { object, path, said: Some(said) })
}

/// The way to a value that could not be read, innermost step first.
#[derive(Debug, Default)]
pub(crate) struct Path(RefCell<Vec<Step>>);

#[derive(Debug)]
enum Step {
    Member(String),
    Item(usize),
}

impl Path {
    fn passes(&self, step: Step) {
        self.0.borrow_mut().push(step);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.borrow().iter().rev().enumerate() {
            match step {
                Step::Member(name) if position == 0 => formatter.write_str(name)?,
                Step::Member(name) => write!(formatter, ".{name}")?,
                Step::Item(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

struct Members<'s, 'e> {
    object: &'s mut dyn Receive,
    path: &'s Path,
    /// What the members say of how the call went, when they stand at the root of a body.
    said: Option<&'s mut Said<'e>>,
}

impl Members<'_, '_> {
    /// Reads a value that is of interest to two: to whoever asks how the call went, too.
    fn value<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        members: &mut A,
    ) -> Result<Option<Value>, A::Error> {
        let Some(said) = self.said.as_deref_mut().filter(|said| said.knows(name)) else {
            return Ok(None);
        };
        let value: Value = members.next_value()?;
        said.add(name, value.clone());
        Ok(Some(value))
    }
}

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        // The text may be the object with its secrets, encoded once more.
        let is_secret = self.object.may_hold_secret();
        let found = if is_secret { Unexpected::Other("text") } else { Unexpected::Str(value) };
        Err(E::invalid_type(found, &self))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            let value = self.value(&name, &mut members);
            let Some(slot) = self.object.slot(&name) else {
                if value?.is_none() {
                    members.next_value::<IgnoredAny>()?;
                }
                continue;
            };
            let is_filled = slot.is_filled();
            let target = Target { slot, path: self.path, stands: Stands::Member };
            let outcome = value.and_then(|value| match value {
                _ if is_filled => Err(A::Error::custom(format_args!("duplicate field `{name}`"))),
                Some(value) => target.deserialize(value).map_err(A::Error::custom),
                None => members.next_value_seed(target),
            });
            outcome.inspect_err(|_| self.path.passes(Step::Member(name)))?;
        }
        Ok(())
    }
}

/// A slot that is filled with whatever comes.
struct Target<'s> {
    slot: &'s mut dyn Slot,
    path: &'s Path,
    stands: Stands,
}

/// What a slot is to what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Member,
    /// Items are there or not; they are not absent.
    Item,
    /// A value under a name that the service chose.
    Entry,
}

impl Target<'_> {
    fn put<E: Error>(self, scalar: Scalar<'_>, found: Unexpected<'_>) -> Result<(), E> {
        // A secret that was hidden when the answer was kept is not there, in a list neither.
        if self.slot.is_secret() && matches!(scalar, Scalar::Text(redact::MARK)) {
            return Ok(());
        }
        if self.slot.put(scalar) && (self.stands != Stands::Item || self.slot.is_filled()) {
            return Ok(());
        }
        // A scalar that stands where an object or a list with a secret belongs may be it.
        let is_secret = slot_may_hold_secret(self.slot);
        Err(Wanted { is_secret, ..self.wanted() }.instead_of(found))
    }

    /// Whether an empty value of another kind may stand here.
    fn may_be_empty(&self) -> bool {
        self.slot.is_compound() && self.stands != Stands::Item
    }

    fn wanted(&self) -> Wanted {
        Wanted { what: self.slot.expected(), is_secret: self.slot.is_secret() }
    }
}

/// What should stand where something else was found.
struct Wanted {
    what: &'static str,
    is_secret: bool,
}

impl Wanted {
    fn instead_of<E: Error>(&self, found: Unexpected<'_>) -> E {
        match found {
            _ if self.is_secret => E::custom(format_args!("expected {}", self.what)),
            Unexpected::Bool(_) | Unexpected::Unit | Unexpected::Seq | Unexpected::Map => {
                E::invalid_type(found, &self.what)
            }
            _ => E::invalid_value(found, &self.what),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Target<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(place) = self.slot.any() else { return deserializer.deserialize_any(self) };
        let value = Value::deserialize(deserializer)?;
        // What is `null` is absent, unless it stands for something.
        if !value.is_null() || self.stands != Stands::Member {
            *place = Some(value);
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Target<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.slot.expected())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.stands {
            Stands::Item => Err(self.wanted().instead_of(Unexpected::Unit)),
            Stands::Member | Stands::Entry => Ok(()),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.put(Scalar::Boolean(value), Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::Integer(value.into()), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.put(Scalar::Integer(value.into()), Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.put(Scalar::Number(value), Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.put(Scalar::Text(value), Unexpected::Str(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (wanted, path, may_be_empty) = (self.wanted(), self.path, self.may_be_empty());
        if let Some(map) = self.slot.entries() {
            return maps::read(map, path, members);
        }
        match self.slot.object() {
            Some(object) => Members { object, path, said: None }.visit_map(members),
            None if may_be_empty && members.next_key::<IgnoredAny>()?.is_none() => Ok(()),
            None => Err(wanted.instead_of(Unexpected::Map)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let (wanted, path, may_be_empty) = (self.wanted(), self.path, self.may_be_empty());
        let Some(list) = self.slot.list() else {
            let is_empty = may_be_empty && items.next_element::<IgnoredAny>()?.is_none();
            return if is_empty { Ok(()) } else { Err(wanted.instead_of(Unexpected::Seq)) };
        };
        for position in 0.. {
            let mut outcome = Ok(None);
            list.add(&mut |slot| {
                let target = Target { slot, path, stands: Stands::Item };
                outcome = items.next_element_seed(target);
                matches!(outcome, Ok(Some(())))
            });
            if outcome.inspect_err(|_| path.passes(Step::Item(position)))?.is_none() {
                break;
            }
        }
        Ok(())
    }
}
