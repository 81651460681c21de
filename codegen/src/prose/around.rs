//! What stands around a sentence → in which case it holds: the lines above it, and the sentence before it.
//!
//! Knows nothing of what the sentence itself says.

use super::Reason;
use super::clause::{self, Meaning};
use super::compose;
use super::formula::Formula;
use super::matching::Surroundings;
use super::meaning::Condition;
use super::outline::{Above, Sentence};
use super::reading::{self, Reader};
use super::table::Part;
use super::token::Token;

/// What lines with a colon tell.
enum Told {
    Condition(Condition),
    /// That each item below has a pair of values.
    Pairs,
    /// That what stands below holds if nothing is said.
    Default,
}

impl Reader<'_> {
    /// What stands around a sentence.
    pub(super) fn around<'m>(&'m self, sentence: &'m Sentence) -> Surroundings<'m> {
        Surroundings {
            label: reading::label(sentence),
            before: self.before.as_ref(),
            is_paired: sentence.above.iter().any(|above| self.has_pairs(above)),
        }
    }

    fn has_pairs(&self, above: &Above) -> bool {
        let Above::Intro(tokens) = above else { return false };
        self.told(tokens, false).iter().any(|told| matches!(told, Told::Pairs))
    }

    /// The value of the item that a sentence stands in, where the line above says that the items are values: what
    /// is said there holds at least for this one.
    pub(super) fn listed_value(&self, sentence: &Sentence) -> Option<Condition> {
        let labels = sentence.above.iter().filter(|above| matches!(***above, Above::Label(_)));
        let is_listed = |above: &Above| {
            let Above::Intro(tokens) = above else { return false };
            let matcher = self.matcher(tokens, Surroundings::default(), false);
            (0..tokens.len()).any(|at| matcher.word("valid-values", at).contains(&tokens.len()))
        };
        let is_only = labels.count() == 1 && sentence.above.iter().any(|above| is_listed(above));
        let matcher = self.matcher(&[], self.around(sentence), false);
        compose::label(&matcher).filter(|_| is_only)
    }

    /// The conditions that stand above a sentence.
    pub(super) fn above(&self, sentence: &Sentence) -> Result<Vec<Condition>, Reason> {
        let mut conditions = Vec::new();
        for above in &sentence.above {
            let (tokens, is_item) = match &**above {
                Above::Label(_) => continue,
                Above::Intro(tokens) => (tokens, false),
                Above::Item(tokens) => (tokens, true),
            };
            let told = self.told(tokens, is_item).into_iter();
            let mut found: Vec<Condition> = Vec::new();
            for one in told {
                match one {
                    Told::Condition(condition) if !found.contains(&condition) => {
                        found.push(condition);
                    }
                    Told::Default => return Err(Reason::Ambiguous),
                    Told::Condition(_) | Told::Pairs => {}
                }
            }
            let matcher = self.matcher(tokens, Surroundings::default(), false);
            match <[Condition; 1]>::try_from(found) {
                Ok([only]) => conditions.push(only),
                Err(found) if found.is_empty() && matcher.is_harmless(0..tokens.len()) => {}
                Err(found) if found.is_empty() => return Err(Reason::FactOutside),
                Err(_) => return Err(Reason::Ambiguous),
            }
        }
        Ok(conditions)
    }

    /// What a line tells of what stands below it: as a whole, or, if it may go on, with its first words.
    fn told(&self, tokens: &[Token], may_go_on: bool) -> Vec<Told> {
        let matcher = self.matcher(tokens, Surroundings::default(), false);
        let ends = |end: usize| match tokens.get(end) {
            None => true,
            Some(next) => may_go_on && (next.is(",") || next.is(":")),
        };
        let mut found = Vec::new();
        for shape in matcher.shapes(Part::Intro) {
            for (_, slots) in matcher.fit(&shape.items, 0).into_iter().filter(|(end, _)| ends(*end))
            {
                match shape.formula {
                    Formula::Pairs => found.push(Told::Pairs),
                    Formula::Default => found.push(Told::Default),
                    _ => {}
                }
                found.extend(compose::condition_in(&slots).cloned().map(Told::Condition));
            }
        }
        found
    }

    /// The case that a sentence tells, if the one behind it speaks of this case; one that is not understood, if
    /// there is one that is not.
    pub(super) fn case_before(&self, before: &Sentence, sentence: &Sentence) -> Option<Condition> {
        let refers = self.matcher(&sentence.tokens, Surroundings::default(), false);
        if !sentence.follows
            || (0..sentence.tokens.len()).all(|at| refers.word("back", at).is_empty())
        {
            return None;
        }
        let matcher = self.matcher(&before.tokens, Surroundings::default(), false);
        let found = clause::distinct(clause::readings(&matcher));
        let whole = match found.as_slice() {
            [Meaning::Rules(rules)] => rules.first().and_then(|rule| rule.when.clone()),
            [Meaning::Effect(_, condition) | Meaning::Harmless(condition)] => {
                Some(condition.clone())
            }
            _ => None,
        };
        let mut first = self.told(&before.tokens, true).into_iter().filter_map(|told| match told {
            Told::Condition(condition) => Some(condition),
            Told::Pairs | Told::Default => None,
        });
        let only = first.next().filter(|one| first.all(|other| other == *one));
        let is_case = !matcher.word("if", 0).is_empty();
        whole.or(only).or_else(|| is_case.then_some(Condition::Unclear(Reason::FactOutside)))
    }
}
