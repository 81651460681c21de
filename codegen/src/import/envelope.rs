//! How answers tell how a call went → `x-envelope`, as the service's own examples show it.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Node;
use super::published::{Operation, Schema};
use super::report::{Marker, Report};
use super::types::{Members, Types};
use crate::bind::is_spelled;
use crate::json::value_of_text;
use serde_json::Value;

/// Members that say whether it went well.
const FLAGS: [&str; 2] = ["Success", "IsSuccess"];

/// Members with a code, which may be one of success.
const CODES: [&str; 4] = ["Code", "ErrorCode", "ErrCode", "ResultCode"];

const MESSAGES: [&str; 4] = ["Message", "ErrorMessage", "ErrMessage", "ErrorMsg"];

const IDS: [&str; 2] = ["RequestId", "request_id"];

/// Codes that say success where examples have them.
const GOOD: [&str; 5] = ["200", "OK", "Success", "0", "0000"];

/// Of how many examples a code has to be a good one: the others show failures.
const SHARE: usize = 80;

/// What the answers of a service say of how calls went: nothing where that is what all services say.
///
/// A code is a marker only where nearly all examples of success have a good one; what it rests on is all
/// operations, which the report says, and what it names is members of those that are imported.
pub(super) fn envelope<'p>(
    all: &'p [Operation],
    imported: &[&'p Operation],
    types: &Types<'p>,
    report: &mut Report,
) -> Option<Node> {
    let seen = seen(all);
    let members: BTreeMap<&str, &Schema> = imported
        .iter()
        .filter_map(|operation| types.members_of(super::answer::success(operation)?))
        .flatten()
        .map(|(name, schema)| (name.as_str(), schema))
        .collect();
    let named = |wanted: &[&str]| -> Vec<String> {
        let spelled = |wanted: &&str| members.keys().any(|name| is_spelled(wanted, name));
        wanted.iter().filter(|name| spelled(name)).map(|name| (*name).to_owned()).collect()
    };
    let mut success: Members = Vec::new();
    let mut markers = Vec::new();
    for flag in named(&FLAGS) {
        let Some(values) = seen.get(&flag) else { continue };
        let is_flag = |value: &String| ["true", "false"].contains(&value.to_lowercase().as_str());
        let marker = marker(&flag, values, is_flag);
        if marker.is_taken {
            success.push((flag, Node::List(vec![Node::bare(true)])));
        }
        markers.push(marker);
    }
    for code in named(&CODES) {
        let Some(values) = seen.get(&code) else { continue };
        let told = values.keys().filter(|value| is_told(value, &code, all, types));
        let told: Vec<&str> = told.map(String::as_str).collect();
        let known: Vec<&str> = GOOD.into_iter().chain(told).collect();
        let is = |value: &String, good: &&str| good.eq_ignore_ascii_case(value);
        let marker = marker(&code, values, |value| known.iter().any(|good| is(value, good)));
        if marker.is_taken {
            let shown = |good: &&str| values.keys().any(|value| is(value, good));
            let mut good: Vec<&str> = known.into_iter().filter(shown).collect();
            let mut listed = BTreeSet::new();
            good.retain(|good| listed.insert(good.to_lowercase()));
            success.push((code, Node::List(good.into_iter().map(Node::text).collect())));
        }
        markers.push(marker);
    }
    report.rest_on(markers);
    let mut parts = Vec::new();
    for (key, wanted) in [("requestId", &IDS[..]), ("code", &CODES[..]), ("message", &MESSAGES[..])]
    {
        let names = named(wanted);
        if !names.is_empty() && names != wanted[..1] {
            let names = names.into_iter().map(Node::Text).collect();
            parts.push((key.to_owned(), Node::List(names)));
        }
    }
    if !success.is_empty() {
        parts.push(("success".to_owned(), Node::Object(success)));
    }
    (!parts.is_empty()).then_some(Node::Object(parts))
}

/// Whether the description of a code says that this value means success: `1001：请求成功`.
fn is_told<'p>(value: &str, code: &str, all: &'p [Operation], types: &Types<'p>) -> bool {
    let schemas = all.iter().filter_map(|operation| super::answer::success(operation));
    let members = schemas.filter_map(|schema| types.members_of(schema)).flatten();
    let mut said = members
        .filter(|(name, _)| is_spelled(code, name))
        .filter_map(|(_, schema)| schema.description.as_deref());
    said.any(|text| text.split(CLAUSE_ENDS).any(|clause| says_success(clause, value)))
}

/// What ends a clause.
const CLAUSE_ENDS: [char; 7] = ['\n', '，', ',', '；', ';', '。', '、'];

/// What stands between a value and its meaning.
const MEANS: [&str; 5] = ["：", ":", "表示", "代表", "indicates"];

/// Whether a clause is a value, and that it means success.
fn says_success(clause: &str, value: &str) -> bool {
    let mark = |found: char| found.is_whitespace() || "-*`\"".contains(found);
    let rest = clause
        .trim_start_matches(mark)
        .strip_prefix(value)
        .map(|rest| rest.trim_start_matches(mark));
    let meaning = rest.and_then(|rest| MEANS.iter().find_map(|word| rest.strip_prefix(word)));
    meaning.is_some_and(|meaning| {
        let has = |words: &[&str]| words.iter().any(|word| meaning.contains(word));
        has(&["成功", "success"]) && !has(&["失败", "不", "未", "fail", "no ", "not ", "unsuccess"])
    })
}

/// What values make of a member: a marker, if enough of them are such.
fn marker(
    member: &str,
    values: &BTreeMap<String, usize>,
    is_such: impl Fn(&String) -> bool,
) -> Marker {
    let examples: usize = values.values().sum();
    let fitting: usize =
        values.iter().filter(|(value, _)| is_such(value)).map(|(_, count)| count).sum();
    let is_taken = 100 * fitting >= SHARE * examples;
    Marker { member: member.to_owned(), examples, fitting, is_taken }
}

/// The values of such members at the root of all examples, and how often each is there.
fn seen(operations: &[Operation]) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut seen: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let wanted: BTreeSet<&str> = FLAGS.into_iter().chain(CODES).collect();
    for example in
        operations.iter().filter_map(|operation| operation.demo.as_deref()).flat_map(examples)
    {
        let Value::Object(members) = example else { continue };
        for (name, value) in members {
            let Some(wanted) = wanted.iter().find(|wanted| is_spelled(wanted, &name)) else {
                continue;
            };
            let value = match value {
                Value::String(text) if !text.is_empty() => text,
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => continue,
            };
            *seen.entry((*wanted).to_owned()).or_default().entry(value).or_default() += 1;
        }
    }
    seen
}

/// The answers that an operation's examples show, those in JSON.
fn examples(demo: &str) -> Vec<Value> {
    let Ok(Value::Array(shown)) = value_of_text(demo) else { return Vec::new() };
    let is_json = |shown: &&Value| shown["type"].as_str().is_some_and(|type_| type_ == "json");
    let texts = shown.iter().filter(is_json).filter_map(|shown| shown["example"].as_str());
    texts.filter_map(|text| value_of_text(text).ok()).collect()
}
