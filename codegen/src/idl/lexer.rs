//! Text → tokens, each with the bytes that it stands in.

use std::ops::Range;

use super::tree::Group;
use super::written::sign;
use crate::bound::condition::Operator;

/// The operators, those first whose signs start with the signs of others.
const OPERATORS: [Operator; 6] = [
    Operator::AtMost,
    Operator::AtLeast,
    Operator::Equal,
    Operator::NotEqual,
    Operator::Less,
    Operator::More,
];

/// A dependency with more tokens than this is too large to be one.
const MAX_TOKENS: usize = 10_000;

/// Something that is wrong with a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Problem {
    pub(super) fn new(
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { range, message: message.into(), help: help.into() }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    Group(Group),
    /// A parameter, without the brackets around its name.
    Name(String),
    Boolean(bool),
    /// The digits, with the sign.
    Number(String),
    /// Without quotes.
    Text(String),
    Compares(Operator),
    Plus,
    Minus,
    Times,
    Over,
    Pipe,
    Comma,
    Semicolon,
    Open,
    Close,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    If,
    Then,
    And,
    Or,
    Not,
    Like,
}

impl Word {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("IF", Self::If),
        ("THEN", Self::Then),
        ("AND", Self::And),
        ("OR", Self::Or),
        ("NOT", Self::Not),
        ("LIKE", Self::Like),
    ];
}

/// Single characters that are tokens.
const SIGNS: [(char, Kind); 9] = [
    ('+', Kind::Plus),
    ('-', Kind::Minus),
    ('*', Kind::Times),
    ('/', Kind::Over),
    ('|', Kind::Pipe),
    (',', Kind::Comma),
    (';', Kind::Semicolon),
    ('(', Kind::Open),
    (')', Kind::Close),
];

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip()?;
        let start = lexer.at;
        let Some(first) = lexer.rest().chars().next() else { return Ok(tokens) };
        let after = tokens.last().map(|token: &Token| &token.kind);
        let kind = lexer.token(first, after)?;
        let range = start..lexer.at;
        if tokens.len() == MAX_TOKENS {
            let message = format!("a dependency has at most {MAX_TOKENS} words and signs");
            return Err(Problem::new(range, message, "split it into several"));
        }
        tokens.push(Token { kind, range });
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Steps over as many characters as are so.
    fn take_while(&mut self, is_so: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|character| !is_so(character)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Steps over white space and comments.
    fn skip(&mut self) -> Result<(), Problem> {
        loop {
            self.take_while(|character| matches!(character, ' ' | '\t' | '\r' | '\n'));
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else {
                    let help = "end it with `*/`";
                    let range = self.at..self.text.len();
                    return Err(Problem::new(range, "this comment has no end", help));
                };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn token(&mut self, first: char, after: Option<&Kind>) -> Result<Kind, Problem> {
        let rest = self.rest();
        let operator = OPERATORS.into_iter().find(|operator| rest.starts_with(sign(*operator)));
        if let Some(operator) = operator {
            self.at += sign(operator).len();
            return Ok(Kind::Compares(operator));
        }
        match first {
            '\'' | '"' => self.quoted(first),
            '[' => self.bracketed(),
            '-' if is_negative(rest, after) => {
                self.at += 1;
                self.take_while(|character| character == ' ');
                Ok(Kind::Number(format!("-{}", self.digits())))
            }
            '0'..='9' => Ok(Kind::Number(self.digits())),
            '^' | 'a'..='z' | 'A'..='Z' | '_' | '.' => self.word(),
            _ => match SIGNS.into_iter().find(|(sign, _)| *sign == first) {
                Some((_, kind)) => {
                    self.at += 1;
                    Ok(kind)
                }
                None => Err(self.stray(first)),
            },
        }
    }

    fn stray(&self, first: char) -> Problem {
        let range = self.at..self.at + first.len_utf8();
        let message = format!("a dependency has no `{first}`");
        let help = match first {
            '=' => "write `==`",
            '!' => "write `!=`, or `NOT` before what is not so",
            '&' => "write `AND`",
            '≤' => "write `<=`",
            '≥' => "write `>=`",
            '≠' => "write `!=`",
            '‘' | '’' | '“' | '”' => "write values between plain quotes, `'`",
            _ => {
                "write a name that has other characters than letters, digits, `_` and `.` as `[name]`"
            }
        };
        Problem::new(range, message, help)
    }

    fn digits(&mut self) -> String {
        let start = self.at;
        let is_digit = |character: char| character.is_ascii_digit();
        self.take_while(is_digit);
        let fraction = self.rest().strip_prefix('.');
        if fraction.is_some_and(|fraction| fraction.starts_with(is_digit)) {
            self.at += 1;
            self.take_while(is_digit);
        }
        let digits = &self.text[start..self.at];
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        // Numbers of JSON start with no 0 that says nothing.
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }

    fn word(&mut self) -> Result<Kind, Problem> {
        let start = self.at;
        let is_escaped = self.rest().starts_with('^');
        self.at += usize::from(is_escaped);
        let name = self.take_while(|character| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '.')
        });
        if is_escaped {
            if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
                let help = "write the name of a parameter after it";
                return Err(Problem::new(start..self.at, "`^` stands before no name", help));
            }
            return Ok(Kind::Name(name.to_owned()));
        }
        let word = Word::ALL.iter().find(|(word, _)| *word == name);
        let group = Group::ALL.into_iter().find(|group| group.word() == name);
        Ok(match (word, group, name) {
            (Some((_, word)), _, _) => Kind::Word(*word),
            (_, Some(group), _) => Kind::Group(group),
            (_, _, "true") => Kind::Boolean(true),
            (_, _, "false") => Kind::Boolean(false),
            _ => Kind::Name(name.to_owned()),
        })
    }

    /// A name in brackets, which may have brackets itself.
    fn bracketed(&mut self) -> Result<Kind, Problem> {
        let start = self.at;
        let mut depth = 0_usize;
        for (position, character) in self.rest().char_indices() {
            let end = start + position + character.len_utf8();
            match character {
                '[' => depth += 1,
                ']' => depth -= 1,
                character if character.is_ascii_alphanumeric() => {}
                '_' | '.' | '-' | '/' | ':' => {}
                '^' if position == 1 => {}
                character => {
                    let message = format!("a name in brackets cannot have `{character}`");
                    let help = "a dependency names parameters of letters, digits and `_.-/:[]`; \
                                write a rule about others in `x-requirements`";
                    return Err(Problem::new(start + position..end, message, help));
                }
            }
            if depth == 0 {
                self.at = end;
                let name = &self.text[start + 1..end - 1];
                let name = name.strip_prefix('^').unwrap_or(name);
                if name.is_empty() {
                    let help = "write the name of a parameter between the brackets";
                    return Err(Problem::new(start..end, "this names nothing", help));
                }
                return Ok(Kind::Name(name.to_owned()));
            }
        }
        let help = "write as many `]` as `[`";
        Err(Problem::new(start..self.text.len(), "this name has no end", help))
    }

    fn quoted(&mut self, quote: char) -> Result<Kind, Problem> {
        let start = self.at;
        self.at += quote.len_utf8();
        let mut value = String::new();
        while let Some(character) = self.rest().chars().next() {
            if character == '\\' {
                value.push(self.escaped()?);
                continue;
            }
            self.at += character.len_utf8();
            if character == quote {
                return Ok(Kind::Text(value));
            }
            value.push(character);
        }
        let help = format!("end it with `{quote}`");
        Err(Problem::new(start..self.text.len(), "this value has no end", help))
    }

    /// The character that a backslash and what is behind it stand for.
    fn escaped(&mut self) -> Result<char, Problem> {
        let start = self.at;
        self.at += 1;
        let escape = self.rest().chars().next();
        self.at += escape.map_or(0, char::len_utf8);
        let character = match escape {
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('u') => self.unicode(),
            plain => plain.filter(|plain| matches!(plain, '\'' | '"' | '\\')),
        };
        character.ok_or_else(|| {
            let help = "write a backslash as `\\\\`; `\\'`, `\\\"`, `\\n`, `\\r`, `\\t`, `\\b`, `\\f` and `\\u` with four digits \
                        are the other escapes";
            Problem::new(start..self.at, "this escape stands for no character", help)
        })
    }

    /// The character whose number stands here, in one or two units of UTF-16.
    fn unicode(&mut self) -> Option<char> {
        let mut units = vec![self.unit()?];
        if (0xd800..0xdc00).contains(&units[0]) && self.rest().starts_with("\\u") {
            self.at += 2;
            units.push(self.unit()?);
        }
        let mut characters = char::decode_utf16(units);
        let character = characters.next()?.ok()?;
        characters.next().is_none().then_some(character)
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4)?;
        let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let unit = is_number.then(|| u16::from_str_radix(digits, 16).ok()).flatten()?;
        self.at += digits.len();
        Some(unit)
    }
}

/// Whether a minus starts a number, before which there may be spaces; behind something that can be subtracted
/// from it is a sign of its own.
fn is_negative(rest: &str, after: Option<&Kind>) -> bool {
    let digits = rest[1..].trim_start_matches(' ');
    digits.starts_with(|first: char| first.is_ascii_digit())
        && !matches!(after, Some(Kind::Name(_) | Kind::Number(_) | Kind::Close))
}
