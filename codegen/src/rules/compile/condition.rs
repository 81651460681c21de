//! Condition → the formula that holds when an object meets it.

use crate::bound::Subject;
use crate::bound::condition::{self, Combined, Dependent, ObjectCondition, ValueCondition};
use crate::model::Type;
use crate::rules::compile::Compiler;
use crate::rules::compile::readings::Reading;
use crate::rules::logic::formula::{Count, Formula, Relation};
use crate::rules::logic::verdict;
use crate::rules::rule::Condition;

impl Compiler<'_, '_> {
    /// The formula that holds when the object meets the condition.
    pub(in crate::rules) fn formula(&mut self, condition: &ObjectCondition) -> Formula {
        if let Some(holds) = condition.constant {
            return Formula::constant(holds);
        }
        let mut parts = Vec::new();
        if let Some(reference) = &condition.reference {
            parts.push(self.formula(reference));
        }
        parts.extend(condition.type_.as_ref().map(|type_| Formula::constant(type_.value)));
        if let Some(values) = &condition.values {
            parts.push(self.lone_listed(&values.value));
        }
        parts.extend(condition.required.iter().map(|name| Formula::present(name.value)));
        for (name, value) in &condition.members {
            parts.push(self.member(name.value, value));
        }
        for Dependent { on, asks } in condition.dependent_required.iter().flat_map(|all| &all.value)
        {
            let all = asks.iter().map(|name| Formula::present(name.value)).collect();
            parts.push(Formula::absent(on.value).or(Formula::All(all)));
        }
        for Dependent { on, asks } in condition.dependent.iter().flat_map(|all| &all.value) {
            let formula = self.formula(asks);
            parts.push(Formula::absent(on.value).or(formula));
        }
        let relations = condition.relations.iter();
        parts.extend(relations.map(|relation| self.relation(&relation.value)));
        parts.extend(condition.count.as_ref().map(|count| self.counted(count.value)));
        if let Some(names) = &condition.names {
            parts.extend(self.misnamed(&names.value).into_iter().map(Formula::absent));
        }
        self.combined(&condition.combined, &mut parts, &mut Self::formula);
        Formula::All(parts)
    }

    /// What a condition on a member says of the object: nothing, when the member is not there.
    pub(in crate::rules) fn member(
        &mut self,
        subject: Subject,
        condition: &ValueCondition,
    ) -> Formula {
        let value = self.value(subject, condition);
        match self.reading {
            // Who writes `false` means that the member is not there, and `true` means nothing.
            Reading::Strict if condition.constant.is_none() => value,
            Reading::AsSchema | Reading::Related | Reading::Demanded | Reading::Strict => {
                Formula::absent(subject).or(value)
            }
        }
    }

    /// How many members are given; context facts count as the members they are.
    pub(in crate::rules) fn counted(&self, count: condition::Count) -> Formula {
        let of = self.space.subjects().map(Formula::present).collect();
        Formula::Count(Count { of, min: count.min, max: count.max, negated: false })
    }

    /// What a relation says: nothing, when one of its parameters is not there, unless it is read as
    /// if it asked for all of them.
    pub(in crate::rules) fn relation(&self, relation: &condition::Relation) -> Formula {
        // "Not all given, or so" is "not: all given and the opposite".
        let (compared, negated) = match self.reading {
            Reading::AsSchema => (relation.opposite(), true),
            Reading::Related | Reading::Demanded | Reading::Strict => (relation.clone(), false),
        };
        Formula::Relation(Relation { compared, negated })
    }

    /// The members whose names are refused by a condition on names.
    pub(in crate::rules) fn misnamed(&mut self, names: &ValueCondition) -> Vec<Subject> {
        let formula =
            self.inside(&Type::String, |compiler| compiler.value(Subject::Request(0), names));
        let space = self.space.inner(&Type::String);
        let refused = |subject: &Subject| {
            let name = serde_json::Value::from(self.space.name(*subject));
            !verdict::holds(&space, &formula, &|_| Some(&name))
        };
        self.space.subjects().filter(refused).collect()
    }

    /// Compiles something about a value inside the present one.
    pub(in crate::rules) fn inside(
        &mut self,
        type_: &Type,
        compile: impl FnOnce(&mut Compiler<'_, '_>) -> Formula,
    ) -> Formula {
        let space = self.space.inner(type_);
        let mut compiler = Compiler::new(&space, self.reading, self.sink);
        let formula = space.minimal(&compile(&mut compiler));
        let noted = compiler.conditions.into_iter().map(|condition| Condition {
            inside: condition.inside.or_else(|| Some(type_.clone())),
            ..condition
        });
        self.conditions.extend(noted);
        formula
    }

    /// Conditions of conditions, whatever they are about.
    pub(in crate::rules) fn combined<C>(
        &mut self,
        combined: &Combined<C>,
        parts: &mut Vec<Formula>,
        inner: &mut dyn FnMut(&mut Self, &C) -> Formula,
    ) {
        if let Some(branches) = &combined.branches {
            let condition = self.noted(branches.origin, &branches.condition, inner);
            if let Some(then) = &branches.then {
                let then = inner(self, then);
                parts.push(condition.negated().or(then));
            }
            if let Some(otherwise) = &branches.otherwise {
                let otherwise = inner(self, otherwise);
                parts.push(condition.or(otherwise));
            }
        }
        if let Some(excluded) = &combined.not {
            parts.push(inner(self, &excluded.value).negated());
        }
        parts.extend(combined.all_of.iter().map(|part| inner(self, part)));
        if let Some(any) = &combined.any_of {
            parts.push(Formula::Any(any.value.iter().map(|part| inner(self, part)).collect()));
        }
        if let Some(one) = &combined.one_of {
            let of = one.value.iter().map(|part| inner(self, part)).collect();
            parts.push(Formula::exactly_one(of));
        }
        if let Some(few) = &combined.at_most_one {
            let of = few.value.iter().map(|part| inner(self, part)).collect();
            parts.push(Formula::at_most_one(of));
        }
        if let Some(together) = &combined.all_or_none {
            let of: Vec<_> = together.value.iter().map(|part| inner(self, part)).collect();
            parts.push(Formula::Any(of.clone()).negated().or(Formula::All(of)));
        }
    }
}
