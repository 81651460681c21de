//! What an operation requires, in IDL: each rule that the language can say, and which it cannot.
//!
//! A rule is written from its formula, with no more than the published grammar has: no `NOT` in the elements of
//! groups, numbers on the right of sums, names of few characters.

use crate::bound::Subject;
use crate::bound::condition::{Literal, Operator};
use crate::findings::Findings;
use crate::idl::pattern;
use crate::idl::tree::Group;
use crate::idl::written::{name, text};
use crate::model::limit::{Bound, Check, Comparison};
use crate::model::{Field, OperationId};
use crate::rules::logic::formula::{Count, Formula, Relation, Test};
use crate::rules::logic::predicate::Predicate;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::Rule;

/// A sum with more of one parameter than this has no short form: IDL has no coefficients.
const MAX_TIMES: i32 = 8;

/// A count of more conditions than this is not written out.
const MAX_COUNTED: usize = 6;

/// The rules of an operation.
pub(super) struct Written<'r> {
    pub(super) dependencies: Vec<String>,
    /// The rules that IDL cannot say.
    pub(super) left: Vec<&'r str>,
}

pub(super) fn written(findings: &Findings, id: OperationId) -> Written<'_> {
    let space = Space::of(&findings.api, id).closed(&findings.rules);
    let request = findings.api.operation(id).request;
    let writer = Writer { fields: findings.api.fields(request), space: &space };
    let mut written = Written { dependencies: Vec::new(), left: Vec::new() };
    for rule in findings.rules(request) {
        match writer.rule(rule) {
            Some(dependencies) => written.dependencies.extend(dependencies),
            None => written.left.push(&rule.sentence),
        }
    }
    let effects = findings.effects(request).iter().map(|effect| effect.sentence.as_str());
    written.left.extend(effects);
    written
}

struct Writer<'w, 'a> {
    fields: &'w [Field],
    space: &'w Space<'a>,
}

/// A condition in words of the language, and how closely it holds together.
struct Said {
    text: String,
    binding: Binding,
    /// Whether it can be an element of a group, which has no `NOT`.
    is_positive: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    One,
}

impl Said {
    fn one(text: String) -> Self {
        Self { text, binding: Binding::One, is_positive: true }
    }

    /// In parentheses where it stands in something that binds closer.
    fn within(&self, binding: Binding) -> String {
        if self.binding < binding { format!("({})", self.text) } else { self.text.clone() }
    }

    /// The opposite; nothing stands before `NOT`.
    fn negated(self) -> Self {
        let is_plain = self.binding == Binding::One && self.is_positive && !self.is_comparison();
        let text =
            if is_plain { format!("NOT {}", self.text) } else { format!("NOT ({})", self.text) };
        Self { text, binding: Binding::One, is_positive: false }
    }

    /// Whether it is a comparison of parameters, or several words that only look like one.
    fn is_comparison(&self) -> bool {
        self.text.contains([' ']) && !self.text.contains(['(', '\'', '"'])
    }

    fn joined(parts: Vec<Self>, word: &str, binding: Binding) -> Self {
        let is_positive = parts.iter().all(|part| part.is_positive);
        if let [_] = parts.as_slice() {
            return parts.into_iter().next().unwrap_or_else(|| Self::one(String::new()));
        }
        let parts: Vec<String> = parts.iter().map(|part| part.within(binding)).collect();
        Self { text: parts.join(&format!(" {word} ")), binding, is_positive }
    }

    fn any(parts: Vec<Self>) -> Self {
        Self::joined(parts, "OR", Binding::Or)
    }

    fn all(parts: Vec<Self>) -> Self {
        Self::joined(parts, "AND", Binding::And)
    }
}

impl Writer<'_, '_> {
    /// The dependencies that are a rule.
    fn rule(&self, rule: &Rule) -> Option<Vec<String>> {
        let given = Formula::present(rule.target);
        let ways = [
            (rule.when.clone(), rule.holds.clone()),
            (rule.when.clone().and(given), rule.holds.clone()),
            (Formula::True, rule.broken.negated()),
        ];
        ways.into_iter().find_map(|(when, holds)| {
            let (when, holds) = (self.space.minimal(&when), self.space.minimal(&holds));
            let broken = when.clone().and(holds.negated());
            let is_it = self.space.are_equivalent(&broken, &rule.broken, &Formula::True);
            if is_it { self.dependencies(&when, &holds) } else { None }
        })
    }

    fn dependencies(&self, when: &Formula, holds: &Formula) -> Option<Vec<String>> {
        if *when != Formula::True {
            let (when, holds) = (self.formula(when)?, self.formula(holds)?);
            return Some(vec![format!("IF {} THEN {};", when.text, holds.text)]);
        }
        match holds {
            Formula::All(parts) => {
                let parts = parts.iter().map(|part| self.dependencies(when, part));
                Some(parts.collect::<Option<Vec<_>>>()?.concat())
            }
            Formula::Any(parts) => {
                let said: Option<Vec<Said>> = parts.iter().map(|part| self.formula(part)).collect();
                let said = said?;
                if said.iter().all(|part| part.is_positive) {
                    return Some(vec![format!("{};", group(Group::Or, &said).text)]);
                }
                let is_negative =
                    |part: &&Formula| self.formula(part).is_some_and(|said| !said.is_positive);
                let first = parts.iter().find(is_negative).or(parts.first())?;
                let others = parts.iter().filter(|part| !std::ptr::eq(*part, first));
                let others = Formula::Any(others.cloned().collect());
                self.dependencies(
                    &self.space.minimal(&first.negated()),
                    &self.space.minimal(&others),
                )
            }
            Formula::Relation(Relation { compared, negated: true }) => {
                let opposite = Relation { compared: compared.opposite(), negated: false };
                Some(vec![format!("{};", self.relation(&opposite)?.text)])
            }
            Formula::Count(_) => {
                let said = self.formula(holds)?;
                let is_group = said.binding == Binding::One && said.text.ends_with(')');
                is_group.then(|| vec![format!("{};", said.text)])
            }
            Formula::Is(subject, states) if states.absent => {
                let given = States { absent: false, values: states.values.clone() };
                self.dependencies(&Formula::present(*subject), &Formula::Is(*subject, given))
            }
            Formula::Test(test) if test.absent => {
                let given = Formula::Test(Test { absent: false, ..test.clone() });
                self.dependencies(&Formula::present(test.subject), &given)
            }
            _ => None,
        }
    }

    fn formula(&self, formula: &Formula) -> Option<Said> {
        match formula {
            Formula::True | Formula::False => None,
            Formula::Is(subject, states) => self.states(*subject, states),
            Formula::Test(test) => self.test(test),
            Formula::Relation(relation) => {
                let said = self.relation(relation)?;
                Some(if relation.negated { said.negated() } else { said })
            }
            Formula::All(parts) => Some(Said::all(self.formulas(parts)?)),
            Formula::Any(parts) => Some(Said::any(self.formulas(parts)?)),
            Formula::Count(count) => self.count(count),
        }
    }

    fn formulas(&self, formulas: &[Formula]) -> Option<Vec<Said>> {
        formulas.iter().map(|formula| self.formula(formula)).collect()
    }

    /// What a parameter is called on the wire, unless another one is, too.
    fn name(&self, subject: Subject) -> Option<String> {
        let Subject::Request(index) = subject else { return None };
        let field = &self.fields[index];
        let wire = field.wire.value.as_str();
        let others = self.fields.iter().enumerate().filter(|(other, _)| *other != index);
        let is_taken =
            others.into_iter().any(|(_, other)| other.wire.value == wire || other.label() == wire);
        name(if is_taken { field.label() } else { wire })
    }

    fn states(&self, subject: Subject, states: &States) -> Option<Said> {
        let given = Said::one(self.name(subject)?);
        let absent = || self.name(subject).map(|name| Said::one(name).negated());
        match &states.values {
            Values::Except(values) if values.is_empty() => (!states.absent).then_some(given),
            Values::Except(values) => {
                let other = self.values(subject, values)?.negated();
                Some(if states.absent { other } else { Said::all(vec![given, other]) })
            }
            Values::Only(values) if values.is_empty() => absent(),
            Values::Only(values) => {
                let is = self.values(subject, values)?;
                Some(if states.absent { Said::any(vec![absent()?, is]) } else { is })
            }
        }
    }

    /// That a parameter is one of these.
    fn values(&self, subject: Subject, values: &[Literal]) -> Option<Said> {
        let name = self.name(subject)?;
        let texts: Option<Vec<String>> = values
            .iter()
            .map(|value| match value {
                Literal::Text(value) => Some(text(value)),
                Literal::Integer(_) | Literal::Boolean(_) => None,
            })
            .collect();
        if let Some(texts) = texts {
            return Some(Said::one(format!("{name}=={}", texts.join("|"))));
        }
        let each = values.iter().map(|value| Said::one(format!("{name}=={value}")));
        Some(Said::any(each.collect()))
    }

    fn test(&self, test: &Test) -> Option<Said> {
        let name = self.name(test.subject)?;
        let is = match &test.predicate {
            Predicate::Limit(Check::Compare(comparison, bound)) => {
                let sign = match comparison {
                    Comparison::AtLeast => ">=",
                    Comparison::AtMost => "<=",
                    Comparison::MoreThan => ">",
                    Comparison::LessThan => "<",
                };
                Said::one(format!("{name}{sign}{}", number(*bound)))
            }
            Predicate::Limit(Check::Pattern(pattern) | Check::Characters { pattern, .. }) => {
                Said::one(format!("{name} LIKE {}", text(&pattern::like(pattern)?)))
            }
            Predicate::Equals(number) => {
                Said::one(format!("{name}=={}", self::number(Bound::Number(*number))))
            }
            Predicate::Items(items) => {
                let [item] = items.as_slice() else { return None };
                match item.formula.as_ref() {
                    Formula::Is(_, States { absent: false, values: Values::Only(values) }) => {
                        self.values(test.subject, values)?
                    }
                    _ => return None,
                }
            }
            Predicate::Limit(Check::Documented(_) | Check::MinLength(_) | Check::MaxLength(_))
            | Predicate::MultipleOf(_)
            | Predicate::Whole
            | Predicate::MinItems(_)
            | Predicate::MaxItems(_)
            | Predicate::UniqueItems
            | Predicate::Contains { .. }
            | Predicate::Each(_)
            | Predicate::Object(_) => return None,
        };
        let given = Said::one(name.clone());
        Some(match (test.negated, test.absent) {
            (false, false) => is,
            (false, true) => Said::any(vec![given.negated(), is]),
            (true, true) => is.negated(),
            (true, false) => Said::all(vec![given, is.negated()]),
        })
    }

    /// A comparison where all its parameters are given.
    fn relation(&self, relation: &Relation) -> Option<Said> {
        let compared = &relation.compared;
        let is_turned = compared.terms.iter().all(|term| term.coefficient < 0);
        let (sign, constant) = match is_turned {
            true => (turned(compared.operator), compared.constant.checked_neg()?),
            false => (compared.operator, compared.constant),
        };
        let mut terms = Vec::new();
        for term in &compared.terms {
            let coefficient = if is_turned { -term.coefficient } else { term.coefficient };
            if coefficient.abs() > MAX_TIMES {
                return None;
            }
            let name = self.name(term.subject)?;
            terms.extend((0..coefficient.abs()).map(|_| (coefficient > 0, name.clone())));
        }
        terms.sort_by_key(|(is_added, _)| !is_added);
        let sign = symbol(sign);
        let text = match terms.as_slice() {
            [(true, left), (false, right)] if constant == 0 => format!("{left} {sign} {right}"),
            // One parameter so many times is no comparison of several.
            [_] | [] => return None,
            [(_, first), others @ ..] => {
                let others = others.iter().map(|(is_added, name)| {
                    format!(" {} {name}", if *is_added { "+" } else { "-" })
                });
                format!("{first}{} {sign} {constant}", others.collect::<String>())
            }
        };
        Some(Said::one(text))
    }

    fn count(&self, count: &Count) -> Option<Said> {
        let parts = self.formulas(&count.of)?;
        let group_of = match (count.min, count.max) {
            (1, None) => Some(Group::Or),
            (1, Some(1)) => Some(Group::OnlyOne),
            (0, Some(1)) => Some(Group::ZeroOrOne),
            _ => None,
        };
        let is_positive = parts.len() > 1 && parts.iter().all(|part| part.is_positive);
        let said = match group_of.filter(|_| is_positive) {
            Some(of) => group(of, &parts),
            None => self.formula(&spelled(count)?)?,
        };
        Some(if count.negated { said.negated() } else { said })
    }
}

/// A count as a formula of its parts: which of them hold, in each way that there is.
fn spelled(count: &Count) -> Option<Formula> {
    let parts = count.of.len();
    if parts > MAX_COUNTED {
        return None;
    }
    let mut ways = Vec::new();
    for chosen in 0..1_usize << parts {
        let held = chosen.count_ones() as usize;
        if held < count.min || count.max.is_some_and(|max| held > max) {
            continue;
        }
        let all = count.of.iter().enumerate();
        let all = all.map(|(index, part)| match chosen >> index & 1 {
            1 => part.clone(),
            _ => part.negated(),
        });
        ways.push(Formula::All(all.collect()));
    }
    (!ways.is_empty()).then_some(Formula::Any(ways))
}

fn group(of: Group, parts: &[Said]) -> Said {
    let parts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    Said::one(format!("{}({})", of.word(), parts.join(", ")))
}

/// Digits without an exponent, which the language has not.
fn number(bound: Bound) -> String {
    match bound {
        Bound::Integer(number) => number.to_string(),
        Bound::Number(number) => number.to_string(),
    }
}

/// The operator of the same comparison with all signs turned.
fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::AtMost => Operator::AtLeast,
        Operator::AtLeast => Operator::AtMost,
        Operator::More => Operator::Less,
        Operator::Equal | Operator::NotEqual => operator,
    }
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Less => "<",
        Operator::AtMost => "<=",
        Operator::Equal => "==",
        Operator::NotEqual => "!=",
        Operator::AtLeast => ">=",
        Operator::More => ">",
    }
}
