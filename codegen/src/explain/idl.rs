//! What an operation requires, in IDL: each rule that the language can say, and which it cannot, with the reason.
//!
//! A rule is written from its formula, with no more than the published grammar has: no `NOT` in the elements of
//! groups, numbers on the right of sums, names of few characters.

mod said;
mod unsaid;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::findings::Findings;
use crate::idl::pattern;
use crate::idl::tree::Group;
use crate::idl::written::{name, sign, text};
use crate::model::limit::{Check, Comparison};
use crate::model::{Field, OperationId};
use crate::rules::logic::formula::{Count, Formula, Relation, Test};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::Rule;
use said::{Said, Shape};
use unsaid::Unsaid;

/// A sum with more of one parameter than this has no short form: IDL has no coefficients.
const MAX_TIMES: u32 = 8;

/// A count of more conditions than this is not written out.
const MAX_COUNTED: usize = 6;

/// The rules of an operation.
pub(super) struct Written<'r> {
    pub(super) dependencies: Vec<String>,
    /// The rules that IDL cannot say, and why.
    pub(super) left: Vec<(&'r str, Unsaid)>,
}

pub(super) fn written(findings: &Findings, id: OperationId) -> Written<'_> {
    let space = Space::of(&findings.api, id).closed(&findings.rules);
    let request = findings.api.operation(id).request;
    let writer = Writer { fields: findings.api.fields(request), space: &space };
    let mut written = Written { dependencies: Vec::new(), left: Vec::new() };
    for rule in findings.rules(request) {
        match writer.rule(rule) {
            Ok(dependencies) => written.dependencies.extend(dependencies),
            Err(reason) => written.left.push((&rule.sentence, reason)),
        }
    }
    let effects = findings.effects(request).iter();
    written.left.extend(effects.map(|effect| (effect.sentence.as_str(), Unsaid::Effect)));
    written
}

struct Writer<'w, 'a> {
    fields: &'w [Field],
    space: &'w Space<'a>,
}

impl Writer<'_, '_> {
    /// The dependencies that are a rule.
    fn rule(&self, rule: &Rule) -> Result<Vec<String>, Unsaid> {
        let given = Formula::present(rule.target);
        let ways = [
            (rule.when.clone(), rule.holds.clone()),
            (rule.when.clone().and(given), rule.holds.clone()),
            (Formula::True, rule.broken.negated()),
        ];
        let mut unsaid = None;
        for (when, holds) in ways {
            let (when, holds) = (self.space.minimal(&when), self.space.minimal(&holds));
            let broken = when.clone().and(holds.negated());
            if self.space.are_equivalent(&broken, &rule.broken, &Formula::True) {
                match self.dependencies(&when, &holds) {
                    Ok(dependencies) => return Ok(dependencies),
                    Err(reason) => unsaid = unsaid.or(Some(reason)),
                }
            }
        }
        Err(unsaid.unwrap_or(Unsaid::Whole))
    }

    fn dependencies(&self, when: &Formula, holds: &Formula) -> Result<Vec<String>, Unsaid> {
        if *when != Formula::True {
            let (when, holds) = (self.formula(when)?, self.formula(&self.beside(when, holds))?);
            return Ok(vec![format!("IF {} THEN {};", when.text, holds.text)]);
        }
        match holds {
            Formula::All(parts) => {
                let parts = parts.iter().map(|part| self.dependencies(when, part));
                Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
            }
            Formula::Any(parts) => self.one_of(parts),
            Formula::Relation(Relation { compared, negated: true }) => {
                let opposite = Relation { compared: compared.opposite(), negated: false };
                Ok(self.relation(&opposite)?.alone().into_iter().collect())
            }
            Formula::Count(count) => match self.group(count)?.and_then(Said::alone) {
                Some(dependency) => Ok(vec![dependency]),
                None => self.dependencies(when, &spelled(count).ok_or(Unsaid::Counted)?),
            },
            Formula::Is(subject, states) if states.absent => {
                let given = States { absent: false, values: states.values.clone() };
                self.dependencies(&Formula::present(*subject), &Formula::Is(*subject, given))
            }
            Formula::Test(test) if test.absent => {
                let given = Formula::Test(Test { absent: false, ..test.clone() });
                self.dependencies(&Formula::present(test.subject), &given)
            }
            Formula::Is(..) | Formula::Test(_) => Err(Unsaid::Alone),
            Formula::Relation(_) => Err(Unsaid::Whole),
            Formula::True | Formula::False => Err(Unsaid::Constant),
        }
    }

    /// That one of several holds: a group, or that the others do where the first one does not.
    fn one_of(&self, parts: &[Formula]) -> Result<Vec<String>, Unsaid> {
        let said = self.formulas(parts)?;
        if said.iter().all(|part| part.is_positive) {
            return Ok(Said::group(Group::Or, &said).alone().into_iter().collect());
        }
        let first = said.iter().position(|part| !part.is_positive).unwrap_or_default();
        let others = parts.iter().enumerate().filter(|(index, _)| *index != first);
        let others = Formula::Any(others.map(|(_, part)| part.clone()).collect());
        let when = self.space.minimal(&parts[first].negated());
        self.dependencies(&when, &self.space.minimal(&others))
    }

    /// The same where this holds, without that parameters are given that are given then: `NOT` says nothing of
    /// what is absent.
    fn beside(&self, when: &Formula, holds: &Formula) -> Formula {
        let is_given = |subject: Subject| {
            let given = when.clone().and(Formula::present(subject));
            self.space.are_equivalent(&given, when, &Formula::True)
        };
        match holds {
            Formula::All(parts) => {
                Formula::All(parts.iter().map(|part| self.beside(when, part)).collect())
            }
            Formula::Is(subject, States { absent: false, values: Values::Except(values) })
                if !values.is_empty() && is_given(*subject) =>
            {
                let values = Values::Except(values.clone());
                Formula::Is(*subject, States { absent: true, values })
            }
            Formula::Test(test) if test.negated && is_given(test.subject) => {
                Formula::Test(Test { absent: true, ..test.clone() })
            }
            _ => holds.clone(),
        }
    }

    fn formula(&self, formula: &Formula) -> Result<Said, Unsaid> {
        match formula {
            Formula::True | Formula::False => Err(Unsaid::Constant),
            Formula::Is(subject, states) => self.states(*subject, states),
            Formula::Test(test) => self.test(test),
            Formula::Relation(relation) => {
                let said = self.relation(relation)?;
                Ok(if relation.negated { said.negated() } else { said })
            }
            Formula::All(parts) => Ok(Said::all(self.formulas(parts)?)),
            Formula::Any(parts) => Ok(Said::any(self.formulas(parts)?)),
            Formula::Count(count) => match self.group(count)? {
                Some(group) => Ok(group),
                None => self.formula(&spelled(count).ok_or(Unsaid::Counted)?),
            },
        }
    }

    fn formulas(&self, formulas: &[Formula]) -> Result<Vec<Said>, Unsaid> {
        formulas.iter().map(|formula| self.formula(formula)).collect()
    }

    /// What a parameter is called on the wire, unless another one is, too.
    fn name(&self, subject: Subject) -> Result<String, Unsaid> {
        let Subject::Request(index) = subject else {
            return Err(Unsaid::Fact(self.space.name(subject).to_owned()));
        };
        let field = &self.fields[index];
        let wire = field.wire.value.as_str();
        let others = self.fields.iter().enumerate().filter(|(other, _)| *other != index);
        let is_taken =
            others.into_iter().any(|(_, other)| other.wire.value == wire || other.label() == wire);
        let called = if is_taken { field.label() } else { wire };
        name(called).ok_or_else(|| Unsaid::Name(called.to_owned()))
    }

    fn states(&self, subject: Subject, states: &States) -> Result<Said, Unsaid> {
        let given = Said::term(self.name(subject)?);
        match &states.values {
            Values::Except(values) if values.is_empty() => match states.absent {
                true => Err(Unsaid::Constant),
                false => Ok(given),
            },
            Values::Except(values) => {
                let other = self.values(subject, values)?.negated();
                Ok(if states.absent { other } else { Said::all(vec![given, other]) })
            }
            Values::Only(values) if values.is_empty() => Ok(given.negated()),
            Values::Only(values) => {
                let is = self.values(subject, values)?;
                Ok(if states.absent { Said::any(vec![given.negated(), is]) } else { is })
            }
        }
    }

    /// That a parameter is one of these.
    fn values(&self, subject: Subject, values: &[Literal]) -> Result<Said, Unsaid> {
        let name = self.name(subject)?;
        let (mut texts, mut each) = (Vec::new(), Vec::new());
        for value in values {
            match value {
                Literal::Text(value) => texts.push(text(value)),
                Literal::Integer(_) | Literal::Boolean(_) => {
                    each.push(Said::term(format!("{name}=={value}")));
                }
            }
        }
        if !texts.is_empty() {
            each.push(Said::term(format!("{name}=={}", texts.join("|"))));
        }
        if each.is_empty() { Err(Unsaid::Constant) } else { Ok(Said::any(each)) }
    }

    fn test(&self, test: &Test) -> Result<Said, Unsaid> {
        let given = Said::term(self.name(test.subject)?);
        let is = self.predicate(test.subject, &test.predicate)?;
        Ok(match (test.negated, test.absent) {
            (false, false) => is,
            (false, true) => Said::any(vec![given.negated(), is]),
            (true, true) => is.negated(),
            (true, false) => Said::all(vec![given, is.negated()]),
        })
    }

    fn predicate(&self, subject: Subject, predicate: &Predicate) -> Result<Said, Unsaid> {
        let name = self.name(subject)?;
        Ok(match predicate {
            Predicate::Limit(Check::Compare(comparison, bound)) => {
                let sign = match comparison {
                    Comparison::AtLeast => ">=",
                    Comparison::AtMost => "<=",
                    Comparison::MoreThan => ">",
                    Comparison::LessThan => "<",
                };
                Said::term(format!("{name}{sign}{bound}"))
            }
            Predicate::Limit(
                Check::Pattern(regular) | Check::Characters { pattern: regular, .. },
            ) => {
                let like = pattern::like(regular);
                let like = like.ok_or_else(|| Unsaid::Pattern(regular.clone()))?;
                Said::term(format!("{name} LIKE {}", text(&like)))
            }
            Predicate::Limit(Check::Documented(values)) => {
                let values: Vec<Literal> = values.iter().cloned().map(Literal::Text).collect();
                self.values(subject, &values)?
            }
            Predicate::Equals(number) => Said::term(format!("{name}=={number}")),
            Predicate::Items(items) => match items.as_slice() {
                [item] => match item.formula.as_ref() {
                    Formula::Is(_, States { absent: false, values: Values::Only(values) }) => {
                        self.values(subject, values)?
                    }
                    _ => return Err(Unsaid::Items),
                },
                _ => return Err(Unsaid::Items),
            },
            Predicate::Limit(Check::MinLength(_) | Check::MaxLength(_)) => {
                return Err(Unsaid::Length);
            }
            Predicate::MultipleOf(_) | Predicate::Whole => return Err(Unsaid::Multiple),
            Predicate::MinItems(_)
            | Predicate::MaxItems(_)
            | Predicate::UniqueItems
            | Predicate::Contains { .. }
            | Predicate::Each(_) => return Err(Unsaid::Items),
            Predicate::Object(_) => return Err(Unsaid::Inside),
        })
    }

    /// A comparison where all its parameters are given.
    fn relation(&self, relation: &Relation) -> Result<Said, Unsaid> {
        let compared = &relation.compared;
        if compared.terms.iter().any(|term| term.coefficient.unsigned_abs() > MAX_TIMES) {
            return Err(Unsaid::Coefficient);
        }
        let is_turned = compared.terms.iter().all(|term| term.coefficient < 0);
        let constant = i128::from(compared.constant);
        let (operator, constant) = match is_turned {
            true => (compared.operator.turned(), -constant),
            false => (compared.operator, constant),
        };
        let mut terms = Vec::new();
        for term in &compared.terms {
            let name = self.name(term.subject)?;
            let is_added = (term.coefficient > 0) != is_turned;
            terms.extend((0..term.coefficient.unsigned_abs()).map(|_| (is_added, name.clone())));
        }
        terms.sort_by_key(|(is_added, _)| !is_added);
        let sign = sign(operator);
        let text = match terms.as_slice() {
            [(true, left), (false, right)] if constant == 0 => format!("{left} {sign} {right}"),
            [(_, first), others @ ..] if !others.is_empty() => {
                let others = others.iter().map(|(is_added, name)| {
                    format!(" {} {name}", if *is_added { "+" } else { "-" })
                });
                format!("{first}{} {sign} {constant}", others.collect::<String>())
            }
            _ => return Err(Unsaid::Alone),
        };
        Ok(Said::new(text, Shape::Comparison))
    }

    /// A count as a group, where there is one for it.
    fn group(&self, count: &Count) -> Result<Option<Said>, Unsaid> {
        let parts = self.formulas(&count.of)?;
        let of = match (count.min, count.max) {
            (1, None) => Group::Or,
            (1, Some(1)) => Group::OnlyOne,
            (0, Some(1)) => Group::ZeroOrOne,
            _ => return Ok(None),
        };
        if parts.len() < 2 || !parts.iter().all(|part| part.is_positive) {
            return Ok(None);
        }
        let said = Said::group(of, &parts);
        Ok(Some(if count.negated { said.negated() } else { said }))
    }
}

/// A count as a formula of its parts: among so many of them one holds, and among so many one does not.
fn spelled(count: &Count) -> Option<Formula> {
    let parts = count.of.len();
    if parts > MAX_COUNTED || count.min > parts {
        return None;
    }
    let some_of = |size: usize, is_negated: bool| {
        let sets = (0..1_usize << parts).filter(move |set| set.count_ones() as usize == size);
        sets.map(move |set| {
            let chosen = count.of.iter().enumerate().filter(|(index, _)| set >> index & 1 == 1);
            let chosen = chosen.map(|(_, part)| match is_negated {
                true => part.negated(),
                false => part.clone(),
            });
            Formula::Any(chosen.collect())
        })
    };
    let mut asked = Vec::new();
    if count.min > 0 {
        asked.extend(some_of(parts + 1 - count.min, false));
    }
    if let Some(max) = count.max.filter(|max| *max < parts) {
        asked.extend(some_of(max + 1, true));
    }
    let all = Formula::All(asked);
    Some(if count.negated { all.negated() } else { all })
}
