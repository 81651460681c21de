//! What a row of the table means, over its slots.
//!
//! Knows no language, and no sentence.

use super::meaning::Relation;
use super::table::Part;

/// What a shape means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Formula {
    /// All of these.
    Condition(Vec<Told>),
    Needs(Vec<Asked>),
    /// Needs, and the condition that the slot `C` has.
    Rule {
        needs: Asks,
        when: When,
    },
    /// A parameter is used only if the condition holds, or only if it does not.
    Effect {
        name: char,
        holds: bool,
    },
    /// A parameter need not be given, in some case that `C` may say.
    Exempt {
        name: char,
        is_told: bool,
    },
    /// The values of the items below are all that a parameter may have, where the slot `C` holds.
    Listed(char),
    /// Of several parameters, none need be given.
    ExemptAll,
    /// A line above items that have pairs of values.
    Pairs,
    /// Each item has a condition that must hold where this parameter is given.
    Demands(char),
    /// A line above items that say what holds if nothing is said.
    Default,
    /// Where the first is so, the second has to be so: said in a sentence, or by a pair of values below an intro.
    Implied {
        told: Told,
        needs: Vec<Asked>,
        is_pair: bool,
    },
}

/// When a sentence asks for what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// The condition in the slot.
    Told,
    /// All but that.
    Unless,
    /// The case of the sentence before, or of the item that the sentence stands in.
    Label,
    /// All but the case of the sentence before.
    Otherwise,
}

/// What a sentence asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asks {
    /// What is in the slots `N`.
    Slot,
    Itself(Vec<Asked>),
}

/// A condition over slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Is {
        name: char,
        values: char,
        holds: bool,
    },
    /// All of the names are given.
    /// It has one of the values, or is not given.
    IsOrNone {
        name: char,
        values: char,
    },
    Given(char),
    AnyGiven(char),
    NoneGiven(char),
    Compared(char, Relation, char),
    /// The value of the item that the sentence stands in.
    Label,
    /// The described parameter, which tells whether something is so, tells that it is.
    Yes,
}

/// A need over slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Required(char),
    Excluded(char),
    Is {
        name: char,
        values: char,
        holds: bool,
    },
    Limits {
        name: char,
        least: Option<char>,
        most: Option<char>,
    },
    /// A bound that the number itself is not in.
    Compared(char, Relation, char),
    AnyOf(char),
    OneOf(char),
    MostOneOf(char),
    AllOrNone(char),
    With(char, char),
    /// The first is not given together with any of the others.
    Without(char, char),
    Order(char, Relation, char),
}

impl Formula {
    /// Reads what stands behind the name of a part.
    pub(super) fn read(part: Part, text: &str) -> Result<Self, String> {
        let no = || format!("`{text}` is no formula");
        let words: Vec<&str> = text.split_whitespace().collect();
        match part {
            Part::Condition => return all_told(&words).map(Self::Condition).ok_or_else(no),
            Part::Need => return needs(&words).map(Self::Needs).ok_or_else(no),
            Part::Sentence | Part::Intro => {}
        }
        Ok(match words.as_slice() {
            ["effect", name, "C"] => Self::Effect { name: letter(name)?, holds: true },
            ["effect", name, "not", "C"] => Self::Effect { name: letter(name)?, holds: false },
            ["pairs"] => Self::Pairs,
            ["demands", name] => Self::Demands(letter(name)?),
            ["default"] => Self::Default,
            [kind @ ("pair" | "told"), rest @ ..] => {
                let is_pair = *kind == "pair";
                let arrow = rest.iter().position(|word| *word == "->").ok_or_else(no)?;
                let pair = told(&rest[..arrow]).zip(needs(&rest[arrow + 1..]));
                pair.map(|(told, needs)| Self::Implied { told, needs, is_pair }).ok_or_else(no)?
            }
            ["C", "->", name, "listed"] => Self::Listed(letter(name)?),
            ["exempt", "all"] => Self::ExemptAll,
            ["exempt", name] => Self::Exempt { name: letter(name)?, is_told: false },
            ["exempt", name, "C"] => Self::Exempt { name: letter(name)?, is_told: true },
            ["unless", "C", "->", rest @ ..] => {
                Self::Rule { needs: asks(rest)?, when: When::Unless }
            }
            [when @ ("C" | "label" | "otherwise"), "->", rest @ ..] => {
                let when = match *when {
                    "C" => When::Told,
                    "label" => When::Label,
                    _ => When::Otherwise,
                };
                Self::Rule { needs: asks(rest)?, when }
            }
            ["N"] => Self::Rule { needs: Asks::Slot, when: When::Always },
            ["C"] => Self::Rule { needs: Asks::Itself(Vec::new()), when: When::Told },
            rest => Self::Rule { needs: asks(rest)?, when: When::Always },
        })
    }
}

fn letter(word: &str) -> Result<char, String> {
    one(word).ok_or_else(|| format!("`{word}` is no slot"))
}

fn one(word: &str) -> Option<char> {
    let mut letters = word.chars();
    letters.next().filter(|letter| letter.is_ascii_alphabetic() && letters.next().is_none())
}

fn asks(words: &[&str]) -> Result<Asks, String> {
    match words {
        ["N"] => Ok(Asks::Slot),
        _ => {
            needs(words).map(Asks::Itself).ok_or(format!("`{}` asks for nothing", words.join(" ")))
        }
    }
}

/// Conditions with `&` between them.
fn all_told(words: &[&str]) -> Option<Vec<Told>> {
    words.split(|word| *word == "&").map(told).collect()
}

fn told(words: &[&str]) -> Option<Told> {
    Some(match words {
        ["label"] => Told::Label,
        ["yes"] => Told::Yes,
        [name, "=", values] => is(name, values, true)?,
        [name, "!=", values] => is(name, values, false)?,
        [name, "=", values, "or", "none"] => {
            Told::IsOrNone { name: one(name)?, values: one(values)? }
        }
        [name, "given"] => Told::Given(one(name)?),
        [name, "any", "given"] => Told::AnyGiven(one(name)?),
        [name, "none", "given"] => Told::NoneGiven(one(name)?),
        [name, sign, number] => Told::Compared(one(name)?, relation(sign)?, one(number)?),
        _ => return None,
    })
}

fn is(name: &str, values: &str, holds: bool) -> Option<Told> {
    Some(Told::Is { name: one(name)?, values: one(values)?, holds })
}

/// Needs with `&` between them.
fn needs(words: &[&str]) -> Option<Vec<Asked>> {
    words.split(|word| *word == "&").map(need).collect()
}

fn need(words: &[&str]) -> Option<Asked> {
    Some(match words {
        [name, "required"] => Asked::Required(one(name)?),
        [name, "excluded"] => Asked::Excluded(one(name)?),
        ["any", names] => Asked::AnyOf(one(names)?),
        ["one", names] => Asked::OneOf(one(names)?),
        ["most-one", names] => Asked::MostOneOf(one(names)?),
        ["all-or-none", names] => Asked::AllOrNone(one(names)?),
        [name, "with", others] => Asked::With(one(name)?, one(others)?),
        [name, "without", others] => Asked::Without(one(name)?, one(others)?),
        [name, "in", least, most] => {
            Asked::Limits { name: one(name)?, least: Some(one(least)?), most: Some(one(most)?) }
        }
        [name, "=", values] => Asked::Is { name: one(name)?, values: one(values)?, holds: true },
        [name, "!=", values] => Asked::Is { name: one(name)?, values: one(values)?, holds: false },
        [name, sign, other] => {
            let (name, relation, other) = (one(name)?, relation(sign)?, one(other)?);
            match other.is_ascii_uppercase() {
                true => Asked::Order(name, relation, other),
                false => Asked::Compared(name, relation, other),
            }
        }
        _ => return None,
    })
}

fn relation(sign: &str) -> Option<Relation> {
    Some(match sign {
        "<" => Relation::Less,
        "<=" => Relation::AtMost,
        ">=" => Relation::AtLeast,
        ">" => Relation::Greater,
        _ => return None,
    })
}
