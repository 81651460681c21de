//! The crate's manifest and its README.

use super::coverage::{Coverage, shared_rules};
use super::front::Front;
use crate::config::Config;
use crate::facts::DocumentPage;
use crate::findings::Findings;
use crate::model::limit::Check;
use crate::rules::logic::formula::{Atom, Formula};
use crate::rules::logic::predicate::Predicate;

/// `Cargo.toml`
#[derive(Debug)]
pub(crate) struct Manifest<'m> {
    pub(crate) package: &'m str,
    pub(crate) title: &'m str,
    pub(crate) version: &'m str,
    /// One for each operation, in their order.
    pub(crate) features: Vec<&'m str>,
    /// Whether the runtime needs its regular expressions.
    pub(crate) needs_patterns: bool,
    pub(crate) config: &'m Config,
}

/// `README.md`
#[derive(Debug)]
pub(crate) struct Readme<'m> {
    pub(crate) package: &'m str,
    pub(crate) title: &'m str,
    pub(crate) version: &'m str,
    pub(crate) front: Front<'m>,
    pub(crate) operations: Vec<OperationRow<'m>>,
    /// How many rules objects state that several operations may hold.
    pub(crate) shared_rules: usize,
    pub(crate) total: Coverage,
}

/// What the README says of an operation.
#[derive(Debug)]
pub(crate) struct OperationRow<'m> {
    pub(crate) action: &'m str,
    pub(crate) feature: &'m str,
    pub(crate) summary: &'m str,
    pub(crate) document: Option<&'m DocumentPage>,
    pub(crate) coverage: Coverage,
}

impl<'m> Manifest<'m> {
    pub(super) fn of(findings: &'m Findings, config: &'m Config) -> Self {
        let (api, names) = (&findings.api, &findings.names);
        let feature = |id| names.operation(id).feature.as_str();
        Self {
            package: &names.package,
            title: &api.title,
            version: &api.version,
            features: api.operation_ids().map(feature).collect(),
            needs_patterns: needs_patterns(findings),
            config,
        }
    }
}

impl<'m> Readme<'m> {
    pub(super) fn of(findings: &'m Findings) -> Self {
        let (api, names) = (&findings.api, &findings.names);
        let row = |id| {
            let operation = api.operation(id);
            OperationRow {
                action: &operation.id.value,
                feature: &names.operation(id).feature,
                summary: &operation.summary,
                document: operation.document.as_ref(),
                coverage: Coverage::of(findings, operation),
            }
        };
        Self {
            package: &names.package,
            title: &api.title,
            version: &api.version,
            front: Front::of(findings),
            operations: api.operation_ids().map(row).collect(),
            shared_rules: shared_rules(findings),
            total: Coverage::in_total(findings),
        }
    }
}

fn needs_patterns(findings: &Findings) -> bool {
    let mut rules = findings.rules.iter().flat_map(|object| &object.rules);
    if rules.any(|rule| has_pattern(&rule.broken)) {
        return true;
    }
    let fields = findings.api.type_ids().flat_map(|id| findings.api.fields(id));
    let mut limits = fields.flat_map(|field| &field.limits);
    limits.any(|limit| matches!(limit.check, Check::Pattern(_)))
}

fn has_pattern(formula: &Formula) -> bool {
    let mut found = false;
    formula.for_each_atom(&mut |_, atom| {
        if let Atom::Test(test) = atom {
            found |= matches!(test.predicate, Predicate::Limit(Check::Pattern(_)))
                || test.predicate.inner().iter().any(|inner| has_pattern(&inner.formula));
        }
    });
    found
}
