//! `x-relations`: which sums of members compare how.
//!
//! Knows no type: whether a name is one of a number, is said elsewhere.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Kind};
use crate::read::reader::{Reader, expected};
use crate::read::schema::whole_number;
use crate::source::Spanned;

/// An entry: the sum on the left compares so with the one on the right plus `plus`.
#[derive(Debug, Clone)]
pub(crate) struct RelationItem {
    pub(crate) left: Vec<TermItem>,
    pub(crate) relation: Spanned<String>,
    /// Nothing, where the left side is compared with `plus` alone.
    pub(crate) right: Vec<TermItem>,
    pub(crate) plus: i64,
}

/// A member, so many times.
#[derive(Debug, Clone)]
pub(crate) struct TermItem {
    pub(crate) name: Spanned<String>,
    pub(crate) coefficient: Spanned<i64>,
}

/// Reads all entries.
pub(super) fn read(reader: &mut Reader<'_>, sink: &mut Sink) -> Vec<RelationItem> {
    let items = reader.array("x-relations", sink).unwrap_or_default();
    items.iter().filter_map(|item| relation(item, sink)).collect()
}

fn relation(json: &Json, sink: &mut Sink) -> Option<RelationItem> {
    let mut reader = Reader::open(json, "relation", sink)?;
    let left = reader.required("left", sink).and_then(|left| sum(left, sink));
    let relation = reader.required_string("relation", sink);
    let plus = reader.value("plus");
    let right = match plus {
        // The left side may be compared with a number alone.
        Some(_) => reader.value("right").map_or(Some(Vec::new()), |right| sum(right, sink)),
        None => reader.required("right", sink).and_then(|right| sum(right, sink)),
    };
    let plus = plus.map_or(Some(0), |plus| whole_number(plus, sink));
    reader.finish(sink);
    Some(RelationItem { left: left?, relation: relation?, right: right?, plus: plus? })
}

/// A name, or an object of names with whole coefficients.
fn sum(json: &Json, sink: &mut Sink) -> Option<Vec<TermItem>> {
    let once = Spanned { value: 1, origin: json.origin };
    match &json.kind {
        Kind::String(name) => {
            let name = Spanned { value: name.clone(), origin: json.origin };
            Some(vec![TermItem { name, coefficient: once }])
        }
        Kind::Object(members) if members.is_empty() => {
            let help = "write the names of members with how many times each is added";
            let message = "this sum has no members";
            sink.error_with_help(Code::InvalidValue, json.origin, message, help);
            None
        }
        Kind::Object(members) => {
            let terms = members.iter().map(|member| {
                let value = whole_number(&member.value, sink)?;
                let name = Spanned { value: member.key.clone(), origin: member.key_origin };
                let coefficient = Spanned { value, origin: member.value.origin };
                Some(TermItem { name, coefficient })
            });
            terms.collect()
        }
        _ => expected(json, "a name or an object of names with whole numbers", sink),
    }
}
