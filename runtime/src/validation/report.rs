//! The report that a generated validator fills.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::found::Found;
use super::{Violation, ViolationKind, Violations, travel, words};
use crate::field::{AsValue, Bound, Fields, Limit, Value, Walk};
use crate::meta::OperationMeta;
use crate::path;

/// Validates a request.
///
/// # Errors
///
/// Every rule that the request breaks, in the order of its fields.
#[inline]
pub fn validate<R: Fields>(
    request: &R,
    operation: &OperationMeta,
    check: impl FnOnce(&R, &mut Report<'_>),
) -> Result<(), Violations> {
    checked(request, operation, operation.path, check)
}

#[inline]
fn checked<R: Fields>(
    request: &R,
    operation: &OperationMeta,
    template: &str,
    check: impl FnOnce(&R, &mut Report<'_>),
) -> Result<(), Violations> {
    let mut violations = Vec::new();
    let mut report = Report::new(&mut violations);
    check(request, &mut report);
    travel::check(request, template, &mut report);
    // Not moved before it is known that there are any: a valid request would wait for the copy.
    if violations.is_empty() { Ok(()) } else { Err(sorted(violations, operation.action, request)) }
}

/// Checks no more of a request than whether it can travel.
///
/// # Errors
///
/// Every field that has no form in the place where it stands.
pub(crate) fn sendable(request: &impl Fields, operation: &OperationMeta) -> Result<(), Violations> {
    checked(request, operation, path::ANY, |_, _| {})
}

/// Whether no two items are equal.
pub fn is_unique<T: PartialEq>(items: &[T]) -> bool {
    !items.iter().enumerate().any(|(index, item)| items[..index].contains(item))
}

/// What was reported of a request, in the order of its fields.
#[cold]
fn sorted(
    mut violations: Vec<Violation>,
    operation: &'static str,
    request: &impl Fields,
) -> Violations {
    let mut names = Names(Vec::new());
    request.walk(&mut names);
    let place = |violation: &Violation| names.0.iter().position(|name| *name == violation.field);
    violations.sort_by_key(place);
    Violations { operation: operation.into(), violations }
}

struct Names(Vec<&'static str>);

impl Walk for Names {
    fn field(&mut self, name: &'static str, _: Value<'_>) {
        self.0.push(name);
    }
}

/// A request, or an object inside one, that has limits or rules of its own.
pub trait Checked {
    /// The facts that rules depend on and the request does not carry, by default all unknown.
    type Context: Default;

    /// Reports what is wrong with it, given what is known.
    fn check(&self, context: &Self::Context, report: &mut Report<'_>);

    /// Whether there is anything to check.
    fn is_there(&self) -> bool {
        true
    }
}

/// The context where no rule depends on anything but what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoContext;

impl<T: Checked> Checked for Option<T> {
    type Context = T::Context;

    #[inline]
    fn check(&self, context: &T::Context, report: &mut Report<'_>) {
        if let Some(object) = self {
            object.check(context, report);
        }
    }

    fn is_there(&self) -> bool {
        self.as_ref().is_some_and(Checked::is_there)
    }
}

impl<T: Checked> Checked for Box<T> {
    type Context = T::Context;

    #[inline]
    fn check(&self, context: &T::Context, report: &mut Report<'_>) {
        T::check(self, context, report);
    }
}

impl<T: Checked> Checked for Vec<T> {
    type Context = T::Context;

    fn check(&self, context: &T::Context, report: &mut Report<'_>) {
        for (position, item) in self.iter().enumerate() {
            report.within(Place::Item(position), |report| item.check(context, report));
        }
    }

    fn is_there(&self) -> bool {
        !self.is_empty()
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    type Context = T::Context;

    fn check(&self, context: &T::Context, report: &mut Report<'_>) {
        for (key, value) in self {
            report.within(Place::Key(key), |report| value.check(context, report));
        }
    }

    fn is_there(&self) -> bool {
        !self.is_empty()
    }
}

/// Collects what is wrong with a request or with an object inside it.
pub struct Report<'r> {
    parent: Option<&'r Step<'r>>,
    /// How many steps lead here.
    depth: usize,
    violations: &'r mut Vec<Violation>,
}

/// How deep objects may stand in each other, which may be parts of themselves: whatever goes over them
/// does so by recursion. JSON is read a little deeper, so that all that is valid can be kept in files.
const MAX_DEPTH: usize = 100;

impl<'r> Report<'r> {
    /// Starts with nothing found; allocates nothing while nothing is.
    #[inline]
    fn new(violations: &'r mut Vec<Violation>) -> Self {
        Self { parent: None, depth: 0, violations }
    }

    /// Reports the value, or every item of a list, that breaks a limit; an absent value breaks none.
    // Inlined into generated validators, where most calls then come to a comparison or two.
    #[inline(always)]
    pub fn limits(&mut self, name: &'static str, field: &impl AsValue, limits: &[Limit]) {
        let value = field.as_value();
        match value {
            Value::Absent => {}
            Value::List(_) | Value::Map(_) => self.nested(Place::Field(name), limits, value),
            scalar => {
                for limit in limits {
                    if !limit.holds(scalar) {
                        self.refused(Place::Field(name), limit, scalar);
                    }
                }
            }
        }
    }

    /// Reports an enum's value, or every item of a list, that the documents do not list.
    #[inline]
    pub fn documented(&mut self, name: &'static str, field: &impl AsValue) {
        self.limits(name, field, &[Limit::Documented]);
    }

    /// Reports text that is longer than `max`.
    #[inline(always)]
    pub fn max_length(&mut self, name: &'static str, field: &impl AsValue, max: usize) {
        self.limits(name, field, &[Limit::MaxLength(max)]);
    }

    /// Reports text that is shorter than `min` or longer than `max`.
    #[inline(always)]
    pub fn length(&mut self, name: &'static str, field: &impl AsValue, min: usize, max: usize) {
        self.limits(name, field, &[Limit::MinLength(min), Limit::MaxLength(max)]);
    }

    /// Reports an integer that is less than `min`.
    #[inline(always)]
    pub fn at_least(&mut self, name: &'static str, field: &impl AsValue, min: i64) {
        self.limits(name, field, &[Limit::Minimum(Bound::Integer(min))]);
    }

    /// Reports an integer that is less than `min` or more than `max`.
    #[inline(always)]
    pub fn between(&mut self, name: &'static str, field: &impl AsValue, min: i64, max: i64) {
        let (min, max) = (Bound::Integer(min), Bound::Integer(max));
        self.limits(name, field, &[Limit::Minimum(min), Limit::Maximum(max)]);
    }

    fn nested(&mut self, place: Place<'_>, limits: &[Limit], value: Value<'_>) {
        match value {
            Value::List(list) => self.within(place, |report| {
                for (position, item) in list.iter().enumerate() {
                    report.nested(Place::Item(position), limits, item);
                }
            }),
            Value::Map(map) => self.within(place, |report| {
                for (key, value) in map.entries() {
                    report.nested(Place::Key(key), limits, value);
                }
            }),
            Value::Absent => {}
            scalar => {
                for limit in limits.iter().filter(|limit| !limit.holds(scalar)) {
                    self.refused(place, limit, scalar);
                }
            }
        }
    }

    /// Reports what is wrong inside an object, or inside the objects of a list.
    #[inline]
    pub fn inside(&mut self, name: &'static str, object: &impl Checked<Context = NoContext>) {
        if self.depth < MAX_DEPTH || object.is_there() {
            self.within(Place::Field(name), |report| object.check(&NoContext, report));
        }
    }

    /// Reports a parameter that has to be given and is not.
    #[cold]
    pub fn required(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(Place::Field(parameter), ViolationKind::Required, sentence, None);
    }

    /// Reports a parameter that is given and must not be.
    #[cold]
    pub fn not_allowed(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(Place::Field(parameter), ViolationKind::NotAllowed, sentence, None);
    }

    /// Reports a value that is not what a rule asks for.
    #[cold]
    pub fn value(
        &mut self,
        parameter: &'static str,
        kind: ViolationKind,
        sentence: &'static str,
        value: Value<'_>,
    ) {
        let found = Found { kind: &kind, value }.text();
        self.add(Place::Field(parameter), kind, sentence, found);
    }

    /// Reports parameters that do not go together, at the first of them.
    #[cold]
    pub fn combination(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(Place::Field(parameter), ViolationKind::Combination, sentence, None);
    }

    /// Reports a value that has no form in the place where it stands.
    #[cold]
    pub(super) fn unsendable(&mut self, name: &'static str, sentence: String, value: Value<'_>) {
        let kind = ViolationKind::Value;
        let found = Found { kind: &kind, value }.text();
        self.add(Place::Field(name), kind, sentence, found);
    }

    #[cold]
    fn refused(&mut self, place: Place<'_>, limit: &Limit, value: Value<'_>) {
        let kind = limit.kind(value);
        let found = Found { kind: &kind, value }.text();
        let (name, each) = Step { parent: self.parent, place }.subject();
        self.add(place, kind, words::limit(name, each, &kind), found);
    }

    fn add(
        &mut self,
        place: Place<'_>,
        kind: ViolationKind,
        sentence: impl Into<Cow<'static, str>>,
        found: Option<String>,
    ) {
        let step = Step { parent: self.parent, place };
        self.violations.push(Violation {
            field: step.field().into(),
            path: step.parent.map(|_| step.path()),
            kind,
            sentence: sentence.into(),
            found,
        });
    }

    fn within(&mut self, place: Place<'_>, check: impl FnOnce(&mut Report<'_>)) {
        if self.depth == MAX_DEPTH {
            return self.too_deep(place);
        }
        let step = Step { parent: self.parent, place };
        let (parent, depth) = (Some(&step), self.depth + 1);
        check(&mut Report { parent, depth, violations: self.violations });
    }

    #[cold]
    fn too_deep(&mut self, place: Place<'_>) {
        let (name, _) = Step { parent: self.parent, place }.subject();
        let name = words::code(name);
        let sentence = format!("{name} must not stand more than {MAX_DEPTH} deep in a request");
        self.add(place, ViolationKind::Value, sentence, None);
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.violations.iter()).finish()
    }
}

/// Where in the request a check is; a path is written only when there is something to report.
struct Step<'r> {
    parent: Option<&'r Step<'r>>,
    place: Place<'r>,
}

#[derive(Clone, Copy)]
enum Place<'k> {
    Field(&'static str),
    Item(usize),
    /// A name that the caller chose.
    Key(&'k str),
}

/// How many characters of a caller's name a path shows.
const SHOWN: usize = 64;

impl Step<'_> {
    /// The field of the request in which the check is.
    fn field(&self) -> &'static str {
        match (self.parent, self.place) {
            (Some(parent), _) => parent.field(),
            (None, Place::Field(name)) => name,
            (None, Place::Item(_) | Place::Key(_)) => "",
        }
    }

    /// The field in which the value stands, which may be an object's, and how a sentence about all
    /// that stands in it begins.
    fn subject(&self) -> (&'static str, &'static str) {
        let each = match self.place {
            Place::Field(name) => return (name, ""),
            Place::Item(_) => "each item of ",
            Place::Key(_) => "each value of ",
        };
        match self.parent.map(Step::subject) {
            Some((name, "")) => (name, each),
            Some(outer) => outer,
            None => ("", each),
        }
    }

    fn path(&self) -> String {
        let parent = self.parent.map(Step::path);
        match (parent, self.place) {
            (None, Place::Field(name)) => name.to_owned(),
            (Some(parent), Place::Field(name)) => format!("{parent}.{name}"),
            (parent, Place::Item(position)) => {
                format!("{}[{position}]", parent.unwrap_or_default())
            }
            (parent, Place::Key(key)) => {
                let shown: String = key.chars().take(SHOWN).collect();
                format!("{}[{shown:?}]", parent.unwrap_or_default())
            }
        }
    }
}
