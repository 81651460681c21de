//! What people are told → `summary`, `description`, `examples`, and what else stands beside a type.

use super::answer::success;
use super::enums::{has_named_titles, meaning};
use super::ledger::Spot;
use super::limits;
use super::node::Node;
use super::published::{Operation, Response, Schema};
use super::reasons::LeftOut;
use super::report::Report;
use super::secrets::is_secret;
use super::texts;
use super::types::{Members, Side, Types};

/// What the docs say of a parameter that only the documents call required. It stays optional: who leaves it
/// out learns from the service what that means, and who could not would have no way around it.
const ASKED_FOR: &str = "the documents ask for it, and the service does not check that it is there";

impl Types<'_> {
    /// The sentence that stands first in the docs of an operation, which has to have one.
    pub(super) fn summary(&self, operation: &Operation, report: &mut Report) -> String {
        let said = [("summary", &operation.summary), ("title", &operation.title)];
        let said = self.first(operation.spot, said, texts::line, report);
        said.unwrap_or_else(|| operation.name.clone())
    }

    /// What else is said of an operation: in the end what stands behind its parameters on a page.
    pub(super) fn description(
        &self,
        operation: &Operation,
        report: &mut Report,
    ) -> Option<(String, Node)> {
        let mut said = vec![
            ("description", &operation.description),
            ("requestParamsDescription", &operation.told.of_request),
            ("extraInfo", &operation.told.besides),
        ];
        if success(operation).is_none() {
            said.push(("responseParamsDescription", &operation.told.of_response));
        }
        let mut lines = self.all(operation.spot, &said, report);
        let reason = [("noSubstitutionReason", &operation.told.why_no_substitution)];
        lines.extend(self.all(operation.told.spot, &reason, report));
        described(lines)
    }

    /// What is said of an answer beside its schema.
    pub(super) fn said(&self, response: &Response, report: &mut Report) -> Option<String> {
        let said = [("description", &response.description)];
        self.first(response.spot, said, texts::plain, report)
    }

    /// What is said of an answer as a whole, whose schema this is.
    pub(super) fn answer(
        &self,
        operation: &Operation,
        schema: &Schema,
        report: &mut Report,
    ) -> Option<(String, Node)> {
        let said = [("description", &schema.description), ("title", &schema.title)];
        let own = self.first(schema.spot, said, texts::plain, report);
        let said = [("responseParamsDescription", &operation.told.of_response)];
        let besides = self.all(operation.spot, &said, report);
        described(own.into_iter().chain(besides).collect())
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
        let said = self.first(schema.spot, said, texts::plain, report);
        let titles = self.titles(wire, schema, side, report);
        words.extend(described(said.into_iter().chain(titles).collect()));
        words.extend(self.example(wire, schema, side, report));
        words.extend(default(wire, schema, side, report));
        if schema.is_asked_for && side == Side::Sent {
            report.carry_key(schema.spot, "docRequired");
            let note = vec![
                ("required".to_owned(), Node::bare(true)),
                ("note".to_owned(), Node::text(ASKED_FOR)),
            ];
            words.extend((!schema.required).then(|| ("x-document".to_owned(), Node::Object(note))));
        }
        words
    }

    /// What values mean that get no names, a line each.
    fn titles(&self, wire: &str, schema: &Schema, side: Side, report: &mut Report) -> Vec<String> {
        let is_text = schema.type_.as_deref() == Some("string");
        if is_secret(wire)
            || is_text && (!schema.values.is_empty() || has_named_titles(wire, schema, side))
        {
            return Vec::new();
        }
        let mut lines = Vec::new();
        for (index, title) in schema.titles.iter().enumerate() {
            let own = schema.titles_spot.at(index);
            if !self.has_texts {
                report.leave_out(own, LeftOut::TextsNotWanted);
                continue;
            }
            report.carry(own);
            lines.push(match meaning(title) {
                Some(said) => format!("`{}`: {}", title.0, said.replace('\n', " ")),
                None => format!("`{}`", title.0),
            });
        }
        lines
    }

    fn example(
        &self,
        wire: &str,
        schema: &Schema,
        side: Side,
        report: &mut Report,
    ) -> Option<(String, Node)> {
        let example = schema.example.as_deref().unwrap_or_default();
        let reason = match limits::literal_of(schema, example, side) {
            _ if !self.has_texts => LeftOut::TextsNotWanted,
            _ if example.is_empty() => LeftOut::Empty,
            _ if is_secret(wire) => LeftOut::Secret,
            None => LeftOut::UnfitValue,
            Some(value) => {
                report.carry_key(schema.spot, "example");
                return Some(("examples".to_owned(), Node::List(vec![value])));
            }
        };
        report.leave_out_key(schema.spot, "example", reason);
        None
    }

    /// The first of several texts that says something.
    fn first<const N: usize>(
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

    /// All of several texts that say something.
    fn all(
        &self,
        spot: Spot,
        texts: &[(&str, &Option<String>)],
        report: &mut Report,
    ) -> Vec<String> {
        let mut said = Vec::new();
        for (key, text) in texts {
            match text.as_deref().and_then(texts::plain) {
                Some(text) if self.has_texts => {
                    report.carry_key(spot, key);
                    said.push(text);
                }
                Some(_) => report.leave_out_key(spot, key, LeftOut::TextsNotWanted),
                None => report.leave_out_key(spot, key, LeftOut::Empty),
            }
        }
        said
    }
}

fn described(said: Vec<String>) -> Option<(String, Node)> {
    (!said.is_empty()).then(|| ("description".to_owned(), Node::Text(said.join("\n"))))
}

/// What the service takes when a parameter is not given.
fn default(wire: &str, schema: &Schema, side: Side, report: &mut Report) -> Option<(String, Node)> {
    let default = schema.default.as_deref().unwrap_or_default();
    let reason = match limits::literal_of(schema, default, side) {
        _ if default.trim().is_empty() => LeftOut::Empty,
        _ if side == Side::Received => LeftOut::DefaultOfAnswer,
        _ if is_secret(wire) => LeftOut::Secret,
        None => LeftOut::UnfitValue,
        Some(value) => {
            report.carry_key(schema.spot, "default");
            return Some(("default".to_owned(), value));
        }
    };
    report.leave_out_key(schema.spot, "default", reason);
    None
}
