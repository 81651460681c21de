//! What the docs of a request say: its operation, and what it requires.

use super::doctest::CallSample;
use super::errors::Errors;
use super::waits::Waits;
use crate::facts::{DocumentPage, Ram};
use crate::findings::Findings;
use crate::model::security::Security;
use crate::model::{Operation, OperationId, PageTurn, Pointed};
use crate::naming::Name;
use crate::rules::guide::table::{Cell, Column, ContextTable, Table, depends_everywhere};

/// The sections of the docs, in no order.
#[derive(Debug)]
pub(crate) struct RequestDocs<'m> {
    pub(crate) summary: &'m str,
    pub(crate) description: Option<&'m str>,
    pub(crate) document: Option<&'m DocumentPage>,
    /// Whether people had better not use the operation; what they use instead, if that is known.
    pub(crate) deprecation: Option<Vec<PointedDocs<'m>>>,
    /// What tells how far the task is which a call starts.
    pub(crate) progress: Option<PointedDocs<'m>>,
    pub(crate) pages: Option<PageDocs<'m>>,
    pub(crate) requirements: Requirements<'m>,
    /// Whether a cell says that it depends.
    pub(crate) has_depends: bool,
    /// Whether there is an enum of the forms.
    pub(crate) has_forms: bool,
    /// Facts that must be known for rules to be judged, each once.
    pub(crate) unknown: Vec<&'m str>,
    pub(crate) security: &'m Security,
    pub(crate) ram: Option<&'m Ram>,
    pub(crate) call: CallSample<'m>,
    /// What callers wait for by asking it again and again.
    pub(crate) waits: Option<Waits<'m>>,
    pub(crate) errors: Errors<'m>,
}

/// An operation that docs point to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PointedDocs<'m> {
    /// One of the crate, with its request, where its docs stand.
    Own {
        operation: &'m str,
        request: &'m Name,
    },
    Other {
        product: &'m str,
        version: &'m str,
        operation: &'m str,
    },
}

impl<'m> PointedDocs<'m> {
    pub(super) fn of(findings: &'m Findings, pointed: &'m Pointed) -> Self {
        match pointed {
            Pointed::Own(id) => {
                let operation = findings.api.operation(*id);
                Self::Own {
                    operation: &operation.id.value,
                    request: &findings.names.type_(operation.request).ident,
                }
            }
            Pointed::Other { product, version, operation } => {
                Self::Other { product, version, operation }
            }
        }
    }

    /// What people use instead of an operation, where they had better not use it.
    pub(super) fn instead_of(
        findings: &'m Findings,
        operation: &'m Operation,
    ) -> Option<Vec<Self>> {
        let instead = operation.deprecation.as_ref()?.instead.iter();
        Some(instead.map(|pointed| Self::of(findings, pointed)).collect())
    }
}

/// Which parameters say which page of a list is asked for, and what the answer says of all pages; by
/// their wire names.
#[derive(Debug)]
pub(crate) struct PageDocs<'m> {
    pub(crate) page: &'m str,
    pub(crate) size: Option<&'m str>,
    pub(crate) total: Option<&'m str>,
}

/// Which parameters are required.
#[derive(Debug)]
pub(crate) enum Requirements<'m> {
    /// Nothing depends on anything, so that there is nothing to look up.
    Fixed {
        required: Vec<&'m str>,
        optional: Vec<&'m str>,
    },
    Table(RequirementTable<'m>),
}

/// The requirement table.
#[derive(Debug)]
pub(crate) struct RequirementTable<'m> {
    /// The parameter whose values are the columns; without one there is a single column.
    pub(crate) decider: Option<&'m str>,
    pub(crate) columns: &'m [Column],
    /// The parameters that are not always optional, and whose cells tell something.
    pub(crate) rows: Vec<(&'m str, &'m [Cell])>,
    pub(crate) by_context: &'m [ContextTable],
    /// Rules that no cell shows.
    pub(crate) combinations: &'m [String],
    /// The parameters of which no rule asks anything.
    pub(crate) free: Vec<&'m str>,
}

impl<'m> RequestDocs<'m> {
    pub(super) fn of(findings: &'m Findings, id: OperationId) -> Self {
        let operation = findings.api.operation(id);
        let guide = findings.guide(id);
        let table = &guide.table;
        let by_context = table.by_context.iter().flat_map(|table| &table.rows);
        let rows = table.rows.iter().filter(|(_, cells)| is_shown(cells)).chain(by_context);
        let mut cells = rows.flat_map(|(_, cells)| cells);
        let mut unknown = Vec::new();
        let rules = findings.rules(operation.request);
        for fact in rules.iter().filter_map(|rule| rule.unknown.as_deref()) {
            if !unknown.contains(&fact) {
                unknown.push(fact);
            }
        }
        Self {
            summary: &operation.summary,
            description: operation.description.as_deref(),
            document: operation.document.as_ref(),
            deprecation: PointedDocs::instead_of(findings, operation),
            progress: operation.progress.as_ref().map(|found| PointedDocs::of(findings, found)),
            pages: PageDocs::of(findings, operation),
            requirements: Requirements::of(table),
            has_depends: cells.any(|cell| *cell == Cell::Depends),
            has_forms: guide.forms.is_some(),
            unknown,
            security: &operation.security,
            ram: operation.ram.as_ref(),
            call: CallSample::of(findings, id),
            waits: Waits::of(findings, id),
            errors: Errors::of(findings, id),
        }
    }
}

impl<'m> PageDocs<'m> {
    fn of(findings: &'m Findings, operation: &Operation) -> Option<Self> {
        let pagination = operation.pagination.as_ref()?;
        let sent =
            |member: usize| findings.api.fields(operation.request)[member].wire.value.as_str();
        let (page, size) = match pagination.turn {
            PageTurn::Number { page_number, page_size, .. } => (page_number, Some(page_size)),
            PageTurn::Token { token, page_size, .. } => (token, page_size),
        };
        let total = pagination.total_items.as_ref().and_then(|steps| steps.last());
        let total = total.map(|step| &findings.api.fields(step.owner)[step.member].wire);
        Some(Self {
            page: sent(page),
            size: size.map(sent),
            total: total.map(|wire| wire.value.as_str()),
        })
    }
}

impl<'m> Requirements<'m> {
    fn of(table: &'m Table) -> Self {
        let free = table.free.iter().map(String::as_str);
        if is_fixed(table) {
            let with = |wanted: Cell| {
                let rows = table.rows.iter().filter(move |(_, cells)| cells.contains(&wanted));
                rows.map(|(name, _)| name.as_str())
            };
            let bound =
                with(Cell::Optional).filter(|name| !table.free.iter().any(|free| free == name));
            return Self::Fixed {
                required: with(Cell::Required).collect(),
                optional: bound.chain(free).collect(),
            };
        }
        let rows = table.rows.iter().filter(|(_, cells)| is_shown(cells));
        Self::Table(RequirementTable {
            decider: table.decider.as_deref(),
            columns: &table.columns,
            rows: rows.map(|(name, cells)| (name.as_str(), cells.as_slice())).collect(),
            by_context: &table.by_context,
            combinations: &table.combinations,
            free: free.collect(),
        })
    }
}

/// Whether there is something to look up in a row.
fn is_shown(cells: &[Cell]) -> bool {
    cells.iter().any(|cell| *cell != Cell::Optional) && !depends_everywhere(cells)
}

fn is_fixed(table: &Table) -> bool {
    let is_fixed = |cell: &Cell| match cell {
        Cell::Required | Cell::Optional => true,
        Cell::NotAllowed | Cell::Depends => false,
    };
    let mut cells = table.rows.iter().flat_map(|(_, cells)| cells);
    table.decider.is_none() && table.combinations.is_empty() && cells.all(is_fixed)
}
