//! Random dependencies of the whole grammar, but for products and quotients, for which there is no code.

use fastrand::Rng;

use super::{Operation, Parameter};

/// The texts that values are.
const TEXTS: [&str; 4] = ["a", "b", "ab", "c d"];

/// Patterns for texts.
const PATTERNS: [&str; 6] = ["*", "a*", "*b", "*b*", "a*b", "c?d.*"];

/// An operation that has one of them.
pub fn operation(rng: &mut Rng) -> Operation {
    let mut drawn = Drawn { rng, is_strict: false };
    let dependency = drawn.dependency();
    Operation {
        path: "/".to_owned(),
        method: "post".to_owned(),
        parameters: parameters(),
        dependencies: vec![dependency],
    }
}

fn parameters() -> Vec<Parameter> {
    let text = |name| Parameter::new(name, "string", &[]);
    let mut parameters = vec![
        text("t"),
        text("X-T"),
        text("t.u[v]"),
        text("Or"),
        Parameter::new("e", "string", &["a", "b", "c d"]),
        Parameter::new("b", "boolean", &[]),
        Parameter::new("is.it", "boolean", &[]),
        Parameter::new("l", "array", &[]),
        Parameter::new("d", "number", &[]),
    ];
    parameters.extend(NUMBERS.map(|name| Parameter::new(name, "integer", &[])));
    parameters
}

/// Names of integers.
const NUMBERS: [&str; 4] = ["n", "m", "k_1", "n[o]"];

struct Drawn<'r> {
    rng: &'r mut Rng,
    /// Whether `NOT` is left out, as in the elements of groups.
    is_strict: bool,
}

impl Drawn<'_> {
    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.rng.usize(0..of.len())]
    }

    /// A name, in brackets where it has to be and sometimes where not.
    fn name(&mut self, of: &[&str]) -> String {
        let name = self.one(of);
        let is_plain =
            name.chars().all(|found| found.is_ascii_alphanumeric() || "_.".contains(found));
        match is_plain && name != "Or" && self.rng.u8(0..4) > 0 {
            true => name.to_owned(),
            false => format!("[{name}]"),
        }
    }

    fn space(&mut self) -> &'static str {
        self.one(&["", " ", "  ", "\n", "\t"])
    }

    fn dependency(&mut self) -> String {
        let text = match self.rng.u8(0..8) {
            0..4 => format!("IF {} THEN {}", self.predicate(3), self.predicate(3)),
            4 => self.relation(),
            5 => self.arithmetic(),
            _ => {
                let not = self.one(&["", "NOT "]);
                format!("{not}{}", self.group(3))
            }
        };
        format!("{}{text}{}{}", self.space(), self.space(), self.one(&["", ";", "; "]))
    }

    fn predicate(&mut self, depth: u32) -> String {
        let mut text = self.clause(depth);
        while self.rng.u8(0..3) == 0 {
            let junction = self.one(&["AND", "OR"]);
            text = format!("{text} {junction} {}", self.clause(depth));
        }
        text
    }

    fn not(&mut self) -> &'static str {
        if self.is_strict { "" } else { self.one(&["", "", "NOT ", "NOT\n"]) }
    }

    fn clause(&mut self, depth: u32) -> String {
        match self.rng.u8(0..if depth > 0 { 9 } else { 6 }) {
            0 | 1 => format!(
                "{}{}",
                self.not(),
                self.name(&["t", "X-T", "t.u[v]", "Or", "b", "l", "n", "d"])
            ),
            2 | 3 => format!("{}{}", self.not(), self.value()),
            4 => self.relation(),
            5 => self.arithmetic(),
            6 | 7 => format!("{}({})", self.not(), self.predicate(depth - 1)),
            _ => format!("{}{}", self.not(), self.group(depth - 1)),
        }
    }

    fn group(&mut self, depth: u32) -> String {
        let word = self.one(&["Or", "OnlyOne", "AllOrNone", "ZeroOrOne"]);
        let was_strict = std::mem::replace(&mut self.is_strict, true);
        let mut elements = vec![self.predicate(depth), self.predicate(depth)];
        while elements.len() < 5 && self.rng.u8(0..3) == 0 {
            elements.push(self.predicate(depth.min(1)));
        }
        self.is_strict = was_strict;
        format!("{word}{}({})", self.space(), elements.join(&format!("{},", self.space())))
    }

    /// What is said of the value of one parameter.
    fn value(&mut self) -> String {
        let equals = format!("{}=={}", self.space(), self.space());
        match self.rng.u8(0..6) {
            0 => {
                let name = self.name(&["t", "X-T", "t.u[v]", "Or", "l"]);
                let mut text = format!("{name}{equals}{}", self.text());
                while self.rng.bool() {
                    text = format!("{text}{}|{}{}", self.space(), self.space(), self.text());
                }
                text
            }
            1 => format!("{}{equals}'{}'", self.name(&["e"]), self.one(&["a", "b", "c d"])),
            2 => format!("{}{equals}{}", self.name(&["b", "is.it"]), self.one(&["true", "false"])),
            3 => format!("{} LIKE '{}'", self.name(&["t", "X-T", "Or", "e"]), self.one(&PATTERNS)),
            _ => {
                let is_integer = self.rng.bool();
                let name = if is_integer { self.name(&NUMBERS) } else { self.name(&["d"]) };
                let sign = self.sign();
                // Of an integer nobody asks whether it is none.
                let may_be_broken = !is_integer || !["==", "!="].contains(&sign);
                let number =
                    if may_be_broken { self.number() } else { self.rng.i8(-3..4).to_string() };
                format!("{name}{}{sign}{}{number}", self.space(), self.space())
            }
        }
    }

    fn text(&mut self) -> String {
        let text = self.one(&TEXTS);
        if self.rng.bool() { format!("'{text}'") } else { format!("\"{text}\"") }
    }

    fn number(&mut self) -> String {
        self.one(&["-2", "- 1", "0", "1", "2", "03", "1.5", "-0.5", "2.0"]).to_owned()
    }

    fn sign(&mut self) -> &'static str {
        self.one(&["<", "<=", ">", ">=", "==", "!="])
    }

    /// Two different integers.
    fn relation(&mut self) -> String {
        let first = self.rng.usize(0..NUMBERS.len());
        let second = (first + self.rng.usize(1..NUMBERS.len())) % NUMBERS.len();
        let [left, right] = [first, second].map(|index| self.name(&NUMBERS[index..=index]));
        format!("{left} {} {right}", self.sign())
    }

    /// A sum of different integers, and the number that it compares with.
    fn arithmetic(&mut self) -> String {
        let mut left: Vec<&str> = NUMBERS.to_vec();
        self.rng.shuffle(&mut left);
        left.truncate(self.rng.usize(2..=NUMBERS.len()));
        let sum = self.sum(&left);
        let sign = self.sign();
        let number = match sign {
            "==" | "!=" => self.rng.i8(-3..4).to_string(),
            _ => self.number(),
        };
        format!("{sum}{}{sign} {number}", self.space())
    }

    fn sum(&mut self, of: &[&str]) -> String {
        let mut text = self.name(&of[..1]);
        let mut rest = &of[1..];
        while !rest.is_empty() {
            let sign = self.one(&["+", "-"]);
            let length = if rest.len() > 1 && self.rng.bool() { 2 } else { 1 };
            let (next, others) = rest.split_at(length);
            let next = match next {
                [lone] => self.name(&[*lone]),
                several => format!("({})", self.sum(several)),
            };
            text = format!("{text}{}{sign} {next}", self.space());
            rest = others;
        }
        if self.rng.u8(0..4) == 0 { format!("({text})") } else { text }
    }
}
