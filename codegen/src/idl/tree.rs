//! What a dependency says. Knows no text.
//!
//! What can be long is a list and what can be deep is bounded by the parser, so that a walk may recurse.

use crate::bound::condition::Operator;
use crate::source::{Origin, Spanned};

/// A parameter where it is named.
pub(crate) type Name = Spanned<String>;

/// One dependency.
#[derive(Debug, Clone)]
pub(crate) struct Dependency {
    /// All of it.
    pub(crate) origin: Origin,
    pub(crate) says: Says,
}

/// What a whole dependency is.
#[derive(Debug, Clone)]
pub(crate) enum Says {
    /// `IF … THEN …`
    If { condition: Clause, then: Clause },
    /// A comparison of its own, which asks nothing where a parameter in it is not given.
    Compared(Comparison),
    /// `Or(…)` and its like.
    Clause(Clause),
}

/// Something that holds of a request or does not.
#[derive(Debug, Clone)]
pub(crate) enum Clause {
    All(Spanned<Vec<Clause>>),
    Any(Spanned<Vec<Clause>>),
    Not(Spanned<Box<Clause>>),
    /// The parameter is given.
    Given(Name),
    /// The parameter is given and its value is so.
    Is(Name, Value),
    /// All parameters in it are given and compare so.
    Compared(Comparison),
    /// So many of these hold.
    Group(Spanned<Group>, Vec<Clause>),
}

/// How many clauses of several hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Or,
    OnlyOne,
    AllOrNone,
    ZeroOrOne,
}

impl Group {
    /// The words of the language.
    pub(crate) const ALL: [Self; 4] = [Self::Or, Self::OnlyOne, Self::AllOrNone, Self::ZeroOrOne];

    /// How it is written.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Or => "Or",
            Self::OnlyOne => "OnlyOne",
            Self::AllOrNone => "AllOrNone",
            Self::ZeroOrOne => "ZeroOrOne",
        }
    }
}

/// What the value of a parameter is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// `== 'a'|'b'`
    Texts(Vec<Spanned<String>>),
    /// `LIKE 'a*'`
    Like(Spanned<String>),
    Boolean(Spanned<bool>),
    /// So it compares with a number, whose digits these are.
    Number(Operator, Spanned<String>),
}

/// `a + b <= 10` or `a < b`.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    pub(crate) origin: Origin,
    pub(crate) left: Expression,
    pub(crate) operator: Operator,
    pub(crate) right: Side,
}

impl Comparison {
    /// The parameters in it, each as often as it is named.
    pub(crate) fn names(&self) -> Vec<&Name> {
        let mut names = Vec::new();
        self.left.collect(&mut names);
        if let Side::Parameter(name) = &self.right {
            names.push(name);
        }
        names
    }
}

/// What is compared with.
#[derive(Debug, Clone)]
pub(crate) enum Side {
    Parameter(Name),
    /// The digits.
    Number(Spanned<String>),
}

/// Products and quotients that are added and subtracted.
#[derive(Debug, Clone)]
pub(crate) struct Expression(pub(crate) Vec<Term>);

impl Expression {
    fn collect<'e>(&'e self, names: &mut Vec<&'e Name>) {
        for term in &self.0 {
            for factor in term.factors() {
                match factor {
                    Factor::Parameter(name) => names.push(name),
                    Factor::Inside(inside) => inside.collect(names),
                    Factor::Number(_) => {}
                }
            }
        }
    }
}

/// One of the things that are added.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    pub(crate) is_subtracted: bool,
    pub(crate) first: Factor,
    /// By what it is multiplied or divided, in this order; the places are those of the signs.
    pub(crate) others: Vec<(Spanned<Scaling>, Factor)>,
}

impl Term {
    /// All that is multiplied or divided by.
    pub(crate) fn factors(&self) -> impl Iterator<Item = &Factor> {
        std::iter::once(&self.first).chain(self.others.iter().map(|(_, by)| by))
    }
}

/// What a sign between two factors does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scaling {
    Times,
    Over,
}

/// What is multiplied or divided by.
#[derive(Debug, Clone)]
pub(crate) enum Factor {
    Parameter(Name),
    /// The digits, which never stand alone.
    Number(Spanned<String>),
    /// In parentheses.
    Inside(Expression),
}
