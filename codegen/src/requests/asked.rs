//! What an object has to meet, one thing after the other: what is required, what is asked of single values, and
//! rules.
//!
//! Each is a formula over members of which nothing else is known but their types, so that any one of them can be
//! broken alone.

use std::collections::BTreeSet;

use crate::bound::Subject;
use crate::bound::condition::Literal;
use crate::english::code;
use crate::model::limit::{Check, Limit};
use crate::model::{Api, Field, Role, TypeId};
use crate::rules::logic::formula::Formula;
use crate::rules::logic::space::{Domain, Space, limited};
use crate::rules::logic::states::{States, Values};
use crate::rules::rule::ObjectRules;
use crate::travel::Place;

/// What a text is that a header can have as its value.
const IN_HEADER: &str = "^([!-~\u{80}-\u{ff}]([ -~\u{80}-\u{ff}]*[!-~\u{80}-\u{ff}])?)?$";

/// All that is asked of an object.
#[derive(Debug)]
pub(crate) struct Asked {
    id: TypeId,
    /// Its members without what is asked of them.
    bare: Vec<Field>,
    pub(super) demands: Vec<Demand>,
    /// Demands that share members, by their positions; what shares none cannot contradict each other.
    groups: Vec<Vec<usize>>,
}

/// One thing that is asked of an object.
#[derive(Debug)]
pub(super) struct Demand {
    /// The member that it is said of.
    pub(super) subject: Subject,
    pub(super) sentence: String,
    pub(super) holds: Formula,
    /// Whether it is what can travel in a place, which no document asks for.
    pub(super) is_of_place: bool,
}

impl Asked {
    pub(crate) fn new(api: &Api, rules: &[ObjectRules], id: TypeId) -> Self {
        let fields = api.fields(id);
        let bare = fields.iter().map(|field| Field {
            limits: Vec::new(),
            required: false,
            ..field.clone()
        });
        let bare: Vec<Field> = bare.collect();
        let url = match api.type_(id).role {
            Role::Request(operation) => api.operation(operation).url.as_str(),
            Role::Response(_) | Role::Shared => "",
        };
        let mut demands = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            of_field(Subject::Request(index), field, &mut demands);
        }
        let space = Space::of_struct(api, id).bare(&bare);
        for subject in space.request() {
            if let Some(holds) = of_place(&space, subject, url) {
                let sentence = String::new();
                demands.push(Demand { subject, sentence, holds, is_of_place: true });
            }
        }
        demands.extend(rules[id.0].rules.iter().map(|rule| Demand {
            subject: rule.target,
            sentence: rule.sentence.clone(),
            holds: rule.broken.negated(),
            is_of_place: false,
        }));
        let groups = grouped(&demands);
        Self { id, bare, demands, groups }
    }

    /// The members, of which nothing but their types is known; what is inside them is known whole.
    pub(super) fn space<'a>(&'a self, api: &'a Api, rules: &'a [ObjectRules]) -> Space<'a> {
        Space::of_struct(api, self.id).closed(rules).bare(&self.bare)
    }

    /// What has to hold of the members of each group, with one demand turned around; what places ask for only
    /// where it is wanted.
    pub(super) fn formulas(&self, of_places: bool, broken: Option<usize>) -> Vec<Formula> {
        let formula = |group: &Vec<usize>| {
            let wanted = group.iter().map(|index| (*index, &self.demands[*index]));
            let wanted = wanted.filter(|(_, demand)| of_places || !demand.is_of_place);
            let parts = wanted.map(|(index, demand)| match broken {
                Some(broken) if broken == index => demand.holds.negated(),
                _ => demand.holds.clone(),
            });
            Formula::All(parts.collect())
        };
        self.groups.iter().map(formula).collect()
    }

    pub(super) fn id(&self) -> TypeId {
        self.id
    }
}

/// What is asked of one member.
fn of_field(subject: Subject, field: &Field, demands: &mut Vec<Demand>) {
    if field.required {
        let sentence = format!("{} is required", code(field.label()));
        let holds = Formula::present(subject);
        demands.push(Demand { subject, sentence, holds, is_of_place: false });
    }
    for limit in &field.limits {
        let holds = limited(subject, &field.type_, std::slice::from_ref(limit));
        // Of what is in a map or in JSON text no formula can speak.
        if holds != Formula::True {
            let sentence = limit.sentence.clone();
            demands.push(Demand { subject, sentence, holds, is_of_place: false });
        }
    }
}

/// What a value must be that can stand where its parameter does.
fn of_place(space: &Space<'_>, subject: Subject, url: &str) -> Option<Formula> {
    let field = space.field(subject);
    let matching = |pattern: String| {
        let is_text = matches!(
            space.inner(field.type_.innermost()).domain(Subject::Request(0)),
            Domain::Text | Domain::Enum(_)
        );
        let limit = Limit::new("", &Check::Pattern(pattern));
        is_text.then(|| limited(subject, &field.type_, &[limit]))
    };
    match field.travel?.place {
        Place::Path => {
            let is_text = matches!(space.domain(subject), Domain::Text | Domain::Enum(_));
            let others = ["", ".", ".."].map(|text| Literal::Text(text.to_owned()));
            let states = States { absent: true, values: Values::Except(others.into()) };
            is_text.then_some(Formula::Is(subject, states))
        }
        Place::WholePath => matching(path_like(url)),
        Place::Header => matching(IN_HEADER.to_owned()),
        Place::Query | Place::Form | Place::Member | Place::Body(_) => None,
    }
}

/// Plain paths that are like a template.
fn path_like(template: &str) -> String {
    let segment = |segment: &str| match (segment.split_once('{'), segment.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            let [before, after] = [before, after].map(regex_syntax::escape);
            format!("{before}[0-9A-Za-z_-]+{after}")
        }
        _ if segment == "*" => "[0-9A-Za-z_-]+".to_owned(),
        _ => regex_syntax::escape(segment),
    };
    let segments: Vec<String> = template.split('/').map(segment).collect();
    format!("^{}$", segments.join("/"))
}

fn grouped(demands: &[Demand]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<Subject>, Vec<usize>)> = Vec::new();
    for (index, demand) in demands.iter().enumerate() {
        let mut subjects = demand.holds.subjects();
        let mut positions = Vec::new();
        let touched = |(known, _): &mut (BTreeSet<Subject>, Vec<usize>)| {
            !known.is_disjoint(&demand.holds.subjects())
        };
        for (more, before) in groups.extract_if(.., touched) {
            subjects.extend(more);
            positions.extend(before);
        }
        positions.push(index);
        groups.push((subjects, positions));
    }
    groups.into_iter().map(|(_, positions)| positions).collect()
}
