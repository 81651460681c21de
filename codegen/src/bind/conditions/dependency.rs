//! A dependency in IDL → what is asked of an object: the same conditions that schemas become.
//!
//! A clause of IDL about a parameter always asks for it, so each stands beside a `required`. What a
//! comparison asks that is a dependency of its own hangs on all its parameters being given, which is
//! what `x-relations` says, too.

use super::{Binder, Extent};
use crate::bound::Subject;
use crate::bound::condition::{Branches, Combined, ObjectCondition, Operator, ValueCondition};
use crate::diagnostic::Code;
use crate::idl::pattern;
use crate::idl::tree::{Clause, Dependency, Group, Name, Says, Value};
use crate::json::{Json, Kind};
use crate::model::Type;
use crate::read::schema::{Limits, Schema};
use crate::source::Spanned;

impl Binder<'_, '_> {
    /// What a dependency asks of the request.
    pub(in crate::bind) fn dependency(&mut self, dependency: &Dependency) -> ObjectCondition {
        let origin = dependency.origin;
        let condition = match &dependency.says {
            Says::If { condition, then } => {
                let (condition, then) = (self.clause(condition), Some(self.clause(then)));
                let branches = Branches { condition, origin, then, otherwise: None };
                let branches = Some(Box::new(branches));
                combined(Combined { branches, ..Combined::default() })
            }
            Says::Compared(comparison) => self.compared(comparison),
            Says::Clause(clause) => self.clause(clause),
        };
        ObjectCondition { origin: Some(origin), ..condition }
    }

    fn clause(&mut self, clause: &Clause) -> ObjectCondition {
        match clause {
            Clause::All(clauses) => {
                let all_of = self.clauses(&clauses.value);
                let condition = combined(Combined { all_of, ..Combined::default() });
                ObjectCondition { origin: Some(clauses.origin), ..condition }
            }
            Clause::Any(clauses) => {
                let (value, origin) = (self.clauses(&clauses.value), clauses.origin);
                let any_of = Some(Spanned { value, origin });
                let condition = combined(Combined { any_of, ..Combined::default() });
                ObjectCondition { origin: Some(origin), ..condition }
            }
            Clause::Not(clause) => {
                let value = Box::new(self.clause(&clause.value));
                let not = Some(Spanned { value, origin: clause.origin });
                let condition = combined(Combined { not, ..Combined::default() });
                ObjectCondition { origin: Some(clause.origin), ..condition }
            }
            Clause::Given(name) => self.given([name]),
            Clause::Is(name, value) => self.is(name, value),
            Clause::Compared(comparison) => {
                let given = self.given(comparison.names());
                let relations = self.compared(comparison).relations;
                ObjectCondition { relations, origin: Some(comparison.origin), ..given }
            }
            Clause::Group(group, clauses) => self.group(group.clone(), clauses),
        }
    }

    fn clauses(&mut self, clauses: &[Clause]) -> Vec<ObjectCondition> {
        clauses.iter().map(|clause| self.clause(clause)).collect()
    }

    /// The parameter of this name, which may be the one on the wire where rules have another.
    pub(super) fn named(&mut self, name: &Name) -> Option<Spanned<Subject>> {
        let known = self.scope.find(&name.value).is_some();
        let sent = self.scope.find_sent(&name.value).filter(|_| !known);
        let sent = sent.map(|value| Spanned { value, origin: name.origin });
        sent.or_else(|| self.find(name))
    }

    /// That these are given.
    fn given<'n>(&mut self, names: impl IntoIterator<Item = &'n Name>) -> ObjectCondition {
        let mut names = names.into_iter().peekable();
        let origin = names.peek().map(|name| name.origin);
        let required = names.filter_map(|name| self.named(name)).collect();
        ObjectCondition { origin, required, ..ObjectCondition::default() }
    }

    fn group(&mut self, group: Spanned<Group>, clauses: &[Clause]) -> ObjectCondition {
        let origin = group.origin;
        let all = self.clauses(clauses);
        let some = |value| Some(Spanned { value, origin });
        let condition = match group.value {
            Group::Or => combined(Combined { any_of: some(all), ..Combined::default() }),
            Group::OnlyOne => combined(Combined { one_of: some(all), ..Combined::default() }),
            Group::ZeroOrOne => {
                combined(Combined { at_most_one: some(all), ..Combined::default() })
            }
            Group::AllOrNone => {
                combined(Combined { all_or_none: some(all), ..Combined::default() })
            }
        };
        ObjectCondition { origin: Some(origin), ..condition }
    }

    /// That a parameter is given and has such a value.
    fn is(&mut self, name: &Name, value: &Value) -> ObjectCondition {
        let Some(subject) = self.named(name) else { return ObjectCondition::default() };
        let type_ = self.scope.type_(subject.value);
        let condition = match value {
            Value::Texts(texts) => {
                let values = texts.iter().map(|text| Json {
                    origin: text.origin,
                    kind: Kind::String(text.value.clone()),
                });
                self.one_of(&subject, values.collect())
            }
            Value::Boolean(boolean) => {
                let kind = Kind::Boolean(boolean.value);
                self.one_of(&subject, vec![Json { origin: boolean.origin, kind }])
            }
            Value::Number(operator, digits) => self.bounded(&subject, *operator, digits),
            Value::Like(pattern) => match type_ {
                Type::String | Type::Secret => self.like(&subject, pattern),
                Type::Named(_) if !self.is_object(type_) => self.like(&subject, pattern),
                _ => {
                    let message = format!("`{}` is no text, so it is like none", name.value);
                    let help = "ask only whether it is given";
                    self.sink.error_with_help(Code::InvalidValue, pattern.origin, message, help);
                    ValueCondition::default()
                }
            },
        };
        let origin = Some(name.origin);
        let members = vec![(subject.clone(), condition)];
        ObjectCondition { origin, required: vec![subject], members, ..ObjectCondition::default() }
    }

    /// That a parameter has one of these values; a list has it as its one item.
    fn one_of(&mut self, subject: &Spanned<Subject>, values: Vec<Json>) -> ValueCondition {
        let is_list = matches!(self.scope.type_(subject.value), Type::List(_));
        let values = values.into_iter().map(|value| match is_list {
            true => Json { origin: value.origin, kind: Kind::Array(vec![value]) },
            false => value,
        });
        let enumeration: Vec<Json> = values.collect();
        let schema =
            Schema { keywords: vec![("enum", subject.origin)], enumeration, ..Schema::default() };
        self.value(subject.value, &schema, Extent::Whole)
    }

    /// That a number compares so with this one.
    fn bounded(
        &mut self,
        subject: &Spanned<Subject>,
        operator: Operator,
        digits: &Spanned<String>,
    ) -> ValueCondition {
        let type_ = self.scope.type_(subject.value);
        let number = || Json { origin: digits.origin, kind: Kind::Number(digits.value.clone()) };
        let is_ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        let is_integer = matches!(type_, Type::Int32 | Type::Int64);
        let is_number = is_integer || matches!(type_, Type::Float | Type::Double);
        if !is_number && is_ordered {
            let message = format!("`{}` is no number", self.scope.name(subject.value));
            let help = "ask only whether it is given, or write a value between quotes";
            self.sink.error_with_help(Code::InvalidValue, digits.origin, message, help);
            return ValueCondition::default();
        }
        // Between two integers a bound is the next one.
        if is_integer && is_ordered && digits.value.contains('.') {
            let Some((operator, whole)) = self.constant(operator, digits, 1) else {
                return ValueCondition::default();
            };
            let digits = Spanned { value: whole.to_string(), origin: digits.origin };
            return self.bounded(subject, operator, &digits);
        }
        let mut limits = Limits::default();
        let digits = Some(digits.clone());
        let keyword = match operator {
            Operator::Equal => return self.one_of(subject, vec![number()]),
            Operator::NotEqual => {
                let value = Box::new(self.one_of(subject, vec![number()]));
                let not = Some(Spanned { value, origin: subject.origin });
                let combined = Combined { not, ..Combined::default() };
                return ValueCondition { combined, ..ValueCondition::default() };
            }
            Operator::AtLeast => {
                limits.minimum = digits;
                "minimum"
            }
            Operator::AtMost => {
                limits.maximum = digits;
                "maximum"
            }
            Operator::More => {
                limits.exclusive_minimum = digits;
                "exclusiveMinimum"
            }
            Operator::Less => {
                limits.exclusive_maximum = digits;
                "exclusiveMaximum"
            }
        };
        self.limited(subject, keyword, limits)
    }

    /// That a text is like a pattern in which `*` is any text.
    fn like(&mut self, subject: &Spanned<Subject>, like: &Spanned<String>) -> ValueCondition {
        let Some(value) = pattern::regular(&like.value) else { return ValueCondition::default() };
        let pattern = Some(Spanned { value, origin: like.origin });
        self.limited(subject, "pattern", Limits { pattern, ..Limits::default() })
    }

    fn limited(
        &mut self,
        subject: &Spanned<Subject>,
        keyword: &'static str,
        limits: Limits,
    ) -> ValueCondition {
        let schema = Schema {
            keywords: vec![(keyword, subject.origin)],
            limits: Some(Box::new(limits)),
            ..Schema::default()
        };
        self.value(subject.value, &schema, Extent::Whole)
    }
}

fn combined(combined: Combined<ObjectCondition>) -> ObjectCondition {
    ObjectCondition { combined, ..ObjectCondition::default() }
}
