//! Formulas → clauses: "`A` is `x` and `B` is given".
//!
//! What is said of one parameter is said in one piece, and so is what is said alike of several.

use serde_json::{Map, Value};

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::english::{Mood, any_of, code, joined};
use crate::rules::logic::formula::{Count, Formula, Relation, Test};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::words::sums::Sides;
use crate::rules::words::vocabulary;

/// What need not be said of a context member, because an unknown fact never breaks a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Silence {
    /// That it is known.
    Known,
    /// That it is unknown.
    Unknown,
}

/// Where a phrase stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Position {
    Alone,
    InAll,
    InAny,
}

pub(in crate::rules) struct Phrasing<'p, 'a> {
    pub(in crate::rules) space: &'p Space<'a>,
    /// The path to the object whose members are named: `Item.`.
    pub(in crate::rules) path: String,
    silence: Silence,
    /// Context members that have been introduced as the context's.
    mentioned: Vec<Subject>,
}

/// A part of a sentence: what is said, and of whom.
enum Clause {
    /// All that is said of the parameters is said of each of them.
    Said {
        names: Vec<String>,
        subject: Subject,
        said: Vec<String>,
    },
    Whole(String),
}

impl<'p, 'a> Phrasing<'p, 'a> {
    pub(in crate::rules) fn new(space: &'p Space<'a>, path: String, silence: Silence) -> Self {
        Self { space, path, silence, mentioned: Vec::new() }
    }

    pub(in crate::rules) fn phrase(&mut self, formula: &Formula, position: Position) -> String {
        match formula {
            Formula::True => "nothing is asked".to_owned(),
            Formula::False => "this never holds".to_owned(),
            Formula::All(formulas) => {
                let clauses = self.clauses(formulas, Position::InAll);
                clauses.join(" and ")
            }
            Formula::Any(formulas) => {
                let clauses = self.clauses(formulas, Position::InAny);
                let is_compound = clauses.iter().any(|clause| clause.contains(" and "));
                let is_long = is_compound || clauses.len() > 2;
                let text = clauses.join(if is_long { ", or " } else { " or " });
                let is_several = clauses.len() > 1 || text.contains(" or ");
                if position == Position::InAll && is_several {
                    format!("either {text}")
                } else {
                    text
                }
            }
            Formula::Relation(relation) => self.relation(relation),
            Formula::Count(Count { of, min, max, negated }) => {
                let parts: Vec<String> =
                    of.iter().map(|part| self.phrase(part, Position::InAny)).collect();
                let not = if *negated { "it is not so that " } else { "" };
                let quantity = quantity(*min, *max);
                let hold = if quantity.ends_with("one") { "holds" } else { "hold" };
                format!("{not}{quantity} of these {hold}: {}", parts.join("; "))
            }
            Formula::Is(..) | Formula::Test(_) => {
                self.clauses(std::slice::from_ref(formula), position).join(" and ")
            }
        }
    }

    fn relation(&mut self, relation: &Relation) -> String {
        let sides = Sides::of(self.space, &relation.compared, &mut |subject| self.name(subject));
        let is = if relation.negated { "is not" } else { "is" };
        format!("{} {is} {}", sides.left, sides.right)
    }

    /// The parts of a junction, those about the same parameter in one.
    fn clauses(&mut self, formulas: &[Formula], position: Position) -> Vec<String> {
        let mut clauses: Vec<Clause> = Vec::new();
        for formula in formulas {
            let Some((subject, said)) = self.statement(formula) else {
                let whole = match formula {
                    Formula::Test(test) => self.about_inside(test, position),
                    other => self.phrase(other, position),
                };
                clauses.push(Clause::Whole(whole));
                continue;
            };
            let is_plain = |said: &str| position == Position::InAny || !said.contains(" or ");
            let known = clauses.iter_mut().find_map(|clause| match clause {
                Clause::Said { subject: known, said: before, names } => (*known == subject
                    && names.len() == 1
                    && is_plain(&said)
                    && before.iter().all(|said| is_plain(said)))
                .then_some(before),
                Clause::Whole(_) => None,
            });
            if let Some(before) = known {
                before.push(said);
                continue;
            }
            let name = self.name(subject);
            let alike = clauses.iter_mut().find_map(|clause| match clause {
                Clause::Said { names, said: before, .. } => {
                    (is_presence(&said) && *before == [said.clone()]).then_some(names)
                }
                Clause::Whole(_) => None,
            });
            match alike {
                Some(names) => names.push(name),
                None => {
                    clauses.push(Clause::Said { names: vec![name], subject, said: vec![said] });
                }
            }
        }
        clauses.into_iter().map(|clause| rendered(clause, position)).collect()
    }

    /// What a formula says of one parameter; nothing when it is not said of the parameter itself.
    fn statement(&mut self, formula: &Formula) -> Option<(Subject, String)> {
        match formula {
            Formula::Is(subject, states) => Some((*subject, self.states(*subject, states))),
            Formula::Test(test) => {
                let value = self.equal_to(&test.predicate);
                if value.is_none()
                    && matches!(test.predicate, Predicate::Each(_) | Predicate::Object(_))
                {
                    return None;
                }
                let said = self.test(test, Mood::States);
                let is_given = test.absent && !self.space.is_required(test.subject);
                let absent = if is_given { "is not given or " } else { "" };
                Some((test.subject, format!("{absent}{said}")))
            }
            _ => None,
        }
    }

    /// What a test says of its parameter, without naming it.
    pub(in crate::rules) fn test(&mut self, test: &Test, mood: Mood) -> String {
        if let Some(value) = self.equal_to(&test.predicate) {
            return vocabulary::equal(&value, test.negated, mood);
        }
        let space = self.space;
        vocabulary::predicate(&test.predicate, test.negated, mood, &mut |inner, negated| {
            inside(space, inner, negated, String::new())
        })
    }

    /// What is said of every item, or of the members of an object.
    fn about_inside(&mut self, test: &Test, position: Position) -> String {
        let name = self.name(test.subject);
        let optional = !self.space.is_required(test.subject);
        let text = match &test.predicate {
            Predicate::Each(item) if !test.negated => {
                let said = inside(self.space, item, false, String::new());
                let of_each = match said.strip_prefix("it ") {
                    Some(said) => format!("each item of {name} {said}"),
                    None => format!("in each item of {name}, {said}"),
                };
                // Nothing is said of the items of a list that is not there.
                let needs_saying = optional && !test.absent;
                return if needs_saying {
                    format!("{name} is given and {of_each}")
                } else {
                    of_each
                };
            }
            Predicate::Object(object) => {
                let path = format!("{}{}.", self.path, self.space.name(test.subject));
                let within = self.space.inner(&object.type_);
                let formula = within.minimal(&if test.negated {
                    object.formula.negated()
                } else {
                    (*object.formula).clone()
                });
                let at_nothing =
                    formula.subjects().iter().fold(formula.clone(), |left, subject| {
                        assume(&left, *subject, &States::absent()).into_owned()
                    });
                let holds_for_nothing = *within.simplified(&at_nothing) == Formula::True;
                let inner = if position == Position::InAll || optional {
                    Position::InAll
                } else {
                    Position::Alone
                };
                let said = Phrasing::new(&within, path, Silence::Known).phrase(&formula, inner);
                return match (optional, test.absent) {
                    (true, true) if !holds_for_nothing => format!("{name} is not given or {said}"),
                    (true, false) if holds_for_nothing => format!("{name} is given and {said}"),
                    _ => said,
                };
            }
            _ => self.test(test, Mood::States),
        };
        let absent = if test.absent && optional { "is not given or " } else { "" };
        format!("{name} {absent}{text}")
    }

    fn states(&mut self, subject: Subject, states: &States) -> String {
        let is_context = subject.is_context();
        let given = if is_context { "known" } else { "given" };
        let values = texts(states.named());
        let silent = is_context
            && match self.silence {
                Silence::Known => !states.absent,
                Silence::Unknown => states.absent,
            };
        let optional = !self.space.is_required(subject);
        match &states.values {
            Values::Only(named) if named.is_empty() => format!("is not {given}"),
            Values::Except(named) if named.is_empty() => format!("is {given}"),
            Values::Only(_) if states.absent && !silent => {
                format!("is not {given} or is {}", any_of(&values))
            }
            Values::Only(_) => format!("is {}", any_of(&values)),
            Values::Except(_) if optional && !states.absent && !silent => {
                format!("is {given} and {}", none_of(&values))
            }
            Values::Except(_) => none_of(&values),
        }
    }

    pub(in crate::rules) fn name(&mut self, subject: Subject) -> String {
        if !self.space.is_object() {
            return "it".to_owned();
        }
        let name = code(&format!("{}{}", self.path, self.space.name(subject)));
        if subject.is_context() && !self.mentioned.contains(&subject) {
            self.mentioned.push(subject);
            return format!("the {}'s {name}", self.space.context_title());
        }
        name
    }

    /// The one list or object that satisfies the predicate.
    pub(in crate::rules) fn equal_to(&self, predicate: &Predicate) -> Option<Value> {
        match predicate {
            Predicate::Items(items) => {
                items.iter().map(|item| only_value(self.space, item)).collect::<Option<_>>()
            }
            Predicate::Object(object) => only_value(self.space, object),
            _ => None,
        }
    }
}

/// What is said of a value inside another one.
fn inside(space: &Space<'_>, inner: &Inner, negated: bool, path: String) -> String {
    let within = space.inner(&inner.type_);
    let formula = if negated { inner.formula.negated() } else { (*inner.formula).clone() };
    let formula = within.minimal(&formula);
    Phrasing::new(&within, path, Silence::Known).phrase(&formula, Position::Alone)
}

/// The one value that satisfies what is said of it.
fn only_value(space: &Space<'_>, inner: &Inner) -> Option<Value> {
    let within = space.inner(&inner.type_);
    if !within.is_object() {
        return only_of(&within, &inner.formula, Subject::Request(0)).flatten();
    }
    let mut members = Map::new();
    for subject in within.request() {
        if let Some(value) = only_of(&within, &inner.formula, subject)? {
            members.insert(within.name(subject).to_owned(), value);
        }
    }
    Some(members.into())
}

/// The one state that a conjunction leaves to a parameter: a value, or nothing.
fn only_of(space: &Space<'_>, formula: &Formula, subject: Subject) -> Option<Option<Value>> {
    let parts = match formula {
        Formula::All(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    parts.iter().find_map(|part| match part {
        Formula::Is(found, states) if *found == subject => match (&states.values, states.absent) {
            (Values::Only(values), false) => match values.as_slice() {
                [value] => Some(Some(value.to_value())),
                _ => None,
            },
            (Values::Only(values), true) if values.is_empty() => Some(None),
            _ => None,
        },
        Formula::Test(Test { subject: found, predicate, negated: false, absent: false })
            if *found == subject =>
        {
            match predicate {
                Predicate::Equals(number) => Some(Some(Value::from(*number))),
                other => {
                    Phrasing::new(space, String::new(), Silence::Known).equal_to(other).map(Some)
                }
            }
        }
        _ => None,
    })
}

fn is_presence(said: &str) -> bool {
    ["is given", "is not given", "is known", "is not known"].contains(&said)
}

fn rendered(clause: Clause, position: Position) -> String {
    let (names, said) = match clause {
        Clause::Whole(text) => return text,
        Clause::Said { names, said, .. } => (names, said),
    };
    let conjunction = if position == Position::InAny { "or" } else { "and" };
    let said = chained(&said, conjunction);
    match (names.as_slice(), position) {
        ([name], _) => format!("{name} {said}"),
        (_, Position::InAny) => format!("{} {said}", joined(&names, "or")),
        ([first, second], _) if said.starts_with("is not ") => {
            format!("neither {first} nor {second} {}", said.replacen("is not ", "is ", 1))
        }
        _ => format!("{} {}", joined(&names, "and"), said.replacen("is ", "are ", 1)),
    }
}

/// Joins what is said of one thing; a verb that comes again is left out.
pub(in crate::rules) fn chained(said: &[String], conjunction: &str) -> String {
    let mut verb = "";
    let mut parts: Vec<String> = Vec::new();
    for said in said {
        let own = ["is ", "has ", "be ", "have "].into_iter().find(|verb| said.starts_with(verb));
        match own {
            Some(own) if own == verb && !said.contains(" or is ") => {
                parts.push(said[own.len()..].to_owned());
            }
            own => {
                verb = own.unwrap_or_default();
                parts.push(said.clone());
            }
        }
    }
    joined(&parts, conjunction)
}

pub(in crate::rules) fn texts(values: &[Literal]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// "is not `a`", "is neither `a` nor `b`", "is none of `a`, `b` and `c`".
fn none_of(values: &[String]) -> String {
    vocabulary::none_of(values, "is not", "is")
}

/// How many of several things: "exactly one", "at least 2", "2 to 3".
pub(in crate::rules) fn quantity(min: usize, max: Option<usize>) -> String {
    match max {
        Some(1) if min == 1 => "exactly one".to_owned(),
        Some(1) if min == 0 => "at most one".to_owned(),
        Some(max) if min == max => format!("exactly {max}"),
        Some(max) if min == 0 => format!("at most {max}"),
        Some(max) => format!("{min} to {max}"),
        None => format!("at least {min}"),
    }
}
