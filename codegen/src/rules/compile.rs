//! Schema conditions → rules.
//!
//! A request is valid when all conjuncts of its schema hold. Each conjunct becomes a rule of its own,
//! so that a refused request names every parameter that is missing and not just the fact that the
//! whole does not hold.

use crate::diagnostic::{Code, Sink};
use crate::load::json::Json;
use crate::load::reader::nearest;
use crate::load::schema::Schema;
use crate::rules::formula::Formula;
use crate::rules::sentence;
use crate::rules::space::{Domain, Space, Subject};
use crate::rules::states::{Literal, States};
use crate::rules::{Condition, Kind, Rule, literal_of};
use crate::source::{Origin, Spanned};

/// The keywords that say something about an object's members.
const CONDITIONS: &[&str] = &[
    "properties",
    "required",
    "dependentRequired",
    "if",
    "then",
    "else",
    "not",
    "allOf",
    "anyOf",
    "oneOf",
];

/// The keywords that say something about one value.
const VALUE_CONDITIONS: &[&str] =
    &["const", "enum", "if", "then", "else", "not", "allOf", "anyOf", "oneOf"];

/// Compiles the rules of a request schema.
pub(super) fn compile(
    space: &Space<'_>,
    request: &Schema,
    sink: &mut Sink,
) -> (Vec<Rule>, Vec<Condition>) {
    let allowed = [CONDITIONS, &["type", "x-context"]].concat();
    request.allow_only(&allowed, "a request", sink);
    let mut compiler = Compiler::new(space, Reading::AsSchema, sink);
    compiler.combinators(request, &Formula::True);
    let Compiler { mut rules, conditions, .. } = compiler;
    rules.sort_by_key(|rule| rule.target);
    (rules, conditions)
}

/// How `properties` is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It says nothing of a member that is not there.
    AsSchema,
    /// It also asks for the member, which is what a hasty reader takes it for.
    Strict,
}

struct Compiler<'c, 'a> {
    space: &'c Space<'a>,
    reading: Reading,
    rules: Vec<Rule>,
    conditions: Vec<Condition>,
    sink: &'c mut Sink,
}

impl<'c, 'a> Compiler<'c, 'a> {
    fn new(space: &'c Space<'a>, reading: Reading, sink: &'c mut Sink) -> Self {
        Self { space, reading, rules: Vec::new(), conditions: Vec::new(), sink }
    }

    /// Rules for all that a schema asks of the request whenever `when` holds.
    fn conjuncts(&mut self, schema: &Schema, when: &Formula) {
        schema.allow_only(CONDITIONS, "a condition", self.sink);
        for name in &schema.required {
            if let Some(subject) = self.find(name) {
                self.rule(subject, Kind::Required, when, Formula::present(subject), name.origin);
            }
        }
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
        for (trigger, names) in &schema.dependent_required {
            let Some(trigger) = self.find(trigger) else { continue };
            let when = when.clone().and(Formula::present(trigger));
            for name in names {
                if let Some(subject) = self.find(name) {
                    let present = Formula::present(subject);
                    self.rule(subject, Kind::Required, &when, present, name.origin);
                }
            }
        }
        self.report_lone_branches(schema);
        if let Some(condition) = &schema.if_ {
            let condition = self.condition(schema, condition, when);
            if let Some(then) = &schema.then {
                self.conjuncts(then, &when.clone().and(condition.clone()));
            }
            if let Some(otherwise) = &schema.else_ {
                self.conjuncts(otherwise, &when.clone().and(condition.negated()));
            }
        }
        for part in &schema.all_of {
            self.conjuncts(part, when);
        }
        if let Some(excluded) = &schema.not {
            let origin = schema.keyword("not");
            let holds = self.formula(excluded).negated();
            self.combination(when, holds, origin);
        }
        for (keyword, parts) in [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
            if !parts.is_empty() {
                let origin = schema.keyword(keyword);
                let holds = self.alternatives(keyword, parts);
                self.combination(when, holds, origin);
            }
        }
    }

    /// The formula of an `if`, which is noted for analysis.
    fn condition(&mut self, schema: &Schema, condition: &Schema, when: &Formula) -> Formula {
        let formula = self.formula(condition);
        if let Some(origin) = schema.keyword("if") {
            // What is wrong with it has been reported by the first reading.
            let mut unheard = Sink::default();
            let strict =
                Compiler::new(self.space, Reading::Strict, &mut unheard).formula(condition);
            let (outer, formula) = (when.clone(), formula.clone());
            self.conditions.push(Condition { origin, outer, formula, strict });
        }
        formula
    }

    /// A rule that is about no single parameter; a plain "not given" is about one after all.
    fn combination(&mut self, when: &Formula, holds: Formula, origin: Option<Origin>) {
        let Some(origin) = origin else { return };
        let holds = self.space.minimal(&holds);
        if let Formula::Is(subject, states) = &holds
            && *states == States::absent()
        {
            let subject = *subject;
            self.rule(subject, Kind::NotAllowed, when, holds, origin);
            return;
        }
        let target = holds.subjects().into_iter().chain(when.subjects()).next();
        if let Some(target) = target {
            self.rule(target, Kind::Combination, when, holds, origin);
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
        let when = self.space.minimal(when);
        let holds = self.space.minimal(&holds);
        let broken = self.space.simplified(&holds.negated().and(when.clone()));
        if broken == Formula::False {
            return;
        }
        let sentence = sentence::rule(self.space, kind, target, &when, &holds);
        let unknown = sentence::unknown(self.space, &when.clone().and(holds));
        self.rules.push(Rule { target, kind, broken, when, sentence, unknown, origin });
    }

    /// The formula that holds when an object satisfies the schema.
    fn formula(&mut self, schema: &Schema) -> Formula {
        schema.allow_only(CONDITIONS, "a condition", self.sink);
        let mut parts = Vec::new();
        for name in &schema.required {
            parts.extend(self.find(name).map(Formula::present));
        }
        for property in &schema.properties {
            if let Some(subject) = self.find(&property.name) {
                parts.push(self.member(subject, &property.schema));
            }
        }
        for (trigger, names) in &schema.dependent_required {
            let Some(trigger) = self.find(trigger) else { continue };
            let names: Vec<_> = names.iter().filter_map(|name| self.find(name)).collect();
            let all = names.into_iter().map(Formula::present).collect();
            parts.push(Formula::absent(trigger).or(Formula::All(all)));
        }
        self.shared(schema, &mut parts, &mut Self::formula);
        Formula::All(parts)
    }

    /// What a member's schema says of the object: nothing, when the member is not there.
    fn member(&mut self, subject: Subject, schema: &Schema) -> Formula {
        let value = self.value(subject, schema);
        match self.reading {
            Reading::AsSchema => Formula::absent(subject).or(value),
            Reading::Strict => value,
        }
    }

    /// The formula that holds when the member is there and its value satisfies the schema.
    fn value(&mut self, subject: Subject, schema: &Schema) -> Formula {
        let name = self.space.name(subject);
        let place = format!("a condition on the value of `{name}`");
        schema.allow_only(VALUE_CONDITIONS, &place, self.sink);
        let mut parts = vec![Formula::present(subject)];
        if let Some(constant) = &schema.constant {
            let values = self.literal(subject, constant).into_iter().collect();
            parts.push(Formula::Is(subject, States::only(values)));
        }
        if schema.keyword("enum").is_some() {
            let values =
                schema.enumeration.iter().filter_map(|json| self.literal(subject, json)).collect();
            parts.push(Formula::Is(subject, States::only(values)));
        }
        let mut inner = |compiler: &mut Self, schema: &Schema| compiler.value(subject, schema);
        self.shared(schema, &mut parts, &mut inner);
        Formula::All(parts)
    }

    /// The keywords that combine schemas, whatever the schemas are about.
    fn shared(
        &mut self,
        schema: &Schema,
        parts: &mut Vec<Formula>,
        inner: &mut dyn FnMut(&mut Self, &Schema) -> Formula,
    ) {
        self.report_lone_branches(schema);
        if let Some(condition) = &schema.if_ {
            let condition = inner(self, condition);
            if let Some(then) = &schema.then {
                let then = inner(self, then);
                parts.push(condition.negated().or(then));
            }
            if let Some(otherwise) = &schema.else_ {
                let otherwise = inner(self, otherwise);
                parts.push(condition.or(otherwise));
            }
        }
        if let Some(excluded) = &schema.not {
            parts.push(inner(self, excluded).negated());
        }
        parts.extend(schema.all_of.iter().map(|part| inner(self, part)));
        if !schema.any_of.is_empty() {
            parts.push(Formula::Any(schema.any_of.iter().map(|part| inner(self, part)).collect()));
        }
        if !schema.one_of.is_empty() {
            let of = schema.one_of.iter().map(|part| inner(self, part)).collect();
            parts.push(Formula::One { of, negated: false });
        }
    }

    fn alternatives(&mut self, keyword: &str, parts: &[Schema]) -> Formula {
        let of: Vec<Formula> = parts.iter().map(|part| self.formula(part)).collect();
        if keyword == "oneOf" { Formula::One { of, negated: false } } else { Formula::Any(of) }
    }

    /// JSON Schema ignores `then` and `else` without `if`; their author did not mean that.
    fn report_lone_branches(&mut self, schema: &Schema) {
        for keyword in ["then", "else"] {
            if schema.if_.is_none()
                && let Some(origin) = schema.keyword(keyword)
            {
                let message = format!("`{keyword}` has no effect without `if`");
                self.sink.error(Code::MissingKey, origin, message);
            }
        }
        if schema.then.is_none()
            && schema.else_.is_none()
            && let Some(origin) = schema.keyword("if")
        {
            let message = "`if` has no effect without `then` or `else`";
            self.sink.error(Code::MissingKey, origin, message);
        }
    }

    fn find(&mut self, name: &Spanned<String>) -> Option<Subject> {
        let found = self.space.find(&name.value);
        if found.is_none() {
            let message = format!("there is no parameter `{}`", name.value);
            match nearest(&name.value, self.space.names()) {
                Some(known) => {
                    let help = format!("did you mean `{known}`?");
                    self.sink.error_with_help(Code::UnknownParameter, name.origin, message, help);
                }
                None => self.sink.error(Code::UnknownParameter, name.origin, message),
            }
        }
        found
    }

    /// The literal, when the parameter can have it as its value.
    fn literal(&mut self, subject: Subject, json: &Json) -> Option<Literal> {
        let name = self.space.name(subject);
        let domain = self.space.domain(subject);
        let literal = literal_of(json);
        let expected = match (&domain, &literal) {
            (Domain::Text, Some(Literal::Text(_)))
            | (Domain::Int64, Some(Literal::Integer(_)))
            | (Domain::Boolean, Some(Literal::Boolean(_))) => return literal,
            (Domain::Int32, Some(Literal::Integer(number))) if i32::try_from(*number).is_ok() => {
                return literal;
            }
            (Domain::Enum(values), Some(Literal::Text(text))) => {
                if values.contains(&text.as_str()) {
                    return literal;
                }
                let message = format!("`{text}` is not a documented value of `{name}`");
                let help = match nearest(text, values.iter().copied()) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => {
                        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                        format!("write {}", crate::english::any_of(&values))
                    }
                };
                self.sink.error_with_help(Code::InvalidValue, json.origin, message, help);
                return None;
            }
            (Domain::Opaque, _) => {
                self.sink.error_with_help(
                    Code::UnsupportedKeyword,
                    json.origin,
                    format!("the generator cannot compare `{name}` with a value"),
                    "ask only whether it is given, with `required`",
                );
                return None;
            }
            (Domain::Text | Domain::Enum(_), _) => "a string",
            (Domain::Int32, _) => "an int32",
            (Domain::Int64, _) => "an int64",
            (Domain::Boolean, _) => "a boolean",
        };
        let message = format!("`{name}` is {expected}, so it never has this value");
        self.sink.error(Code::InvalidValue, json.origin, message);
        None
    }
}
