//! Whether the rules, taken together, leave every parameter a choice: to be there or not, with each
//! of the values that it is documented to have, and beside those that it is compared with.
//!
//! Every valid request that is found answers for all parameters of its rules at once.

use std::collections::BTreeSet;

use crate::analyze::groups::{Group, groups};
use crate::analyze::together;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::diagnostic::{Code, Sink};
use crate::english::code;
use crate::model::Type;
use crate::rules::logic::formula::{Atom, Formula};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::space::{Domain, Space};
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::{ObjectRules, Rule};
use crate::rules::solve::Chosen;

/// What a parameter may be seen to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Choice {
    Given,
    Absent,
    Value(Literal),
    /// An item of the list.
    Item(Literal),
}

impl Choice {
    /// When it is made.
    fn formula(&self, space: &Space<'_>, subject: Subject) -> Formula {
        let is = |subject, value: &Literal| Formula::Is(subject, States::only(vec![value.clone()]));
        match (self, space.type_(subject)) {
            (Self::Given, _) => Formula::present(subject),
            (Self::Absent, _) => Formula::absent(subject),
            (Self::Item(value), Type::List(item)) => {
                let item = Inner::new(item, is(Subject::Request(0), value));
                Formula::test(subject, Predicate::Contains { item, min: 1, max: None })
            }
            (Self::Value(value) | Self::Item(value), _) => is(subject, value),
        }
    }
}

/// Reports what the rules leave no choice of; nothing is said of what is only required by accident.
pub(super) fn report(
    space: &Space<'_>,
    rules: &ObjectRules,
    accidental: &BTreeSet<Subject>,
    sink: &mut Sink,
) {
    let mut choices = Vec::new();
    for group in groups(&rules.rules) {
        let valid = group.valid(space);
        let Some(request) = space.witness(&valid) else {
            let message = "no request can meet the rules from here on";
            let first = group.rules.first().map(|rule| rule.origin);
            first.into_iter().for_each(|origin| sink.error(Code::Unsatisfiable, origin, message));
            return;
        };
        let mut choice = Choices { group, valid, seen: BTreeSet::new() };
        choice.note(&request);
        choices.push(choice);
    }
    for subject in space.request() {
        let choice = choices.iter_mut().find(|choice| choice.group.subjects.contains(&subject));
        let Some(choice) = choice else { continue };
        let name = space.name(subject);
        if !choice.allows(space, subject, Choice::Given) {
            let message = format!("no valid request can have `{name}`");
            sink.error(Code::NeverGiven, space.origin(subject), message);
            continue;
        }
        if !accidental.contains(&subject)
            && !space.is_required(subject)
            && !choice.allows(space, subject, Choice::Absent)
        {
            sink.error_with_help(
                Code::AlwaysRequired,
                space.origin(subject),
                format!("every valid request has `{name}`"),
                "add it to `required`",
            );
        }
        for value in documented(space, rules, subject) {
            choice.report_dead(space, subject, value, sink);
        }
    }
    for choice in &choices {
        together::report(space, &choice.group, &choice.valid, sink);
    }
}

/// What the rules of a group leave to its parameters.
struct Choices<'r> {
    group: Group<'r>,
    valid: Formula,
    /// What valid requests have been seen to do.
    seen: BTreeSet<(Subject, Choice)>,
}

impl Choices<'_> {
    /// Whether a valid request makes the choice.
    fn allows(&mut self, space: &Space<'_>, subject: Subject, choice: Choice) -> bool {
        let wanted = self.valid.clone().and(choice.formula(space, subject));
        let wish = (subject, choice);
        if self.seen.contains(&wish) {
            return true;
        }
        let request = space.witness(&wanted);
        request.iter().for_each(|request| self.note(request));
        request.is_some()
    }

    fn note(&mut self, request: &Chosen) {
        for subject in &self.group.subjects {
            let chosen = request.iter().find(|(known, _)| known == subject);
            let states = chosen.map(|(_, situation)| &situation.states);
            // A parameter that was not looked at may be there or not.
            if states.is_none_or(|states| !states.absent) {
                self.seen.insert((*subject, Choice::Given));
            }
            if states.is_none_or(|states| states.absent) {
                self.seen.insert((*subject, Choice::Absent));
            }
            if let Some(States { values: Values::Only(values), .. }) = states {
                let values = values.iter().map(|value| (*subject, Choice::Value(value.clone())));
                self.seen.extend(values);
            }
        }
    }

    /// Reports a documented value that no valid request can have.
    fn report_dead(
        &mut self,
        space: &Space<'_>,
        subject: Subject,
        choice: Choice,
        sink: &mut Sink,
    ) {
        let name = code(space.name(subject));
        let message = match &choice {
            Choice::Given | Choice::Absent => return,
            Choice::Value(value) => {
                format!("{name} with the value {}", code(&value.to_string()))
            }
            Choice::Item(value) => format!("{name} with an item {}", code(&value.to_string())),
        };
        let dead = choice.formula(space, subject);
        if self.allows(space, subject, choice) {
            return;
        }
        sink.error_with_help(
            Code::NeverGiven,
            space.origin(subject),
            format!("no valid request can have {message}"),
            reason(&self.group.contradiction(space, &dead)),
        );
    }
}

/// The rules that leave no request.
pub(super) fn reason(rules: &[&Rule]) -> String {
    let sentences: Vec<&str> = rules.iter().map(|rule| rule.sentence.as_str()).collect();
    format!("mend one of the rules that exclude it: {}", sentences.join("; "))
}

/// The values that a parameter has by its own schema and by the rules about it alone, when it has few;
/// those of its items, when it is a list.
///
/// A rule about one parameter alone says which values it has in as many words as its schema does.
fn documented(space: &Space<'_>, rules: &ObjectRules, subject: Subject) -> Vec<Choice> {
    let mut choices: Vec<Choice> = match space.type_(subject) {
        Type::List(item) => {
            let item = space.inner(item);
            if item.is_object() { Vec::new() } else { named(&item, Subject::Request(0), None) }
                .into_iter()
                .map(Choice::Item)
                .collect()
        }
        _ => {
            let own = rules.own.get(subject.index());
            named(space, subject, own).into_iter().map(Choice::Value).collect()
        }
    };
    let alone = rules.rules.iter().filter(|rule| rule.broken.subjects().iter().eq([&subject]));
    let alone = Formula::All(alone.map(|rule| rule.broken.negated()).collect());
    choices
        .retain(|choice| space.is_satisfiable(&alone.clone().and(choice.formula(space, subject))));
    choices
}

/// The values that a parameter's type and its own schema name.
fn named(space: &Space<'_>, subject: Subject, own: Option<&Formula>) -> Vec<Literal> {
    match space.domain(subject) {
        Domain::Boolean => [true, false].map(Literal::Boolean).into(),
        Domain::Enum(_) => {
            let values = space.values(subject).unwrap_or_default();
            values.into_iter().map(|value| Literal::Text(value.to_owned())).collect()
        }
        Domain::Text | Domain::Int32 | Domain::Int64 => {
            let mut named = Vec::new();
            if let Some(own) = own {
                own.for_each_atom(&mut |_, atom| {
                    if let Atom::Is(States { values: Values::Only(values), .. }) = atom {
                        named.extend(values.iter().cloned());
                    }
                });
            }
            named
        }
        Domain::Double | Domain::Opaque => Vec::new(),
    }
}
