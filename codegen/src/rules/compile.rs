//! Schema conditions → rules.
//!
//! A request is valid when all conjuncts of its schema hold. Each conjunct becomes a rule of its own,
//! so that a refused request names every parameter that is missing and not just the fact that the
//! whole does not hold.

use crate::diagnostic::{Code, Sink};
use crate::load::keywords::{ANY, OBJECT};
use crate::load::reader::nearest;
use crate::load::schema::Schema;
use crate::resolve::Resolved;
use crate::rules::formula::Formula;
use crate::rules::sentence;
use crate::rules::simplify::assume;
use crate::rules::space::{Space, Subject};
use crate::rules::states::States;
use crate::rules::{Condition, Effect, Kind, ObjectRules, Rule};
use crate::source::{Origin, Spanned};

/// The keywords that a condition on an object may have.
pub(super) fn conditions() -> Vec<&'static str> {
    ANY.iter().chain(OBJECT).chain(&["x-relations"]).copied().collect()
}

/// Compiles the rules of the schema of a request, or of an object inside one.
pub(super) fn compile(
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
            let holds = compiler.uncovered(subject, &property.schema);
            let origin = property.name.origin;
            compiler.rule(subject, Kind::Combination, &Formula::True, holds, origin);
        }
    }
    compiler.combinators(object, &Formula::True);
    let effects = compiler.effects(object);
    let Compiler { mut rules, conditions, own, .. } = compiler;
    rules.sort_by_key(|rule| rule.target);
    // Two places of a schema may ask for the same thing.
    rules.dedup_by(|next, first| {
        (next.target, next.kind, &next.broken) == (first.target, first.kind, &first.broken)
    });
    ObjectRules { rules, conditions, effects, documented: documented(object), own }
}

/// How many rules an object states: each part of its `allOf`, every other keyword that combines
/// members, and each condition of an effect.
fn documented(object: &Schema) -> usize {
    let keywords = object.keywords.iter().map(|(keyword, _)| *keyword);
    let combining = keywords.filter(|keyword| COMBINING.contains(keyword));
    let properties = object.properties.iter();
    let effects = properties.filter(|property| property.schema.effective_when.is_some());
    object.rules().all_of.len() + combining.count() + effects.count()
}

/// What combines members, one rule each; `then` and `else` belong to their `if`.
const COMBINING: &[&str] = &[
    "if",
    "not",
    "anyOf",
    "oneOf",
    "dependentRequired",
    "dependentSchemas",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "x-relations",
];

/// How `properties` is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// It says nothing of a member that is not there.
    AsSchema,
    /// It also asks for the member, which is what a hasty reader takes it for.
    Strict,
}

pub(super) struct Compiler<'c, 'a> {
    pub(super) space: &'c Space<'a>,
    pub(super) resolved: &'c Resolved,
    pub(super) reading: Reading,
    /// What the conditions that are being read hang on.
    pub(super) outer: Formula,
    rules: Vec<Rule>,
    pub(super) conditions: Vec<Condition>,
    own: Vec<Formula>,
    /// What the author says of the rule that is being read.
    note: Option<String>,
    pub(super) sink: &'c mut Sink,
}

impl<'c, 'a> Compiler<'c, 'a> {
    pub(super) fn new(
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
            rules: Vec::new(),
            conditions: Vec::new(),
            own: Vec::new(),
            note: None,
            sink,
        }
    }

    /// Rules for all that a schema asks of the request whenever `when` holds.
    fn conjuncts(&mut self, schema: &Schema, when: &Formula) {
        schema.allow_only(&conditions(), "a condition", self.sink);
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
        for name in &schema.required {
            if let Some(subject) = self.find(name) {
                self.rule(subject, Kind::Required, when, Formula::present(subject), name.origin);
            }
        }
        self.outer = when.clone();
        for property in &schema.properties {
            if let Some(subject) = self.find(&property.name) {
                let holds = self.member(subject, &property.schema);
                self.rule(subject, Kind::Combination, when, holds, property.name.origin);
            }
        }
        self.combinators(schema, when);
    }

    /// The part of [`Self::conjuncts`] that the root of a request shares.
    fn combinators(&mut self, schema: &Schema, when: &Formula) {
        for (trigger, names) in &schema.rules().dependent_required {
            let Some(trigger) = self.find(trigger) else { continue };
            let when = when.clone().and(Formula::present(trigger));
            for name in names {
                if let Some(subject) = self.find(name) {
                    let present = Formula::present(subject);
                    self.rule(subject, Kind::Required, &when, present, name.origin);
                }
            }
        }
        for property in &schema.rules().dependent_schemas {
            if let Some(trigger) = self.find(&property.name) {
                self.conjuncts(&property.schema, &when.clone().and(Formula::present(trigger)));
            }
        }
        for item in &schema.rules().relations {
            if let Some(holds) = self.relation(item) {
                self.combination(when, holds, Some(item.relation.origin));
            }
        }
        let holds = self.counted(schema);
        let origin = schema.keyword("minProperties").or(schema.keyword("maxProperties"));
        self.combination(when, holds, origin);
        let origin = schema.keyword("propertyNames");
        for subject in self.misnamed(schema) {
            self.combination(when, Formula::absent(subject), origin);
        }
        self.report_lone_branches(schema);
        if let Some(condition) = &schema.rules().if_ {
            self.outer = when.clone();
            let condition = self.condition(schema, condition, &mut Self::formula);
            if let Some(then) = &schema.rules().then {
                self.conjuncts(then, &when.clone().and(condition.clone()));
            }
            if let Some(otherwise) = &schema.rules().else_ {
                self.conjuncts(otherwise, &when.clone().and(condition.negated()));
            }
        }
        for part in &schema.rules().all_of {
            let outer = self.note.clone();
            self.note = part.note.clone().or(outer.clone());
            self.conjuncts(part, when);
            self.note = outer;
        }
        self.outer = when.clone();
        if let Some(excluded) = &schema.rules().not {
            let origin = schema.keyword("not");
            let holds = self.formula(excluded).negated();
            self.combination(when, holds, origin);
        }
        for (keyword, parts) in
            [("anyOf", &schema.rules().any_of), ("oneOf", &schema.rules().one_of)]
        {
            if !parts.is_empty() {
                let origin = schema.keyword(keyword);
                let holds = self.alternatives(keyword, parts);
                self.combination(when, holds, origin);
            }
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

    /// The formula of an `if`, which is noted for analysis.
    pub(super) fn condition(
        &mut self,
        schema: &Schema,
        condition: &Schema,
        read: &mut dyn FnMut(&mut Self, &Schema) -> Formula,
    ) -> Formula {
        self.noted(schema, "if", condition, read)
    }

    fn noted(
        &mut self,
        schema: &Schema,
        keyword: &str,
        condition: &Schema,
        read: &mut dyn FnMut(&mut Self, &Schema) -> Formula,
    ) -> Formula {
        let formula = read(self, condition);
        if let Some(origin) = schema.keyword(keyword)
            && self.reading == Reading::AsSchema
        {
            self.reading = Reading::Strict;
            let strict = read(self, condition);
            self.reading = Reading::AsSchema;
            let (outer, formula) = (self.outer.clone(), formula.clone());
            self.conditions.push(Condition { origin, inside: None, outer, formula, strict });
        }
        formula
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
        let rule =
            Rule { target, kind, broken, when, holds, about, sentence, note, unknown, origin };
        self.rules.push(rule);
    }

    /// JSON Schema ignores `then` and `else` without `if`; their author did not mean that.
    pub(super) fn report_lone_branches(&mut self, schema: &Schema) {
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

    pub(super) fn find(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let found = self.space.find(&name.value);
        if found.is_none() {
            let message = format!("there is no parameter `{}`", name.value);
            let nearest = nearest(&name.value, self.space.names());
            self.sink.error_with_nearest(Code::UnknownParameter, name.origin, message, nearest);
        }
        found
    }
}
