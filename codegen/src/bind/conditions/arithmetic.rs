//! A comparison of sums in IDL → a relation between integers, or between dates or times.
//!
//! Parameters are multiplied and divided by numbers as in arithmetic, without rounding; all of it is then taken
//! as often as makes every coefficient whole.

use num_integer::gcd;
use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedMul as _, One as _, Zero as _};

use super::Binder;
use super::object::{MOST_TIMES, whole_times};
use crate::bound::Subject;
use crate::bound::condition::{ObjectCondition, Operator, Relation, Term};
use crate::diagnostic::Code;
use crate::idl::tree::{Comparison, Expression, Factor, Name, Scaling, Side};
use crate::source::{Origin, Spanned};

impl Binder<'_, '_> {
    /// A comparison of its own: it asks nothing where one of its parameters is not given.
    pub(super) fn compared(&mut self, comparison: &Comparison) -> ObjectCondition {
        let relations = self.compared_sums(comparison).into_iter().collect();
        ObjectCondition { origin: Some(comparison.origin), relations, ..ObjectCondition::default() }
    }

    fn compared_sums(&mut self, comparison: &Comparison) -> Option<Spanned<Relation>> {
        let mut parts = Vec::new();
        if let Err(Wrong { code, origin, message, help }) =
            collect(&comparison.left, Fraction::one(), &mut parts)
        {
            self.sink.error_with_help(code, origin, message, help);
            return None;
        }
        if let Side::Parameter(name) = &comparison.right {
            parts.push((-Fraction::one(), name));
        }
        let sum = self.sum(&parts, comparison.origin);
        let constant = match &comparison.right {
            Side::Parameter(_) => Some((comparison.operator, 0)),
            Side::Number(digits) => {
                let times = sum.as_ref().map_or(1, |(_, times)| *times);
                self.constant(comparison.operator, digits, times)
            }
        };
        let ((terms, _), (operator, constant)) = sum.zip(constant)?;
        self.check_moments(&terms, constant, comparison.origin)?;
        let value = Relation { terms, operator, constant };
        Some(Spanned { value, origin: comparison.origin })
    }

    /// Each parameter once, with whole coefficients, and how many times the sum it is: those that are added, in
    /// the order of the text, then those that are subtracted.
    fn sum(&mut self, parts: &[(Fraction, &Name)], origin: Origin) -> Option<(Vec<Term>, i128)> {
        let mut sum: Vec<(Subject, Fraction)> = Vec::new();
        let mut too_large = false;
        for (times, name) in parts {
            let subject = self.named(name)?;
            let label = self.scope.name(subject.value).to_owned();
            let subject = self.number(&Spanned { value: label, origin: name.origin })?;
            match sum.iter_mut().find(|(known, _)| *known == subject) {
                Some((_, known)) => match known.checked_add(times) {
                    Some(added) => *known = added,
                    None => too_large = true,
                },
                None => sum.push((subject, *times)),
            }
        }
        if let Some((subject, _)) = sum.iter().find(|(_, times)| times.is_zero()) {
            let name = self.scope.name(*subject);
            let message = format!("`{name}` is subtracted from itself, so nothing is asked of it");
            self.sink.error_with_help(Code::InvalidValue, origin, message, "leave it out");
            return None;
        }
        let whole = least_whole(sum.iter().map(|(_, times)| times));
        let terms = whole.filter(|_| !too_large).and_then(|whole| {
            let term = |(subject, times): &(Subject, Fraction)| {
                let coefficient = times.numer().checked_mul(&(whole / times.denom()))?;
                let coefficient = whole_times(coefficient)?;
                Some(Term { coefficient, subject: *subject })
            };
            let mut terms: Vec<Term> = sum.iter().map(term).collect::<Option<_>>()?;
            terms.sort_by_key(|term| term.coefficient < 0);
            Some((terms, whole))
        });
        if terms.is_none() {
            let message = "a parameter stands in this more often than a sum can have";
            let help =
                format!("with whole numbers in their place, coefficients go to {MOST_TIMES}");
            self.sink.error_with_help(Code::InvalidValue, origin, message, help);
        }
        terms
    }

    /// The whole number that a sum compares with which is taken so many times: between two of them it compares
    /// with the next.
    pub(super) fn constant(
        &mut self,
        operator: Operator,
        digits: &Spanned<String>,
        times: i128,
    ) -> Option<(Operator, i64)> {
        let times = Fraction::from_integer(times);
        let number = fraction(&digits.value).and_then(|number| number.checked_mul(&times));
        let below = number.and_then(|number| i64::try_from(number.floor().to_integer()).ok());
        let message = match (operator, below) {
            (_, Some(whole)) if number.is_some_and(|number| number.is_integer()) => {
                return Some((operator, whole));
            }
            (Operator::Less | Operator::AtMost, Some(below)) => {
                return Some((Operator::AtMost, below));
            }
            (Operator::More | Operator::AtLeast, Some(below)) => {
                return Some((Operator::More, below));
            }
            (Operator::Equal | Operator::NotEqual, Some(_)) => "a sum of integers is never this",
            (_, None) => "this is more than 64 bits hold",
        };
        self.sink.error(Code::InvalidValue, digits.origin, message);
        None
    }
}

/// Why an expression is no sum.
struct Wrong {
    code: Code,
    origin: Origin,
    message: &'static str,
    help: &'static str,
}

/// The parameters of an expression, each with how often it is added.
fn collect<'c>(
    expression: &'c Expression,
    times: Fraction,
    parts: &mut Vec<(Fraction, &'c Name)>,
) -> Result<(), Wrong> {
    for term in &expression.0 {
        let mut times = if term.is_subtracted { -times } else { times };
        let mut parameters = None;
        let first = (None, &term.first);
        let others = term.others.iter().map(|(sign, factor)| (Some(sign), factor));
        for (sign, factor) in std::iter::once(first).chain(others) {
            match factor {
                Factor::Number(digits) => {
                    let scaling = sign.map_or(Scaling::Times, |sign| sign.value);
                    times = scaled(times, scaling, digits)?;
                }
                Factor::Parameter(_) | Factor::Inside(_) => {
                    if let Some(sign) = sign
                        && (parameters.is_some() || sign.value == Scaling::Over)
                    {
                        return Err(Wrong {
                            code: Code::UnsupportedKeyword,
                            origin: sign.origin,
                            message: "the generator has no code for products and quotients of parameters",
                            help: "multiply and divide by numbers only, compare sums, and leave other arithmetic to the service",
                        });
                    }
                    parameters = Some(factor);
                }
            }
        }
        match parameters {
            Some(Factor::Parameter(name)) => parts.push((times, name)),
            Some(Factor::Inside(inside)) => collect(inside, times, parts)?,
            // The parser refuses numbers that stand alone.
            Some(Factor::Number(_)) | None => {}
        }
    }
    Ok(())
}

/// The same, multiplied or divided by a number.
fn scaled(times: Fraction, scaling: Scaling, digits: &Spanned<String>) -> Result<Fraction, Wrong> {
    let wrong = |message, help| {
        Err(Wrong { code: Code::InvalidValue, origin: digits.origin, message, help })
    };
    let number = fraction(&digits.value);
    if number.is_some_and(|number| number.is_zero()) {
        return match scaling {
            Scaling::Times => wrong("0 times something is nothing", "leave it out"),
            Scaling::Over => wrong("nothing can be divided by 0", "divide by another number"),
        };
    }
    let scaled = number.and_then(|number| match scaling {
        Scaling::Times => times.checked_mul(&number),
        Scaling::Over => times.checked_mul(&number.recip()),
    });
    scaled.map_or_else(|| wrong("this factor has too many digits", "write a shorter one"), Ok)
}

/// A number without rounding.
type Fraction = Ratio<i128>;

/// Reads digits, with a sign and a decimal point; nothing where they are too many.
fn fraction(digits: &str) -> Option<Fraction> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let under = 10_i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let over: i128 = format!("{whole}{decimals}").parse().ok()?;
    // What has no opposite cannot be reduced.
    over.checked_neg().map(|_| Ratio::new(over, under))
}

/// The least whole number of times that makes whole numbers of all these.
fn least_whole<'f>(fractions: impl Iterator<Item = &'f Fraction>) -> Option<i128> {
    let mut unders = fractions.map(|fraction| *fraction.denom());
    unders.try_fold(1, |whole: i128, under| (whole / gcd(whole, under)).checked_mul(under))
}
