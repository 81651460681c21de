//! Rules that share parameters.
//!
//! Rules that share none cannot contradict each other, so each group of those that do is judged
//! alone; all at once would take the cube of their number.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::rules::logic::formula::Formula;
use crate::rules::logic::space::Space;
use crate::rules::rule::Rule;

/// Rules that share parameters, directly or through others.
pub(crate) struct Group<'r> {
    pub(crate) subjects: BTreeSet<Subject>,
    pub(crate) rules: Vec<&'r Rule>,
}

impl<'r> Group<'r> {
    /// Holds when no rule of the group is broken.
    pub(crate) fn valid(&self, space: &Space<'_>) -> Formula {
        space.simplified(&kept(&self.rules)).into_owned()
    }

    /// Rules of the group that leave no request for which `wanted` holds, none of which can be left
    /// out; there are such rules.
    pub(crate) fn contradiction(&self, space: &Space<'_>, wanted: &Formula) -> Vec<&'r Rule> {
        let mut rules = self.rules.clone();
        let mut index = 0;
        while index < rules.len() {
            let rule = rules.remove(index);
            if space.is_satisfiable(&kept(&rules).and(wanted.clone())) {
                rules.insert(index, rule);
                index += 1;
            }
        }
        rules
    }
}

fn kept(rules: &[&Rule]) -> Formula {
    Formula::All(rules.iter().map(|rule| rule.broken.negated()).collect())
}

/// The groups of the rules.
pub(crate) fn groups(rules: &[Rule]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for rule in rules {
        let mut joined = Group { subjects: rule.broken.subjects(), rules: Vec::new() };
        let subjects = joined.subjects.clone();
        let touched = |group: &mut Group<'_>| !group.subjects.is_disjoint(&subjects);
        for group in groups.extract_if(.., touched) {
            joined.subjects.extend(group.subjects);
            joined.rules.extend(group.rules);
        }
        joined.rules.push(rule);
        groups.push(joined);
    }
    groups
}
