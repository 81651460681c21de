//! JSON as a tree that can be damaged: keys may repeat, and scalars are text.

use std::collections::BTreeSet;

use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

/// A JSON value, members in the order of the text.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// A scalar as it is written.
    Scalar(String),
    Array(Vec<Node>),
    /// Keys without quotes and escapes.
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Reads a text that is known to be JSON.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        Some(convert(parsed.ok()?.value?))
    }

    /// A string with this content.
    pub(crate) fn string(content: &str) -> Self {
        Self::Scalar(quoted(content))
    }

    /// The content of a string.
    pub(crate) fn as_string(&self) -> Option<String> {
        match self {
            Self::Scalar(text) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }

    /// The last parts of all references.
    pub(crate) fn references(&self, names: &mut BTreeSet<String>) {
        match self {
            Self::Scalar(_) => {}
            Self::Array(items) => items.iter().for_each(|item| item.references(names)),
            Self::Object(members) => {
                for (key, value) in members {
                    if key == "$ref"
                        && let Some(reference) = value.as_string()
                    {
                        names.extend(reference.rsplit('/').next().map(str::to_owned));
                    }
                    value.references(names);
                }
            }
        }
    }

    /// How many nodes there are, this one included.
    pub(crate) fn count(&self) -> usize {
        1 + match self {
            Self::Scalar(_) => 0,
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.iter().map(|(_, value)| value.count()).sum::<usize>(),
        }
    }

    /// The node at a position in reading order.
    pub(crate) fn at(&mut self, position: usize) -> Option<&mut Self> {
        if position == 0 {
            return Some(self);
        }
        let mut left = position - 1;
        let children: Vec<&mut Self> = match self {
            Self::Scalar(_) => Vec::new(),
            Self::Array(items) => items.iter_mut().collect(),
            Self::Object(members) => members.iter_mut().map(|(_, value)| value).collect(),
        };
        for child in children {
            let count = child.count();
            if left < count {
                return child.at(left);
            }
            left -= count;
        }
        None
    }

    /// The positions of all nodes below the values that have this key.
    pub(crate) fn positions_below(&self, key: &str) -> Vec<usize> {
        let mut positions = Vec::new();
        self.collect_below(key, false, &mut 0, &mut positions);
        positions
    }

    fn collect_below(&self, key: &str, below: bool, next: &mut usize, positions: &mut Vec<usize>) {
        if below {
            positions.push(*next);
        }
        *next += 1;
        match self {
            Self::Scalar(_) => {}
            Self::Array(items) => {
                items.iter().for_each(|item| item.collect_below(key, below, next, positions));
            }
            Self::Object(members) => {
                for (name, value) in members {
                    value.collect_below(key, below || name == key, next, positions);
                }
            }
        }
    }

    /// The tree as JSON text, a member on each line.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    item.write(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    text.push_str(if index > 0 { ",\n" } else { "\n" });
                    text.push_str(&quoted(key));
                    text.push_str(": ");
                    value.write(text);
                }
                text.push('}');
            }
        }
    }
}

fn quoted(content: &str) -> String {
    serde_json::Value::from(content).to_string()
}

fn convert(value: Value<'_>) -> Node {
    match value {
        Value::NullKeyword(_) => Node::Scalar("null".to_owned()),
        Value::BooleanLit(literal) => Node::Scalar(literal.value.to_string()),
        Value::NumberLit(literal) => Node::Scalar(literal.value.to_owned()),
        Value::StringLit(literal) => Node::string(&literal.value),
        Value::Array(array) => Node::Array(array.elements.into_iter().map(convert).collect()),
        Value::Object(object) => {
            let members = object.properties.into_iter();
            Node::Object(
                members.map(|member| (member.name.into_string(), convert(member.value))).collect(),
            )
        }
    }
}
