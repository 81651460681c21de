//! What metadata tells of an operation besides what it takes and answers: words, what to use instead, what
//! tells how far its task is, how it may fail.
//!
//! Knows nothing of what specs can say.

use super::keys;
use super::ledger::{Fate, Id, Line, Spot};
use super::published::{Source, counted, text_of};
use super::reasons::{LeftOut, Thing};
use super::report::Report;
use crate::json::{Json, Kind, Member};

/// What is told of an operation.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What stands behind the parameters, behind the answer, and at the end of a page.
    pub(super) of_request: Option<String>,
    pub(super) of_response: Option<String>,
    pub(super) besides: Option<String>,
    pub(super) is_deprecated: bool,
    /// Where the following stand.
    pub(super) spot: Spot,
    /// What to use instead, or why there is nothing.
    pub(super) substitutions: Vec<String>,
    pub(super) why_no_substitution: Option<String>,
    /// What tells how far the task is that a call starts.
    pub(super) callback: Option<String>,
    pub(super) errors: Vec<ErrorCode>,
}

/// A documented way to fail.
#[derive(Debug)]
pub(super) struct ErrorCode {
    pub(super) own: Id,
    pub(super) status: String,
    pub(super) code: String,
    pub(super) message: String,
}

/// Reads it.
pub(super) fn told(operation: &Source<'_>, report: &mut Report) -> Told {
    let mut told = Told {
        of_request: operation.text("requestParamsDescription"),
        of_response: operation.text("responseParamsDescription"),
        besides: operation.text("extraInfo"),
        is_deprecated: operation.flag("deprecated"),
        errors: error_codes(operation, report),
        ..Told::default()
    };
    if let Some((json, at)) = operation.value("staticInfo") {
        let known = Source::new(json, at, keys::STATIC_INFO, report);
        let substitutions = known.list("substitutions").unwrap_or_default().0;
        told.substitutions = substitutions.iter().filter_map(text_of).collect();
        told.why_no_substitution = known.text("noSubstitutionReason");
        told.callback = known.text("callback");
        told.spot = known.spot();
    }
    told
}

/// The error codes that are listed for each status.
fn error_codes(operation: &Source<'_>, report: &mut Report) -> Vec<ErrorCode> {
    let (statuses, at) = operation.object("errorCodes").unwrap_or_default();
    let line = |member: &Member| match &member.value.kind {
        Kind::Array(_) => Line { step: member.key.clone(), thing: None, fate: Fate::Unknown },
        _ => {
            let fate = Fate::LeftOut(LeftOut::Malformed);
            Line { step: member.key.clone(), thing: Some(Thing::Member), fate }
        }
    };
    let spot = report.list(at, statuses.iter().map(line));
    let mut errors = Vec::new();
    for (index, status) in statuses.iter().enumerate() {
        let Kind::Array(codes) = &status.value.kind else { continue };
        let line = |(index, _)| counted(index, Thing::ErrorCode, LeftOut::Nameless);
        let listed = report.list(spot.at(index), codes.iter().enumerate().map(line));
        let said = |json: &Json, key: &str| json.at(key).and_then(text_of).unwrap_or_default();
        errors.extend(codes.iter().enumerate().map(|(index, json)| ErrorCode {
            own: listed.at(index),
            status: status.key.clone(),
            code: said(json, "/errorCode"),
            message: said(json, "/errorMessage"),
        }));
    }
    errors
}
