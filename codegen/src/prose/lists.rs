//! Introductions with the items below them → which values a parameter may have in a case, and what it needs.
//!
//! A list counts only if each of its items names a value.

use std::rc::Rc;

use super::compose;
use super::formula::Formula;
use super::matching::Surroundings;
use super::meaning::{Condition, Id, Need, Rule};
use super::outline::{Above, Sentence};
use super::reading::Reader;
use super::table::Part;
use super::token::{self, Token};

/// An introduction with the values below it.
struct List<'s> {
    intro: &'s Rc<Above>,
    values: Vec<&'s str>,
    first: &'s Sentence,
    /// Whether all that stands directly below names a value.
    is_whole: bool,
}

impl Reader<'_> {
    /// Keeps the rules that lists make.
    pub(super) fn lists(&mut self, sentences: &[Sentence]) {
        for list in lists(sentences) {
            let Above::Intro(tokens) = &**list.intro else { continue };
            let is_inner =
                list.first.above.iter().take_while(|above| !Rc::ptr_eq(above, list.intro));
            let is_plain = list.is_whole && !list.first.is_of_site && is_inner.count() == 0;
            if !is_plain || list.values.len() < 2 {
                continue;
            }
            if let Some(rule) = self.listed_rule(tokens, &list.values) {
                self.keep(rule, &token::text(tokens));
            }
        }
    }

    /// Keeps what items demand whose introduction says that a parameter needs all of it.
    pub(super) fn demands(&mut self, sentences: &[Sentence]) {
        let mut rules = Vec::new();
        for sentence in sentences.iter().filter(|sentence| !sentence.is_of_site) {
            let [above] = sentence.above.as_slice() else { continue };
            let (Above::Intro(intro), false) = (&**above, sentence.follows) else { continue };
            let Some(name) = self.demanding(intro) else { continue };
            let matcher = self.matcher(&sentence.tokens, Surroundings::default(), false);
            let conditions = matcher.conditions_at(0);
            let whole = conditions.iter().filter(|(end, _)| *end == sentence.tokens.len());
            let needs: Vec<Need> = whole.filter_map(|(_, one)| demanded(one)).collect();
            if let [need] = needs.as_slice() {
                let when = Some(Condition::Given(name));
                rules.push((Rule { when, need: need.clone() }, token::text(&sentence.tokens)));
            }
        }
        for (rule, written) in rules.into_iter().filter(|(rule, _)| rule.makes_sense()) {
            self.keep(rule, &written);
        }
    }

    /// The parameter that needs what stands below a line.
    fn demanding(&self, intro: &[Token]) -> Option<Id> {
        let matcher = self.matcher(intro, Surroundings::default(), false);
        matcher.shapes(Part::Intro).iter().find_map(|shape| {
            let Formula::Demands(letter) = shape.formula else { return None };
            let whole =
                matcher.fit(&shape.items, 0).into_iter().find(|(end, _)| *end == intro.len());
            compose::several_or_this(&whole?.1, letter).first().copied()
        })
    }

    fn listed_rule(&self, tokens: &[Token], values: &[&str]) -> Option<Rule> {
        let matcher = self.matcher(tokens, Surroundings::default(), false);
        let mut found: Vec<(Condition, Id)> = Vec::new();
        for shape in matcher.shapes(Part::Intro) {
            let Formula::Listed(letter) = shape.formula else { continue };
            for (end, slots) in matcher.fit(&shape.items, 0) {
                let told = compose::condition_in(&slots).cloned();
                let names = compose::several_or_this(&slots, letter);
                let (Some(told), [name]) = (told, names.as_slice()) else { continue };
                if end == tokens.len() && !found.contains(&(told.clone(), *name)) {
                    found.push((told, *name));
                }
            }
        }
        let [(when, name)] = found.as_slice() else { return None };
        let values = compose::listed(&matcher, *name, values)?;
        let rule = Rule { when: Some(when.clone()), need: Need::Is(*name, values) };
        rule.makes_sense().then_some(rule)
    }
}

/// What a condition asks for where it must hold.
fn demanded(condition: &Condition) -> Option<Need> {
    match condition {
        Condition::Is(name, values) => Some(Need::Is(*name, values.clone())),
        Condition::Given(name) => Some(Need::Required(vec![*name])),
        Condition::Not(_)
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Compared(..)
        | Condition::Unclear(_) => None,
    }
}

fn lists(sentences: &[Sentence]) -> Vec<List<'_>> {
    let mut lists: Vec<List<'_>> = Vec::new();
    for sentence in sentences {
        for (place, intro) in sentence.above.iter().enumerate() {
            if !matches!(**intro, Above::Intro(_)) {
                continue;
            }
            let known = lists.iter().position(|list| Rc::ptr_eq(list.intro, intro));
            let known = known.unwrap_or_else(|| {
                lists.push(List { intro, values: Vec::new(), first: sentence, is_whole: true });
                lists.len() - 1
            });
            let list = &mut lists[known];
            match sentence.above.get(place + 1).map(|below| &**below) {
                Some(Above::Label(value)) if !list.values.contains(&value.as_str()) => {
                    list.values.push(value);
                }
                Some(Above::Label(_)) => {}
                Some(Above::Intro(_) | Above::Item(_)) | None => list.is_whole = false,
            }
        }
    }
    lists
}
