//! What became of the documents of a corpus → JSON for programs. Knows nothing of how it is found out.

use serde::Serialize;

use super::table::Table;
use super::{Made, Outcome};
use crate::Account;

/// All documents, and what they are together.
#[derive(Debug, Serialize)]
struct All<'o> {
    documents: Vec<Document<'o>>,
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// A document.
#[derive(Debug, Serialize)]
struct Document<'o> {
    document: &'o str,
    /// `made`, `skipped` or `failed`.
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'o str>,
    /// Why nothing was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'o str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'o Account>,
}

/// The table in JSON, with all that is known of each document.
pub(super) fn json(table: &Table<'_>) -> serde_json::Result<String> {
    let documents = table.rows().map(|(document, outcome)| {
        let bare = Document { document, outcome: "made", style: None, reason: None, report: None };
        match outcome {
            Outcome::Made(made) => {
                let Made { style, account, .. } = made.as_ref();
                Document { style: Some(style), report: account.as_ref(), ..bare }
            }
            Outcome::Skipped(reason) => {
                Document { outcome: "skipped", reason: Some(reason), ..bare }
            }
            Outcome::Failed(reason) => Document { outcome: "failed", reason: Some(reason), ..bare },
        }
    });
    let Table { passed, failed, skipped, .. } = *table;
    let all = All { documents: documents.collect(), passed, failed, skipped };
    serde_json::to_string(&all)
}
