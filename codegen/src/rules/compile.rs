//! Conditions → rules.
//!
//! A request is valid when all conjuncts of its conditions hold. Each conjunct becomes a rule of its own,
//! so that a refused request names every parameter that is missing and not just the fact that the
//! whole does not hold.

mod condition;
pub(in crate::rules) mod readings;
mod value;

use crate::bound::condition::{Branches, Combined, Dependent, ObjectCondition};
use crate::bound::{Requirements, Subject};
use crate::diagnostic::{Code, Sink};
use crate::rules::compile::readings::Reading;
use crate::rules::compile::value::Extent;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::rule::{Condition, Demand, Effect, Idle, Kind, ObjectRules, Rule};
use crate::rules::words::sentence;
use crate::source::{Origin, Spanned};

/// Compiles the rules of a request, or of an object inside one.
pub(in crate::rules) fn compile(
    space: &Space<'_>,
    requirements: &Requirements,
    sink: &mut Sink,
) -> ObjectRules {
    let mut compiler = Compiler::new(space, Reading::AsSchema, sink);
    for (subject, own) in space.request().zip(&requirements.own) {
        let Some(condition) = own else {
            compiler.own.push(Formula::True);
            continue;
        };
        let own = compiler.given(subject, condition, Extent::Own);
        compiler.own.push(space.simplified(&own).into_owned());
        let origin = space.origin(subject);
        let holds = compiler.demand(Some(origin), &mut |compiler| {
            compiler.given(subject, condition, Extent::Whole)
        });
        compiler.rule(subject, Kind::Combination, &Formula::True, holds, origin);
    }
    compiler.beside = compiler.required(&requirements.whole);
    compiler.combinators(&requirements.whole, &Formula::True);
    let effects = compiler.effects(requirements);
    let Compiler { rules: mut all, conditions, demands, idle, own, .. } = compiler;
    all.sort_by_key(|rule| rule.target);
    // Two places of a spec may ask for the same thing, which is said once.
    let mut rules: Vec<Rule> = Vec::new();
    let mut repeated = Vec::new();
    for rule in all {
        let is_same = |first: &Rule| {
            (rule.target, rule.kind, &rule.broken) == (first.target, first.kind, &first.broken)
        };
        if rules.iter().any(is_same) { repeated.push(rule) } else { rules.push(rule) }
    }
    let documented = requirements.documented;
    ObjectRules { rules, repeated, conditions, demands, idle, effects, documented, own }
}

pub(in crate::rules) struct Compiler<'c, 'a> {
    pub(in crate::rules) space: &'c Space<'a>,
    pub(in crate::rules) reading: Reading,
    /// What the conditions that are being read hang on.
    pub(in crate::rules) outer: Formula,
    /// What is asked for beside the rule that is being read.
    pub(in crate::rules) beside: Formula,
    rules: Vec<Rule>,
    pub(in crate::rules) conditions: Vec<Condition>,
    pub(in crate::rules) demands: Vec<Demand>,
    idle: Vec<Idle>,
    /// Which of the things that are written as rules is being read, counted from 1; 0 is none.
    unit: usize,
    /// How many of them there were.
    units: usize,
    own: Vec<Formula>,
    /// What the author says of the rule that is being read.
    note: Option<String>,
    pub(in crate::rules) sink: &'c mut Sink,
}

impl<'c, 'a> Compiler<'c, 'a> {
    pub(in crate::rules) fn new(
        space: &'c Space<'a>,
        reading: Reading,
        sink: &'c mut Sink,
    ) -> Self {
        Self {
            space,
            reading,
            outer: Formula::True,
            beside: Formula::True,
            rules: Vec::new(),
            conditions: Vec::new(),
            demands: Vec::new(),
            idle: Vec::new(),
            unit: 0,
            units: 0,
            own: Vec::new(),
            note: None,
            sink,
        }
    }

    /// Rules for all that a condition asks of the request whenever `when` holds.
    fn conjuncts(&mut self, condition: &ObjectCondition, when: &Formula) {
        self.units += 1;
        let unit = self.units;
        self.unit = unit;
        if condition.constant == Some(false) {
            self.combination(when, Formula::False, condition.origin);
        }
        if let Some(type_) = &condition.type_ {
            self.combination(when, Formula::constant(type_.value), Some(type_.origin));
        }
        if let Some(values) = &condition.values {
            let holds = self.lone_listed(&values.value);
            self.combination(when, holds, Some(values.origin));
        }
        if let Some(reference) = &condition.reference {
            self.conjuncts(reference, when);
        }
        self.unit = unit;
        for name in &condition.required {
            let subject = name.value;
            self.rule(subject, Kind::Required, when, Formula::present(subject), name.origin);
        }
        let required = self.required(condition);
        let beside = self.beside.clone();
        self.beside = beside.clone().and(required);
        self.outer = when.clone();
        for (name, value) in &condition.members {
            let holds =
                self.demand(Some(name.origin), &mut |compiler| compiler.member(name.value, value));
            self.rule(name.value, Kind::Combination, when, holds, name.origin);
        }
        self.combinators(condition, when);
        self.beside = beside;
    }

    /// The part of [`Self::conjuncts`] that the root of a request shares.
    fn combinators(&mut self, condition: &ObjectCondition, when: &Formula) {
        self.dependents(condition, when);
        for relation in &condition.relations {
            let origin = Some(relation.origin);
            self.written(relation.origin, when, |compiler| {
                let holds = compiler.relation(&relation.value);
                compiler.combination(when, holds, origin);
            });
        }
        if let Some(count) = &condition.count {
            self.written(count.origin, when, |compiler| {
                let holds = compiler.counted(count.value);
                compiler.combination(when, holds, Some(count.origin));
            });
        }
        if let Some(names) = &condition.names {
            self.written(names.origin, when, |compiler| {
                for subject in compiler.misnamed(&names.value) {
                    compiler.combination(when, Formula::absent(subject), Some(names.origin));
                }
            });
        }
        self.joined(&condition.combined, when);
    }

    /// What is made of other conditions.
    fn joined(&mut self, combined: &Combined<ObjectCondition>, when: &Formula) {
        if let Some(branches) = &combined.branches {
            self.written(branches.origin, when, |compiler| compiler.branches(branches, when));
        }
        for part in &combined.all_of {
            let outer = self.note.clone();
            self.note = part.note.clone().or(outer.clone());
            // `true`, and that an object is one, are written for the sake of form.
            let is_form = part.constant.is_some() || part.type_.is_some();
            match part.origin.filter(|_| !is_form) {
                Some(origin) => {
                    self.written(origin, when, |compiler| compiler.conjuncts(part, when));
                }
                None => self.conjuncts(part, when),
            }
            self.note = outer;
        }
        self.outer = when.clone();
        if let Some(excluded) = &combined.not {
            let origin = Some(excluded.origin);
            self.written(excluded.origin, when, |compiler| {
                let mut holds = |compiler: &mut Self| compiler.formula(&excluded.value).negated();
                let holds = compiler.demand(origin, &mut holds);
                compiler.combination(when, holds, origin);
            });
        }
        if let Some(together) = &combined.all_or_none {
            self.together(together, when);
        }
        type Join = fn(Vec<Formula>) -> Formula;
        let ways: [(_, Join); 3] = [
            (&combined.any_of, Formula::Any),
            (&combined.one_of, Formula::exactly_one),
            (&combined.at_most_one, Formula::at_most_one),
        ];
        for (parts, join) in ways {
            let Some(parts) = parts else { continue };
            let origin = Some(parts.origin);
            self.written(parts.origin, when, |compiler| {
                let mut holds = |compiler: &mut Self| {
                    join(parts.value.iter().map(|part| compiler.formula(part)).collect())
                };
                let holds = compiler.demand(origin, &mut holds);
                compiler.combination(when, holds, origin);
            });
        }
    }

    /// All of some conditions, as soon as one of them holds.
    fn together(&mut self, together: &Spanned<Vec<ObjectCondition>>, when: &Formula) {
        self.written(together.origin, when, |compiler| {
            let parts = &together.value;
            let all: Vec<_> = parts.iter().map(|part| compiler.formula(part)).collect();
            for (index, part) in parts.iter().enumerate() {
                let others = all.iter().enumerate().filter(|(other, _)| *other != index);
                let any = Formula::Any(others.map(|(_, formula)| formula.clone()).collect());
                compiler.conjuncts(part, &when.clone().and(any));
            }
        });
        self.outer = when.clone();
    }

    /// What hangs on a parameter that is given.
    fn dependents(&mut self, condition: &ObjectCondition, when: &Formula) {
        if let Some(dependents) = &condition.dependent_required {
            self.written(dependents.origin, when, |compiler| {
                for Dependent { on, asks } in &dependents.value {
                    compiler.written(on.origin, when, |compiler| {
                        let when = when.clone().and(Formula::present(on.value));
                        for name in asks {
                            let (subject, present) = (name.value, Formula::present(name.value));
                            compiler.written(name.origin, &when, |compiler| {
                                compiler.rule(subject, Kind::Required, &when, present, name.origin);
                            });
                        }
                    });
                }
            });
        }
        if let Some(dependents) = &condition.dependent {
            self.written(dependents.origin, when, |compiler| {
                for Dependent { on, asks } in &dependents.value {
                    compiler.written(on.origin, when, |compiler| {
                        let when = when.clone().and(Formula::present(on.value));
                        compiler.conjuncts(asks, &when);
                    });
                }
            });
        }
    }

    /// What hangs on the condition of an `if`.
    fn branches(&mut self, branches: &Branches<ObjectCondition>, when: &Formula) {
        self.outer = when.clone();
        let condition = self.noted(branches.origin, &branches.condition, &mut Self::formula);
        if let Some(then) = &branches.then {
            self.conjuncts(then, &when.clone().and(condition.clone()));
        }
        if let Some(otherwise) = &branches.otherwise {
            self.conjuncts(otherwise, &when.clone().and(condition.negated()));
        }
    }

    /// Reads what is written as a rule of its own, and notes it when it asks for nothing without a
    /// word of the author's why.
    fn written(&mut self, origin: Origin, when: &Formula, read: impl FnOnce(&mut Self)) {
        let (rules, idle, conditions) = (self.rules.len(), self.idle.len(), self.conditions.len());
        self.units += 1;
        self.unit = self.units;
        read(self);
        let asks = self.rules.len() > rules || self.idle.len() > idle || self.note.is_some();
        if !asks {
            let conditions = conditions..self.conditions.len();
            self.idle.push(Idle { origin, when: when.clone(), conditions });
        }
    }

    /// When the members of an object have an effect; the conditions are noted for analysis.
    fn effects(&mut self, requirements: &Requirements) -> Vec<Effect> {
        let mut effects = Vec::new();
        for effect in &requirements.effects {
            let target = Subject::Request(effect.member);
            self.outer = Formula::present(target);
            let when = &effect.when;
            let formula = self.noted(when.origin, &when.value, &mut Self::formula);
            let formula = self.space.minimal(&assume(&formula, target, &States::present()));
            effects
                .push(Effect { target, sentence: sentence::effect(self.space, target, &formula) });
        }
        effects
    }

    /// A rule that is about no single parameter; a plain "not given" is about one after all.
    fn combination(&mut self, when: &Formula, holds: Formula, origin: Option<Origin>) {
        let holds = self.space.minimal(&holds);
        // A keyword that is not there has no place, and says nothing.
        let Some(origin) = origin.filter(|_| holds != Formula::True) else { return };
        if let Formula::Is(subject, states) = &holds {
            let kinds = [(States::absent(), Kind::NotAllowed), (States::present(), Kind::Required)];
            if let Some((_, kind)) = kinds.into_iter().find(|(plain, _)| plain == states) {
                let subject = *subject;
                self.rule(subject, kind, when, holds, origin);
                return;
            }
        }
        let subjects = holds.subjects().into_iter().chain(when.subjects());
        match subjects.chain(self.space.request()).next() {
            Some(target) => self.rule(target, Kind::Combination, when, holds, origin),
            None => self.sink.error(Code::Unsatisfiable, origin, "no request can meet this"),
        }
    }

    fn rule(
        &mut self,
        target: Subject,
        kind: Kind,
        when: &Formula,
        holds: Formula,
        origin: Origin,
    ) {
        if let Subject::Context(_) = target {
            let name = self.space.name(target);
            self.sink.error_with_help(
                Code::InvalidValue,
                origin,
                format!("a rule cannot ask anything of `{name}`, which the request does not carry"),
                "name it in an `if`",
            );
            return;
        }
        // A rule that asks for a parameter need not say what holds once it is given.
        let state = match kind {
            Kind::Required => Some(States::absent()),
            Kind::NotAllowed => Some(States::present()),
            Kind::Value | Kind::Combination => None,
        };
        let when = match state {
            Some(state) => self.space.minimal(&assume(when, target, &state)),
            None => self.space.minimal(when),
        };
        let holds = self.space.minimal(&holds);
        let broken = self.space.minimal(&holds.negated().and(when.clone()));
        if broken == Formula::False {
            return;
        }
        let about = holds.subjects();
        let is_of_one = kind == Kind::Combination && about.len() == 1 && about.contains(&target);
        let kind = if is_of_one { Kind::Value } else { kind };
        let sentence = sentence::rule(self.space, kind, target, &when, &holds);
        let unknown = sentence::unknown(self.space, &when.clone().and(holds.clone()));
        let holds = match kind {
            Kind::Value => {
                let given = assume(&holds, target, &States::present());
                self.space.simplified(&given).into_owned()
            }
            _ => holds,
        };
        let note = self.note.clone();
        self.rules.push(Rule {
            target,
            kind,
            broken,
            when,
            holds,
            about,
            sentence,
            note,
            unknown,
            origin,
            unit: self.unit,
        });
    }
}
