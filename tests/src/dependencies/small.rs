//! An operation in which each parameter has few values, and all of its requests, found by trying them.
//!
//! Asks nothing of the generator.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Judged, Operation, Parameter, domains};
use crate::idl::{Dependency, Request};

/// Of an integer no more values than these are tried.
const MOST_INTEGERS: u64 = 4_000;

/// An operation of which all requests can be tried, those of parameters that share no dependency apart.
pub struct Small<'o> {
    /// With the parameters that dependencies name: of texts those that are tried, of integers a range; a list is
    /// one of some texts, and a decimal is whole, since there is no end of either.
    pub operation: Operation,
    dependencies: Vec<Dependency>,
    groups: Vec<Group<'o>>,
}

/// Parameters that share dependencies.
struct Group<'o> {
    /// What each can be; nothing stands for its absence.
    domains: Vec<(&'o str, Vec<Option<Value>>)>,
    /// For each, the dependencies of which it is the last parameter.
    due: Vec<Vec<usize>>,
}

/// What trying all requests has found.
pub struct Found {
    /// How many requests are valid.
    pub valid: u128,
    /// The parameters that some of them have.
    pub given: BTreeSet<String>,
    /// The parameters that some of them have not.
    pub missing: BTreeSet<String>,
}

impl<'o> Small<'o> {
    /// An operation with few values.
    pub fn of(operation: &'o Operation) -> Self {
        let judged = Judged::of(operation);
        let mut small = Operation { parameters: Vec::new(), ..operation.clone() };
        let mut domains = Vec::new();
        for (name, tried) in judged.domains {
            let mut named = operation.parameters.iter().filter(|parameter| parameter.name == name);
            let parameter = named.next().expect("it is one of these");
            let (parameter, values) = shrunk(parameter, tried.into_iter().flatten().collect());
            let absent = (!parameter.required).then_some(None);
            domains.push((name, absent.into_iter().chain(values.into_iter().map(Some)).collect()));
            small.parameters.push(parameter);
        }
        let groups = grouped(&operation.dependencies, &operation.parameters, domains);
        Self { operation: small, dependencies: judged.dependencies, groups }
    }

    /// Whether a request satisfies the dependencies.
    pub fn is_valid(&self, request: &Request) -> bool {
        self.dependencies.iter().all(|dependency| dependency.holds(request))
    }

    /// Whether a request has what is always required.
    pub fn has_all(&self, request: &Request) -> bool {
        let mut required = self.operation.parameters.iter().filter(|parameter| parameter.required);
        required.all(|parameter| request.contains_key(&parameter.name))
    }

    /// Tries all requests; nothing when that would take more steps than these.
    pub fn try_all(&self, mut steps: u64) -> Option<Found> {
        let mut found = Found { valid: 1, given: BTreeSet::new(), missing: BTreeSet::new() };
        for group in &self.groups {
            let mut valid = 0_u128;
            let (mut given, mut missing) =
                (vec![false; group.domains.len()], vec![false; group.domains.len()]);
            let mut search = Search { small: self, group, steps };
            search.go_on(&mut Request::new(), 0, &mut |request| {
                valid += 1;
                for (index, (name, _)) in group.domains.iter().enumerate() {
                    let is_given = request.contains_key(*name);
                    given[index] |= is_given;
                    missing[index] |= !is_given;
                }
                true
            })?;
            steps = search.steps;
            found.valid *= valid;
            let named = |which: Vec<bool>| {
                let names = group.domains.iter().zip(which).filter(|(_, is_it)| *is_it);
                names.map(|((name, _), _)| (*name).to_owned())
            };
            found.given.extend(named(given));
            found.missing.extend(named(missing));
        }
        if found.valid == 0 {
            found = Found { valid: 0, given: BTreeSet::new(), missing: BTreeSet::new() };
        }
        Some(found)
    }

    /// Whether some valid request has all of a part.
    pub fn has_with(&self, part: &Request, mut steps: u64) -> Option<bool> {
        for group in &self.groups {
            let domains = group.domains.iter().map(|(name, values)| match part.get(*name) {
                Some(value) => (*name, vec![Some(value.clone())]),
                None => (*name, values.clone()),
            });
            let group = Group { domains: domains.collect(), due: group.due.clone() };
            let mut search = Search { small: self, group: &group, steps };
            let mut is_there = false;
            search.go_on(&mut Request::new(), 0, &mut |_| {
                is_there = true;
                false
            })?;
            steps = search.steps;
            if !is_there {
                return Some(false);
            }
        }
        Some(true)
    }

    /// What each parameter can be; nothing stands for its absence.
    pub fn domains(&self) -> impl Iterator<Item = &(&'o str, Vec<Option<Value>>)> {
        self.groups.iter().flat_map(|group| &group.domains)
    }
}

/// Chooses values parameter by parameter, and turns back where a dependency that has all its parameters does not
/// hold.
struct Search<'s> {
    small: &'s Small<'s>,
    group: &'s Group<'s>,
    steps: u64,
}

impl Search<'_> {
    /// Shows each valid request until `visit` says no; nothing when there are no steps left. Whether to go on.
    fn go_on(
        &mut self,
        request: &mut Request,
        at: usize,
        visit: &mut dyn FnMut(&Request) -> bool,
    ) -> Option<bool> {
        let Some((name, values)) = self.group.domains.get(at) else { return Some(visit(request)) };
        for value in values {
            self.steps = self.steps.checked_sub(1)?;
            match value {
                Some(value) => request.insert((*name).to_owned(), value.clone()),
                None => request.remove(*name),
            };
            let mut due = self.group.due[at].iter();
            let holds = due.all(|index| self.small.dependencies[*index].holds(request));
            if holds && !self.go_on(request, at + 1, visit)? {
                return Some(false);
            }
        }
        request.remove(*name);
        Some(true)
    }
}

/// A parameter with few values, and all of them.
fn shrunk(parameter: &Parameter, tried: Vec<Value>) -> (Parameter, Vec<Value>) {
    let mut small = parameter.clone();
    match parameter.type_.as_str() {
        "boolean" => return (small, tried),
        "integer" | "number" => {
            let numbers = || tried.iter().filter_map(Value::as_i64);
            let least = numbers().min().unwrap_or_default();
            let near = numbers().filter(|number| number.abs_diff(least) < MOST_INTEGERS);
            let most = near.max().unwrap_or_default();
            small.type_ = "integer".to_owned();
            (small.minimum, small.maximum) = (Some(least), Some(most));
            return (small, (least..=most).map(Value::from).collect());
        }
        "array" => {
            // One of two alike is enough.
            let lone = tried.iter().filter_map(Value::as_array).filter(|items| items.len() == 1);
            let text = |item: &Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            small.values = lone.map(|items| text(&items[0]).into()).collect();
        }
        _ => small.values = tried,
    }
    small.type_ = "string".to_owned();
    let values = small.values.clone();
    (small, values)
}

/// The parameters that share dependencies; first those of a group that most of them name, so that few requests are
/// tried.
fn grouped<'o>(
    texts: &[String],
    parameters: &'o [Parameter],
    domains: Vec<(&'o str, Vec<Option<Value>>)>,
) -> Vec<Group<'o>> {
    let named: Vec<BTreeSet<&str>> = texts
        .iter()
        .map(|text| domains::mentioned(text, parameters).map(|(name, _)| name).collect())
        .collect();
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for names in &named {
        let mut joined = names.clone();
        joined.extend(groups.extract_if(.., |group| !group.is_disjoint(names)).flatten());
        groups.push(joined);
    }
    let often = |name: &str| named.iter().filter(|names| names.contains(name)).count();
    let group = |names: BTreeSet<&str>| {
        let own = domains.iter().filter(|(name, _)| names.contains(name)).cloned();
        let mut domains: Vec<_> = own.collect();
        domains.sort_by_key(|(name, _)| std::cmp::Reverse(often(name)));
        let last = |of: &BTreeSet<&str>| domains.iter().rposition(|(name, _)| of.contains(name));
        let due = |at: usize| {
            named
                .iter()
                .enumerate()
                .filter(|(_, of)| last(of) == Some(at))
                .map(|(index, _)| index)
                .collect()
        };
        let due = (0..domains.len()).map(due).collect();
        Group { domains, due }
    };
    groups.into_iter().map(group).collect()
}
