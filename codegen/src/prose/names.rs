//! What texts call parameters → the parameters.
//!
//! A name counts only if it leads to exactly one. Knows no sentence.

use std::collections::BTreeMap;

use serde_json::Value;

use super::meaning::{Id, THIS};
use super::{Kind, Parameter};

/// The parameters of an operation, the described one first.
pub(super) struct Names<'p> {
    parameters: Vec<&'p Parameter>,
    exact: BTreeMap<&'p str, Id>,
    /// In lower case and without spaces: nothing where there are several.
    caseless: BTreeMap<String, Option<Id>>,
    titles: BTreeMap<String, Option<Id>>,
}

/// Words of names that stand for the two ends of a span.
const ENDS: [(&str, &str); 6] = [
    ("end", "start"),
    ("end", "begin"),
    ("finish", "start"),
    ("finish", "begin"),
    ("to", "from"),
    ("stop", "start"),
];

/// A word that is shorter may be an abbreviation of anything.
const SHORTEST: usize = 3;

impl<'p> Names<'p> {
    /// The names of all parameters, of which one is described.
    pub(super) fn new(all: &'p [Parameter], described: usize) -> Option<Self> {
        let others = all.iter().enumerate().filter(|(place, _)| *place != described);
        let parameters: Vec<&Parameter> =
            std::iter::once(all.get(described)?).chain(others.map(|(_, other)| other)).collect();
        let mut exact = BTreeMap::new();
        let mut caseless = BTreeMap::new();
        let mut titles = BTreeMap::new();
        for (id, parameter) in parameters.iter().enumerate() {
            exact.entry(parameter.name.as_str()).or_insert(id);
            once(&mut caseless, parameter.name.to_lowercase(), id);
            let title = parameter.title.trim();
            if !title.is_empty() {
                once(&mut titles, title.to_lowercase().replace(char::is_whitespace, ""), id);
            }
        }
        Some(Self { parameters, exact, caseless, titles })
    }

    /// A parameter.
    pub(super) fn parameter(&self, id: Id) -> &'p Parameter {
        self.parameters[id]
    }

    /// What rules call all of them.
    pub(super) fn labels(&self) -> Vec<&'p str> {
        self.parameters.iter().map(|parameter| parameter.label.as_str()).collect()
    }

    /// What all of them have in the published example.
    pub(super) fn example(&self) -> Vec<(Id, &'p Value)> {
        let examples = self.parameters.iter().enumerate();
        examples.filter_map(|(id, parameter)| Some((id, parameter.example.as_ref()?))).collect()
    }

    /// A parameter by its name, also in another case, and also with the `.N` of lists.
    pub(super) fn named(&self, text: &str) -> Option<Id> {
        let plain = text
            .strip_suffix(".N")
            .or_else(|| text.strip_suffix(".n"))
            .or_else(|| text.strip_suffix("[]"))
            .unwrap_or(text);
        let exact = self.exact.get(text).or_else(|| self.exact.get(plain)).copied();
        exact.or_else(|| {
            // "SourceEndpoint.InstanceType" is `SourceEndpointInstanceType`.
            let small = plain.to_lowercase().replace(' ', "");
            let joined = || self.caseless.get(&small.replace('.', ""));
            self.caseless.get(&small).or_else(joined).copied().flatten()
        })
    }

    /// Whether a text is exactly a name.
    pub(super) fn is_exact(&self, text: &str) -> bool {
        self.exact.contains_key(text)
    }

    /// A parameter by its title.
    pub(super) fn titled(&self, text: &str) -> Option<Id> {
        let small = text.to_lowercase().replace(char::is_whitespace, "");
        self.titles.get(&small).copied().flatten()
    }

    /// A parameter by the words of its name: "the application ID" is `AppId`.
    pub(super) fn spelled(&self, words: &[String]) -> Option<Id> {
        let is_like = |name: &str| {
            let own = split(name);
            own.len() == words.len()
                && own.iter().zip(words).all(|(own, word)| {
                    own == word || (own.len() >= SHORTEST && word.starts_with(own.as_str()))
                })
        };
        let mut found =
            self.parameters.iter().enumerate().filter(|(_, parameter)| is_like(&parameter.name));
        let (first, None) = (found.next()?, found.next()) else { return None };
        Some(first.0)
    }

    /// Whether words are the last ones of the described parameter's name: "the port range" of `SourcePortRange`.
    pub(super) fn is_tail(&self, words: &[String]) -> bool {
        let own = split(&self.parameter(THIS).name);
        own.len() > words.len() && words.len() > 1 && own.ends_with(words)
    }

    /// Whether words that tell what the described parameter is tell of another one: they have all words of its name,
    /// and none of the described one's. What is true or false is told of in other words.
    pub(super) fn is_told_of_another(&self, words: &[String]) -> bool {
        let is_said = |own: &String| {
            words.iter().any(|word| {
                word == own || (own.len() >= SHORTEST && word.starts_with(own.as_str()))
            })
        };
        let (described, others) = self.parameters.split_at(1);
        !described.iter().any(|described| split(&described.name).iter().any(is_said))
            && others.iter().filter(|other| other.kind != Kind::Truth).any(|other| {
                let own = split(&other.name);
                own.len() > 1 && own.iter().all(is_said)
            })
    }

    /// The parameter with the end of the span that the described one has an end of.
    pub(super) fn end(&self) -> Option<Id> {
        self.span(|(end, _)| end, |(_, start)| start)
    }

    /// The parameter with its start.
    pub(super) fn start(&self) -> Option<Id> {
        self.span(|(_, start)| start, |(end, _)| end)
    }

    /// The described parameter, if its name has this word; else the one whose name has this word in the place of
    /// the other one.
    fn span(
        &self,
        wanted: fn((&'static str, &'static str)) -> &'static str,
        other: fn((&'static str, &'static str)) -> &'static str,
    ) -> Option<Id> {
        let own = split(&self.parameter(THIS).name);
        if ENDS.iter().any(|pair| own.iter().any(|word| word == wanted(*pair))) {
            return Some(THIS);
        }
        let mut found = ENDS.iter().filter_map(|pair| {
            let place = own.iter().position(|word| word == other(*pair))?;
            let mut words = own.clone();
            words[place] = wanted(*pair).to_owned();
            self.caseless.get(&words.concat()).copied().flatten()
        });
        let first = found.next()?;
        found.all(|another| another == first).then_some(first)
    }
}

fn once(map: &mut BTreeMap<String, Option<Id>>, key: String, id: Id) {
    map.entry(key).and_modify(|known| *known = None).or_insert(Some(id));
}

/// The words of a name, in lower case.
fn split(name: &str) -> Vec<String> {
    use heck::ToSnakeCase as _;
    name.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
