//! A text → the rules, effects and questions of its sentences.
//!
//! Here it is decided what is certain: one reading of a whole sentence, of which all is known, in surroundings
//! that are understood, and nothing elsewhere in the text that takes it back.

use std::cell::OnceCell;

use super::clause::{self, Meaning};
use super::compose;
use super::matching::{Matcher, Memo, Surroundings};
use super::meaning::{Condition, Id, Need, Rule, THIS};
use super::names::Names;
use super::outline::{self, Above, Sentence};
use super::table::{Column, TABLE};
use super::token::{self, Sort, Token};
use super::{Question, Reason, implied, values};

/// A text of a parameter.
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) column: Column,
    pub(super) names: &'t Names<'t>,
}

/// What a text says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) rules: Vec<(Rule, String)>,
    pub(super) effects: Vec<(Id, Condition, String)>,
    pub(super) questions: Vec<Question>,
}

impl Reading {
    /// Makes questions of the rules that are like this.
    fn ask_instead(&mut self, reason: Reason, names: &Names<'_>, is_so: impl Fn(&Rule) -> bool) {
        let (asked, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.rules).into_iter().partition(|(rule, _)| is_so(rule));
        self.rules = kept;
        let asked = asked.into_iter().map(|(_, written)| question(reason, written, names));
        self.questions.extend(asked);
    }
}

/// More tokens has no sentence of people.
const LONGEST: usize = 160;
/// As many words tell what a parameter is.
const LONGEST_SUBJECT: usize = 10;

/// Reads a text.
pub(super) fn read(text: &Text<'_>) -> Reading {
    let sentences = outline::sentences(text.text);
    let listed: Vec<String> =
        sentences.iter().filter_map(|one| label(one).map(str::to_owned)).collect();
    let subject =
        sentences.first().map(|first| subject(&first.tokens, text.column)).unwrap_or_default();
    let mut reader = Reader {
        text,
        subject,
        purpose: Vec::new(),
        listed,
        reading: Reading::default(),
        exempted: Vec::new(),
        all_exempted: false,
        before: None,
        is_of_another: false,
    };
    if let Some(first) = sentences.first() {
        reader.is_of_another = reader.is_told_of_another(first);
        reader.purpose = reader.purpose_of(first);
    }
    for (index, sentence) in sentences.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| sentences.get(before));
        reader.before = before.and_then(|before| reader.case_before(before, sentence));
        let is_paired = reader.around(sentence).is_paired;
        if is_paired || reader.looks_like_rule(&sentence.tokens) {
            reader.sentence(sentence);
        }
    }
    reader.lists(&sentences);
    reader.demands(&sentences);
    reader.finish()
}

/// The first words of a description, up to where they are told more of: "The expected number of …".
fn subject(tokens: &[Token], column: Column) -> Vec<String> {
    let words =
        tokens.iter().take_while(|token| token.sort == Sort::Word).map(|token| &token.lower);
    let words = words.skip_while(|word| *word == "the").take_while(|word| *word != "of");
    let words: Vec<String> = words.cloned().collect();
    // "If you …" is no subject.
    let is_subject = words.first().is_some_and(|first| !TABLE.is_common(column, first));
    if is_subject { words } else { Vec::new() }
}

/// The value of the innermost item.
pub(super) fn label(sentence: &Sentence) -> Option<&str> {
    sentence.above.iter().rev().find_map(|above| match &**above {
        Above::Label(label) => Some(label.as_str()),
        Above::Intro(_) | Above::Item(_) => None,
    })
}

/// A question about a sentence.
pub(super) fn question(reason: Reason, sentence: String, names: &Names<'_>) -> Question {
    Question { reason, shape: shape(&sentence, names), sentence }
}

/// A sentence without what differs between those that are alike.
fn shape(sentence: &str, names: &Names<'_>) -> String {
    let mut tokens = token::cut(sentence);
    for token in &mut tokens {
        let is_word = token.sort == Sort::Word;
        let instead = match names.named(&token.text) {
            Some(THIS) if is_word => "P",
            Some(_) if is_word => "A",
            _ if values::number(&token.text).is_some() => "n",
            _ => continue,
        };
        instead.clone_into(&mut token.text);
    }
    token::text(&tokens)
}

/// What is read of a text so far.
pub(super) struct Reader<'t> {
    pub(super) text: &'t Text<'t>,
    subject: Vec<String>,
    purpose: Vec<String>,
    listed: Vec<String>,
    reading: Reading,
    /// What need not be given in a case that is not understood.
    exempted: Vec<Id>,
    all_exempted: bool,
    /// The case that the sentence before tells, where this one speaks of it.
    pub(super) before: Option<Condition>,
    /// Whether the description seems to be that of another parameter.
    is_of_another: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn matcher<'m>(
        &'m self,
        tokens: &'m [Token],
        surroundings: Surroundings<'m>,
        is_lax: bool,
    ) -> Matcher<'m> {
        Matcher {
            table: &TABLE,
            column: self.text.column,
            names: self.text.names,
            subject: &self.subject,
            purpose: &self.purpose,
            listed: &self.listed,
            surroundings,
            is_lax,
            tokens,
            left: Matcher::budget(),
            conditions: Memo::default(),
            needs: Memo::default(),
            found: Memo::default(),
            likely: OnceCell::new(),
        }
    }

    /// Whether the first sentence tells what another parameter is. One that looks like a rule tells no such thing.
    fn is_told_of_another(&self, first: &Sentence) -> bool {
        let words = first.tokens.iter().take(LONGEST_SUBJECT);
        let words: Vec<String> = words
            .take_while(|token| token.sort == Sort::Word)
            .map(|token| token.lower.clone())
            .collect();
        !self.looks_like_rule(&first.tokens) && self.text.names.is_told_of_another(&words)
    }

    /// Whether a sentence calls the described parameter by its name.
    fn is_named(&self, sentence: &Sentence) -> bool {
        let names = self.text.names;
        sentence.tokens.iter().any(|token| names.named(&token.text) == Some(THIS))
    }

    /// Whether there is a word that sentences with rules have.
    fn looks_like_rule(&self, tokens: &[Token]) -> bool {
        TABLE.has_sign(self.text.column, tokens)
    }

    fn sentence(&mut self, sentence: &Sentence) {
        let written = token::text(&sentence.tokens);
        if sentence.tokens.len() > LONGEST {
            self.ask(Reason::ShapeUnknown, written);
            return;
        }
        let mut rest = sentence.tokens.as_slice();
        let mut is_read = false;
        while let Some((meaning, after)) = self.first(sentence, rest) {
            is_read = true;
            match meaning {
                Ok(meaning) => self.take(meaning, sentence, &written),
                Err(reason) => self.ask(reason, written.clone()),
            }
            rest = after;
            if rest.is_empty() {
                return;
            }
        }
        if !sentence.is_gathered && (!is_read || self.looks_like_rule(rest)) {
            self.unread(sentence, rest, written);
        }
    }

    /// The first part of a sentence that means something, and what follows it.
    fn first<'s>(
        &self,
        sentence: &Sentence,
        tokens: &'s [Token],
    ) -> Option<(Result<Meaning, Reason>, &'s [Token])> {
        let around = self.around(sentence);
        for (start, end) in clause::windows(tokens, self.text.column) {
            let part = &tokens[start..end];
            if !around.is_paired && !self.looks_like_rule(part) {
                continue;
            }
            let matcher = self.matcher(part, around, false);
            let found = clause::distinct(clause::readings(&matcher));
            let meaning = match <[Meaning; 1]>::try_from(found) {
                Ok([only]) => Ok(only),
                Err(found) if found.is_empty() => continue,
                Err(_) => Err(Reason::Ambiguous),
            };
            let whole = self.matcher(tokens, Surroundings::default(), false);
            let is_told_of_all = matches!(&meaning, Ok(Meaning::Rules(rules)) if is_of_all(rules));
            let from = if is_told_of_all { self.behind_made_for(tokens, start) } else { 0 };
            let is_bare =
                whole.is_harmless(from..start) && !self.tells_a_case(&tokens[from..start]);
            let after = tokens.get(end + 1..).unwrap_or_default();
            let is_taken_back = !after.is_empty() && self.takes_back(after);
            let meaning = match meaning {
                Ok(Meaning::Rules(_)) if !is_bare => Err(Reason::FactOutside),
                Ok(Meaning::Rules(_)) if is_taken_back => Err(Reason::Ambiguous),
                other => other,
            };
            return Some((meaning, after));
        }
        None
    }

    /// Where what starts a sentence by saying what a parameter is made for ends.
    fn behind_made_for(&self, tokens: &[Token], end: usize) -> usize {
        let ends = self.matcher(tokens, Surroundings::default(), false).word("made-for", 0);
        ends.into_iter().filter(|after| *after <= end).max().unwrap_or_default()
    }

    /// Whether one of the clauses before a rule is a condition.
    fn tells_a_case(&self, tokens: &[Token]) -> bool {
        let clauses = tokens.split(|token| token.is(","));
        clauses.into_iter().any(|clause| {
            let matcher = self.matcher(clause, Surroundings::default(), false);
            // "指定地址池,…": who does something else is not meant.
            !matcher.word("specify", 0).is_empty()
                || matcher.conditions_at(0).iter().any(|(end, _)| *end == clause.len())
        })
    }

    /// Whether what follows a rule in its sentence may take it back.
    fn takes_back(&self, tokens: &[Token]) -> bool {
        let matcher = self.matcher(tokens, Surroundings::default(), false);
        (0..tokens.len()).any(|at| !matcher.word("but", at).is_empty())
    }

    fn take(&mut self, meaning: Meaning, sentence: &Sentence, written: &str) {
        match meaning {
            Meaning::Rules(rules) => {
                for rule in rules {
                    match self.surrounded(rule, sentence) {
                        Ok(Some(rule)) => self.keep(rule, written),
                        Ok(None) => {}
                        Err(reason) => self.ask(reason, written.to_owned()),
                    }
                }
            }
            Meaning::Effect(name, condition) => match self.why_no_effect(&condition, sentence) {
                Some(reason) => self.ask(reason, written.to_owned()),
                None => self.reading.effects.push((name, condition, written.to_owned())),
            },
            Meaning::Exempt(names) => {
                // What an item of a known value says holds for this value.
                let matcher = self.matcher(&[], self.around(sentence), false);
                if compose::label(&matcher).is_none() {
                    self.exempted.extend(names);
                }
            }
            Meaning::ExemptAll => self.all_exempted = true,
            Meaning::Harmless(_) => {}
        }
    }

    /// Why nobody can say when a parameter is used: what is asked is not understood, or asked in one case only.
    fn why_no_effect(&self, condition: &Condition, sentence: &Sentence) -> Option<Reason> {
        if let Some(reason) = condition.unclear() {
            return Some(reason);
        }
        if sentence.is_of_site {
            return Some(Reason::FactOutside);
        }
        let is_whole = label(sentence).is_none();
        match self.above(sentence) {
            Ok(above) if above.is_empty() && is_whole => None,
            Ok(_) => Some(Reason::Ambiguous),
            Err(reason) => Some(reason),
        }
    }

    /// A rule in its surroundings; nothing where it says what the parameter's schema says.
    fn surrounded(&self, rule: Rule, sentence: &Sentence) -> Result<Option<Rule>, Reason> {
        let when = self.above(sentence)?;
        let is_of_values = matches!(rule.need, Need::Is(..) | Need::IsNot(..) | Need::Limits(..));
        if is_of_values && rule.when.is_none() && when.is_empty() {
            return Ok(None);
        }
        let is_labelled = label(sentence).is_some();
        let case = match is_labelled && !self.is_about_label(&rule, sentence) {
            true => Some(self.listed_value(sentence).ok_or(Reason::Ambiguous)?),
            false => None,
        };
        // "If you specify this parameter": the item says which value it has.
        let is_said = case.is_some() && rule.when == Some(Condition::Given(THIS));
        let own = rule.when.filter(|_| !is_said);
        let conditions = when.into_iter().chain(case).chain(own).collect();
        let rule = Rule { when: Condition::all(conditions), need: rule.need };
        if sentence.is_of_site {
            return Err(Reason::FactOutside);
        }
        if rule.when.is_none() && !rule.need.is_of_several() {
            let names = rule.need.names();
            let is_new = matches!(rule.need, Need::Required(_) | Need::Excluded(_))
                && names.iter().any(|name| !self.text.names.parameter(*name).required);
            return if is_new { Err(Reason::Ambiguous) } else { Ok(None) };
        }
        let is_unsure = self.is_of_another && !self.is_named(sentence);
        if !rule.makes_sense() || (is_unsure && rule.names().contains(&THIS)) {
            return Err(Reason::Ambiguous);
        }
        Ok(if implied::is_empty(&rule) { None } else { Some(rule) })
    }

    /// Whether a rule says that it is about the value of the item that it stands in, or about another one.
    fn is_about_label(&self, rule: &Rule, sentence: &Sentence) -> bool {
        let matcher = self.matcher(&[], self.around(sentence), false);
        let Some(about) = compose::label(&matcher) else { return false };
        let is_of_this =
            |part: &Condition| *part == about || matches!(part, Condition::Is(THIS, _));
        match &rule.when {
            Some(Condition::All(parts)) => parts.iter().any(is_of_this),
            Some(when) => is_of_this(when),
            None => false,
        }
    }

    pub(super) fn keep(&mut self, rule: Rule, written: &str) {
        let is_known = self.reading.rules.iter().any(|(known, _)| implied::follows(&rule, known));
        if !is_known {
            self.reading.rules.push((rule, written.to_owned()));
        }
    }

    fn ask(&mut self, reason: Reason, written: String) {
        let names = self.text.names;
        self.reading.questions.push(question(reason, written, names));
    }

    /// Says why a sentence makes no rule, if it looks like one.
    fn unread(&mut self, sentence: &Sentence, rest: &[Token], written: String) {
        let matcher = self.matcher(rest, self.around(sentence), true);
        let strict = self.matcher(rest, Surroundings::default(), false);
        let names_another = (0..rest.len()).any(|at| strict.names_another(at));
        let reasons = clause::readings(&matcher).into_iter().filter_map(|meaning| match meaning {
            Meaning::Rules(rules) => {
                let told = rules.iter().filter(|rule| names_another || rule.when.is_some());
                told.filter_map(Rule::unclear).next()
            }
            Meaning::Effect(_, condition) => condition.unclear(),
            Meaning::Exempt(_) | Meaning::ExemptAll | Meaning::Harmless(_) => None,
        });
        match reasons.min() {
            Some(reason) => self.ask(reason, written),
            None if names_another => self.ask(Reason::ShapeUnknown, written),
            None => {}
        }
    }

    /// What is taken back elsewhere in the text becomes a question, and so does what it says in two ways.
    fn finish(self) -> Reading {
        let mut reading = self.reading;
        let all = reading.rules.clone();
        let is_said_otherwise = |rule: &Rule| {
            all.iter().any(|(other, _)| {
                other != rule && is_of_same_case(rule, other) && is_of_same(rule, other)
            })
        };
        let names = self.text.names;
        reading.ask_instead(Reason::Ambiguous, names, is_said_otherwise);
        let is_taken_back = |rule: &Rule| match &rule.need {
            Need::AnyOf(_) | Need::OneOf(_) if self.all_exempted => true,
            Need::Required(names) | Need::AnyOf(names) | Need::OneOf(names) => {
                names.iter().any(|name| self.exempted.contains(name))
            }
            _ => false,
        };
        reading.ask_instead(Reason::Exempted, names, is_taken_back);
        reading
    }
}

/// Whether there is a case that both are about: the same one, or one of the values that both name.
fn is_of_same_case(one: &Rule, other: &Rule) -> bool {
    match (&one.when, &other.when) {
        (Some(Condition::Is(one, values)), Some(Condition::Is(other, others))) => {
            one == other && values.iter().any(|value| others.contains(value))
        }
        (one, other) => one == other,
    }
}

/// Whether rules say of parameters how they go together, whatever else a request has.
fn is_of_all(rules: &[Rule]) -> bool {
    rules.iter().all(|rule| {
        rule.when.is_none() && matches!(rule.need, Need::MostOneOf(_) | Need::AllOrNone(_))
    })
}

/// Whether two needs are about which values the same parameter may have.
fn is_of_same(one: &Rule, other: &Rule) -> bool {
    match (&one.need, &other.need) {
        (Need::Is(one, _), Need::Is(other, _)) => one == other,
        (Need::Limits(one, Some(_), Some(_)), Need::Limits(other, Some(_), Some(_))) => {
            one == other
        }
        _ => false,
    }
}
