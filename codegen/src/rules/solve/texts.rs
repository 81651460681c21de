//! Texts as conditions tell them apart: how long they are, and which patterns they match.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::bound::condition::Literal;
use crate::model::limit::Check;
use crate::rules::logic::predicate::Predicate;

/// How many characters are tried in how many states of the patterns before the search is given up.
const MOST_STEPS: usize = 1 << 20;

/// What the predicates can come to for texts that nobody has named; `None` when there are too many to
/// try.
pub(in crate::rules) fn truths(
    predicates: &[Predicate],
    named: &[Literal],
) -> Option<Vec<Vec<bool>>> {
    if predicates.iter().all(|predicate| of_length(predicate, 0).is_some()) {
        let of = |length| predicates.iter().filter_map(|found| of_length(found, length)).collect();
        return Some(lengths(predicates, named).into_iter().map(of).collect());
    }
    let key = (predicates.to_vec(), named.to_vec());
    let known = KNOWN.with_borrow(|known| {
        known.iter().find(|(known, _)| *known == key).map(|(_, truths)| truths.clone())
    });
    known.unwrap_or_else(|| {
        let truths = Search::new(predicates, named).and_then(|search| search.run(predicates));
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.push((key, truths.clone()));
        });
        truths
    })
}

/// How many answers are remembered.
const MOST_KNOWN: usize = 64;

/// What is asked of texts, and what it can come to.
type Known = ((Vec<Predicate>, Vec<Literal>), Option<Vec<Vec<bool>>>);

thread_local! {
    /// Patterns are asked of again and again, and it takes milliseconds to walk through their texts.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// Texts that nobody has named, for which the first predicates hold and the others do not, the shortest
/// first; of each the first and the last of the characters that can stand in each place. `None` when
/// there are too many to try.
pub(crate) fn found(
    holding: &[Predicate],
    failing: &[Predicate],
    named: &[Literal],
    most: usize,
) -> Option<Vec<Vec<(char, char)>>> {
    let predicates = [holding, failing].concat();
    Search::new(&predicates, named)?.find(&predicates, holding.len(), most)
}

/// What a predicate comes to for every text, or list, of a length; `None` when the length does not
/// tell.
pub(crate) fn of_length(predicate: &Predicate, length: u64) -> Option<bool> {
    match predicate {
        Predicate::Limit(Check::MinLength(limit)) | Predicate::MinItems(limit) => {
            Some(length >= *limit)
        }
        Predicate::Limit(Check::MaxLength(limit)) | Predicate::MaxItems(limit) => {
            Some(length <= *limit)
        }
        _ => None,
    }
}

/// Lengths on both sides of every limit.
pub(in crate::rules) fn lengths(predicates: &[Predicate], named: &[Literal]) -> Vec<u64> {
    let mut lengths = BTreeSet::from([0, 1]);
    for limit in predicates.iter().filter_map(limit) {
        lengths.extend([limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    }
    // There is only one text of length 0.
    if named.contains(&Literal::Text(String::new())) {
        lengths.remove(&0);
    }
    lengths.into_iter().collect()
}

fn limit(predicate: &Predicate) -> Option<u64> {
    match predicate {
        Predicate::Limit(Check::MinLength(limit) | Check::MaxLength(limit))
        | Predicate::MinItems(limit)
        | Predicate::MaxItems(limit) => Some(*limit),
        _ => None,
    }
}

fn pattern(predicate: &Predicate) -> Option<&str> {
    match predicate {
        Predicate::Limit(Check::Pattern(pattern) | Check::Characters { pattern, .. }) => {
            Some(pattern)
        }
        _ => None,
    }
}

/// Walks through all texts at once: what it remembers of a text is where it leaves each pattern, and
/// its length as far as limits can tell it from others.
struct Search {
    /// The patterns of the predicates, in their order, and then one for each named text.
    automata: Vec<Automaton>,
    /// One character for all that no pattern can tell apart.
    alphabet: Vec<char>,
    longest: u64,
}

impl Search {
    fn new(predicates: &[Predicate], named: &[Literal]) -> Option<Self> {
        let patterns = predicates.iter().filter_map(pattern).map(str::to_owned);
        let named = named.iter().filter_map(|literal| match literal {
            Literal::Text(text) => Some(format!("^{}$", regex_syntax::escape(text))),
            Literal::Integer(_) | Literal::Boolean(_) => None,
        });
        let patterns: Vec<String> = patterns.chain(named).collect();
        let mut starts = BTreeSet::from(['\0']);
        for pattern in &patterns {
            starts_of_ranges(&regex_syntax::parse(pattern).ok()?, &mut starts);
        }
        let longest = predicates.iter().filter_map(limit).max().unwrap_or(0).saturating_add(1);
        let automata = patterns.iter().map(|pattern| Automaton::new(pattern));
        Some(Self {
            automata: automata.collect::<Option<_>>()?,
            alphabet: starts.into_iter().collect(),
            longest,
        })
    }

    fn run(mut self, predicates: &[Predicate]) -> Option<Vec<Vec<bool>>> {
        let mut truths = BTreeSet::new();
        let start: Vec<Progress> =
            self.automata.iter_mut().map(Automaton::start).collect::<Option<_>>()?;
        let mut seen = BTreeSet::from([(start.clone(), 0)]);
        let mut open = VecDeque::from([(start, 0)]);
        let mut steps = 0;
        while let Some((progress, length)) = open.pop_front() {
            truths.extend(self.truths(predicates, &progress, length)?);
            for index in 0..self.alphabet.len() {
                steps += 1;
                if steps > MOST_STEPS {
                    return None;
                }
                let next =
                    (self.step(&progress, self.alphabet[index])?, self.longest.min(length + 1));
                if seen.insert(next.clone()) {
                    open.push_back(next);
                }
            }
        }
        Some(truths.into_iter().collect())
    }

    /// The first texts for which so many predicates hold, and the others do not.
    fn find(
        mut self,
        predicates: &[Predicate],
        holding: usize,
        most: usize,
    ) -> Option<Vec<Vec<(char, char)>>> {
        let wanted: Vec<bool> = (0..predicates.len()).map(|index| index < holding).collect();
        let start: Vec<Progress> =
            self.automata.iter_mut().map(Automaton::start).collect::<Option<_>>()?;
        let mut seen = BTreeSet::from([(start.clone(), 0)]);
        let mut open = vec![Step { progress: start, length: 0, before: None }];
        let (mut next, mut steps, mut texts) = (0, 0, Vec::new());
        while next < open.len() && texts.len() < most {
            let Step { progress, length, .. } = open[next].clone();
            if self.truths(predicates, &progress, length)?.is_some_and(|truths| truths == wanted) {
                texts.push(self.spelled(&open, next));
            }
            for index in 0..self.alphabet.len() {
                steps += 1;
                if steps > MOST_STEPS {
                    return (!texts.is_empty()).then_some(texts);
                }
                let reached =
                    (self.step(&progress, self.alphabet[index])?, self.longest.min(length + 1));
                if seen.insert(reached.clone()) {
                    let (progress, length) = reached;
                    open.push(Step { progress, length, before: Some((next, index)) });
                }
            }
            next += 1;
        }
        Some(texts)
    }

    /// The characters that lead to where the search has come.
    fn spelled(&self, open: &[Step], end: usize) -> Vec<(char, char)> {
        let mut text = Vec::new();
        let mut current = end;
        while let Some((before, index)) = open[current].before {
            let first = self.alphabet[index];
            let beyond = self.alphabet.get(index + 1).map(|next| u32::from(*next) - 1);
            let last = beyond.map_or(char::MAX, |last| {
                // Below U+E000 the next scalar value is U+D7FF.
                char::from_u32(last).unwrap_or('\u{d7ff}')
            });
            text.push((first, last));
            current = before;
        }
        text.reverse();
        text
    }

    fn step(&mut self, progress: &[Progress], next: char) -> Option<Vec<Progress>> {
        let automata = self.automata.iter_mut().zip(progress);
        automata.map(|(automaton, progress)| automaton.step(*progress, next)).collect()
    }

    /// What the predicates come to for a text that ends here; nothing when it is a named one.
    fn truths(
        &mut self,
        predicates: &[Predicate],
        progress: &[Progress],
        length: u64,
    ) -> Option<Option<Vec<bool>>> {
        let automata = self.automata.iter_mut().zip(progress);
        let matches: Option<Vec<bool>> =
            automata.map(|(automaton, progress)| automaton.end(*progress)).collect();
        let mut matches = matches?.into_iter();
        let truths = predicates
            .iter()
            .map(|predicate| match of_length(predicate, length) {
                Some(holds) => Some(holds),
                None => matches.next(),
            })
            .collect::<Option<Vec<bool>>>()?;
        let is_named = matches.any(|is_match| is_match);
        Some((!is_named).then_some(truths))
    }
}

/// The first character of every run of characters that a pattern treats alike.
fn starts_of_ranges(hir: &Hir, starts: &mut BTreeSet<char>) {
    let mut add = |first: char, last: char| {
        starts.insert(first);
        // Behind U+D7FF the next scalar value is U+E000.
        let next = (u32::from(last) + 1..=u32::from(last) + 0x801).find_map(char::from_u32);
        starts.extend(next);
    };
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            text.chars().for_each(|found| add(found, found));
        }
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().for_each(|range| add(range.start(), range.end()));
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges = class.ranges().iter();
            ranges.for_each(|range| add(range.start().into(), range.end().into()));
        }
        HirKind::Repetition(repetition) => starts_of_ranges(&repetition.sub, starts),
        HirKind::Capture(capture) => starts_of_ranges(&capture.sub, starts),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| starts_of_ranges(part, starts));
        }
        HirKind::Empty | HirKind::Look(_) => {}
    }
}

/// How far a text has come in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    /// It matches, whatever follows.
    Matched,
    Open(LazyStateID),
}

/// Where a search has come, and from where.
#[derive(Clone)]
struct Step {
    progress: Vec<Progress>,
    length: u64,
    /// The step before, by its position, and the character that led here.
    before: Option<(usize, usize)>,
}

struct Automaton {
    dfa: DFA,
    cache: Cache,
}

impl Automaton {
    fn new(pattern: &str) -> Option<Self> {
        // States are remembered by their numbers, which do not survive that the cache is emptied.
        let config = Config::new().minimum_cache_clear_count(Some(0));
        let dfa = DFA::builder().configure(config).build(pattern).ok()?;
        let cache = dfa.create_cache();
        Some(Self { dfa, cache })
    }

    fn start(&mut self) -> Option<Progress> {
        let input = Input::new("").anchored(Anchored::No);
        self.dfa.start_state_forward(&mut self.cache, &input).ok().map(Progress::Open)
    }

    fn step(&mut self, progress: Progress, next: char) -> Option<Progress> {
        let Progress::Open(mut state) = progress else { return Some(progress) };
        for byte in next.encode_utf8(&mut [0; 4]).bytes() {
            state = self.dfa.next_state(&mut self.cache, state, byte).ok()?;
            if state.is_match() {
                return Some(Progress::Matched);
            }
        }
        (!state.is_quit()).then_some(Progress::Open(state))
    }

    /// Whether a text that ends here matches.
    fn end(&mut self, progress: Progress) -> Option<bool> {
        let Progress::Open(state) = progress else { return Some(true) };
        let end = self.dfa.next_eoi_state(&mut self.cache, state).ok()?;
        (!end.is_quit()).then_some(end.is_match())
    }
}
