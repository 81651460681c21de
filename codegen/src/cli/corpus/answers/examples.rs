//! The documented example answers of an operation, as the metadata has them.

use std::collections::BTreeMap;

use serde_json::Value;

/// Why an example is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Skipped {
    Xml,
    OtherForm,
    NoJson,
    NoList,
}

impl Skipped {
    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Xml => "XML, which no call asks for",
            Self::OtherForm => "of a type that is neither JSON nor XML",
            Self::NoJson => "a text that is no JSON",
            Self::NoList => "a `responseDemo` that is no list of examples",
        }
    }
}

/// An answer that the metadata shows.
#[derive(Debug)]
pub(super) struct Example<'m> {
    pub(super) operation: &'m str,
    /// Its place in the metadata, as a JSON pointer: that of the text, and then that in it.
    pub(super) place: String,
    /// As it stands there.
    pub(super) body: String,
    /// What the body says.
    pub(super) value: Value,
}

/// The members of an entry that hold an answer each.
const MEMBERS: [&str; 2] = ["example", ERROR];

/// The one that holds an answer of a call that failed.
const ERROR: &str = "errorExample";

impl Example<'_> {
    /// Whether it stands where failures are shown, or says in so many words that it is one.
    pub(super) fn shows_failure(&self) -> bool {
        let is_flag = |name: &str| {
            name.eq_ignore_ascii_case("success") || name.eq_ignore_ascii_case("isSuccess")
        };
        let says_so = |(name, value): (&String, &Value)| {
            is_flag(name) && (*value == false || *value == "false")
        };
        self.place.ends_with(ERROR)
            || self.value.as_object().is_some_and(|members| members.iter().any(says_so))
    }
}

/// All examples of the metadata that are JSON; those that are not are counted.
pub(super) fn examples<'m>(
    metadata: &'m Value,
    skipped: &mut BTreeMap<Skipped, usize>,
) -> Vec<Example<'m>> {
    let mut examples = Vec::new();
    let operations = metadata["apis"].as_object().into_iter().flatten();
    for (operation, api) in operations {
        let demo = match &api["responseDemo"] {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
            other => other.clone(),
        };
        let Value::Array(entries) = demo else {
            *skipped.entry(Skipped::NoList).or_default() += 1;
            continue;
        };
        for (index, entry) in entries.iter().enumerate() {
            for member in MEMBERS {
                let Some(body) = entry[member].as_str() else { continue };
                if body.trim().is_empty() {
                    continue;
                }
                let read = match entry["type"].as_str() {
                    Some("json") => serde_json::from_str(body).map_err(|_| Skipped::NoJson),
                    Some("xml") => Err(Skipped::Xml),
                    Some(_) | None => Err(Skipped::OtherForm),
                };
                match read {
                    Ok(value) => examples.push(Example {
                        operation,
                        place: format!("/apis/{operation}/responseDemo/{index}/{member}"),
                        body: body.to_owned(),
                        value,
                    }),
                    Err(reason) => *skipped.entry(reason).or_default() += 1,
                }
            }
        }
    }
    examples
}
