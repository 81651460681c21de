//! Maps, and values of any kind.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::de::{Error as _, MapAccess};
use serde_json::Value;

use super::{Element, Entries, Path, Receive, Scalar, Slot, Stands, Step, Target};

impl<T: Element> Slot for BTreeMap<String, T> {
    fn expected(&self) -> &'static str {
        Self::EXPECTED
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

    fn entries(&mut self) -> Option<&mut dyn Entries> {
        Some(self)
    }

    fn is_compound(&self) -> bool {
        true
    }
}

impl<T: Element> Entries for BTreeMap<String, T> {
    fn add(&mut self, name: String, read: &mut dyn FnMut(&mut dyn Slot) -> bool) -> bool {
        let Entry::Vacant(place) = self.entry(name) else { return false };
        let mut value = None;
        if read(&mut value)
            && let Some(value) = value
        {
            place.insert(value);
        }
        true
    }
}

impl<T: Element> Element for BTreeMap<String, T> {
    const EXPECTED: &'static str = "an object";
    const EMPTY_IS_ABSENT: bool = true;
    const IS_COMPOUND: bool = true;

    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    fn start_map(slot: &mut Option<Self>) -> Option<&mut dyn Entries> {
        Some(slot.insert(Self::new()))
    }
}

impl Element for Value {
    const EXPECTED: &'static str = "a value";

    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    fn any(slot: &mut Option<Self>) -> Option<&mut Option<Value>> {
        Some(slot)
    }
}

/// Reads the values of a map. Which names there are is the service's to say, so errors show their
/// positions instead.
pub(super) fn read<'de, A: MapAccess<'de>>(
    map: &mut dyn Entries,
    path: &Path,
    mut members: A,
) -> Result<(), A::Error> {
    for position in 0.. {
        let Some(name) = members.next_key::<String>()? else { break };
        let mut outcome = Ok(());
        let is_new = map.add(name, &mut |slot| {
            outcome = members.next_value_seed(Target { slot, path, stands: Stands::Entry });
            outcome.is_ok()
        });
        let repeated = || Err(A::Error::custom("the name is there twice"));
        let outcome = if is_new { outcome } else { repeated() };
        outcome.inspect_err(|_| path.passes(Step::Item(position)))?;
    }
    Ok(())
}
