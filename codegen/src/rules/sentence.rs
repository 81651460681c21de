//! Formulas → English, for docs and messages alike.

use crate::english::{any_of, code, joined};
use crate::rules::Kind;
use crate::rules::formula::Formula;
use crate::rules::space::{Space, Subject};
use crate::rules::states::{States, Values};

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
        Kind::Combination => demand(space, holds),
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
    let verb = if names.len() == 1 { "is" } else { "are" };
    let title = space.context_title();
    (!names.is_empty()).then(|| {
        format!("Not checked while the {title}'s {} {verb} unknown", joined(&names, "and"))
    })
}

/// "when …" or "unless …", whichever is shorter; nothing for what always holds.
fn condition(space: &Space<'_>, when: &Formula) -> Option<String> {
    if *when == Formula::True {
        return None;
    }
    let mut negative = true;
    when.for_each_atom(&mut |_, states| negative &= states.is_negative());
    let phrase = |formula: &Formula, silence| {
        let mut phrasing = Phrasing { space, silence, mentioned: Vec::new() };
        phrasing.phrase(formula, Position::Alone)
    };
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
    match holds {
        Formula::Is(subject, states) => value_demand(space, *subject, states),
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
        Formula::One { of, negated: false } => match names(of, &States::present()) {
            Some(names) => format!("exactly one of {} is required", joined(&names, "and")),
            None => generic_demand(space, holds),
        },
        _ => generic_demand(space, holds),
    }
}

fn value_demand(space: &Space<'_>, subject: Subject, states: &States) -> String {
    let name = code(space.name(subject));
    match &states.values {
        Values::Only(values) if !values.is_empty() => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("{name} must be {}", any_of(&values))
        }
        Values::Except(values) if !values.is_empty() => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("{name} must not be {}", any_of(&values))
        }
        Values::Only(_) => format!("{name} is not allowed"),
        Values::Except(_) => format!("{name} is required"),
    }
}

fn generic_demand(space: &Space<'_>, holds: &Formula) -> String {
    let mut phrasing = Phrasing { space, silence: Silence::Known, mentioned: Vec::new() };
    format!("it must be that {}", phrasing.phrase(holds, Position::Alone))
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

impl Phrasing<'_, '_> {
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
            Formula::One { of, negated } => {
                let parts = self.phrases(of, Position::InAny);
                let quantity = if *negated { "none or several" } else { "exactly one" };
                format!("{quantity} of these holds: {}", parts.join("; "))
            }
        }
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
