//! What is asked of values, every name followed to what it names, and every value of the type of what
//! it is compared with.
//!
//! A condition is read by `rules`, in several ways; nothing in it can be wrong any more.

use crate::bound::Subject;
use crate::decimal::integer;
use crate::model::limit::{Bound, Check};
use crate::source::{Origin, Spanned};

/// Parameters where they are named.
pub(crate) type Named = Vec<Spanned<Subject>>;

/// What is asked of an object.
#[derive(Debug, Default)]
pub(crate) struct ObjectCondition {
    /// Where it starts; nowhere for what a value has beside other things.
    pub(crate) origin: Option<Origin>,
    /// What its author says of it.
    pub(crate) note: Option<String>,
    /// Of a condition that everything meets, or nothing.
    pub(crate) constant: Option<bool>,
    /// Whether its type is that of an object.
    pub(crate) type_: Option<Spanned<bool>>,
    /// What the object is as a whole.
    pub(crate) values: Option<Spanned<Listed>>,
    /// The condition that it refers to.
    pub(crate) reference: Option<Box<ObjectCondition>>,
    /// The members that have to be given.
    pub(crate) required: Named,
    /// What is asked of members that are given.
    pub(crate) members: Vec<(Spanned<Subject>, ValueCondition)>,
    /// Which members need which others.
    pub(crate) dependent_required: Option<Spanned<Vec<Dependent<Named>>>>,
    /// What is asked of the object where a member is given.
    pub(crate) dependent: Option<Spanned<Vec<Dependent<ObjectCondition>>>>,
    pub(crate) relations: Vec<Spanned<Relation>>,
    /// How many members are given.
    pub(crate) count: Option<Spanned<Count>>,
    /// What is asked of the names of members.
    pub(crate) names: Option<Spanned<Box<ValueCondition>>>,
    pub(crate) combined: Combined<ObjectCondition>,
}

/// What is asked where a member is given.
#[derive(Debug)]
pub(crate) struct Dependent<T> {
    pub(crate) on: Spanned<Subject>,
    pub(crate) asks: T,
}

/// What is asked of the value of one parameter.
#[derive(Debug, Default)]
pub(crate) struct ValueCondition {
    /// Of a condition that everything meets, or nothing.
    pub(crate) constant: Option<bool>,
    pub(crate) reference: Option<Box<ValueCondition>>,
    pub(crate) type_: Option<TypeTest>,
    pub(crate) checks: Vec<Check>,
    pub(crate) values: Option<Listed>,
    /// Of what the number is a multiple.
    pub(crate) divisor: Option<Bound>,
    pub(crate) list: Option<Box<ListCondition>>,
    pub(crate) object: Option<Box<ObjectCondition>>,
    pub(crate) combined: Combined<ValueCondition>,
}

/// Whether a value is of the type that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeTest {
    Always,
    Never,
    /// When the floating-point number is whole.
    Whole,
}

/// What is asked of a list.
#[derive(Debug, Default)]
pub(crate) struct ListCondition {
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) is_unique: bool,
    /// What is asked of each item.
    pub(crate) each: Option<InnerCondition>,
    pub(crate) contains: Option<Contains>,
}

/// How many items have to meet a condition.
#[derive(Debug)]
pub(crate) struct Contains {
    pub(crate) item: InnerCondition,
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

/// What is asked of a value inside another.
#[derive(Debug)]
pub(crate) enum InnerCondition {
    Object(Box<ObjectCondition>),
    Value(Box<ValueCondition>),
}

/// The values that are asked for. Where both are there, both are meant.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The one value.
    pub(crate) constant: Option<Equals>,
    /// One of these.
    pub(crate) any: Option<Vec<Equals>>,
}

/// A value of the type of what it is compared with.
#[derive(Debug)]
pub(crate) enum Equals {
    /// One that the type has not, which has been reported.
    Nothing,
    Literal(Literal),
    Double(f64),
    List(Vec<Equals>),
    /// The value of each parameter, in their order; nothing for one that is not given.
    Object(Vec<Option<Equals>>),
}

/// A value that a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Literal {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Literal {
    /// The literal that a JSON value is, if it is one.
    pub(crate) fn from_value(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::String(text) => Some(Self::Text(text.clone())),
            serde_json::Value::Bool(boolean) => Some(Self::Boolean(*boolean)),
            // `1.0` is the integer 1.
            serde_json::Value::Number(_) => integer(value).map(Self::Integer),
            _ => None,
        }
    }

    /// Whether a JSON value is this literal; numbers are compared by their value.
    pub(crate) fn is(&self, value: &serde_json::Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Boolean(boolean) => value.as_bool() == Some(*boolean),
            Self::Integer(number) => integer(value) == Some(*number),
        }
    }

    /// The literal as a JSON value.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Boolean(boolean) => (*boolean).into(),
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => text.fmt(formatter),
            Self::Integer(number) => number.fmt(formatter),
            Self::Boolean(boolean) => boolean.fmt(formatter),
        }
    }
}

/// How many members are given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count {
    pub(crate) min: usize,
    pub(crate) max: Option<usize>,
}

/// How numbers of one object compare: the sum of the terms with the constant.
///
/// What is written on the right stands here with a negative coefficient, behind what is on the left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    pub(crate) terms: Vec<Term>,
    pub(crate) operator: Operator,
    pub(crate) constant: i64,
}

/// A number, so many times. As the coefficient has 32 bits and a number has 64, no sum overflows 128.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) coefficient: i32,
    pub(crate) subject: Subject,
}

impl Relation {
    /// The parameters that it compares.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> {
        self.terms.iter().map(|term| term.subject)
    }

    pub(crate) fn names(&self, subject: Subject) -> bool {
        self.subjects().any(|named| named == subject)
    }

    /// The same terms with the operator that holds wherever this one does not.
    pub(crate) fn opposite(&self) -> Self {
        let operator = self.operator.opposite();
        Self { terms: self.terms.clone(), operator, constant: self.constant }
    }

    /// Whether it holds of the numbers that the parameters are; nothing where one of them is none.
    pub(crate) fn holds(&self, number: impl Fn(Subject) -> Option<i64>) -> Option<bool> {
        let terms = self.terms.iter().map(|Term { coefficient, subject }| {
            Some(i128::from(*coefficient) * i128::from(number(*subject)?))
        });
        let sum: i128 = terms.sum::<Option<i128>>()?;
        Some(self.operator.holds(sum, self.constant.into()))
    }

    /// The one parameter that it compares with another one, and that one, when it does no more.
    pub(crate) fn pair(&self) -> Option<(Subject, Subject)> {
        match self.terms[..] {
            [Term { coefficient: 1, subject: left }, Term { coefficient: -1, subject: right }] => {
                Some((left, right))
            }
            _ => None,
        }
    }
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Less,
    AtMost,
    Equal,
    NotEqual,
    AtLeast,
    More,
}

impl Operator {
    /// The operator of the same comparison with the sides exchanged, or with all signs turned.
    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::AtLeast => Self::AtMost,
            Self::More => Self::Less,
        }
    }

    /// The operators as they are written.
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("<", Self::Less),
        ("<=", Self::AtMost),
        ("=", Self::Equal),
        ("!=", Self::NotEqual),
        (">=", Self::AtLeast),
        (">", Self::More),
    ];

    pub(crate) fn holds<T: Ord>(self, left: T, right: T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::AtLeast => left >= right,
            Self::More => left > right,
        }
    }

    /// The operator that holds wherever this one does not.
    pub(crate) fn opposite(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::AtLeast => Self::Less,
            Self::More => Self::AtMost,
        }
    }
}

/// Conditions of conditions, whatever they are about.
#[derive(Debug)]
pub(crate) struct Combined<C> {
    pub(crate) branches: Option<Box<Branches<C>>>,
    pub(crate) all_of: Vec<C>,
    pub(crate) any_of: Option<Spanned<Vec<C>>>,
    pub(crate) one_of: Option<Spanned<Vec<C>>>,
    /// What JSON Schema has no keyword for, and dependencies have.
    pub(crate) at_most_one: Option<Spanned<Vec<C>>>,
    /// The same; all of them, as soon as there is one.
    pub(crate) all_or_none: Option<Spanned<Vec<C>>>,
    pub(crate) not: Option<Spanned<Box<C>>>,
}

/// What is asked for when a condition is met, and when it is not.
#[derive(Debug)]
pub(crate) struct Branches<C> {
    pub(crate) condition: C,
    /// Where the condition is asked.
    pub(crate) origin: Origin,
    pub(crate) then: Option<C>,
    pub(crate) otherwise: Option<C>,
}

impl<C> Default for Combined<C> {
    fn default() -> Self {
        Self {
            branches: None,
            all_of: Vec::new(),
            any_of: None,
            one_of: None,
            at_most_one: None,
            all_or_none: None,
            not: None,
        }
    }
}
