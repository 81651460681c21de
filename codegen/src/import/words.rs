//! What people are told of operations and members → summaries, descriptions and examples.
//!
//! Knows nothing of types but which of them an example fits.

use super::ledger::Spot;
use super::limits;
use super::node::Node;
use super::published::{Operation, Schema};
use super::reasons::LeftOut;
use super::report::Report;
use super::secrets::is_secret;
use super::texts;
use super::types::{Members, Side, Types};

impl Types<'_> {
    /// The sentence that stands first in the docs of an operation, which has to have one.
    pub(super) fn summary(&self, operation: &Operation, report: &mut Report) -> String {
        let said = [("summary", &operation.summary), ("title", &operation.title)];
        let said = self.said(operation.spot, said, texts::line, report);
        said.unwrap_or_else(|| operation.name.clone())
    }

    /// What else is said of an operation.
    pub(super) fn description(
        &self,
        operation: &Operation,
        report: &mut Report,
    ) -> Option<(String, Node)> {
        let said = [("description", &operation.description)];
        let text = self.said(operation.spot, said, texts::plain, report)?;
        Some(("description".to_owned(), Node::Text(text)))
    }

    /// The first of several texts that says something.
    fn said<const N: usize>(
        &self,
        spot: Spot,
        texts: [(&str, &Option<String>); N],
        plain: fn(&str) -> Option<String>,
        report: &mut Report,
    ) -> Option<String> {
        let mut first = None;
        for (key, text) in texts {
            let text = text.as_deref().and_then(plain);
            let reason = match (&text, &first) {
                _ if !self.has_texts => LeftOut::TextsNotWanted,
                (None, _) => LeftOut::Empty,
                (Some(_), Some(_)) => LeftOut::SecondText,
                (Some(_), None) => {
                    report.carry_key(spot, key);
                    first = text;
                    continue;
                }
            };
            report.leave_out_key(spot, key, reason);
        }
        first
    }

    /// What people are told of a member, besides its type.
    pub(super) fn words(
        &self,
        wire: &str,
        schema: &Schema,
        side: Side,
        report: &mut Report,
    ) -> Members {
        let mut words = Vec::new();
        if schema.is_deprecated {
            report.carry_key(schema.spot, "deprecated");
            words.push(("deprecated".to_owned(), Node::bare(true)));
        }
        let said = [("description", &schema.description), ("title", &schema.title)];
        let said = self.said(schema.spot, said, texts::plain, report);
        words.extend(said.map(|text| ("description".to_owned(), Node::Text(text))));
        let example = schema.example.as_deref().unwrap_or_default();
        let reason = match limits::literal_of(schema, example, side) {
            _ if !self.has_texts => LeftOut::TextsNotWanted,
            _ if example.is_empty() => LeftOut::Empty,
            _ if is_secret(wire) => LeftOut::Secret,
            None => LeftOut::UnfitValue,
            Some(value) => {
                report.carry_key(schema.spot, "example");
                words.push(("examples".to_owned(), Node::List(vec![value])));
                return words;
            }
        };
        report.leave_out_key(schema.spot, "example", reason);
        words
    }
}
