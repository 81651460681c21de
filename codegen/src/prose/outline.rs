//! The lines of a description → its sentences, each with what stands above it: the items that it is in, and
//! what introduces them.
//!
//! Knows no language, and what nothing means.

use std::rc::Rc;

use super::text::{self, Line};
use super::token::{self, Sort, Token};

/// A sentence.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) tokens: Vec<Token>,
    /// From the outside in.
    pub(super) above: Vec<Rc<Above>>,
    /// Whether it is shown on one of the sites only.
    pub(super) is_of_site: bool,
    /// Whether it stands in the same line as the one before.
    pub(super) follows: bool,
    /// Whether it is written as a line with a colon, and items below it.
    pub(super) is_gathered: bool,
}

/// What a sentence stands below.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Above {
    /// An item that says something of a value: `- **x**: …`.
    Label(String),
    /// A sentence that ends with a colon.
    Intro(Vec<Token>),
    /// Another item, as it is written.
    Item(Vec<Token>),
}

/// What is open while lines are read.
struct Open {
    indent: usize,
    is_item: bool,
    is_quoted: bool,
    above: Rc<Above>,
    gathered: Option<Gathered>,
}

/// A line with a colon, and what the items below it name: "one of the following parameters:".
struct Gathered {
    sentence: Sentence,
    items: Vec<Vec<Token>>,
}

/// Longer items say more than a name.
const LONGEST_NAME: usize = 4;

/// How deep things may stand: more is no text of people, and would take its time.
const DEEPEST: usize = 8;

/// The sentences of a description.
pub(super) fn sentences(description: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for line in text::lines(description) {
        if line.body.is_empty() {
            // A quotation without text ends what stands above.
            if line.is_quoted {
                keep(&mut open, 0, &mut found);
            }
            continue;
        }
        close(&mut open, &line, &mut found);
        read(&line, &mut open, &mut found);
    }
    keep(&mut open, 0, &mut found);
    found
}

/// Closes all but some; what was gathered on the way is a sentence.
fn keep(open: &mut Vec<Open>, most: usize, found: &mut Vec<Sentence>) {
    let closed = open.drain(most.min(open.len())..);
    let whole = closed.filter_map(|one| one.gathered).filter(|one| one.items.len() > 1);
    found.extend(whole.map(|Gathered { mut sentence, items }| {
        for (index, item) in items.into_iter().enumerate() {
            sentence.tokens.push(Token::sign(if index == 0 { ":" } else { "," }));
            sentence.tokens.extend(item);
        }
        sentence
    }));
}

/// What a line does not stand below is closed.
fn close(open: &mut Vec<Open>, line: &Line, found: &mut Vec<Sentence>) {
    let is_below = |one: &Open| {
        let is_introduced = line.is_item && !one.is_item && one.indent == line.indent;
        one.is_quoted == line.is_quoted && (one.indent < line.indent || is_introduced)
    };
    let closed = open.iter().rev().take_while(|one| !is_below(one)).count();
    keep(open, (open.len() - closed).min(DEEPEST), found);
}

fn read(line: &Line, open: &mut Vec<Open>, found: &mut Vec<Sentence>) {
    let tokens = token::cut(&line.body);
    let label = if line.is_item { label(&tokens) } else { None };
    let start = label.as_ref().map_or(0, |(_, start)| *start);
    let push = |open: &mut Vec<Open>, above: Above| {
        let (indent, is_item, is_quoted) = (line.indent, line.is_item, line.is_quoted);
        open.push(Open { indent, is_item, is_quoted, above: Rc::new(above), gathered: None });
    };
    gather(line, open, &tokens, label.as_ref());
    if let Some((label, _)) = label {
        push(open, Above::Label(label));
    }
    let above: Vec<Rc<Above>> = open.iter().map(|one| Rc::clone(&one.above)).collect();
    let pieces = pieces(&tokens[start..]);
    if pieces.is_empty() && start > 0 {
        // An item that only names a value is one of a list, too.
        let is_of_site = line.is_of_site;
        let (tokens, above) = (Vec::new(), above.clone());
        found.push(Sentence { tokens, above, is_of_site, follows: false, is_gathered: false });
    }
    let last = pieces.len().saturating_sub(1);
    let is_intro = tokens.last().is_some_and(|end| end.is(":"));
    if line.is_item && start == 0 && !is_intro {
        push(open, Above::Item(tokens.clone()));
    }
    for (index, mut piece) in pieces.into_iter().enumerate() {
        let ends = index == last && piece.last().is_some_and(|end| end.is(":"));
        if ends {
            piece = &piece[..piece.len() - 1];
            push(open, Above::Intro(piece.to_vec()));
        }
        let sentence = |is_gathered: bool| Sentence {
            tokens: piece.to_vec(),
            above: above.clone(),
            is_of_site: line.is_of_site,
            follows: index > 0,
            is_gathered,
        };
        if let Some(intro) = open.last_mut().filter(|_| ends) {
            intro.gathered = Some(Gathered { sentence: sentence(true), items: Vec::new() });
        }
        found.push(sentence(false));
    }
}

/// Takes the name that an item has to the line above it, if it has one and no more.
fn gather(line: &Line, open: &mut [Open], tokens: &[Token], label: Option<&(String, usize)>) {
    let Some(intro) = open.last_mut().filter(|_| line.is_item) else { return };
    let named = tokens.iter().take_while(|token| !token.is(":") && !token.is("–")).count();
    let is_name = named <= LONGEST_NAME && (label.is_some() || named == tokens.len());
    let name = tokens[..named].iter().filter(|token| !token.is(".") && !token.is(";"));
    match &mut intro.gathered {
        Some(gathered) if is_name => gathered.items.push(name.cloned().collect()),
        _ => intro.gathered = None,
    }
}

/// The value that an item speaks of, and where the text starts that says it.
fn label(tokens: &[Token]) -> Option<(String, usize)> {
    let first = tokens.first()?;
    let is_of_first = |token: &&Token| first.mark > 0 && token.mark == first.mark;
    let end = tokens.iter().take_while(is_of_first).count().max(1);
    if first.mark == 0 && first.sort != Sort::Word {
        return None;
    }
    let marked = &tokens[..end];
    if let Some((colon, value)) = marked.split_last().filter(|(last, _)| last.is(":")) {
        return (!value.is_empty() && colon.mark > 0).then(|| (token::text(value), end));
    }
    let after = behind_gloss(tokens, end);
    let ends = after == tokens.len();
    let is_said = tokens.get(after).is_some_and(|sign| sign.is(":") || sign.is("–"));
    // `**x** Says something.`
    let is_new = first.mark > 0
        && tokens.get(after).is_some_and(|next| {
            let is_large = next.text.chars().next().is_some_and(|first| first.is_ascii_uppercase());
            next.mark == 0 && next.sort == Sort::Word && is_large && !next.is_glued
        });
    (is_said || ends || is_new).then(|| (token::text(marked), after + usize::from(is_said)))
}

/// Where what stands in parentheses ends, if it starts here.
pub(super) fn behind_gloss(tokens: &[Token], start: usize) -> usize {
    if !tokens.get(start).is_some_and(|token| token.is("(")) {
        return start;
    }
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth -= 1;
            if depth == 0 {
                return index + 1;
            }
        }
    }
    start
}

/// Cuts a line into sentences, signs at their ends left out.
fn pieces(tokens: &[Token]) -> Vec<&[Token]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth = depth.saturating_sub(1);
        }
        if ends(token, tokens.get(index + 1), depth) {
            pieces.push(bare(&tokens[start..index]));
            start = index + 1;
        }
    }
    pieces.push(bare(&tokens[start..]));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A sentence without signs at its start.
fn bare(piece: &[Token]) -> &[Token] {
    let signs =
        piece.iter().take_while(|token| token.is(">") || token.is("•") || token.is(",")).count();
    &piece[signs..]
}

/// Whether a sentence ends with a sign: a full stop only where something new starts.
fn ends(token: &Token, next: Option<&Token>, depth: usize) -> bool {
    let starts_new = next.is_none_or(|next| {
        let is_small = next.text.chars().next().is_some_and(char::is_lowercase);
        !next.is_glued && !next.is(",") && (next.mark != token.mark || !is_small)
    });
    match token.text.as_str() {
        _ if token.sort != Sort::Sign => false,
        "。" | "!" | "?" => depth == 0,
        ";" => depth == 0,
        "." => depth == 0 && starts_new,
        _ => false,
    }
}
