//! What a dependency in IDL means, written from the published mapping to constraints (isa-group/IDL,
//! `InterparameterDependenciesLanguageGenerator`). Shares no code with the compiler, and asks it nothing.
//!
//! The mapping writes a condition down from left to right, and the constraint solver reads it: so `AND` binds
//! closer than `OR`, and `*` closer than `+`. Each parameter is two variables there, its value and whether it is
//! set; here a request is a map. What the mapping leaves out is taken from the grammar: decimals, and `LIKE`.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::{Map, Value};

/// A request: the parameters that are set.
pub type Request = Map<String, Value>;

/// A dependency that can be asked of requests.
#[derive(Debug)]
pub enum Dependency {
    /// `IF … THEN …`
    If(Expr, Expr),
    /// It is asked only where all parameters are set.
    Alone(Expr),
    /// `Or(…)` and its like, perhaps negated.
    Group(Expr),
}

/// A part of a dependency.
#[derive(Debug)]
pub enum Expr {
    /// Both hold.
    And(Box<Expr>, Box<Expr>),
    /// One of them holds.
    Or(Box<Expr>, Box<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// The parameter is set.
    Set(String),
    /// It is set, to one of these.
    Equals(String, Vec<Value>),
    /// It is set, to something that is like the pattern.
    Like(String, String),
    /// All parameters are set, and compare so.
    Compare(Box<Sum>, String, Box<Sum>),
    /// So many of these hold.
    Group(String, Vec<Expr>),
}

/// An arithmetic expression.
#[derive(Debug)]
pub enum Sum {
    /// A number.
    Number(f64),
    /// The value of a parameter.
    Parameter(String),
    /// Two of them, and the sign between them.
    Two(Box<Sum>, char, Box<Sum>),
}

impl Dependency {
    /// Reads one.
    ///
    /// # Panics
    ///
    /// When the text is none.
    pub fn parse(text: &str) -> Self {
        let mut parser = Parser { tokens: tokens(text), at: 0 };
        let found = if parser.takes("IF") {
            let condition = parser.disjunction();
            assert!(parser.takes("THEN"), "{text}");
            Self::If(condition, parser.disjunction())
        } else {
            match parser.disjunction() {
                compare @ Expr::Compare(..) => Self::Alone(compare),
                other => Self::Group(other),
            }
        };
        parser.takes(";");
        assert_eq!(parser.at, parser.tokens.len(), "{text}");
        found
    }

    /// Whether a request satisfies it.
    pub fn holds(&self, request: &Request) -> bool {
        match self {
            Self::If(condition, then) => !condition.holds(request) || then.holds(request),
            Self::Alone(compare) => !compare.is_set(request) || compare.holds(request),
            Self::Group(group) => group.holds(request),
        }
    }
}

impl Expr {
    fn holds(&self, request: &Request) -> bool {
        match self {
            Self::And(left, right) => left.holds(request) && right.holds(request),
            Self::Or(left, right) => left.holds(request) || right.holds(request),
            Self::Not(inner) => !inner.holds(request),
            Self::Set(name) => request.contains_key(name),
            Self::Equals(name, values) => request.get(name).is_some_and(|value| {
                // The mapping takes a list for one text: that of its one item.
                let lone = value.as_array().filter(|items| items.len() == 1);
                let value = lone.map_or(value, |items| &items[0]);
                values.iter().any(|other| equal(value, other))
            }),
            Self::Like(name, pattern) => {
                let value = request.get(name);
                value.is_some_and(|value| like(value.as_str().unwrap_or_default(), pattern))
            }
            Self::Compare(left, sign, right) => {
                // Decimals lose what large integers have.
                if let (Some(left), Some(right)) = (left.whole(request), right.whole(request)) {
                    return compare(sign, &left, &right);
                }
                let (Some(left), Some(right)) = (left.value(request), right.value(request)) else {
                    return false;
                };
                compare(sign, &left, &right)
            }
            Self::Group(word, elements) => {
                let held = elements.iter().filter(|element| element.holds(request)).count();
                match word.as_str() {
                    "Or" => held >= 1,
                    "OnlyOne" => held == 1,
                    "ZeroOrOne" => held <= 1,
                    _ => held == 0 || held == elements.len(),
                }
            }
        }
    }

    /// Whether all parameters of a comparison are set.
    fn is_set(&self, request: &Request) -> bool {
        match self {
            Self::Compare(left, _, right) => left.is_set(request) && right.is_set(request),
            _ => true,
        }
    }
}

impl Sum {
    fn is_set(&self, request: &Request) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Parameter(name) => request.contains_key(name),
            Self::Two(left, _, right) => left.is_set(request) && right.is_set(request),
        }
    }

    /// The value, if all numbers in it are whole and small enough, and nothing is divided.
    fn whole(&self, request: &Request) -> Option<i128> {
        match self {
            Self::Number(number) => {
                let is_whole = number.fract() == 0.0 && number.abs() < 2_f64.powi(53);
                is_whole.then_some(*number as i128)
            }
            Self::Parameter(name) => request.get(name)?.as_i64().map(i128::from),
            Self::Two(left, sign, right) => {
                let (left, right) = (left.whole(request)?, right.whole(request)?);
                match sign {
                    '+' => left.checked_add(right),
                    '-' => left.checked_sub(right),
                    '*' => left.checked_mul(right),
                    _ => None,
                }
            }
        }
    }

    /// The value, if all parameters are set; nothing of what is divided by nothing, as in the solver.
    fn value(&self, request: &Request) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Parameter(name) => request.get(name)?.as_f64(),
            Self::Two(left, sign, right) => {
                let (left, right) = (left.value(request)?, right.value(request)?);
                match sign {
                    '+' => Some(left + right),
                    '-' => Some(left - right),
                    '*' => Some(left * right),
                    _ => Some(left / right).filter(|_| right != 0.0),
                }
            }
        }
    }
}

fn compare<T: PartialOrd>(sign: &str, left: &T, right: &T) -> bool {
    match sign {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        "==" => left == right,
        _ => left != right,
    }
}

fn equal(left: &Value, right: &Value) -> bool {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left == right,
        _ => left == right,
    }
}

/// Whether a text is like a pattern in which `*` is any text.
fn like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
            starts.any(|start| like(&text[start..], rest))
        }),
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    Sign(String),
    Word(String),
    Name(String),
    Text(String),
    Number(f64),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut characters = text.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(&first) = characters.peek() {
        let token = match first {
            ' ' | '\t' | '\n' | '\r' => {
                characters.next();
                continue;
            }
            '\'' | '"' => Token::Text(quoted(&mut characters)),
            '[' => Token::Name(bracketed(&mut characters)),
            '0'..='9' => Token::Number(number(&mut characters)),
            '-' => {
                characters.next();
                while characters.next_if_eq(&' ').is_some() {}
                match characters.peek() {
                    Some('0'..='9') => Token::Number(-number(&mut characters)),
                    _ => Token::Sign("-".to_owned()),
                }
            }
            '<' | '>' | '=' | '!' => {
                let mut sign = String::from(first);
                characters.next();
                sign.extend(characters.next_if_eq(&'='));
                Token::Sign(sign)
            }
            '(' | ')' | ',' | ';' | '|' | '+' | '*' | '/' => {
                characters.next();
                Token::Sign(first.into())
            }
            _ => {
                let mut word = String::new();
                let is_part =
                    |found: &char| found.is_ascii_alphanumeric() || "_.^".contains(*found);
                while let Some(character) = characters.next_if(is_part) {
                    word.push(character);
                }
                match word.as_str() {
                    "IF" | "THEN" | "AND" | "OR" | "NOT" | "LIKE" | "Or" | "OnlyOne"
                    | "AllOrNone" | "ZeroOrOne" | "true" | "false" => Token::Word(word),
                    _ => Token::Name(word.trim_start_matches('^').to_owned()),
                }
            }
        };
        tokens.push(token);
    }
    tokens
}

fn quoted(characters: &mut Peekable<Chars<'_>>) -> String {
    let quote = characters.next();
    let mut text = String::new();
    while let Some(character) = characters.next().filter(|found| Some(*found) != quote) {
        match character {
            '\\' => text.extend(characters.next()),
            other => text.push(other),
        }
    }
    text
}

fn bracketed(characters: &mut Peekable<Chars<'_>>) -> String {
    let mut name = String::new();
    let mut depth = 0;
    for character in characters.by_ref() {
        depth += i32::from(character == '[') - i32::from(character == ']');
        name.push(character);
        if depth == 0 {
            break;
        }
    }
    name[1..name.len() - 1].to_owned()
}

fn number(characters: &mut Peekable<Chars<'_>>) -> f64 {
    let mut digits = String::new();
    while let Some(digit) = characters.next_if(|found| found.is_ascii_digit() || *found == '.') {
        digits.push(digit);
    }
    digits.parse().expect("it is a number")
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn takes(&mut self, text: &str) -> bool {
        let is_next = match self.peek() {
            Some(Token::Sign(found) | Token::Word(found)) => found == text,
            _ => false,
        };
        self.at += usize::from(is_next);
        is_next
    }

    fn sign(&self) -> &str {
        match self.peek() {
            Some(Token::Sign(sign)) => sign,
            _ => "",
        }
    }

    fn disjunction(&mut self) -> Expr {
        let mut left = self.conjunction();
        while self.takes("OR") {
            left = Expr::Or(Box::new(left), Box::new(self.conjunction()));
        }
        left
    }

    fn conjunction(&mut self) -> Expr {
        let mut left = self.unary();
        while self.takes("AND") {
            left = Expr::And(Box::new(left), Box::new(self.unary()));
        }
        left
    }

    fn unary(&mut self) -> Expr {
        if self.takes("NOT") {
            return Expr::Not(Box::new(self.unary()));
        }
        for word in ["OnlyOne", "AllOrNone", "ZeroOrOne", "Or"] {
            if self.takes(word) {
                assert!(self.takes("("), "{word}");
                let mut elements = vec![self.disjunction()];
                while self.takes(",") {
                    elements.push(self.disjunction());
                }
                assert!(self.takes(")"), "{word}");
                return Expr::Group(word.to_owned(), elements);
            }
        }
        // What starts as a sum may be one, or a condition in parentheses: one of the two fits.
        let start = self.at;
        if let Some(compared) = self.comparison() {
            return compared;
        }
        self.at = start;
        if self.takes("(") {
            let inner = self.disjunction();
            assert!(self.takes(")"), "a parenthesis is closed");
            return inner;
        }
        let Some(Token::Name(name)) = self.peek() else { panic!("{:?}", self.peek()) };
        let name = name.clone();
        self.at += 1;
        if self.takes("LIKE") {
            let Some(Token::Text(pattern)) = self.peek() else { panic!("{:?}", self.peek()) };
            let pattern = pattern.clone();
            self.at += 1;
            return Expr::Like(name, pattern);
        }
        if self.takes("==") {
            let mut values = Vec::new();
            loop {
                values.push(match self.peek() {
                    Some(Token::Text(text)) => text.as_str().into(),
                    Some(Token::Word(word)) => (word == "true").into(),
                    other => panic!("{other:?}"),
                });
                self.at += 1;
                if !self.takes("|") {
                    return Expr::Equals(name, values);
                }
            }
        }
        Expr::Set(name)
    }

    /// A comparison of sums; of one number with a list it is one with its one item.
    fn comparison(&mut self) -> Option<Expr> {
        let left = self.sum()?;
        let sign = self.sign().to_owned();
        if !["<", "<=", ">", ">=", "==", "!="].contains(&sign.as_str()) {
            return None;
        }
        self.at += 1;
        let right = self.sum()?;
        Some(Expr::Compare(Box::new(left), sign, Box::new(right)))
    }

    fn sum(&mut self) -> Option<Sum> {
        let mut left = self.product()?;
        while let sign @ ("+" | "-") = self.sign() {
            let sign = sign.chars().next()?;
            self.at += 1;
            left = Sum::Two(Box::new(left), sign, Box::new(self.product()?));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Sum> {
        let mut left = self.factor()?;
        while let sign @ ("*" | "/") = self.sign() {
            let sign = sign.chars().next()?;
            self.at += 1;
            left = Sum::Two(Box::new(left), sign, Box::new(self.factor()?));
        }
        Some(left)
    }

    fn factor(&mut self) -> Option<Sum> {
        if self.takes("(") {
            let inner = self.sum()?;
            return self.takes(")").then_some(inner);
        }
        let factor = match self.peek()? {
            Token::Name(name) => Sum::Parameter(name.clone()),
            Token::Number(number) => Sum::Number(*number),
            Token::Sign(_) | Token::Word(_) | Token::Text(_) => return None,
        };
        self.at += 1;
        Some(factor)
    }
}
