//! What the first page of a crate shows, and its README: a call, a refusal, a list.
//!
//! Chooses operations that read, take little and are there to stay; the same ones for the same specs.

use super::doctest::{CallSample, RequestSample};
use crate::findings::Findings;
use crate::model::security::Security;
use crate::model::{Access, OperationId};
use crate::rules::rule::Kind;

/// The examples of the first page.
#[derive(Debug)]
pub(crate) struct Front<'m> {
    pub(crate) krate: String,
    pub(crate) place: CalledAt<'m>,
    /// Of which no list is followed. None only where no operation can be shown.
    pub(crate) call: Option<CallSample<'m>>,
    /// None where no rule can be shown.
    pub(crate) refusal: Option<RefusalSample<'m>>,
    /// None where nothing comes in pages.
    pub(crate) list: Option<CallSample<'m>>,
}

/// Where a client makes its calls.
#[derive(Debug, Clone, Copy)]
pub(crate) enum CalledAt<'m> {
    Region(&'m str),
    /// No region has a host, but this is one.
    Host(&'m str),
    /// No host is documented.
    Unknown,
}

/// A request that is refused, and why.
#[derive(Debug)]
pub(crate) struct RefusalSample<'m> {
    pub(crate) action: &'m str,
    pub(crate) request: RequestSample<'m>,
    pub(crate) sentence: &'m str,
}

/// What the examples import besides requests and types.
const IMPORTED: [&str; 3] = ["Client", "Error", "Mock"];

impl<'m> Front<'m> {
    pub(super) fn of(findings: &'m Findings) -> Self {
        let sample = |id| CallSample::of(findings, id);
        let shown = || findings.api.operation_ids().filter(|id| is_distinct(&sample(*id)));
        let is_paged = |id: &OperationId| findings.api.operation(*id).pagination.is_some();
        let call = shown().min_by_key(|id| effort(findings, *id));
        let list = shown().filter(is_paged).min_by_key(|id| effort(findings, *id));
        Self {
            krate: findings.names.krate(),
            place: CalledAt::of(findings),
            call: call.map(|id| CallSample { is_paged: false, ..sample(id) }),
            refusal: RefusalSample::of(findings),
            list: list.map(sample),
        }
    }
}

impl<'m> CalledAt<'m> {
    fn of(findings: &'m Findings) -> Self {
        let endpoints = &findings.api.endpoints;
        let region = endpoints.iter().find_map(|endpoint| endpoint.regions.first());
        match (region, endpoints.first()) {
            (Some(region), _) => Self::Region(region),
            (None, Some(endpoint)) => Self::Host(&endpoint.host),
            (None, None) => Self::Unknown,
        }
    }
}

impl<'m> RefusalSample<'m> {
    fn of(findings: &'m Findings) -> Option<Self> {
        let api = &findings.api;
        let refused = api.operation_ids().filter_map(|id| {
            let refusal = findings.guide(id).refusal.as_ref()?;
            let operation = api.operation(id);
            let rule = &findings.rules(operation.request)[refusal.rule];
            let request = RequestSample::of(findings, id, &refusal.given);
            request.is_distinct().then_some((operation, refusal, rule, request))
        });
        let (operation, _, rule, request) =
            refused.min_by_key(|(operation, refusal, rule, _)| {
                let is_required = rule.kind == Kind::Required;
                (
                    operation.deprecation.is_some(),
                    !is_required,
                    refusal.given.len(),
                    rule.sentence.len(),
                )
            })?;
        Some(Self { action: &operation.id.value, request, sentence: &rule.sentence })
    }
}

/// How much there is to explain of a call, what weighs most first.
fn effort(findings: &Findings, id: OperationId) -> (bool, bool, bool, bool, bool, usize) {
    let operation = findings.api.operation(id);
    let example = findings.guide(id).example.as_ref();
    (
        operation.deprecation.is_some(),
        matches!(operation.security, Security::Unsupported(_)),
        operation.access != Access::Read,
        example.is_none(),
        operation.pagination.is_some(),
        example.map_or(0, Vec::len),
    )
}

/// Whether no name of a call stands for something else on the page, too.
fn is_distinct(call: &CallSample<'_>) -> bool {
    !IMPORTED.contains(&call.request.plain())
        && call.made.as_ref().is_none_or(RequestSample::is_distinct)
}

impl RequestSample<'_> {
    fn is_distinct(&self) -> bool {
        let mut names = self.types.iter().copied().chain([self.request.ident]);
        names.all(|name| !IMPORTED.contains(&name.plain()))
    }
}
