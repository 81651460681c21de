//! Lists of values in descriptions → the values, and what is said of each.
//!
//! Only a list that is whole and clean is read: what stands before it is in a table of introductions, all
//! its items have one of the shapes in a table, no value stands twice, and the text has no other list.
//! What is read so gives values names, and never says that there are no others. Knows no product.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::texts;

/// A value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) value: String,
    pub(super) meaning: Option<String>,
}

/// How the line ends that stands before the items, but for its last sign.
const INTRODUCTIONS: [&str; 8] = [
    // 取值：, 取值范围：, 取值说明如下：, 返回值及说明如下：
    "(?:取值|返回值|参数值)(?:范围|含义|说明|及说明|及含义|包括|包含|有|为|如下|以下)*",
    "(?:可选值|可选项|可能值|枚举值|有效值|合法值|可取值)(?:包括|包含|有|为|如下|说明)*",
    // 订阅类型：, 预案状态：
    "(?:类型|状态|模式|方式|级别|策略|来源)",
    "(?i:(?:valid|possible|allowed|supported|enumeration) values?(?: (?:are|is|include))?)",
    "(?i:values?)",
    "(?i:one of(?: the following(?: values)?)?)",
    "(?i:the following values(?: are (?:valid|supported))?)",
    "(?i:value range)",
];

/// What speaks against it: what follows are members of something, and no values of it.
const FORMS: [&str; 6] = ["格式", "结构", "字段", "JSON", "format", "fields"];

/// A value: a word of ASCII, without the marks that Markdown has before signs.
const VALUE: &str = r"[A-Za-z0-9](?:[A-Za-z0-9_.+/\\-]*[A-Za-z0-9_+])?";

/// How a value is marked in its item, and what may follow; the plain one last.
const MARKED: [(&str, &str); 6] = [
    // **PrePaid**
    (r"\*\*[`“]?(VALUE)[`”]?\*\*", TAIL),
    // **PrePaid（默认值）**
    (r"\*\*(VALUE)\s*[（(]([^（()）]*)[）)]\*\*", TAIL),
    // **PrePaid：**
    (r"\*\*(VALUE)[:：]\*\*", r"\s*(.*)"),
    // `PrePaid`
    (r"`(VALUE)`", TAIL),
    // "PrePaid"
    (r#"["“](VALUE)["”]"#, TAIL),
    (r"(VALUE)", TAIL),
];

/// What may follow a value: a note, and then what it means, or the end of a sentence.
const TAIL: &str = r"(?:NOTE)?(?:\s*(?:[:：]|——|\s[-–—]\s)\s*(.*)|\s*[。.；;，,]?)";

/// What may stand in parentheses behind a value.
const NOTE: &str = r"\s*(?:（([^（）]*)）|\(([^()]*)\))";

/// Items: a mark, a value, and what may follow.
static ITEMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let item = |(marked, tail): &(&str, &str)| {
        let item = format!(r"^ {{0,3}}[-*+•·]\s*{marked}{tail}$");
        Regex::new(&item.replace("VALUE", VALUE).replace("NOTE", NOTE)).ok()
    };
    MARKED.iter().filter_map(item).collect()
});

/// Where an item starts.
static START: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^ {0,3}(?:[-+•·]|\*(?:[^*]|\*\*))\s*\S").ok());

/// What a line before items ends with.
static INTRODUCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let any = INTRODUCTIONS.join("|");
    Regex::new(&format!(r"(?:{any})\s*[:：。.]?\s*$")).ok()
});

/// What stands between values within a line.
const BETWEEN: &str = r"\s*(?:[、，,；;/]\s*(?:(?:or|and)\s)?|或者|或|和|\s(?:or|and)\s)\s*";

/// A value within a line.
fn value() -> String {
    format!(r"(?:\*\*({VALUE})\*\*|`({VALUE})`|({VALUE}))(?:{NOTE})?")
}

/// Lists within a line: an introduction, values with signs between them, and the end of a sentence.
static INLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let [any, others, .., english, _, _, _, _] = &INTRODUCTIONS;
    let list = format!("{0}(?:{BETWEEN}{0})+", value());
    Regex::new(&format!(
        r"(?:{any}|{others}|{english})\s*[:：]\s*(?<list>{list})\s*(?:。|\.\s|\.?$)"
    ))
    .ok()
});

/// One of the values of such a list, with what stands before the next one.
static ONE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("{}(?:{BETWEEN}|$)", value())).ok());

/// The values that a description lists; none unless the list is beyond doubt.
pub(super) fn values(description: &str) -> Vec<Listed> {
    let lines: Vec<&str> = description.lines().collect();
    let found = match runs(&lines).as_slice() {
        [] => inline(&lines),
        [run] => items(&lines, run),
        // Which of them are the values?
        [..] => None,
    };
    let found = found.unwrap_or_default();
    let distinct: BTreeSet<&str> = found.iter().map(|listed| listed.value.as_str()).collect();
    if found.len() < 2 || distinct.len() < found.len() { Vec::new() } else { found }
}

/// The lines with which the items of each list start.
fn runs(lines: &[&str]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut is_open = false;
    for (index, line) in lines.iter().enumerate() {
        let is_start = START.as_ref().is_some_and(|start| start.is_match(line));
        match runs.last_mut().filter(|_| is_open) {
            Some(run) if is_start => run.push(index),
            None if is_start => runs.push(vec![index]),
            // What an item says besides.
            Some(_) if line.trim().is_empty() || line.starts_with("  ") => continue,
            Some(_) if line.trim_start().starts_with('>') => continue,
            Some(_) | None => {}
        }
        is_open = is_start;
    }
    runs
}

/// The items of a list, if all of them are values.
fn items(lines: &[&str], run: &[usize]) -> Option<Vec<Listed>> {
    let before = lines[..*run.first()?].iter().rev().find(|line| !line.trim().is_empty())?;
    let is_of_form = FORMS.iter().any(|form| before.contains(form));
    if is_of_form || !INTRODUCED.as_ref()?.is_match(before) {
        return None;
    }
    run.iter().map(|index| item(lines[*index].trim_end())).collect()
}

fn item(line: &str) -> Option<Listed> {
    let found = ITEMS.iter().find_map(|shape| shape.captures(line))?;
    let groups: Vec<&str> =
        found.iter().skip(1).flatten().map(|group| group.as_str().trim()).collect();
    let (value, rest) = groups.split_first()?;
    Some(listed(value, rest))
}

/// The values of the one list that stands within a line.
fn inline(lines: &[&str]) -> Option<Vec<Listed>> {
    let shape = INLINE.as_ref()?;
    let mut found = lines.iter().filter_map(|line| shape.captures(line));
    let (only, None) = (found.next()?, found.next()) else { return None };
    let all = only.name("list")?.as_str();
    let values = ONE.as_ref()?.captures_iter(all).filter_map(|one| {
        let groups: Vec<&str> = one.iter().skip(1).flatten().map(|group| group.as_str()).collect();
        let (value, rest) = groups.split_first()?;
        Some(listed(value, rest))
    });
    Some(values.collect())
}

/// A value, and what is said of it in parentheses or behind: the last of it says the most.
fn listed(value: &str, said: &[&str]) -> Listed {
    let is_default = |text: &&str| {
        let small = text.to_lowercase();
        small.starts_with("默认") || small.starts_with("缺省") || small.starts_with("default")
    };
    let meaning = said.iter().rev().find(|text| !text.trim().is_empty() && !is_default(text));
    Listed { value: value.replace('\\', ""), meaning: meaning.and_then(|text| texts::plain(text)) }
}
