//! Formulas → English, for docs and messages alike.

use crate::english::{any_of, code, joined};
use crate::rules::Kind;
use crate::rules::formula::{Atom, Count, Formula, Operator, Relation, Test};
use crate::rules::simplify::assume;
use crate::rules::space::{Space, Subject};
use crate::rules::states::{Literal, States, Values};
use crate::rules::words::{self, Mood};

/// The sentence of a rule, without a full stop.
pub(super) fn rule(
    space: &Space<'_>,
    kind: Kind,
    target: Subject,
    when: &Formula,
    holds: &Formula,
) -> String {
    let name = code(space.name(target));
    let head = match kind {
        Kind::Required => format!("{name} is required"),
        Kind::NotAllowed => format!("{name} is not allowed"),
        Kind::Combination if *holds == Formula::False => "a request is not valid".to_owned(),
        Kind::Value | Kind::Combination => demand(space, holds),
    };
    match condition(space, when) {
        Some(condition) => format!("{head} {condition}"),
        None => head,
    }
}

/// The facts without which a rule is not judged, in words.
pub(super) fn unknown(space: &Space<'_>, formula: &Formula) -> Option<String> {
    let names: Vec<String> = formula
        .subjects()
        .into_iter()
        .filter(|subject| matches!(subject, Subject::Context(_)))
        .map(|subject| code(space.name(subject)))
        .collect();
    let title = space.context_title();
    (!names.is_empty())
        .then(|| format!("Not checked while the {title}'s {} is unknown", joined(&names, "or")))
}

/// "when …" or "unless …", whichever is shorter; nothing for what always holds.
fn condition(space: &Space<'_>, when: &Formula) -> Option<String> {
    if *when == Formula::True {
        return None;
    }
    let mut negative = true;
    when.for_each_atom(&mut |_, atom| {
        negative &= match atom {
            Atom::Is(states) => states.is_negative(),
            Atom::Test(_) => false,
        };
    });
    let phrase =
        |formula: &Formula, silence| Phrasing::new(space, silence).phrase(formula, Position::Alone);
    Some(if negative {
        let unless = space.minimal(&when.negated());
        format!("unless {}", phrase(&unless, Silence::Unknown))
    } else {
        format!("when {}", phrase(when, Silence::Known))
    })
}

/// What a rule about several parameters asks for.
fn demand(space: &Space<'_>, holds: &Formula) -> String {
    let names = |formulas: &[Formula], wanted: &States| -> Option<Vec<String>> {
        formulas
            .iter()
            .map(|formula| match formula {
                Formula::Is(subject, states) if states == wanted => {
                    Some(code(space.name(*subject)))
                }
                _ => None,
            })
            .collect()
    };
    if let Some(demand) = demand_of_one(space, holds) {
        return demand;
    }
    if let Some(demand) = demand_of_two(space, holds) {
        return demand;
    }
    match holds {
        Formula::Is(subject, states) => presence_demand(space, *subject, states),
        Formula::Any(formulas) => {
            if let Some(names) = names(formulas, &States::present()) {
                return format!("at least one of {} is required", joined(&names, "and"));
            }
            if let Some(names) = names(formulas, &States::absent()) {
                let together = if names.len() == 2 { "together" } else { "all at once" };
                return format!("{} cannot be given {together}", joined(&names, "and"));
            }
            generic_demand(space, holds)
        }
        Formula::Count(Count { of, min, max, negated: false }) => {
            let Some(names) = names(of, &States::present()) else {
                return generic_demand(space, holds);
            };
            let (quantity, names) = (quantity(*min, *max), joined(&names, "and"));
            match (*min, *max) {
                (0, Some(_)) => format!("{quantity} of {names} can be given"),
                (1, _) if quantity.ends_with("one") => format!("{quantity} of {names} is required"),
                _ => format!("{quantity} of {names} are required"),
            }
        }
        _ => generic_demand(space, holds),
    }
}

/// "`A` must …", when all that is asked is asked of one parameter wherever it is given.
fn demand_of_one(space: &Space<'_>, holds: &Formula) -> Option<String> {
    let subjects = holds.subjects();
    let subject = subjects.first().filter(|_| subjects.len() == 1)?;
    let given = space.simplified(&assume(holds, *subject, &States::present()));
    let parts = match &given {
        Formula::All(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    let mut phrasing = Phrasing::new(space, Silence::Known);
    let demands: Option<Vec<String>> = parts
        .iter()
        .map(|part| match part {
            Formula::Test(test) => Some(phrasing.test(test, Mood::Demands)),
            Formula::Is(_, States { values: Values::Only(values), .. }) if !values.is_empty() => {
                Some(format!("be {}", any_of(&texts(values))))
            }
            Formula::Is(_, States { values: Values::Except(values), .. }) if !values.is_empty() => {
                Some(format!("not be {}", any_of(&texts(values))))
            }
            _ => None,
        })
        .collect();
    Some(format!("{} must {}", code(space.name(*subject)), joined(&demands?, "and")))
}

/// "`A` must be less than `B`", wherever both are given.
fn demand_of_two(space: &Space<'_>, holds: &Formula) -> Option<String> {
    let Formula::Relation(relation @ Relation { negated: true, .. }) = holds else { return None };
    let (left, right) = (code(space.name(relation.left)), code(space.name(relation.right)));
    let operator = compared(relation.operator.opposite());
    Some(format!("{left} must be {operator} {right}{}", added(relation.plus)))
}

fn texts(values: &[Literal]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn compared(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "less than",
        Operator::AtMost => "at most",
        Operator::Equal => "equal to",
        Operator::NotEqual => "other than",
        Operator::AtLeast => "at least",
        Operator::More => "more than",
    }
}

fn added(plus: i64) -> String {
    match plus {
        0 => String::new(),
        1.. => format!(" plus {plus}"),
        _ => format!(" minus {}", plus.unsigned_abs()),
    }
}

/// How many of several things: "exactly one", "at least 2", "2 to 3".
fn quantity(min: usize, max: Option<usize>) -> String {
    match max {
        Some(1) if min == 1 => "exactly one".to_owned(),
        Some(1) if min == 0 => "at most one".to_owned(),
        Some(max) if min == max => format!("exactly {max}"),
        Some(max) if min == 0 => format!("at most {max}"),
        Some(max) => format!("{min} to {max}"),
        None => format!("at least {min}"),
    }
}

fn presence_demand(space: &Space<'_>, subject: Subject, states: &States) -> String {
    let name = code(space.name(subject));
    if states.absent { format!("{name} is not allowed") } else { format!("{name} is required") }
}

fn generic_demand(space: &Space<'_>, holds: &Formula) -> String {
    let phrase = Phrasing::new(space, Silence::Known).phrase(holds, Position::Alone);
    format!("it must be that {phrase}")
}

/// What need not be said of a context member, because an unknown fact never breaks a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// That it is known.
    Known,
    /// That it is unknown.
    Unknown,
}

/// Where a phrase stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Alone,
    InAll,
    InAny,
}

struct Phrasing<'p, 'a> {
    space: &'p Space<'a>,
    silence: Silence,
    /// Context members that have been introduced as the context's.
    mentioned: Vec<Subject>,
}

impl<'p, 'a> Phrasing<'p, 'a> {
    fn new(space: &'p Space<'a>, silence: Silence) -> Self {
        Self { space, silence, mentioned: Vec::new() }
    }

    fn phrase(&mut self, formula: &Formula, position: Position) -> String {
        match formula {
            Formula::True => "nothing is asked".to_owned(),
            Formula::False => "this never holds".to_owned(),
            Formula::Is(subject, states) => self.atom(*subject, states),
            Formula::All(formulas) => {
                let parts = self.phrases(formulas, Position::InAll);
                parts.join(" and ")
            }
            Formula::Any(formulas) => {
                let parts = self.phrases(formulas, Position::InAny);
                let compound = formulas.iter().any(|part| !matches!(part, Formula::Is(..)));
                let text = parts.join(if compound { ", or " } else { " or " });
                if position == Position::InAll { format!("either {text}") } else { text }
            }
            Formula::Test(test) => {
                let name = self.name(test.subject);
                let said = self.test(test, Mood::States);
                let absent = if test.absent { "is not given or " } else { "" };
                format!("{name} {absent}{said}")
            }
            Formula::Relation(relation) => {
                let operator =
                    if relation.negated { relation.operator.opposite() } else { relation.operator };
                let (left, right) = (self.name(relation.left), self.name(relation.right));
                let is_optional = |subject| !self.space.is_required(subject);
                let may_lack = is_optional(relation.left) || is_optional(relation.right);
                let given = if may_lack && !relation.negated {
                    format!("{left} and {right} are given and ")
                } else {
                    String::new()
                };
                format!("{given}{left} is {} {right}{}", compared(operator), added(relation.plus))
            }
            Formula::Count(Count { of, min, max, negated }) => {
                let parts = self.phrases(of, Position::InAny);
                let not = if *negated { "it is not so that " } else { "" };
                let quantity = quantity(*min, *max);
                let hold = if quantity.ends_with("one") { "holds" } else { "hold" };
                format!("{not}{quantity} of these {hold}: {}", parts.join("; "))
            }
        }
    }

    /// What a test says of its parameter, without naming it.
    fn test(&mut self, test: &Test, mood: Mood) -> String {
        let space = self.space;
        words::predicate(&test.predicate, test.negated, mood, &mut |inner, negated| {
            let within = space.inner(&inner.type_);
            let formula = if negated {
                within.minimal(&inner.formula.negated())
            } else {
                within.minimal(&inner.formula)
            };
            Phrasing::new(&within, Silence::Known).phrase(&formula, Position::Alone)
        })
    }

    fn phrases(&mut self, formulas: &[Formula], position: Position) -> Vec<String> {
        formulas.iter().map(|formula| self.phrase(formula, position)).collect()
    }

    fn atom(&mut self, subject: Subject, states: &States) -> String {
        let name = self.name(subject);
        let is_context = matches!(subject, Subject::Context(_));
        let given = if is_context { "known" } else { "given" };
        let values: Vec<String> = states.named().iter().map(ToString::to_string).collect();
        let silent = is_context
            && match self.silence {
                Silence::Known => !states.absent,
                Silence::Unknown => states.absent,
            };
        let optional = !self.space.is_required(subject);
        match &states.values {
            Values::Only(named) if named.is_empty() => format!("{name} is not {given}"),
            Values::Except(named) if named.is_empty() => format!("{name} is {given}"),
            Values::Only(_) if states.absent && !silent => {
                format!("{name} is not {given} or is {}", any_of(&values))
            }
            Values::Only(_) => format!("{name} is {}", any_of(&values)),
            Values::Except(_) if optional && !states.absent && !silent => {
                format!("{name} is {given} and is not {}", any_of(&values))
            }
            Values::Except(_) => format!("{name} is not {}", any_of(&values)),
        }
    }

    fn name(&mut self, subject: Subject) -> String {
        if !self.space.is_object() {
            return "it".to_owned();
        }
        let name = code(self.space.name(subject));
        if let Subject::Context(_) = subject
            && !self.mentioned.contains(&subject)
        {
            self.mentioned.push(subject);
            return format!("the {}'s {name}", self.space.context_title());
        }
        name
    }
}
