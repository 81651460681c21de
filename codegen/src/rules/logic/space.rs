//! The parameters that rules may name: the request's own and those of its context.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::model::limit::{Check, Limit};
use crate::model::{Api, Field, OperationId, Role, Type, TypeId};
use crate::moment::TimeFormat;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::predicate::{Inner, Predicate};
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::ObjectRules;
use crate::source::Origin;

/// All parameters of an operation, with what is known of them.
#[derive(Debug, Clone)]
pub(crate) struct Space<'a> {
    api: &'a Api,
    request: Cow<'a, [Field]>,
    context: &'a [Field],
    /// What sentences call the context: "backup plan".
    context_title: &'a str,
    /// The rules of all structs, when parameters may have no values but valid ones.
    closed: Option<&'a [ObjectRules]>,
    /// The struct whose fields the parameters are; nothing when they are the one value there is.
    owner: Option<TypeId>,
    /// How many splits the questions about formulas, and about what is inside values, may still take.
    budget: Rc<Cell<u32>>,
    /// Whether comparisons come out as one likes, whatever the numbers are.
    compares_freely: bool,
    /// Whether what a parameter's own schema asks of its value is left to formulas.
    is_bare: bool,
    /// Whether a date or time that is given is taken to be one, whatever its text is.
    is_spoken: bool,
}

/// How many splits the questions about one operation's formulas may take: enough for dozens of
/// rules over dozens of parameters, and over in seconds.
const BUDGET: u32 = 1 << 17;

/// More atoms than the formulas of the documented operations have.
const LARGE: usize = 96;

/// What a condition may compare a parameter with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Domain<'d> {
    Text,
    /// Exactly these texts are documented.
    Enum(Vec<&'d str>),
    Int32,
    Int64,
    Double,
    Boolean,
    /// It can be asked whether it is given and no more.
    Opaque,
}

impl<'a> Space<'a> {
    pub(crate) fn of(api: &'a Api, id: OperationId) -> Self {
        let operation = api.operation(id);
        let context = operation.context;
        let title = context.and_then(|context| api.type_(context).title.as_deref());
        Self {
            api,
            request: Cow::Borrowed(api.fields(operation.request)),
            context: context.map_or(&[], |context| api.fields(context)),
            context_title: title.unwrap_or("context"),
            closed: None,
            owner: Some(operation.request),
            budget: Rc::new(Cell::new(BUDGET)),
            compares_freely: false,
            is_bare: false,
            is_spoken: false,
        }
    }

    /// The same parameters, each of which has no values but those that its own limits allow.
    pub(crate) fn closed(self, rules: &'a [ObjectRules]) -> Self {
        Self { closed: Some(rules), ..self }
    }

    /// The same parameters, whose comparisons come out as one likes, whatever the numbers are.
    pub(crate) fn with_free_comparisons(self) -> Self {
        Self { compares_freely: true, ..self }
    }

    /// The same parameters, of which nothing is known but their types: `fields` are theirs without limits.
    pub(crate) fn bare(self, fields: &'a [Field]) -> Self {
        Self { request: Cow::Borrowed(fields), is_bare: true, ..self }
    }

    /// The same parameters, for what people read: dates and times that are given compare as numbers do, and no
    /// word is lost about texts that are none.
    pub(crate) fn spoken(&self) -> Self {
        Self { is_spoken: true, ..self.clone() }
    }

    /// Whether a parameter may be given and compare with nothing all the same.
    pub(crate) fn may_not_compare(&self, subject: Subject) -> bool {
        !self.is_spoken && self.time_format(subject).is_some()
    }

    pub(crate) fn compares_freely(&self) -> bool {
        self.compares_freely
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// The members of a struct, and the context when it is a request.
    pub(crate) fn of_struct(api: &'a Api, id: TypeId) -> Self {
        match api.type_(id).role {
            Role::Request(operation) => Self::of(api, operation),
            Role::Response(_) | Role::Shared => Self::inside(api, &Type::Named(id)),
        }
    }

    /// The parameters of formulas about a value of this type.
    pub(crate) fn inside(api: &'a Api, type_: &Type) -> Self {
        let (request, owner) = match type_ {
            Type::Named(id) if !api.is_enum(*id) => (Cow::Borrowed(api.fields(*id)), Some(*id)),
            _ => (Cow::Owned(vec![Field::lone(type_.clone())]), None),
        };
        Self {
            api,
            request,
            context: &[],
            context_title: "",
            closed: None,
            owner,
            budget: Rc::new(Cell::new(BUDGET)),
            compares_freely: false,
            is_bare: false,
            is_spoken: false,
        }
    }

    /// The parameters of formulas about a value of this type inside one of this space's values.
    pub(crate) fn inner(&self, type_: &Type) -> Space<'a> {
        let budget = Rc::clone(&self.budget);
        let is_spoken = self.is_spoken;
        Space { closed: self.closed, budget, is_spoken, ..Space::inside(self.api, type_) }
    }

    /// As [`Self::inner`], with as many splits as there are for any question.
    pub(crate) fn inner_anew(&self, type_: &Type) -> Space<'a> {
        Space { closed: self.closed, ..Space::inside(self.api, type_) }
    }

    /// The formula, and that every parameter which it names satisfies what is asked of its value
    /// alone; nothing is added unless the space is closed.
    pub(crate) fn with_own_limits(&self, formula: &Formula) -> Formula {
        let Some(rules) = self.closed else { return formula.clone() };
        let mut parts = vec![formula.clone()];
        for subject in formula.subjects() {
            let field = self.field(subject);
            parts.push(limited(subject, &field.type_, &field.limits));
            if subject.is_context() {
                continue;
            }
            let own = self.owner.and_then(|id| rules[id.0].own.get(subject.index()));
            parts.extend(own.filter(|_| !self.is_bare).cloned());
            parts.extend(
                self.valid_inside(rules, &field.type_).map(|valid| Formula::given(subject, valid)),
            );
        }
        Formula::All(parts)
    }

    /// What the rules of the objects inside a value of this type ask of it.
    fn valid_inside(&self, rules: &[ObjectRules], type_: &Type) -> Option<Predicate> {
        // Those of what holds itself would be asked for theirs, without an end.
        if type_.named().is_some_and(|id| self.api.type_(id).is_recursive) {
            return None;
        }
        match type_ {
            Type::List(item) => {
                let formula = match item.as_ref() {
                    Type::Named(id) => rules[id.0].valid(),
                    item => Formula::test(Subject::Request(0), self.valid_inside(rules, item)?),
                };
                (formula != Formula::True).then(|| Predicate::Each(Inner::new(item, formula)))
            }
            Type::Named(id) => {
                let formula = rules[id.0].valid();
                (formula != Formula::True).then(|| Predicate::Object(Inner::new(type_, formula)))
            }
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::Map(_)
            | Type::Bytes
            | Type::Any
            | Type::JsonText(_) => None,
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        self.owner.is_some()
    }

    /// Takes one split of a formula with so many atoms; false when there is none left.
    ///
    /// A split of a formula with hundreds of atoms takes as long as many of a small one: simplifying
    /// it takes the cube of their number.
    pub(crate) fn take_split(&self, atoms: usize) -> bool {
        let weight = atoms.saturating_pow(3) / LARGE.pow(3);
        let weight = u32::try_from(weight).unwrap_or(u32::MAX);
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(weight.saturating_add(1)));
        left > 0
    }

    /// The same with no more splits than these.
    pub(crate) fn with_splits(self, splits: u32) -> Self {
        self.budget.set(self.budget.get().min(splits));
        self
    }

    /// Takes all splits: a question has too many answers.
    pub(crate) fn give_up(&self) {
        self.budget.set(0);
    }

    /// Whether a question was left open because it took too many splits.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// The parameter that is called so.
    pub(crate) fn find(&self, name: &str) -> Option<Subject> {
        let position = |fields: &[Field]| fields.iter().position(|field| field.label() == name);
        position(&self.request)
            .map(Subject::Request)
            .or_else(|| position(self.context).map(Subject::Context))
    }

    /// What every parameter is called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.request.iter().chain(self.context).map(Field::label)
    }

    /// The members of the request, in the order of the fields.
    pub(crate) fn request(&self) -> impl Iterator<Item = Subject> + use<> {
        (0..self.request.len()).map(Subject::Request)
    }

    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> + use<> {
        self.request().chain((0..self.context.len()).map(Subject::Context))
    }

    pub(crate) fn field(&self, subject: Subject) -> &Field {
        match subject {
            Subject::Request(index) => &self.request[index],
            Subject::Context(index) => &self.context[index],
        }
    }

    /// Where the parameter's name stands.
    pub(crate) fn origin(&self, subject: Subject) -> Origin {
        self.field(subject).wire.origin
    }

    pub(crate) fn name(&self, subject: Subject) -> &str {
        self.field(subject).label()
    }

    /// What sentences call the context.
    pub(crate) fn context_title(&self) -> &'a str {
        self.context_title
    }

    pub(crate) fn is_required(&self, subject: Subject) -> bool {
        self.field(subject).required
    }

    pub(crate) fn type_(&self, subject: Subject) -> &Type {
        &self.field(subject).type_
    }

    /// What the text of a parameter is, when it is a date or a time.
    pub(crate) fn time_format(&self, subject: Subject) -> Option<TimeFormat> {
        self.field(subject).time_format
    }

    pub(crate) fn domain(&self, subject: Subject) -> Domain<'_> {
        match &self.field(subject).type_ {
            Type::String | Type::Secret => Domain::Text,
            Type::Boolean => Domain::Boolean,
            Type::Int32 => Domain::Int32,
            Type::Int64 => Domain::Int64,
            Type::Named(id) => match &self.api.type_(*id).shape {
                // It may have any other value, too.
                crate::model::Shape::Enum(_) if self.is_open(subject) => Domain::Text,
                crate::model::Shape::Enum(values) => {
                    Domain::Enum(values.iter().map(|value| value.wire.value.as_str()).collect())
                }
                crate::model::Shape::Struct(_) => Domain::Opaque,
            },
            // There are taken to be as many of either.
            Type::Float | Type::Double => Domain::Double,
            Type::List(_) | Type::Map(_) | Type::Bytes | Type::Any | Type::JsonText(_) => {
                Domain::Opaque
            }
        }
    }

    /// Whether the parameter is of an enum, and may have values that this does not document.
    fn is_open(&self, subject: Subject) -> bool {
        let field = self.field(subject);
        let is_narrowed = |limit: &Limit| matches!(limit.check, Check::Documented(_));
        field.type_.named().is_some_and(|id| self.api.type_(id).is_open)
            && !field.limits.iter().any(is_narrowed)
    }

    /// The documented values of an enum that this parameter may have.
    pub(crate) fn values(&self, subject: Subject) -> Option<Vec<&str>> {
        let Domain::Enum(all) = self.domain(subject) else { return None };
        let limits = &self.field(subject).limits;
        let own = limits.iter().find_map(|limit| match &limit.check {
            Check::Documented(values) => Some(values.iter().map(String::as_str).collect()),
            _ => None,
        });
        Some(own.unwrap_or(all))
    }

    /// The same set, said in the simplest way that the parameter allows: one that is required is
    /// never absent, and a boolean has two values.
    pub(crate) fn normal<'s>(
        &self,
        subject: Subject,
        mut states: Cow<'s, States>,
    ) -> Cow<'s, States> {
        if states.absent && self.is_required(subject) {
            states.to_mut().absent = false;
        }
        if self.is_boolean(subject) {
            let all = [Literal::Boolean(true), Literal::Boolean(false)];
            let has = |value: &Literal| match &states.values {
                Values::Only(values) => values.contains(value),
                Values::Except(values) => !values.contains(value),
            };
            let values: Vec<Literal> = all.into_iter().filter(|value| has(value)).collect();
            let values = match values.len() {
                2 => Values::Except(Vec::new()),
                _ => Values::Only(values),
            };
            if states.values != values {
                states.to_mut().values = values;
            }
        }
        states
    }

    pub(crate) fn is_boolean(&self, subject: Subject) -> bool {
        *self.type_(subject) == Type::Boolean
    }

    /// Every state that the parameter can be in.
    pub(crate) fn possible(&self, subject: Subject) -> States {
        States { absent: !self.is_required(subject), values: Values::Except(Vec::new()) }
    }
}

/// That the value of a parameter, where it is given, satisfies the limits of its field.
pub(crate) fn limited(subject: Subject, type_: &Type, limits: &[Limit]) -> Formula {
    // What is in a map, or in JSON text, no condition can ask.
    if limits.is_empty() || matches!(type_, Type::Map(_) | Type::JsonText(_)) {
        return Formula::True;
    }
    if let Type::List(item) = type_ {
        let formula = limited(Subject::Request(0), item, limits);
        if formula == Formula::True {
            return Formula::True;
        }
        return Formula::given(subject, Predicate::Each(Inner::new(item, formula)));
    }
    let parts = limits.iter().map(|limit| match &limit.check {
        // A service may know more values than its documents list.
        Check::Documented(_) if subject.is_context() => Formula::True,
        Check::Documented(values) => {
            let values = values.iter().map(|value| Literal::Text(value.clone())).collect();
            Formula::Is(subject, States { absent: true, values: Values::Only(values) })
        }
        check => Formula::given(subject, Predicate::Limit(check.clone())),
    });
    Formula::All(parts.collect())
}
