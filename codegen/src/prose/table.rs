//! The table of shapes (`words.txt`, `shapes.txt`) → templates that can be compared with sentences.
//!
//! Knows no sentence, and no language but as a column. How the table is written stands at its head.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::formula::Formula;
use super::present::{Needed, Present, Vocabulary};
use super::token::{self, Token};

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    English,
    Chinese,
}

/// What a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Condition,
    Need,
    Sentence,
    Intro,
}

impl Part {
    /// All of them, in their order.
    const ALL: [Self; 4] = [Self::Condition, Self::Need, Self::Sentence, Self::Intro];
}

/// The shapes of each part that may fit a sentence.
#[derive(Default)]
pub(super) struct Likely<'t>([Vec<&'t Shape>; Part::ALL.len()]);

impl<'t> Likely<'t> {
    pub(super) fn of(&self, part: Part) -> &[&'t Shape] {
        &self.0[part as usize]
    }
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A token as it is written, in lower case.
    Word(String),
    /// One of these.
    Either(Vec<Vec<Item>>),
    Slot(char, Filler),
}

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filler {
    /// The name of one parameter.
    Name,
    /// Names, however they are joined.
    Names,
    /// Names that are joined by "and".
    NamesAnd,
    /// Names that are joined by "or".
    NamesOr,
    /// Names, of which several may stand in parentheses behind what they are.
    Groups,
    /// Names, and the described parameter.
    NamesAndThis,
    /// Values.
    Values,
    /// Values that cannot be taken for adjectives.
    PlainValues,
    /// Values that are hardly adjectives.
    LikelyValues,
    /// Values that are marked, or numbers, or known.
    SureValues,
    Number,
    /// Two numbers, and all between them: they fill `n` and `m`.
    Range,
    Condition,
    Needs,
    /// Words up to the end that restrict nothing.
    Harmless,
    /// Words that restrict nothing.
    Aside,
    /// Any words.
    Anything,
    /// Words that the description starts with behind "whether to".
    Purpose,
}

/// A template with what it means.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) formula: Formula,
    pub(super) items: Vec<Item>,
    /// Whether it leaves words of a sentence out.
    pub(super) is_open: bool,
    /// Without which it fits nothing.
    needed: Vec<Needed>,
}

impl Shape {
    /// Whether a sentence with these words can fit.
    fn may_fit(&self, present: &Present) -> bool {
        present.has(&self.needed)
    }
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Table {
    shapes: BTreeMap<(Part, Column), Vec<Shape>>,
    words: BTreeMap<Column, BTreeMap<String, Vec<Vec<Item>>>>,
    /// The words of all shapes.
    vocabulary: Vocabulary,
    /// Words that are no values, and names only where they are marked.
    common: BTreeSet<(Column, String)>,
    /// Words that are names only where they are marked, though they may be values.
    everyday: BTreeSet<(Column, String)>,
}

/// The table of this generator.
pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(&[WORDS, SHAPES]).unwrap_or_default());

/// Its words.
pub(super) const WORDS: &str = include_str!("words.txt");
/// Its shapes.
pub(super) const SHAPES: &str = include_str!("shapes.txt");

impl Table {
    /// The shapes of a part in a language.
    pub(super) fn shapes(&self, part: Part, column: Column) -> &[Shape] {
        self.shapes.get(&(part, column)).map_or(&[], Vec::as_slice)
    }

    /// The shapes in a language that may fit a sentence.
    pub(super) fn likely(&self, column: Column, tokens: &[Token]) -> Likely<'_> {
        let present = self.vocabulary.present(tokens);
        let of = |part| self.shapes(part, column).iter().filter(|one| one.may_fit(&present));
        Likely(Part::ALL.map(|part| of(part).collect()))
    }

    /// What a word of the table stands for.
    pub(super) fn words(&self, name: &str, column: Column) -> &[Vec<Item>] {
        let words = self.words.get(&column).and_then(|words| words.get(name));
        words.map_or(&[], Vec::as_slice)
    }

    /// Whether a word, in lower case, is no value.
    pub(super) fn is_common(&self, column: Column, word: &str) -> bool {
        self.common.contains(&(column, word.to_owned()))
    }

    /// Whether a word, in lower case, is no name.
    pub(super) fn is_everyday(&self, column: Column, word: &str) -> bool {
        self.is_common(column, word) || self.everyday.contains(&(column, word.to_owned()))
    }

    /// Whether one of the words stands among tokens that sentences with rules have.
    pub(super) fn has_sign(&self, column: Column, tokens: &[Token]) -> bool {
        let is_here = |at: usize, sign: &[Item]| {
            let words = sign.iter().map(|item| match item {
                Item::Word(word) => Some(word),
                Item::Either(_) | Item::Slot(..) => None,
            });
            let found = tokens[at..].iter().map(|token| Some(&token.lower));
            sign.len() <= tokens.len() - at && words.zip(found).all(|(word, found)| word == found)
        };
        let signs = self.words("sign", column);
        (0..tokens.len()).any(|at| signs.iter().any(|sign| is_here(at, sign)))
    }

    /// Reads a table; the error says which line is none.
    pub(super) fn read(texts: &[&str]) -> Result<Self, String> {
        let mut table = Self::default();
        let mut head = String::new();
        for (index, line) in texts.iter().flat_map(|text| text.lines().enumerate()) {
            let line = line.trim();
            let read = match line.split_once(char::is_whitespace) {
                _ if line.is_empty() || line.starts_with(['#', '+']) => Ok(()),
                Some(("en", template)) => table.row(&head, Column::English, template.trim()),
                Some(("zh", template)) => table.row(&head, Column::Chinese, template.trim()),
                Some(_) => {
                    head = line.to_owned();
                    Ok(())
                }
                None => Err("a line needs a word and what follows".to_owned()),
            };
            read.map_err(|problem| format!("line {}, `{line}`: {problem}", index + 1))?;
        }
        Ok(table)
    }

    fn row(&mut self, head: &str, column: Column, template: &str) -> Result<(), String> {
        let (part, rest) = head.split_once(' ').unwrap_or((head, ""));
        let items = Template { table: self, column }.read(template)?;
        let part = match part {
            "words" => {
                let choices = match items.as_slice() {
                    [Item::Either(choices)] => choices.clone(),
                    _ => vec![items],
                };
                let words = choices.iter().flatten().filter_map(|item| match item {
                    Item::Word(word) => Some((column, word.clone())),
                    Item::Either(_) | Item::Slot(..) => None,
                });
                match rest.trim() {
                    "common" => self.common.extend(words),
                    "everyday" => self.everyday.extend(words),
                    _ => {}
                }
                let words = self.words.entry(column).or_default();
                words.entry(rest.trim().to_owned()).or_default().extend(choices);
                return Ok(());
            }
            "condition" => Part::Condition,
            "need" => Part::Need,
            "sentence" => Part::Sentence,
            "intro" => Part::Intro,
            _ => return Err(format!("`{part}` is no part of a sentence")),
        };
        let formula = Formula::read(part, rest.trim())?;
        let needed = self.vocabulary.needed(&items);
        self.shapes.entry((part, column)).or_default().push(Shape {
            formula,
            needed,
            is_open: items.iter().any(is_open),
            items,
        });
        Ok(())
    }
}

/// Reads a template.
struct Template<'t> {
    table: &'t Table,
    column: Column,
}

impl Template<'_> {
    fn read(&self, template: &str) -> Result<Vec<Item>, String> {
        let mut rest = template;
        let choices = self.choices(&mut rest)?;
        if !rest.is_empty() {
            return Err(format!("`{rest}` closes what is not open"));
        }
        Ok(match <[Vec<Item>; 1]>::try_from(choices) {
            Ok([only]) => only,
            Err(choices) => vec![Item::Either(choices)],
        })
    }

    /// What stands between `|`s, up to what closes it.
    fn choices(&self, rest: &mut &str) -> Result<Vec<Vec<Item>>, String> {
        let mut choices = vec![Vec::new()];
        while let Some(sign) = rest.chars().next() {
            let items = choices.last_mut().ok_or("no choice")?;
            match sign {
                ']' | ')' => break,
                '|' => {
                    choices.push(Vec::new());
                    *rest = &rest[1..];
                }
                '[' | '(' => {
                    *rest = &rest[1..];
                    let mut inner = self.choices(rest)?;
                    let closing = if sign == '[' { ']' } else { ')' };
                    *rest = rest.strip_prefix(closing).ok_or(format!("no `{closing}`"))?;
                    if sign == '[' {
                        inner.push(Vec::new());
                    }
                    items.push(Item::Either(inner));
                }
                '<' | '{' => {
                    let closing = if sign == '<' { '>' } else { '}' };
                    let end = rest.find(closing).ok_or(format!("no `{closing}`"))?;
                    let name = &rest[1..end];
                    items.push(if sign == '<' { self.words(name)? } else { slot(name)? });
                    *rest = &rest[end + 1..];
                }
                _ => {
                    // `\\<` is the sign itself.
                    let plain = rest.strip_prefix('\\').unwrap_or(rest);
                    let first = plain.chars().next().map_or(0, char::len_utf8);
                    let next = plain[first..].find(['[', ']', '(', ')', '|', '<', '{', '\\']);
                    let end = next.map_or(plain.len(), |next| first + next);
                    let (text, after) = plain.split_at(end);
                    items.extend(token::cut(text).into_iter().map(word));
                    *rest = after;
                }
            }
        }
        Ok(choices)
    }

    fn words(&self, name: &str) -> Result<Item, String> {
        match self.table.words(name, self.column) {
            [] => Err(format!("`<{name}>` does not stand above")),
            choices => Ok(Item::Either(choices.to_vec())),
        }
    }
}

/// Whether words are left out at a place.
fn is_open(item: &Item) -> bool {
    match item {
        Item::Word(_) => false,
        Item::Either(choices) => choices.iter().flatten().any(is_open),
        Item::Slot(_, filler) => {
            matches!(filler, Filler::Anything | Filler::Harmless | Filler::Aside)
        }
    }
}

fn word(token: Token) -> Item {
    Item::Word(token.lower)
}

fn slot(text: &str) -> Result<Item, String> {
    let mut letters = text.chars();
    let letter = letters.next().ok_or("an empty slot")?;
    let filler = match (letter, letters.as_str()) {
        ('C', "") => Filler::Condition,
        ('N', "") => Filler::Needs,
        ('~', "") => Filler::Harmless,
        ('-', "") => Filler::Aside,
        ('?', "") => Filler::Anything,
        ('+', "") => Filler::Purpose,
        ('n' | 'm', "") => Filler::Number,
        ('n', "~m") => Filler::Range,
        ('A'..='Z', "") => Filler::Name,
        ('A'..='Z', "..") => Filler::Names,
        ('A'..='Z', "()") => Filler::Groups,
        ('A'..='Z', "&") => Filler::NamesAnd,
        ('A'..='Z', "|") => Filler::NamesOr,
        ('A'..='Z', "+") => Filler::NamesAndThis,
        ('a'..='z', "..") => Filler::Values,
        ('a'..='z', "?") => Filler::LikelyValues,
        ('a'..='z', "!") => Filler::PlainValues,
        ('a'..='z', "!!") => Filler::SureValues,
        _ => return Err(format!("`{{{text}}}` is no slot")),
    };
    Ok(Item::Slot(letter, filler))
}
