//! Tokens → [`Dependency`], by recursive descent.
//!
//! `AND` binds closer than `OR`, `*` and `/` closer than `+` and `-`, as in the published mapping; the
//! published grammar itself has no precedence.

mod compared;

use std::ops::Range;

use super::lexer::{Kind, Problem, Token, Word, tokens};
use super::places::Places;
use super::tree::{Clause, Dependency, Group, Name, Says};
use crate::diagnostic::{Code, Sink};
use crate::source::{Origin, Spanned};

/// How deep parentheses and groups may stand in each other.
const MAX_DEPTH: usize = 32;

/// More conditions than this in one group are no text that somebody has written.
const MAX_GROUP: usize = 100;

/// What a text has to be.
const DEPENDENCY: &str = "`IF … THEN …`, `Or(…)`, `OnlyOne(…)`, `AllOrNone(…)`, `ZeroOrOne(…)` or a comparison of parameters";

/// Reads a dependency; reports a text that is none.
pub(crate) fn parse(text: &Spanned<String>, sink: &mut Sink) -> Option<Dependency> {
    let places = Places::of(text);
    match read(&text.value, &places) {
        Ok(dependency) => Some(dependency),
        Err(Problem { range, message, help }) => {
            let origin = places.origin(range);
            sink.error_with_help(Code::InvalidDependency, origin, message, help);
            None
        }
    }
}

fn read(text: &str, places: &Places) -> Result<Dependency, Problem> {
    let tokens = tokens(text)?;
    let closing = closing(&tokens);
    let end = text.len()..text.len();
    let mut parser = Parser { tokens, closing, at: 0, depth: 0, end, places };
    let says = parser.dependency()?;
    parser.take(&Kind::Semicolon);
    match parser.peek() {
        None => Ok(Dependency { origin: places.whole(), says }),
        Some(_) => {
            let is_next = parser.at > 0 && parser.tokens[parser.at - 1].kind == Kind::Semicolon;
            Err(if is_next {
                parser.problem(
                    "a text has one dependency",
                    "write each dependency as an element of its own of `x-dependencies`",
                )
            } else {
                parser.expected("the end of the dependency")
            })
        }
    }
}

/// For each token that opens a parenthesis, where it is closed.
fn closing(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut closing = vec![None; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push(index),
            Kind::Close => {
                if let Some(start) = open.pop() {
                    closing[start] = Some(index);
                }
            }
            _ => {}
        }
    }
    closing
}

struct Parser<'p> {
    tokens: Vec<Token>,
    closing: Vec<Option<usize>>,
    at: usize,
    depth: usize,
    /// Where the text ends.
    end: Range<usize>,
    places: &'p Places,
}

type Parsed<T> = Result<T, Problem>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Kind> {
        self.kind_at(self.at)
    }

    fn kind_at(&self, index: usize) -> Option<&Kind> {
        self.tokens.get(index).map(|token| &token.kind)
    }

    fn range(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end.clone(), |token| token.range.clone())
    }

    /// Where the token stands that comes next.
    fn origin(&self) -> Origin {
        self.places.origin(self.range())
    }

    /// From the start of this token to the end of the one that was read last.
    fn since(&self, first: usize) -> Origin {
        let last = self.at.saturating_sub(1).max(first);
        self.places.origin(self.tokens[first].range.start..self.tokens[last].range.end)
    }

    /// Steps over the next token if it is this one.
    fn take(&mut self, kind: &Kind) -> bool {
        let is_next = self.peek() == Some(kind);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, kind: &Kind, what: &str) -> Parsed<()> {
        if self.take(kind) { Ok(()) } else { Err(self.expected(what)) }
    }

    fn problem(&self, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::new(self.range(), message, help)
    }

    /// That something else stands here than what can.
    fn expected(&self, what: &str) -> Problem {
        let message = match self.peek() {
            Some(_) => format!("expected {what}"),
            None => format!("expected {what}, but the dependency ends"),
        };
        let meant = match self.peek() {
            Some(Kind::Name(name)) => meant(name),
            _ => None,
        };
        let help = match meant {
            Some(word) => format!("did you mean `{word}`?"),
            None => "a condition is a parameter, `a=='x'`, `a LIKE 'x*'`, `a < b` or `Or(a, b)`, and others \
                     are made of it by `AND`, `OR`, `NOT` and parentheses"
                .to_owned(),
        };
        self.problem(message, help)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} parentheses stand in each other");
            return Err(self.problem(message, "split the dependency into several"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn dependency(&mut self) -> Parsed<Says> {
        let start = self.range();
        match self.peek() {
            Some(Kind::Word(Word::If)) => {
                self.at += 1;
                let condition = self.any()?;
                self.expect(&Kind::Word(Word::Then), "`THEN`")?;
                Ok(Says::If { condition, then: self.any()? })
            }
            Some(Kind::Group(_)) => Ok(Says::Clause(self.group()?)),
            Some(Kind::Word(Word::Not))
                if matches!(self.kind_at(self.at + 1), Some(Kind::Group(_))) =>
            {
                Ok(Says::Clause(self.negated()?))
            }
            Some(Kind::Name(_) | Kind::Number(_) | Kind::Open) if self.is_comparison() => {
                match self.compared()? {
                    Clause::Compared(comparison) => Ok(Says::Compared(comparison)),
                    _ => Err(Problem::new(
                        start,
                        "what holds of one parameter whatever the others are is no dependency",
                        "write it in the parameter's schema, as `enum`, `pattern` or `minimum`",
                    )),
                }
            }
            Some(Kind::Name(name)) if meant(name).is_some() => Err(self.expected(DEPENDENCY)),
            Some(Kind::Name(_) | Kind::Open | Kind::Word(Word::Not)) => Err(self.problem(
                "a condition alone is no dependency",
                "write `IF … THEN …` or `Or(…)`; what is always given belongs into `required`",
            )),
            _ => Err(self.expected(DEPENDENCY)),
        }
    }

    /// Clauses with `OR` between them.
    fn any(&mut self) -> Parsed<Clause> {
        let first = self.at;
        let mut clauses = vec![self.all()?];
        while self.take(&Kind::Word(Word::Or)) {
            clauses.push(self.all()?);
        }
        Ok(lone_or(clauses, self.since(first), Clause::Any))
    }

    /// Clauses with `AND` between them.
    fn all(&mut self) -> Parsed<Clause> {
        let first = self.at;
        let mut clauses = vec![self.clause()?];
        while self.take(&Kind::Word(Word::And)) {
            clauses.push(self.clause()?);
        }
        Ok(lone_or(clauses, self.since(first), Clause::All))
    }

    fn clause(&mut self) -> Parsed<Clause> {
        match self.peek() {
            Some(Kind::Word(Word::Not)) => self.negated(),
            Some(Kind::Group(_)) => self.group(),
            Some(Kind::Name(_) | Kind::Number(_) | Kind::Open) if self.is_comparison() => {
                self.compared()
            }
            Some(Kind::Name(_)) => Ok(Clause::Given(self.name()?)),
            Some(Kind::Open) => self.parentheses(),
            Some(Kind::Word(Word::If)) => Err(self.problem(
                "an `IF` cannot stand in another dependency",
                "write `NOT (…) OR …` for it, or a dependency of its own",
            )),
            _ => Err(self.expected("a parameter or a condition")),
        }
    }

    fn parentheses(&mut self) -> Parsed<Clause> {
        self.deeper(|parser| {
            parser.at += 1;
            let clause = parser.any()?;
            parser.expect(&Kind::Close, "`)`")?;
            Ok(clause)
        })
    }

    fn negated(&mut self) -> Parsed<Clause> {
        let origin = self.origin();
        self.at += 1;
        if self.peek() == Some(&Kind::Word(Word::Not)) {
            return Err(self.problem("`NOT` twice says nothing", "leave both out"));
        }
        let start = self.range();
        let is_bare = matches!(self.peek(), Some(Kind::Name(_) | Kind::Number(_)));
        let is_comparison = is_bare && self.is_comparison();
        let clause = match self.peek() {
            Some(Kind::Open) => self.parentheses()?,
            _ => self.clause()?,
        };
        if is_comparison && matches!(clause, Clause::Compared(_)) {
            let help = "write `NOT (…)` around the whole comparison";
            return Err(Problem::new(start, "`NOT` cannot stand before a comparison", help));
        }
        Ok(Clause::Not(Spanned { value: Box::new(clause), origin }))
    }

    fn name(&mut self) -> Parsed<Name> {
        let origin = self.origin();
        match self.peek() {
            Some(Kind::Name(name)) => {
                let value = name.clone();
                self.at += 1;
                Ok(Spanned { value, origin })
            }
            _ => Err(self.expected("a parameter")),
        }
    }

    /// `Or(…)` and its like.
    fn group(&mut self) -> Parsed<Clause> {
        let first = self.at;
        let Some(Kind::Group(group)) = self.peek() else { return Err(self.expected("a group")) };
        let group = *group;
        self.at += 1;
        self.expect(&Kind::Open, "`(`")?;
        let clauses = self.deeper(|parser| {
            let mut clauses = vec![parser.any()?];
            while parser.take(&Kind::Comma) {
                if clauses.len() == MAX_GROUP {
                    let message = format!("a group has at most {MAX_GROUP} conditions");
                    return Err(parser.problem(message, "split it into several"));
                }
                clauses.push(parser.any()?);
            }
            Ok(clauses)
        })?;
        if clauses.len() == 1 && self.peek() == Some(&Kind::Close) {
            let message = format!("`{}` is about at least two", group.word());
            return Err(self.problem(message, "write `,` and another parameter or condition"));
        }
        self.expect(&Kind::Close, "`,` or `)`")?;
        Ok(Clause::Group(Spanned { value: group, origin: self.since(first) }, clauses))
    }
}

/// The one clause, or what joins several.
fn lone_or(
    mut clauses: Vec<Clause>,
    origin: Origin,
    join: fn(Spanned<Vec<Clause>>) -> Clause,
) -> Clause {
    match clauses.pop() {
        Some(lone) if clauses.is_empty() => lone,
        last => {
            clauses.extend(last);
            join(Spanned { value: clauses, origin })
        }
    }
}

/// The word of the language that a name looks like.
fn meant(name: &str) -> Option<&'static str> {
    let words = Word::ALL.iter().map(|(word, _)| *word);
    let groups = Group::ALL.into_iter().map(Group::word);
    words.chain(groups).find(|word| word.eq_ignore_ascii_case(name))
}
