//! Schema conditions → rules.
//!
//! A request is valid when all conjuncts of its schema hold. Each conjunct becomes a rule of its own,
//! so that a refused request names every parameter that is missing and not just the fact that the
//! whole does not hold.

mod condition;
pub(in crate::rules) mod readings;
mod value;

use crate::diagnostic::{Code, Sink};
use crate::dialect::{self, Place};
use crate::english::nearest;
use crate::read::schema::Schema;
use crate::resolve::Resolved;
use crate::rules::compile::readings::Reading;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::{Space, Subject};
use crate::rules::logic::states::States;
use crate::rules::rule::{Condition, Demand, Effect, Idle, Kind, ObjectRules, Rule};
use crate::rules::words::sentence;
use crate::source::{Origin, Spanned};

/// Compiles the rules of the schema of a request, or of an object inside one.
pub(in crate::rules) fn compile(
    space: &Space<'_>,
    resolved: &Resolved,
    object: &Schema,
    sink: &mut Sink,
) -> ObjectRules {
    let mut compiler = Compiler::new(space, resolved, Reading::AsSchema, sink);
    for property in &object.properties {
        if let Some(subject) = space.find(&property.name.value) {
            let own = compiler.own(subject, &property.schema);
            compiler.own.push(space.simplified(&own).into_owned());
            let origin = property.name.origin;
            let holds = compiler.demand(Some(origin), &mut |compiler| {
                compiler.uncovered(subject, &property.schema)
            });
            compiler.rule(subject, Kind::Combination, &Formula::True, holds, origin);
        }
    }
    compiler.beside = compiler.required(object);
    compiler.combinators(object, &Formula::True);
    let effects = compiler.effects(object);
    let Compiler { rules: mut all, conditions, demands, idle, own, .. } = compiler;
    all.sort_by_key(|rule| rule.target);
    // Two places of a schema may ask for the same thing, which is said once.
    let mut rules: Vec<Rule> = Vec::new();
    let mut repeated = Vec::new();
    for rule in all {
        let is_same = |first: &Rule| {
            (rule.target, rule.kind, &rule.broken) == (first.target, first.kind, &first.broken)
        };
        if rules.iter().any(is_same) { repeated.push(rule) } else { rules.push(rule) }
    }
    let documented = documented(object);
    ObjectRules { rules, repeated, conditions, demands, idle, effects, documented, own }
}

/// How many rules an object states: each part of its `allOf`, every other keyword that combines
/// members, and each condition of an effect.
fn documented(object: &Schema) -> usize {
    let keywords = object.keywords.iter().map(|(keyword, _)| *keyword);
    let combining = keywords.filter(|keyword| dialect::is_rule(keyword));
    let properties = object.properties.iter();
    let effects = properties.filter(|property| property.schema.effective_when.is_some());
    object.rules().all_of.len() + combining.count() + effects.count()
}

pub(in crate::rules) struct Compiler<'c, 'a> {
    pub(in crate::rules) space: &'c Space<'a>,
    pub(in crate::rules) resolved: &'c Resolved,
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
        resolved: &'c Resolved,
        reading: Reading,
        sink: &'c mut Sink,
    ) -> Self {
        Self {
            space,
            resolved,
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

    /// Rules for all that a schema asks of the request whenever `when` holds.
    fn conjuncts(&mut self, schema: &Schema, when: &Formula) {
        schema.check_keywords(Place::Condition, "a condition", self.sink);
        self.units += 1;
        let unit = self.units;
        self.unit = unit;
        if schema.boolean == Some(false) {
            self.combination(when, Formula::False, schema.origin);
        }
        if let Some(holds) = self.typed(&["object"], schema) {
            self.combination(when, holds, schema.keyword("type"));
        }
        if let Some(holds) = self.listed(schema) {
            self.combination(when, holds, schema.keyword("enum").or(schema.keyword("const")));
        }
        if let Some(target) = self.target(schema) {
            self.conjuncts(target, when);
        }
        self.unit = unit;
        for name in &schema.required {
            if let Some(subject) = self.find(name) {
                self.rule(subject, Kind::Required, when, Formula::present(subject), name.origin);
            }
        }
        let required = self.required(schema);
        let beside = self.beside.clone();
        self.beside = beside.clone().and(required);
        self.outer = when.clone();
        for property in &schema.properties {
            if let Some(subject) = self.find(&property.name) {
                let origin = property.name.origin;
                let holds = self.demand(Some(origin), &mut |compiler| {
                    compiler.member(subject, &property.schema)
                });
                self.rule(subject, Kind::Combination, when, holds, origin);
            }
        }
        self.combinators(schema, when);
        self.beside = beside;
    }

    /// The part of [`Self::conjuncts`] that the root of a request shares.
    fn combinators(&mut self, schema: &Schema, when: &Formula) {
        self.dependents(schema, when);
        for item in &schema.rules().relations {
            let origin = Some(item.relation.origin);
            self.written(origin, when, |compiler| {
                if let Some(holds) = compiler.relation(item) {
                    compiler.combination(when, holds, origin);
                }
            });
        }
        let origin = schema.keyword("minProperties").or(schema.keyword("maxProperties"));
        self.written(origin, when, |compiler| {
            let holds = compiler.counted(schema);
            compiler.combination(when, holds, origin);
        });
        let origin = schema.keyword("propertyNames");
        self.written(origin, when, |compiler| {
            for subject in compiler.misnamed(schema) {
                compiler.combination(when, Formula::absent(subject), origin);
            }
        });
        self.report_lone_branches(schema);
        if let Some(condition) = &schema.rules().if_ {
            self.written(schema.keyword("if"), when, |compiler| {
                compiler.branches(schema, condition, when);
            });
        }
        for part in &schema.rules().all_of {
            let outer = self.note.clone();
            self.note = part.note.clone().or(outer.clone());
            // `true`, and that an object is one, are written for the sake of form.
            let is_form = part.boolean.is_some() || part.type_names().is_some();
            let origin = part.origin.filter(|_| !is_form);
            self.written(origin, when, |compiler| compiler.conjuncts(part, when));
            self.note = outer;
        }
        self.outer = when.clone();
        if let Some(excluded) = &schema.rules().not {
            let origin = schema.keyword("not");
            self.written(origin, when, |compiler| {
                let mut holds = |compiler: &mut Self| compiler.formula(excluded).negated();
                let holds = compiler.demand(origin, &mut holds);
                compiler.combination(when, holds, origin);
            });
        }
        for (keyword, parts) in
            [("anyOf", &schema.rules().any_of), ("oneOf", &schema.rules().one_of)]
        {
            if parts.is_empty() {
                continue;
            }
            let origin = schema.keyword(keyword);
            self.written(origin, when, |compiler| {
                let mut holds = |compiler: &mut Self| compiler.alternatives(keyword, parts);
                let holds = compiler.demand(origin, &mut holds);
                compiler.combination(when, holds, origin);
            });
        }
    }

    /// What hangs on a parameter that is given.
    fn dependents(&mut self, schema: &Schema, when: &Formula) {
        let required = &schema.rules().dependent_required;
        self.written(schema.keyword("dependentRequired"), when, |compiler| {
            for (trigger, names) in required {
                compiler.written(Some(trigger.origin), when, |compiler| {
                    let Some(trigger) = compiler.find(trigger) else { return };
                    let when = when.clone().and(Formula::present(trigger));
                    for name in names {
                        let Some(subject) = compiler.find(name) else { continue };
                        let present = Formula::present(subject);
                        compiler.written(Some(name.origin), &when, |compiler| {
                            compiler.rule(subject, Kind::Required, &when, present, name.origin);
                        });
                    }
                });
            }
        });
        let schemas = &schema.rules().dependent_schemas;
        self.written(schema.keyword("dependentSchemas"), when, |compiler| {
            for property in schemas {
                compiler.written(Some(property.name.origin), when, |compiler| {
                    let Some(trigger) = compiler.find(&property.name) else { return };
                    let when = when.clone().and(Formula::present(trigger));
                    compiler.conjuncts(&property.schema, &when);
                });
            }
        });
    }

    /// What hangs on the condition of an `if`.
    fn branches(&mut self, schema: &Schema, condition: &Schema, when: &Formula) {
        self.outer = when.clone();
        let condition = self.condition(schema, condition, &mut Self::formula);
        if let Some(then) = &schema.rules().then {
            self.conjuncts(then, &when.clone().and(condition.clone()));
        }
        if let Some(otherwise) = &schema.rules().else_ {
            self.conjuncts(otherwise, &when.clone().and(condition.negated()));
        }
    }

    /// Reads what is written as a rule of its own, and notes it when it asks for nothing without a
    /// word of the author's why.
    fn written(&mut self, origin: Option<Origin>, when: &Formula, read: impl FnOnce(&mut Self)) {
        let (rules, idle, conditions) = (self.rules.len(), self.idle.len(), self.conditions.len());
        self.units += 1;
        self.unit = self.units;
        read(self);
        // A keyword that is not there has no place.
        let asks = self.rules.len() > rules || self.idle.len() > idle || self.note.is_some();
        if let Some(origin) = origin.filter(|_| !asks) {
            let conditions = conditions..self.conditions.len();
            self.idle.push(Idle { origin, when: when.clone(), conditions });
        }
    }

    /// When the members of an object have an effect; the conditions are noted for analysis.
    fn effects(&mut self, object: &Schema) -> Vec<Effect> {
        let mut effects = Vec::new();
        for property in &object.properties {
            let Some(condition) = &property.schema.effective_when else { continue };
            let Some(target) = self.space.find(&property.name.value) else { continue };
            self.outer = Formula::present(target);
            let formula =
                self.noted(&property.schema, "x-effective-when", condition, &mut Self::formula);
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

    /// JSON Schema ignores `then` and `else` without `if`; their author did not mean that.
    pub(in crate::rules) fn report_lone_branches(&mut self, schema: &Schema) {
        for keyword in ["then", "else"] {
            if schema.rules().if_.is_none()
                && let Some(origin) = schema.keyword(keyword)
            {
                let message = format!("`{keyword}` has no effect without `if`");
                self.sink.error(Code::MissingKey, origin, message);
            }
        }
        if schema.rules().then.is_none()
            && schema.rules().else_.is_none()
            && let Some(origin) = schema.keyword("if")
        {
            let message = "`if` has no effect without `then` or `else`";
            self.sink.error(Code::MissingKey, origin, message);
        }
    }

    pub(in crate::rules) fn find(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let found = self.space.find(&name.value);
        if found.is_none() {
            let message = format!("there is no parameter `{}`", name.value);
            let nearest = nearest(&name.value, self.space.names());
            self.sink.error_with_nearest(Code::UnknownParameter, name.origin, message, nearest);
        }
        found
    }
}
