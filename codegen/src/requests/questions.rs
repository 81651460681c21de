//! What can be said of all requests of an operation: whether some are valid, and what is in them.

use serde_json::{Map, Value};

use super::Unanswered;
use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::decimal::exact;
use crate::english::code;
use crate::json::value_of_text;
use crate::judge::Judge;
use crate::lower::fits::matches_field;
use crate::model::{Api, Field, Type};
use crate::rules::logic::formula::{Atom, Formula, Relation};
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::logic::verdict::{first_broken, holds};

impl Judge {
    /// The parameters of the operation, with what is inside them known whole.
    pub(super) fn space(&self) -> Space<'_> {
        let known = self.known();
        known.asked(self.item().request).space(&known.api, &known.rules)
    }

    fn ask(&self, formulas: &[Formula]) -> Result<bool, Unanswered> {
        let space = self.space();
        let is_possible = formulas.iter().all(|formula| space.is_satisfiable(formula));
        if space.is_exhausted() { Err(Unanswered::TooComplex) } else { Ok(is_possible) }
    }

    /// What has to hold of the parameters that share rules, for each such group.
    fn valid(&self) -> Vec<Formula> {
        self.known().asked(self.item().request).formulas(false, None)
    }

    /// Whether some request is valid, with some facts of its context.
    ///
    /// # Errors
    ///
    /// When there are too many combinations.
    pub fn is_sound(&self) -> Result<bool, Unanswered> {
        self.ask(&self.valid())
    }

    /// The parameters that no valid request has.
    ///
    /// # Errors
    ///
    /// When there are too many combinations.
    pub fn dead(&self) -> Result<Vec<&str>, Unanswered> {
        self.without(Formula::present, |_| true)
    }

    /// The parameters that are not required, and that every valid request has all the same.
    ///
    /// # Errors
    ///
    /// When there are too many combinations.
    pub fn falsely_optional(&self) -> Result<Vec<&str>, Unanswered> {
        let fields = self.known().api.fields(self.item().request);
        self.without(Formula::absent, |subject| !fields[subject.index()].required)
    }

    /// The parameters for which no valid request meets a condition.
    fn without(
        &self,
        condition: fn(Subject) -> Formula,
        is_asked: impl Fn(Subject) -> bool,
    ) -> Result<Vec<&str>, Unanswered> {
        let groups = self.valid();
        let fields = self.known().api.fields(self.item().request);
        let is_sound = self.ask(&groups)?;
        let mut found = Vec::new();
        for subject in (0..fields.len()).map(Subject::Request).filter(|subject| is_asked(*subject))
        {
            let group = groups.iter().find(|group| group.subjects().contains(&subject));
            let wanted = condition(subject);
            let wanted = group.map_or(wanted.clone(), |group| group.clone().and(wanted));
            if !is_sound || !self.ask(&[wanted])? {
                found.push(fields[subject.index()].label());
            }
        }
        Ok(found)
    }

    /// Whether some valid request has all of this; the facts of the context that are not among it stay
    /// unknown.
    ///
    /// Each value is taken as it is: nothing is added inside of one.
    ///
    /// # Errors
    ///
    /// When there are too many combinations, and when a part is none of the operation's.
    pub fn can_become_valid(&self, part: &Map<String, Value>) -> Result<bool, Unanswered> {
        let given = self.given(part)?;
        let known = self.known();
        let fields = known.api.fields(self.item().request);
        let fits = given.iter().all(|(subject, value)| match subject {
            Subject::Request(index) => {
                let field = &fields[*index];
                matches_field(&known.api, field, value).is_ok()
                    && first_broken(&known.api, &known.rules, &field.type_, value).is_none()
            }
            Subject::Context(_) => true,
        });
        let space = self.space();
        let settled = self.valid().into_iter().map(|group| settled(&space, group, &given));
        Ok(fits && self.ask(&settled.collect::<Vec<_>>())?)
    }

    /// The value of a parameter, or of a fact of the context, that a text is: as JSON, where the parameter
    /// can have that, and else as it stands.
    ///
    /// # Errors
    ///
    /// When there is no such parameter, and when it cannot have the value.
    pub fn value_of(&self, name: &str, text: &str) -> Result<Value, Unanswered> {
        let known = self.known();
        let space = Space::of(&known.api, self.operation);
        let misfit = |message: String| Unanswered::Misfit(message);
        let subject = space
            .find(name)
            .ok_or_else(|| misfit(format!("there is no parameter {}", code(name))))?;
        let field = space.field(subject);
        let wrong = |value: &Value| matches_field(&known.api, field, value).err();
        let plain = Value::from(text);
        let json = value_of_text(text).ok();
        let of_json = json.map(|value| match wrong(&value) {
            None => Ok(value),
            Some(reason) => Err(reason),
        });
        match (of_json, wrong(&plain)) {
            (Some(Ok(value)), _) => Ok(value),
            (_, None) => Ok(plain),
            (of_json, Some(of_text)) => {
                // What a value has to be that is no text is said of the value, and not of its digits.
                let reason = of_json.and_then(Result::err).filter(|_| !is_text(&known.api, field));
                let reason = reason.unwrap_or(of_text);
                Err(misfit(format!("{} cannot have this value: {reason}", code(name))))
            }
        }
    }

    /// What is given, by what it is given for.
    pub(super) fn given(
        &self,
        part: &Map<String, Value>,
    ) -> Result<Vec<(Subject, Value)>, Unanswered> {
        let space = self.space();
        let given = part.iter().map(|(name, value)| match space.find(name) {
            Some(subject) => Ok((subject, exact(value))),
            None => Err(Unanswered::Misfit(format!("there is no parameter {}", code(name)))),
        });
        given.collect()
    }
}

/// Whether the values of a member are texts.
fn is_text(api: &Api, field: &Field) -> bool {
    match &field.type_ {
        Type::String | Type::Secret | Type::JsonText(_) => true,
        Type::Named(id) => api.is_enum(*id),
        Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::List(_)
        | Type::Map(_)
        | Type::Bytes
        | Type::Any => false,
    }
}

/// What is left of a formula once these values are given, and facts that are not among them are unknown.
pub(super) fn settled(space: &Space<'_>, formula: Formula, given: &[(Subject, Value)]) -> Formula {
    let mut settled = formula;
    for subject in settled.subjects() {
        let value = given.iter().find(|(known, _)| *known == subject).map(|(_, value)| value);
        match value {
            Some(value) => settled = with_value(space, &settled, subject, value),
            None if subject.is_context() => {
                settled = assume(&settled, subject, &States::absent()).into_owned();
            }
            None => {}
        }
    }
    settled
}

/// What is left of a formula once a parameter has a value; that it has this one is part of it where it is
/// compared with others.
pub(super) fn with_value(
    space: &Space<'_>,
    formula: &Formula,
    subject: Subject,
    value: &Value,
) -> Formula {
    let left = substituted(space, formula, subject, value);
    match Literal::from_value(value).filter(|_| left.subjects().contains(&subject)) {
        Some(literal) => left.and(Formula::Is(subject, States::only(vec![literal]))),
        None => left,
    }
}

/// What is left of a formula once a parameter has a value, but for what it is compared with.
pub(super) fn substituted(
    space: &Space<'_>,
    formula: &Formula,
    subject: Subject,
    value: &Value,
) -> Formula {
    let facts = |_| Some(value);
    let left = formula.map_atoms(&|found, atom| {
        if found != subject {
            return None;
        }
        let atom = match atom {
            Atom::Is(states) => Formula::Is(subject, states.clone()),
            Atom::Test(test) => Formula::Test(test.clone()),
        };
        Some(Formula::constant(holds(space, &atom, &facts)))
    });
    left.into_owned()
}

/// What is left of a formula once every comparison is decided of which all values are chosen.
pub(super) fn decided(
    space: &Space<'_>,
    formula: &Formula,
    chosen: &[(Subject, Value)],
) -> Formula {
    let value = |subject: Subject| {
        chosen.iter().find(|(known, _)| *known == subject).map(|(_, value)| value)
    };
    let decide = |relation: &Relation| {
        let relation = Formula::Relation(relation.clone());
        let is_known = relation.subjects().iter().all(|subject| value(*subject).is_some());
        is_known.then(|| Formula::constant(holds(space, &relation, &value)))
    };
    formula.map_relations(&decide).into_owned()
}
