//! JSON that is written: short objects on one line, others with a member a line.

/// A JSON value to be written; members keep their order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Text(String),
    /// A number or a boolean, as it is written.
    Bare(String),
    /// The name of a type, as a reference to its file.
    Type(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// How wide a line is, in characters.
const WIDTH: usize = 120;

impl Node {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn bare(value: impl ToString) -> Self {
        Self::Bare(value.to_string())
    }

    /// An object with this one member.
    pub(super) fn member(key: &str, value: Self) -> Self {
        Self::Object(vec![(key.to_owned(), value)])
    }

    /// The text of a file, from where `schemas` leads to the folder of types.
    pub(super) fn file(&self, schemas: &str) -> String {
        let mut text = String::new();
        self.write(schemas, 0, 0, &mut text);
        text.push('\n');
        text
    }

    /// Writes the value behind what stands in its line already, `used` characters.
    fn write(&self, schemas: &str, indent: usize, used: usize, text: &mut String) {
        let mut line = String::new();
        // What follows is a comma at most.
        let room = WIDTH.saturating_sub(used + 1);
        if self.inline(schemas, &mut line) && line.chars().count() <= room || self.is_plain() {
            text.push_str(&line);
            return;
        }
        let inner = indent + 2;
        let start = |text: &mut String, is_first: bool| {
            text.push_str(if is_first { "\n" } else { ",\n" });
            text.extend(std::iter::repeat_n(' ', inner));
        };
        match self {
            Self::Text(_) | Self::Bare(_) | Self::Type(_) => {}
            Self::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    start(text, index == 0);
                    item.write(schemas, inner, inner, text);
                }
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    start(text, index == 0);
                    let key = format!("{}: ", quoted(key));
                    text.push_str(&key);
                    value.write(schemas, inner, inner + key.chars().count(), text);
                }
                text.push('\n');
                text.extend(std::iter::repeat_n(' ', indent));
                text.push('}');
            }
        }
    }

    fn is_plain(&self) -> bool {
        match self {
            Self::Text(_) | Self::Bare(_) | Self::Type(_) => true,
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// Writes the value in one line; false as soon as it is longer than any line.
    fn inline(&self, schemas: &str, line: &mut String) -> bool {
        match self {
            Self::Text(value) => line.push_str(&quoted(value)),
            Self::Bare(value) => line.push_str(value),
            Self::Type(name) => line.push_str(&quoted(&format!("{schemas}{name}.json"))),
            Self::List(items) => {
                line.push('[');
                for (index, item) in items.iter().enumerate() {
                    line.push_str(if index == 0 { "" } else { ", " });
                    if !item.inline(schemas, line) {
                        return false;
                    }
                }
                line.push(']');
            }
            Self::Object(members) if members.is_empty() => line.push_str("{}"),
            Self::Object(members) => {
                for (index, (key, value)) in members.iter().enumerate() {
                    line.push_str(if index == 0 { "{ " } else { ", " });
                    line.push_str(&quoted(key));
                    line.push_str(": ");
                    if !value.inline(schemas, line) {
                        return false;
                    }
                }
                line.push_str(" }");
            }
        }
        self.is_plain() || line.len() <= 4 * WIDTH
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
