//! What an operation points to → its page, what to use instead, and what tells how far its task is.

use std::collections::BTreeSet;

use super::node::Node;
use super::published::{Operation, Published};
use super::reasons::LeftOut;
use super::report::Report;
use super::texts;
use super::types::Members;
use crate::source::{is_part_of_address, operation_of};

/// Where the pages of operations are, in Chinese and in English: behind it product, version and name. So the
/// help pages of services link to them, such as that of Ram's `DeletePolicyVersion` to
/// `https://api.alibabacloud.com/document/Ram/2015-05-01/DeletePolicyVersion`, and that of ocr-api's
/// `RecognizeAllText` to `https://api.aliyun.com/document/ocr-api/2021-07-07/RecognizeAllText`.
const PAGES: [&str; 2] =
    ["https://api.aliyun.com/document", "https://api.alibabacloud.com/document"];

/// A service, as far as its operations point to something.
pub(super) struct Pointers<'p> {
    product: &'p str,
    version: &'p str,
    pages: &'static str,
    /// The operations that the spec has.
    names: BTreeSet<&'p str>,
}

impl<'p> Pointers<'p> {
    /// `names` are those of the operations that the spec has.
    pub(super) fn new(published: &'p Published, names: BTreeSet<&'p str>) -> Self {
        let is_chinese = |operation: &&Operation| {
            let mut said = operation.summary.iter().chain(&operation.title);
            said.any(|text| texts::is_chinese(text))
        };
        let chinese = published.operations.iter().filter(is_chinese).count();
        let [of_chinese, of_english] = PAGES;
        Self {
            product: &published.product,
            version: &published.version,
            pages: if 2 * chinese > published.operations.len() { of_chinese } else { of_english },
            names,
        }
    }

    /// The keys of an operation that point somewhere.
    pub(super) fn of(&self, operation: &Operation, report: &mut Report) -> Members {
        let mut members = Vec::new();
        if is_part_of_address(self.product) && is_part_of_address(self.version) {
            let page =
                format!("{}/{}/{}/{}", self.pages, self.product, self.version, operation.name);
            members.push(("externalDocs".to_owned(), Node::member("url", Node::Text(page))));
        }
        if operation.told.is_deprecated {
            members.push(("deprecated".to_owned(), Node::bare(true)));
        }
        let instead = operation.told.substitutions.iter();
        let instead: Vec<Node> = instead.filter_map(|name| self.pointed(operation, name)).collect();
        let reason = match instead.as_slice() {
            [] => Some(LeftOut::Nameless),
            [..] if !operation.told.is_deprecated => Some(LeftOut::InUse),
            [..] => None,
        };
        match reason {
            Some(reason) => report.leave_out_key(operation.told.spot, "substitutions", reason),
            None => {
                report.carry_key(operation.told.spot, "substitutions");
                members.push(("x-replaced-by".to_owned(), Node::List(instead)));
            }
        }
        let progress = operation.told.callback.as_ref();
        match progress.and_then(|name| self.pointed(operation, name)) {
            Some(name) => {
                report.carry_key(operation.told.spot, "callback");
                members.push(("x-progress".to_owned(), name));
            }
            None => report.leave_out_key(operation.told.spot, "callback", LeftOut::Nameless),
        }
        members
    }

    /// What a spec calls an operation that the metadata calls `Ecs::2014-05-26::StopInstance`.
    fn pointed(&self, from: &Operation, name: &str) -> Option<Node> {
        let name = name.trim();
        let (Some((product, version)), operation) = operation_of(name)? else { return None };
        let is_own = product.eq_ignore_ascii_case(self.product) && version == self.version;
        match (is_own, operation == from.name) {
            (true, true) => None,
            (true, false) if self.names.contains(operation) => Some(Node::text(operation)),
            (_, _) => Some(Node::text(name)),
        }
    }
}
