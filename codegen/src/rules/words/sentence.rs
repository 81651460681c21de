//! Rules → English, for docs and messages alike.

use crate::bound::Subject;
use crate::english::{Mood, any_of, code, joined};
use crate::rules::logic::formula::{Atom, Count, Formula, Relation};
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::Kind;
use crate::rules::words::phrase::{Phrasing, Position, Silence, chained, quantity, texts};
use crate::rules::words::sums::Sides;
use crate::rules::words::vocabulary;

/// The sentence of a rule, without a full stop.
pub(in crate::rules) fn rule(
    space: &Space<'_>,
    kind: Kind,
    target: Subject,
    when: &Formula,
    holds: &Formula,
) -> String {
    let space = &space.spoken();
    let (when, holds) = (&*space.simplified(when), &*space.simplified(holds));
    let name = code(space.name(target));
    let head = match kind {
        Kind::Required => format!("{name} is required"),
        Kind::NotAllowed => format!("{name} is not allowed"),
        Kind::Combination if *holds == Formula::False => "a request is not valid".to_owned(),
        Kind::Value | Kind::Combination => Demands { space, path: "" }.of(holds),
    };
    match condition(space, when) {
        // What is demanded may end with an "or" of its own.
        Some(condition) if head.starts_with(GENERIC) => format!("{condition}, {head}"),
        Some(condition) => format!("{head} {condition}"),
        None => head,
    }
}

/// The sentence of a parameter that the service takes and uses only under a condition.
pub(in crate::rules) fn effect(space: &Space<'_>, target: Subject, when: &Formula) -> String {
    let space = space.spoken();
    let when = space.simplified(when);
    let when = Phrasing::new(&space, String::new(), Silence::Known).phrase(&when, Position::Alone);
    format!("{} has an effect only when {when}", code(space.name(target)))
}

/// What sentences call a parameter when they come to it first.
pub(in crate::rules) fn named(space: &Space<'_>, subject: Subject) -> String {
    Phrasing::new(space, String::new(), Silence::Known).name(subject)
}

/// The facts without which a rule is not judged, in words.
pub(in crate::rules) fn unknown(space: &Space<'_>, formula: &Formula) -> Option<String> {
    let facts = formula.subjects().into_iter().filter(|subject| subject.is_context());
    let names: Vec<String> = facts.map(|subject| code(space.name(subject))).collect();
    let title = space.context_title();
    (!names.is_empty())
        .then(|| format!("Not checked while the {title}'s {} is unknown", joined(&names, "or")))
}

/// "when …" or "unless …", whichever is shorter; nothing for what always holds.
pub(crate) fn condition(space: &Space<'_>, when: &Formula) -> Option<String> {
    let space = &space.spoken();
    let when = &*space.simplified(when);
    if *when == Formula::True {
        return None;
    }
    let mut negative = true;
    when.for_each_atom(&mut |subject, atom| {
        negative &= match atom {
            Atom::Is(states) => {
                let is_silent = subject.is_context() || space.is_required(subject);
                states.is_negative() && (is_silent || states.absent)
            }
            Atom::Test(_) => false,
        };
    });
    when.for_each_relation(&mut |relation| negative &= relation.negated);
    let phrase = |formula: &Formula, silence| {
        Phrasing::new(space, String::new(), silence).phrase(formula, Position::Alone)
    };
    Some(if negative {
        let unless = space.minimal(&when.negated());
        format!("unless {}", phrase(&unless, Silence::Unknown))
    } else {
        format!("when {}", phrase(when, Silence::Known))
    })
}

/// How a demand starts that has no form of its own.
const GENERIC: &str = "it must be that ";

/// What rules about values and about several parameters ask for.
struct Demands<'d, 'a> {
    space: &'d Space<'a>,
    /// The path to the object whose members are named: `Item.`.
    path: &'d str,
}

impl Demands<'_, '_> {
    fn of(&self, holds: &Formula) -> String {
        self.of_one(holds)
            .or_else(|| self.of_two(holds))
            .or_else(|| self.of_presence(holds))
            .unwrap_or_else(|| format!("{GENERIC}{}", self.phrase(holds)))
    }

    fn phrase(&self, formula: &Formula) -> String {
        let mut phrasing = Phrasing::new(self.space, self.path.to_owned(), Silence::Known);
        phrasing.phrase(formula, Position::Alone)
    }

    fn name(&self, subject: Subject) -> String {
        Phrasing::new(self.space, self.path.to_owned(), Silence::Known).name(subject)
    }

    /// "`A` must …", when all that is asked is asked of one parameter wherever it is given.
    fn of_one(&self, holds: &Formula) -> Option<String> {
        let subjects = holds.subjects();
        let subject = *subjects.first().filter(|_| subjects.len() == 1)?;
        let given = assume(holds, subject, &States::present());
        let given = self.space.simplified(&given);
        let parts = match &*given {
            Formula::All(parts) => parts.as_slice(),
            part => std::slice::from_ref(part),
        };
        if let [Formula::Test(test)] = parts
            && let Some(inside) = self.of_inside(subject, &test.predicate, test.negated)
        {
            return Some(inside);
        }
        let mut phrasing = Phrasing::new(self.space, self.path.to_owned(), Silence::Known);
        let demands: Option<Vec<String>> = parts
            .iter()
            .map(|part| match part {
                Formula::Test(test) => Some(phrasing.test(test, Mood::Demands)),
                Formula::Is(_, States { values, .. }) => match values {
                    Values::Only(values) if !values.is_empty() => {
                        Some(format!("be {}", any_of(&texts(values))))
                    }
                    Values::Except(values) if !values.is_empty() => {
                        Some(vocabulary::none_of(&texts(values), "not be", "be"))
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        Some(format!("{} must {}", self.name(subject), chained(&demands?, "and")))
    }

    /// What is asked of the members of an object, or of each item of a list.
    fn of_inside(&self, subject: Subject, predicate: &Predicate, negated: bool) -> Option<String> {
        let phrasing = Phrasing::new(self.space, self.path.to_owned(), Silence::Known);
        if phrasing.equal_to(predicate).is_some() {
            return None;
        }
        let demand = |inner: &Inner, path: &str| {
            let within = self.space.inner(&inner.type_);
            let formula = if negated { inner.formula.negated() } else { (*inner.formula).clone() };
            Demands { space: &within, path }.of(&within.minimal(&formula))
        };
        match predicate {
            Predicate::Object(object) => {
                let path = format!("{}{}.", self.path, self.space.name(subject));
                Some(demand(object, &path))
            }
            Predicate::Each(item) if !negated => {
                let (demand, name) = (demand(item, ""), self.name(subject));
                Some(match demand.strip_prefix("it ") {
                    Some(demand) if !demand.starts_with("must be that ") => {
                        format!("each item of {name} {demand}")
                    }
                    _ => format!("in each item of {name}, {demand}"),
                })
            }
            _ => None,
        }
    }

    /// "`A` must be less than `B`", wherever all are given.
    fn of_two(&self, holds: &Formula) -> Option<String> {
        let Formula::Relation(relation @ Relation { negated: true, .. }) = holds else {
            return None;
        };
        let opposite = relation.compared.opposite();
        let sides = Sides::of(self.space, &opposite, &mut |subject| self.name(subject));
        Some(format!("{} must be {}", sides.left, sides.right))
    }

    fn of_presence(&self, holds: &Formula) -> Option<String> {
        match holds {
            Formula::Is(subject, states) => {
                let name = self.name(*subject);
                let is_refused = *states == States::absent();
                let is_wanted = *states == States::present();
                (is_refused || is_wanted).then(|| {
                    format!("{name} is {}", if is_refused { "not allowed" } else { "required" })
                })
            }
            Formula::Any(formulas) => {
                if let Some(names) = self.names(formulas, &States::present()) {
                    return Some(format!("at least one of {} is required", joined(&names, "and")));
                }
                if let Some(names) = self.names(formulas, &States::absent()) {
                    let together = if names.len() == 2 { "together" } else { "all at once" };
                    return Some(format!("{} cannot be given {together}", joined(&names, "and")));
                }
                self.of_all_or_none(formulas)
            }
            Formula::Count(Count { of, min: 1, max: Some(1), negated: true }) if of.len() == 2 => {
                let names = self.names(of, &States::present())?;
                Some(format!("{} must be given together or not at all", joined(&names, "and")))
            }
            Formula::Count(Count { of, min, max, negated: false }) => {
                let names = self.names(of, &States::present())?;
                let (quantity, names) = (quantity(*min, *max), joined(&names, "and"));
                Some(match (*min, *max) {
                    (0, Some(_)) => format!("{quantity} of {names} can be given"),
                    (1, _) if quantity.ends_with("one") => {
                        format!("{quantity} of {names} is required")
                    }
                    _ => format!("{quantity} of {names} are required"),
                })
            }
            _ => None,
        }
    }

    fn of_all_or_none(&self, formulas: &[Formula]) -> Option<String> {
        let [Formula::All(left), Formula::All(right)] = formulas else { return None };
        let both = |wanted: &[Formula], unwanted: &[Formula]| {
            let given = self.names(wanted, &States::present())?;
            (self.names(unwanted, &States::absent())? == given).then_some(given)
        };
        let names = both(left, right).or_else(|| both(right, left))?;
        Some(format!("{} must be given together or not at all", joined(&names, "and")))
    }

    /// The parameters of formulas each of which says that one is in this state.
    fn names(&self, formulas: &[Formula], wanted: &States) -> Option<Vec<String>> {
        formulas
            .iter()
            .map(|formula| match formula {
                Formula::Is(subject, states) if states == wanted => Some(self.name(*subject)),
                _ => None,
            })
            .collect()
    }
}
