//! Condition → the formula that holds when a parameter is given and its value meets it.

use crate::bound::Subject;
use crate::bound::condition::{
    Equals, InnerCondition, ListCondition, Listed, ObjectCondition, TypeTest, ValueCondition,
};
use crate::model::Type;
use crate::rules::compile::Compiler;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::states::States;

/// How much of a condition is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Extent {
    Whole,
    /// Without what combines conditions: what analysis takes for granted.
    Own,
}

impl Compiler<'_, '_> {
    /// The formula that holds when the parameter is given and its value meets the condition.
    pub(in crate::rules) fn value(
        &mut self,
        subject: Subject,
        condition: &ValueCondition,
    ) -> Formula {
        self.value_to(subject, condition, Extent::Whole)
    }

    /// The formula that holds when the value meets the condition, wherever it is given.
    pub(in crate::rules) fn given(
        &mut self,
        subject: Subject,
        condition: &ValueCondition,
        extent: Extent,
    ) -> Formula {
        Formula::absent(subject).or(self.value_to(subject, condition, extent))
    }

    fn value_to(
        &mut self,
        subject: Subject,
        condition: &ValueCondition,
        extent: Extent,
    ) -> Formula {
        if let Some(holds) = condition.constant {
            return if holds { Formula::present(subject) } else { Formula::False };
        }
        let mut parts = vec![Formula::present(subject)];
        if let Some(reference) = &condition.reference {
            parts.push(self.value(subject, reference));
        }
        parts.extend(condition.type_.map(|test| match test {
            TypeTest::Always => Formula::True,
            TypeTest::Never => Formula::False,
            TypeTest::Whole => Formula::test(subject, Predicate::Whole),
        }));
        let checks = condition.checks.iter().cloned();
        parts.extend(checks.map(|check| Formula::test(subject, Predicate::Limit(check))));
        if let Some(values) = &condition.values {
            self.listed(values, &mut parts, &mut |compiler, value| compiler.equals(subject, value));
        }
        let divisor = condition.divisor.map(Predicate::MultipleOf);
        parts.extend(divisor.map(|divisor| Formula::test(subject, divisor)));
        if let Some(list) = &condition.list {
            self.list(subject, list, extent, &mut parts);
        }
        if let Some(members) = &condition.object {
            parts.push(self.object(subject, members));
        }
        match extent {
            Extent::Own => {}
            Extent::Whole => {
                let outer = self.outer.clone();
                self.outer = outer.clone().and(Formula::present(subject));
                let mut inner = |compiler: &mut Self, condition: &ValueCondition| {
                    compiler.value(subject, condition)
                };
                self.combined(&condition.combined, &mut parts, &mut inner);
                self.outer = outer;
            }
        }
        Formula::All(parts)
    }

    fn list(
        &mut self,
        subject: Subject,
        list: &ListCondition,
        extent: Extent,
        parts: &mut Vec<Formula>,
    ) {
        let lengths = [
            list.min_items.map(Predicate::MinItems),
            list.max_items.map(Predicate::MaxItems),
            list.is_unique.then_some(Predicate::UniqueItems),
        ];
        let tests = lengths.into_iter().flatten();
        parts.extend(tests.map(|predicate| Formula::test(subject, predicate)));
        let Type::List(item) = self.space.type_(subject).clone() else { return };
        if let Some(each) = &list.each {
            let formula = self.inside(&item, |inside| inside.lone(each, extent));
            let inner = Inner::new(&item, formula);
            parts.push(Formula::test(subject, Predicate::Each(inner)));
        }
        if let Some(contains) = &list.contains {
            let formula = self.inside(&item, |inside| inside.lone(&contains.item, Extent::Whole));
            let inner = Inner::new(&item, formula);
            let (min, max) = (contains.min, contains.max);
            parts.push(Formula::test(subject, Predicate::Contains { item: inner, min, max }));
        }
    }

    fn object(&mut self, subject: Subject, members: &ObjectCondition) -> Formula {
        let type_ = self.space.type_(subject).clone();
        let formula = self.inside(&type_, |inside| inside.formula(members));
        let inner = Inner::new(&type_, formula);
        Formula::test(subject, Predicate::Object(inner))
    }

    /// The formula about the one value that this compiler is about, object or not.
    fn lone(&mut self, condition: &InnerCondition, extent: Extent) -> Formula {
        match condition {
            InnerCondition::Object(condition) => self.formula(condition),
            InnerCondition::Value(condition) => {
                self.value_to(Subject::Request(0), condition, extent)
            }
        }
    }

    /// Which values the one value that this compiler is about may be.
    pub(in crate::rules) fn lone_listed(&mut self, values: &Listed) -> Formula {
        let mut parts = Vec::new();
        self.listed(values, &mut parts, &mut Self::lone_equals);
        Formula::All(parts)
    }

    fn listed(
        &mut self,
        values: &Listed,
        parts: &mut Vec<Formula>,
        equals: &mut dyn FnMut(&mut Self, &Equals) -> Formula,
    ) {
        if let Some(constant) = &values.constant {
            parts.push(equals(self, constant));
        }
        if let Some(any) = &values.any {
            parts.push(Formula::Any(any.iter().map(|value| equals(self, value)).collect()));
        }
    }

    /// The formula that holds when the parameter is given and is this value.
    fn equals(&mut self, subject: Subject, value: &Equals) -> Formula {
        match value {
            Equals::Nothing => Formula::False,
            Equals::Literal(literal) => Formula::Is(subject, States::only(vec![literal.clone()])),
            Equals::Double(number) => Formula::test(subject, Predicate::Equals(*number)),
            Equals::List(items) => {
                let Type::List(item) = self.space.type_(subject).clone() else {
                    return Formula::False;
                };
                let mut inner = Vec::new();
                for value in items {
                    let formula = self.inside(&item, |inside| inside.lone_equals(value));
                    inner.push(Inner::new(&item, formula));
                }
                Formula::test(subject, Predicate::Items(inner))
            }
            Equals::Object(_) => {
                let type_ = self.space.type_(subject).clone();
                let formula = self.inside(&type_, |inside| inside.lone_equals(value));
                let inner = Inner::new(&type_, formula);
                Formula::test(subject, Predicate::Object(inner))
            }
        }
    }

    /// The formula that holds when the one value that this compiler is about is this one.
    fn lone_equals(&mut self, value: &Equals) -> Formula {
        match value {
            Equals::Object(members) if self.space.is_object() => {
                let subjects = self.space.subjects().zip(members);
                let parts = subjects.map(|(subject, value)| match value {
                    Some(value) => self.equals(subject, value),
                    None => Formula::absent(subject),
                });
                Formula::All(parts.collect())
            }
            value => self.equals(Subject::Request(0), value),
        }
    }
}
