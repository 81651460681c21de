//! The requirement tables: which parameter is required for which value of the one that decides most, and of the
//! facts that the context has.
//! The requirement table: which parameter is required for which value of the one that decides most.

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::rule::{Kind, Rule};
use crate::rules::words::sentence;

/// What can be said of a parameter in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    Required,
    Optional,
    NotAllowed,
    /// It depends on another parameter or on the context.
    Depends,
}

impl Cell {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::NotAllowed => "not allowed",
            Self::Depends => "depends",
        }
    }
}

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// A value of the parameter that decides.
    Value(String),
    /// That the parameter is not given.
    NotGiven,
}

impl Column {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Value(value) => value,
            Self::NotGiven => "not given",
        }
    }

    /// The states that a parameter is in, in this column.
    fn states(&self, space: &Space<'_>, subject: Subject) -> States {
        match self {
            Self::Value(value) if space.is_boolean(subject) => {
                States::only(vec![Literal::Boolean(value == "true")])
            }
            Self::Value(value) => States::only(vec![Literal::Text(value.clone())]),
            Self::NotGiven => States::absent(),
        }
    }

    pub(in crate::rules) fn is_for(&self, value: &str) -> bool {
        match self {
            Self::Value(own) => own == value,
            Self::NotGiven => false,
        }
    }
}

/// What is required for each value of a fact that the context has.
#[derive(Debug)]
pub(crate) struct ContextTable {
    /// The fact, in words.
    pub(crate) fact: String,
    pub(crate) columns: Vec<Column>,
    /// Wire name and a cell for each column, in the order of the fields.
    pub(crate) rows: Vec<(String, Vec<Cell>)>,
}

/// The table of an operation.
#[derive(Debug)]
pub(crate) struct Table {
    /// The parameter whose values are the columns; without one there is a single column.
    pub(crate) decider: Option<String>,
    pub(crate) columns: Vec<Column>,
    /// Wire name and a cell for each column, in the order of the fields.
    pub(crate) rows: Vec<(String, Vec<Cell>)>,
    /// What depends in every column, as far as facts of the context tell.
    pub(crate) by_context: Vec<ContextTable>,
    /// Rules that no cell can show.
    pub(crate) combinations: Vec<String>,
    /// The parameters of which no rule asks anything.
    pub(crate) free: Vec<String>,
}

impl Table {
    /// The parameters that are required with this value and not with all of them.
    pub(crate) fn required_with(&self, value: &str) -> Vec<&str> {
        let column = self.columns.iter().position(|column| column.is_for(value));
        let turns = |cells: &[Cell]| {
            column.and_then(|column| cells.get(column)) == Some(&Cell::Required)
                && cells.iter().any(|cell| *cell != Cell::Required)
        };
        let rows = self.rows.iter().filter(|(_, cells)| turns(cells));
        rows.map(|(name, _)| name.as_str()).collect()
    }

    /// Judges every parameter in every column, exactly.
    pub(crate) fn of(space: &Space<'_>, rules: &[Rule]) -> Self {
        let decider = decider(space, rules);
        let columns = decider.map(|subject| columns(space, subject)).unwrap_or_default();
        // Its own columns give it; what they say of it would be no requirement.
        let shown = |subject: &Subject| space.is_required(*subject) || decider != Some(*subject);
        let mut open = Vec::new();
        let mut rows = Vec::new();
        for subject in space.request().filter(shown) {
            let cells = match decider {
                Some(decider) => cells(space, rules, subject, decider, &columns),
                None => vec![cell(space, rules, subject, None)],
            };
            if depends_everywhere(&cells) {
                open.push(subject);
            }
            rows.push((space.name(subject).to_owned(), cells));
        }
        let by_context = by_context(space, rules, &mut open);
        let is_free = |subject: &Subject| {
            !space.is_required(*subject) && !rules.iter().any(|rule| rule.about.contains(subject))
        };
        let names = space.request().filter(is_free).filter(shown);
        let is_apart =
            |rule: &&Rule| rule.kind.is_shown_apart() || open.contains(&rule.target) && asks(rule);
        Self {
            free: names.map(|subject| space.name(subject).to_owned()).collect(),
            combinations: rules.iter().filter(is_apart).map(|rule| rule.sentence.clone()).collect(),
            decider: decider.map(|subject| space.name(subject).to_owned()),
            columns,
            rows,
            by_context,
        }
    }
}

/// The request's enum that the most rules turn on.
fn decider(space: &Space<'_>, rules: &[Rule]) -> Option<Subject> {
    let enums = space.request().filter(|subject| space.values(*subject).is_some());
    turning_on_most(enums, rules.iter())
}

/// Which of the parameters the most rules turn on; the first of several, none if none turns on any.
fn turning_on_most<'r>(
    subjects: impl Iterator<Item = Subject>,
    rules: impl Iterator<Item = &'r Rule> + Clone,
) -> Option<Subject> {
    let mut best: Option<(usize, Subject)> = None;
    for subject in subjects {
        let turns = rules.clone().filter(|rule| rule.when.subjects().contains(&subject)).count();
        if turns > best.map_or(0, |(most, _)| most) {
            best = Some((turns, subject));
        }
    }
    best.map(|(_, subject)| subject)
}

/// Tables by what the context has of facts; takes the parameters of which they tell something.
fn by_context(space: &Space<'_>, rules: &[Rule], open: &mut Vec<Subject>) -> Vec<ContextTable> {
    let mut tables = Vec::new();
    let has_columns = |fact: &Subject| fact.is_context() && !columns(space, *fact).is_empty();
    let mut facts: Vec<Subject> = space.subjects().filter(has_columns).collect();
    loop {
        let turning = rules.iter().filter(|rule| asks(rule) && open.contains(&rule.target));
        let Some(fact) = turning_on_most(facts.iter().copied(), turning) else { return tables };
        facts.retain(|found| *found != fact);
        let columns = columns(space, fact);
        let mut rows = Vec::new();
        open.retain(|subject| {
            let cells = cells(space, rules, *subject, fact, &columns);
            let is_open = depends_everywhere(&cells);
            if !is_open {
                rows.push((space.name(*subject).to_owned(), cells));
            }
            is_open
        });
        if !rows.is_empty() {
            tables.push(ContextTable { fact: sentence::named(space, fact), columns, rows });
        }
    }
}

/// What a parameter can be, as columns; none for one of which that cannot be listed. Nobody makes the
/// context unknown, and then nothing is asked.
fn columns(space: &Space<'_>, subject: Subject) -> Vec<Column> {
    let values = match space.values(subject) {
        Some(values) => values,
        None if space.is_boolean(subject) => vec!["true", "false"],
        None => return Vec::new(),
    };
    let is_optional = !subject.is_context() && !space.is_required(subject);
    let values = values.into_iter().map(|value| Column::Value(value.to_owned()));
    values.chain(is_optional.then_some(Column::NotGiven)).collect()
}

fn cells(
    space: &Space<'_>,
    rules: &[Rule],
    subject: Subject,
    decider: Subject,
    columns: &[Column],
) -> Vec<Cell> {
    let known = |column: &Column| (decider, column.states(space, decider));
    columns.iter().map(|column| cell(space, rules, subject, Some(&known(column)))).collect()
}

/// Whether a row tells nothing.
pub(crate) fn depends_everywhere(cells: &[Cell]) -> bool {
    cells.iter().all(|cell| *cell == Cell::Depends)
}

/// Whether a rule asks for a parameter, or that it is not given.
fn asks(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Required | Kind::NotAllowed)
}

fn cell(
    space: &Space<'_>,
    rules: &[Rule],
    subject: Subject,
    assumption: Option<&(Subject, States)>,
) -> Cell {
    if space.is_required(subject) {
        return Cell::Required;
    }
    if !rules.iter().any(|rule| rule.target == subject && asks(rule)) {
        return Cell::Optional;
    }
    let conditions = |kind| -> Formula {
        let conditions = rules.iter().filter(|rule| rule.kind == kind && rule.target == subject);
        let any = Formula::Any(conditions.map(|rule| rule.when.clone()).collect());
        match assumption {
            Some((decider, states)) => assume(&any, *decider, states).into_owned(),
            None => any,
        }
    };
    let required = conditions(Kind::Required);
    let not_allowed = conditions(Kind::NotAllowed);
    if space.is_tautology(&required) {
        Cell::Required
    } else if space.is_tautology(&not_allowed) {
        Cell::NotAllowed
    } else if space.is_satisfiable(&required) || space.is_satisfiable(&not_allowed) {
        Cell::Depends
    } else {
        Cell::Optional
    }
}
