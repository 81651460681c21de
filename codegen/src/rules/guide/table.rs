//! The requirement table: which parameter is required for which value of the one that decides most.

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::simplify::assume;
use crate::rules::logic::space::Space;
use crate::rules::logic::states::States;
use crate::rules::rule::{Kind, Rule};

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

    pub(in crate::rules) fn is_for(&self, value: &str) -> bool {
        match self {
            Self::Value(own) => own == value,
            Self::NotGiven => false,
        }
    }
}

/// The table of an operation.
#[derive(Debug)]
pub(crate) struct Table {
    /// The parameter whose values are the columns; without one there is a single column.
    pub(crate) decider: Option<String>,
    pub(crate) columns: Vec<Column>,
    /// Wire name and a cell for each column, in the order of the fields.
    pub(crate) rows: Vec<(String, Vec<Cell>)>,
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
        let assumptions: Vec<Option<(Subject, States)>> = match &decider {
            Some((subject, values)) => values
                .iter()
                .map(|value| {
                    let literal = Literal::Text((*value).to_owned());
                    Some((*subject, States::only(vec![literal])))
                })
                .chain((!space.is_required(*subject)).then(|| Some((*subject, States::absent()))))
                .collect(),
            None => vec![None],
        };
        let is_decider =
            |subject: &Subject| decider.as_ref().is_some_and(|(found, _)| found == subject);
        // Its own columns give it; what they say of it would be no requirement.
        let shown = |subject: &Subject| space.is_required(*subject) || !is_decider(subject);
        let rows = space
            .request()
            .filter(shown)
            .map(|subject| {
                let cells = assumptions
                    .iter()
                    .map(|assumption| cell(space, rules, subject, assumption.as_ref()))
                    .collect();
                (space.name(subject).to_owned(), cells)
            })
            .collect();
        let columns = match &decider {
            Some((subject, values)) => {
                let not_given = (!space.is_required(*subject)).then_some(Column::NotGiven);
                let values = values.iter().map(|value| Column::Value((*value).to_owned()));
                values.chain(not_given).collect()
            }
            None => Vec::new(),
        };
        let is_free = |subject: &Subject| {
            !space.is_required(*subject) && !rules.iter().any(|rule| rule.about.contains(subject))
        };
        let names = space.request().filter(is_free).filter(shown);
        Self {
            free: names.map(|subject| space.name(subject).to_owned()).collect(),
            combinations: rules
                .iter()
                .filter(|rule| rule.kind.is_shown_apart())
                .map(|rule| rule.sentence.clone())
                .collect(),
            decider: decider.map(|(subject, _)| space.name(subject).to_owned()),
            columns,
            rows,
        }
    }
}

/// The request's enum that the most rules turn on.
fn decider<'s>(space: &'s Space<'_>, rules: &[Rule]) -> Option<(Subject, Vec<&'s str>)> {
    let mut best: Option<(usize, Subject, Vec<&str>)> = None;
    for subject in space.request() {
        let Some(values) = space.values(subject) else { continue };
        let turns = rules.iter().filter(|rule| rule.when.subjects().contains(&subject)).count();
        if turns > best.as_ref().map_or(0, |(most, ..)| *most) {
            best = Some((turns, subject, values));
        }
    }
    best.map(|(_, subject, values)| (subject, values))
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
    let asks = |rule: &Rule| matches!(rule.kind, Kind::Required | Kind::NotAllowed);
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
