//! The same condition read in several ways, so that analysis can compare them.
//!
//! What differs between the readings turns on members that are absent. Compares nothing itself.

use crate::bound::condition::ObjectCondition;
use crate::rules::compile::Compiler;
use crate::rules::logic::formula::Formula;
use crate::rules::rule::{Condition, Demand};
use crate::source::Origin;

/// How conditions on members, and relations, are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum Reading {
    /// They say nothing of a member that is not there.
    AsSchema,
    /// a relation also asks for its members, which is what a hasty reader takes it for.
    Related,
    /// The same, but not in an `if`, which is judged by itself.
    Demanded,
    /// Both also ask for the members that they name.
    Strict,
}

impl Compiler<'_, '_> {
    /// The formula of a condition that others hang on, which is noted for analysis.
    pub(in crate::rules) fn noted<C>(
        &mut self,
        origin: Origin,
        condition: &C,
        read: &mut dyn FnMut(&mut Self, &C) -> Formula,
    ) -> Formula {
        if self.reading == Reading::Demanded {
            return self.read_as(Reading::AsSchema, &mut |compiler| read(compiler, condition));
        }
        let formula = read(self, condition);
        if self.reading == Reading::AsSchema {
            let related = self.read_as(Reading::Related, &mut |compiler| read(compiler, condition));
            let strict = self.read_as(Reading::Strict, &mut |compiler| read(compiler, condition));
            let (outer, formula) = (self.outer.clone(), formula.clone());
            let condition = Condition { origin, inside: None, outer, formula, related, strict };
            self.conditions.push(condition);
        }
        formula
    }

    /// What a rule asks for; noted for analysis when it compares parameters.
    pub(in crate::rules) fn demand(
        &mut self,
        origin: Option<Origin>,
        read: &mut dyn FnMut(&mut Self) -> Formula,
    ) -> Formula {
        let holds = read(self);
        if let Some(origin) = origin.filter(|_| holds.has_relations()) {
            let related = self.read_as(Reading::Demanded, read);
            let within = self.outer.clone().and(self.beside.clone());
            self.demands.push(Demand { origin, within, holds: holds.clone(), related });
        }
        holds
    }

    fn read_as(&mut self, reading: Reading, read: &mut dyn FnMut(&mut Self) -> Formula) -> Formula {
        let before = std::mem::replace(&mut self.reading, reading);
        let formula = read(self);
        self.reading = before;
        formula
    }

    /// That everything is given which the condition asks for by name, whatever else it says.
    pub(in crate::rules) fn required(&self, condition: &ObjectCondition) -> Formula {
        let names = condition.required.iter().map(|name| Formula::present(name.value));
        let mut parts: Vec<Formula> = names.collect();
        let others = condition.reference.as_deref().into_iter().chain(&condition.combined.all_of);
        parts.extend(others.map(|other| self.required(other)));
        Formula::All(parts)
    }
}
