//! Comparisons: of a parameter with values, and of sums.

use std::ops::Range;

use super::{Parsed, Parser};
use crate::bound::condition::Operator;
use crate::idl::lexer::{Kind, Problem, Word};
use crate::idl::tree::{Clause, Comparison, Expression, Factor, Name, Scaling, Side, Term, Value};
use crate::source::Spanned;

impl Parser<'_> {
    /// Whether a comparison starts here, and not a name or a condition in parentheses.
    pub(super) fn is_comparison(&self) -> bool {
        let after = match self.peek() {
            Some(Kind::Open) => match self.closing[self.at] {
                Some(end) => end + 1,
                None => return false,
            },
            _ => self.at + 1,
        };
        let next = self.kind_at(after);
        is_arithmetic(next) || matches!(next, Some(Kind::Compares(_) | Kind::Word(Word::Like)))
    }

    /// A comparison of parameters, or of one with values.
    pub(super) fn compared(&mut self) -> Parsed<Clause> {
        let first = self.at;
        let left = self.expression()?;
        let lone = match left.0.as_slice() {
            [Term { first: Factor::Parameter(name), others, .. }] if others.is_empty() => {
                Some(name.clone())
            }
            _ => None,
        };
        if let Some(name) = &lone
            && self.take(&Kind::Word(Word::Like))
        {
            let pattern = self.text("a text with `*`")?;
            return Ok(Clause::Is(name.clone(), Value::Like(pattern)));
        }
        let sign = self.range();
        let Some(Kind::Compares(operator)) = self.peek() else {
            return Err(self.expected("`<`, `<=`, `==`, `!=`, `>=` or `>`"));
        };
        let operator = *operator;
        self.at += 1;
        self.against(first, left, lone, operator, sign)
    }

    /// The right side of a comparison: what stands on the left, which may be one parameter alone, compares so
    /// with it.
    fn against(
        &mut self,
        first: usize,
        left: Expression,
        lone: Option<Name>,
        operator: Operator,
        sign: Range<usize>,
    ) -> Parsed<Clause> {
        let value = self.origin();
        if let Some(Kind::Name(_) | Kind::Number(_)) = self.peek()
            && is_arithmetic(self.kind_at(self.at + 1))
        {
            self.at += 1;
            return Err(self.problem(
                "one parameter or one number stands on the right",
                "move the rest to the left: `a - 2 * b <= 0` for `a <= 2 * b`",
            ));
        }
        match (self.peek(), lone) {
            (Some(Kind::Number(digits)), lone) => {
                let digits = Spanned { value: digits.clone(), origin: value };
                self.at += 1;
                Ok(match lone {
                    Some(name) => Clause::Is(name, Value::Number(operator, digits)),
                    None => self.comparison(first, left, operator, Side::Number(digits)),
                })
            }
            (Some(Kind::Name(_)), Some(_)) => {
                let right = Side::Parameter(self.name()?);
                Ok(self.comparison(first, left, operator, right))
            }
            (Some(Kind::Boolean(boolean)), Some(name)) => {
                let value = Spanned { value: *boolean, origin: value };
                self.equals(operator, sign)?;
                self.at += 1;
                Ok(Clause::Is(name, Value::Boolean(value)))
            }
            (Some(Kind::Text(_)), Some(name)) => {
                self.equals(operator, sign)?;
                let mut texts = vec![self.text("a value")?];
                while self.take(&Kind::Pipe) {
                    texts.push(self.text("a value")?);
                }
                Ok(Clause::Is(name, Value::Texts(texts)))
            }
            (Some(Kind::Name(_)), None) => Err(self.problem(
                "a sum is compared with a number",
                "subtract the parameter on the left: `a + b - c <= 0`",
            )),
            (_, lone) => Err(self.expected(match lone {
                Some(_) => "a parameter, a number, `true`, `false` or a value in quotes",
                None => "a number",
            })),
        }
    }

    /// Texts and booleans can only be equal.
    fn equals(&self, operator: Operator, sign: Range<usize>) -> Parsed<()> {
        if operator == Operator::Equal {
            return Ok(());
        }
        let message = "this can be asked of numbers only";
        Err(Problem::new(
            sign,
            message,
            "write `==`, and `NOT` before the parameter for the opposite",
        ))
    }

    fn comparison(
        &self,
        first: usize,
        left: Expression,
        operator: Operator,
        right: Side,
    ) -> Clause {
        Clause::Compared(Comparison { origin: self.since(first), left, operator, right })
    }

    fn text(&mut self, what: &str) -> Parsed<Spanned<String>> {
        let origin = self.origin();
        match self.peek() {
            Some(Kind::Text(text)) => {
                let value = text.clone();
                self.at += 1;
                Ok(Spanned { value, origin })
            }
            _ => Err(self.expected(what)),
        }
    }

    fn expression(&mut self) -> Parsed<Expression> {
        let mut terms = vec![self.term(false)?];
        loop {
            let is_subtracted = match self.peek() {
                Some(Kind::Plus) => false,
                Some(Kind::Minus) => true,
                _ => return Ok(Expression(terms)),
            };
            self.at += 1;
            terms.push(self.term(is_subtracted)?);
        }
    }

    fn term(&mut self, is_subtracted: bool) -> Parsed<Term> {
        let start = self.at;
        let term = self.product(is_subtracted)?;
        if term.factors().any(|factor| !matches!(factor, Factor::Number(_))) {
            return Ok(term);
        }
        let range = self.tokens[start].range.clone();
        Err(match self.peek() {
            Some(Kind::Compares(_)) if start == 0 || !is_arithmetic(self.kind_at(start - 1)) => {
                let help = "turn it around: `a >= 5` for `5 <= a`";
                Problem::new(range, "a number stands on the right of a comparison", help)
            }
            _ => {
                let help = "compare with the number: `a - b <= 5`";
                Problem::new(range, "only parameters are added and subtracted", help)
            }
        })
    }

    fn product(&mut self, is_subtracted: bool) -> Parsed<Term> {
        let first = self.factor()?;
        let mut others = Vec::new();
        loop {
            let origin = self.origin();
            let value = match self.peek() {
                Some(Kind::Times) => Scaling::Times,
                Some(Kind::Over) => Scaling::Over,
                _ => return Ok(Term { is_subtracted, first, others }),
            };
            self.at += 1;
            others.push((Spanned { value, origin }, self.factor()?));
        }
    }

    fn factor(&mut self) -> Parsed<Factor> {
        if self.peek() == Some(&Kind::Open) {
            return self.deeper(|parser| {
                parser.at += 1;
                let inside = parser.expression()?;
                parser.expect(&Kind::Close, "`)`")?;
                Ok(Factor::Inside(inside))
            });
        }
        let origin = self.origin();
        if let Some(Kind::Number(digits)) = self.peek() {
            let value = digits.clone();
            self.at += 1;
            return Ok(Factor::Number(Spanned { value, origin }));
        }
        Ok(Factor::Parameter(self.name()?))
    }
}

/// Whether it is a sign between numbers.
fn is_arithmetic(kind: Option<&Kind>) -> bool {
    matches!(kind, Some(Kind::Plus | Kind::Minus | Kind::Times | Kind::Over))
}
