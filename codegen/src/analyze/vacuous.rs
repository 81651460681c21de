//! Conditions and rules that come out so because a member is absent of which they say nothing.
//!
//! `properties` and `x-relations` say nothing of absent members. Both are read twice, as they stand
//! and as if they asked for their members. Where the two readings differ, absence decides, and the
//! author has to say which is meant.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::diagnostic::{Code, Sink};
use crate::english::code;
use crate::rules::logic::formula::{Atom, Formula, Relation};
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::rule::{Condition, Demand, ObjectRules};
use crate::source::Origin;

/// A keyword that says nothing of absent members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keyword {
    Properties,
    Relations,
}

impl Keyword {
    fn as_str(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Relations => "x-relations",
        }
    }
}

/// The member on whose absence it turns, and all members that should be asked for.
struct Absence {
    name: String,
    asked: Vec<String>,
}

/// Reports them, and tells of which parameters rules ask by accident.
pub(super) fn report(space: &Space<'_>, rules: &ObjectRules, sink: &mut Sink) -> BTreeSet<Subject> {
    for condition in &rules.conditions {
        let space = &condition.space(space);
        let steps = [
            (&condition.formula, &condition.related, Keyword::Relations),
            (&condition.related, &condition.strict, Keyword::Properties),
        ];
        for (formula, strict, keyword) in steps {
            vacuous_condition(space, condition, formula, strict, keyword, sink);
        }
    }
    rules.demands.iter().flat_map(|demand| vacuous_demand(space, demand, sink)).collect()
}

fn vacuous_condition(
    space: &Space<'_>,
    condition: &Condition,
    formula: &Formula,
    strict: &Formula,
    keyword: Keyword,
    sink: &mut Sink,
) {
    if space.are_equivalent(formula, strict, &condition.outer) {
        return;
    }
    let when_absent = |formula, subject| assume(formula, subject, &States::absent()).into_owned();
    let absent_matters = |subject: &Subject| {
        let (formula, strict) = (when_absent(formula, *subject), when_absent(strict, *subject));
        !space.is_required(*subject) && !space.are_equivalent(&formula, &strict, &condition.outer)
    };
    let subject = formula.subjects().into_iter().find(absent_matters);
    let (absence, can_hold) = match subject {
        Some(subject) => {
            let holds = when_absent(formula, subject);
            let can_hold = space.is_satisfiable(&holds.and(condition.outer.clone()));
            (absence_of(space, formula, subject, keyword), can_hold)
        }
        None => match absent_inside(space, formula, keyword) {
            Some(absence) => (absence, true),
            None => return,
        },
    };
    let verb = if can_hold { "can hold" } else { "does not hold" };
    tell(condition.origin, keyword, &absence, &format!("this condition {verb}"), sink);
}

/// A rule that a request breaks because a member is absent that a relation in it names; the
/// parameters of the relation.
fn vacuous_demand(space: &Space<'_>, demand: &Demand, sink: &mut Sink) -> Vec<Subject> {
    let broken = demand.within.clone().and(demand.holds.negated());
    let accident = broken.and(demand.related.clone());
    if !space.is_satisfiable(&accident) {
        return Vec::new();
    }
    let mut compared = BTreeSet::new();
    demand.holds.for_each_relation(&mut |relation| compared.extend(relation.compared.subjects()));
    let given = |subjects: &mut dyn Iterator<Item = &Subject>| {
        Formula::All(subjects.map(|subject| Formula::present(*subject)).collect())
    };
    let is_enough = |absent: &Subject| {
        let others = given(&mut compared.iter().filter(|other| *other != absent));
        let accident = assume(&accident, *absent, &States::absent()).into_owned();
        !space.is_required(*absent) && space.is_satisfiable(&accident.and(others))
    };
    let met = "this is not met";
    // Of an unknown fact another check tells.
    let absent = compared.iter().find(|subject| !subject.is_context() && is_enough(subject));
    if let Some(absent) = absent {
        let absence = absence_of(space, &demand.holds, *absent, Keyword::Relations);
        tell(demand.origin, Keyword::Relations, &absence, met, sink);
        let names = |relation: &Relation| relation.compared.names(*absent);
        return relation_of(&demand.holds, &names)
            .map_or_else(Vec::new, |relation| relation.compared.subjects().collect());
    }
    let inside = [&demand.holds, &demand.related]
        .into_iter()
        .find_map(|formula| absent_inside(space, formula, Keyword::Relations))
        .filter(|_| space.is_satisfiable(&accident.and(given(&mut compared.iter()))));
    if let Some(absence) = inside {
        tell(demand.origin, Keyword::Relations, &absence, met, sink);
    }
    Vec::new()
}

fn tell(origin: Origin, keyword: Keyword, absence: &Absence, then: &str, sink: &mut Sink) {
    let keyword = keyword.as_str();
    let names: Vec<String> = absence.asked.iter().map(|name| format!("\"{name}\"")).collect();
    sink.error_with_help(
        Code::VacuousCondition,
        origin,
        format!("`{keyword}` says nothing of an absent {}: then {then}", code(&absence.name)),
        format!("write `\"required\": [{}]` beside `{keyword}`", names.join(", ")),
    );
}

fn absence_of(space: &Space<'_>, formula: &Formula, absent: Subject, keyword: Keyword) -> Absence {
    let name = space.name(absent).to_owned();
    let names = |relation: &Relation| relation.compared.names(absent);
    let relation = relation_of(formula, &names).filter(|_| keyword == Keyword::Relations);
    let asked = match relation {
        Some(relation) => members(space, relation),
        None => vec![name.clone()],
    };
    Absence { name, asked }
}

fn relation_of<'f>(
    formula: &'f Formula,
    is_wanted: &dyn Fn(&Relation) -> bool,
) -> Option<&'f Relation> {
    let mut found = None;
    formula.for_each_relation(&mut |relation| {
        found = found.or(Some(relation).filter(|relation| is_wanted(relation)));
    });
    found
}

/// The members that a relation names, each once.
fn members(space: &Space<'_>, relation: &Relation) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for subject in relation.compared.subjects() {
        let name = space.name(subject);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A member of an object inside a value that may be absent where the condition is met.
fn absent_inside(space: &Space<'_>, formula: &Formula, keyword: Keyword) -> Option<Absence> {
    let mut found = None;
    formula.for_each_atom(&mut |_, atom| {
        let Atom::Test(test) = atom else { return };
        for inner in test.predicate.inner() {
            let space = space.inner(&inner.type_);
            let formula = &inner.formula;
            let may_lack = |subject: &Subject| {
                let absent = assume(formula, *subject, &States::absent());
                !space.is_required(*subject) && space.is_satisfiable(&absent)
            };
            let absent = match keyword {
                Keyword::Properties => formula.subjects().into_iter().find(may_lack),
                Keyword::Relations => {
                    let lacking = |relation: &Relation| relation.compared.subjects().find(may_lack);
                    relation_of(formula, &|relation| lacking(relation).is_some()).and_then(lacking)
                }
            };
            let absence = absent.map(|absent| absence_of(&space, formula, absent, keyword));
            found = found.take().or(absence).or_else(|| absent_inside(&space, formula, keyword));
        }
    });
    found
}
