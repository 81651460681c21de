//! The limits of single fields, checked in one walk.

use std::fmt;

use super::{Violation, ViolationKind};
use crate::field::{Bound, Check, Comparison, Fields, Limit, Object, Value, Walk};

/// Reports every value of `fields`, nested ones included, that breaks a limit of its field.
pub(super) fn check_fields(fields: &impl Fields, violations: &mut Vec<Violation>) {
    fields.walk(&mut Checker { parent: None, violations });
}

/// How many characters of a wrong value a message shows.
const SHOWN: usize = 64;

struct Checker<'p, 'v> {
    parent: Option<&'p Step<'p>>,
    violations: &'v mut Vec<Violation>,
}

impl Walk for Checker<'_, '_> {
    // Inlined at every field of a generated walk, where most calls then come to nothing.
    #[inline(always)]
    fn field(&mut self, name: &'static str, limits: &'static [Limit], value: Value<'_>) {
        if !limits.is_empty() && !matches!(value, Value::Absent) {
            self.check(name, limits, value);
        }
    }
}

impl Checker<'_, '_> {
    fn check(&mut self, name: &'static str, limits: &'static [Limit], value: Value<'_>) {
        let step = Step { parent: self.parent, place: Place::Field(name) };
        self.nested(limits, value, &step);
    }

    fn nested(&mut self, limits: &'static [Limit], value: Value<'_>, step: &Step<'_>) {
        match value {
            Value::JsonText(inner) => self.nested(limits, inner.as_value(), step),
            Value::Object(object) => self.object(object, step),
            Value::List(list) => list.each(&mut |position, item| {
                let step = Step { parent: Some(step), place: Place::Item(position) };
                self.nested(limits, item, &step);
            }),
            Value::Absent => {}
            scalar => {
                for limit in limits {
                    if !limit.check.holds(scalar) {
                        self.report(limit, scalar, step);
                    }
                }
            }
        }
    }

    fn object(&mut self, object: &dyn Object, step: &Step<'_>) {
        object.walk_object(&mut Checker { parent: Some(step), violations: self.violations });
    }

    #[cold]
    fn report(&mut self, limit: &Limit, value: Value<'_>, step: &Step<'_>) {
        self.violations.push(Violation {
            field: step.field(),
            path: step.parent.map(|_| step.path()),
            kind: limit.check.kind(),
            sentence: limit.sentence,
            found: limit.check.found(value),
        });
    }
}

impl Check {
    #[inline]
    fn holds(&self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Documented(_), Value::Enum { documented, .. }) => documented,
            (Self::Compare(comparison, Bound::Integer(bound)), Value::Integer(number)) => {
                comparison.holds(&number, bound)
            }
            (Self::Compare(comparison, Bound::Number(bound)), Value::Number(number)) => {
                comparison.holds(&number, bound)
            }
            (check, Value::Secret(secret)) => {
                check.holds_for_text(secrecy::ExposeSecret::expose_secret(secret))
            }
            (check, Value::Text(text)) => check.holds_for_text(text),
            _ => true,
        }
    }

    #[inline]
    fn holds_for_text(&self, text: &str) -> bool {
        match self {
            Self::MinLength(limit) => text.chars().count() >= *limit,
            // A text has at least as many bytes as characters, so short texts need no counting.
            Self::MaxLength(limit) => text.len() <= *limit || text.chars().count() <= *limit,
            Self::Characters { ranges, min, .. } => {
                (*min == 0 || text.chars().nth(*min - 1).is_some())
                    && text.chars().all(|found| {
                        ranges.iter().any(|(first, last)| (first..=last).contains(&&found))
                    })
            }
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => pattern.is_match(text),
            Self::Documented(_) | Self::Compare(..) | Self::Inside => true,
        }
    }

    fn kind(&self) -> ViolationKind {
        match self {
            Self::Documented(values) => ViolationKind::Enum(values),
            // Never broken itself.
            Self::Inside => ViolationKind::Combination,
            Self::MinLength(limit) => ViolationKind::MinLength(*limit),
            Self::MaxLength(limit) => ViolationKind::MaxLength(*limit),
            Self::Characters { pattern, .. } => ViolationKind::Pattern(pattern),
            #[cfg(feature = "pattern")]
            Self::Pattern(pattern) => ViolationKind::Pattern(pattern.as_str()),
            Self::Compare(Comparison::AtLeast, bound) => ViolationKind::Minimum(*bound),
            Self::Compare(Comparison::AtMost, bound) => ViolationKind::Maximum(*bound),
            Self::Compare(Comparison::MoreThan, bound) => ViolationKind::ExclusiveMinimum(*bound),
            Self::Compare(Comparison::LessThan, bound) => ViolationKind::ExclusiveMaximum(*bound),
        }
    }

    /// What the value is instead, in words; nothing for secrets.
    fn found(&self, value: Value<'_>) -> Option<String> {
        match (self, value) {
            (Self::MinLength(_) | Self::MaxLength(_), Value::Text(text)) => {
                Some(format!("has {}", text.chars().count()))
            }
            (Self::Documented(values), Value::Enum { text, .. }) => {
                let meant = values.iter().find(|value| value.eq_ignore_ascii_case(text));
                let hint = meant.map(|value| format!("; did you mean `{value}`?"));
                Some(format!("is {}{}", Shown(text), hint.unwrap_or_default()))
            }
            (_, Value::Text(text) | Value::Enum { text, .. }) => {
                Some(format!("is {}", Shown(text)))
            }
            (_, Value::Integer(number)) => Some(format!("is {number}")),
            (_, Value::Number(number)) => Some(format!("is {number}")),
            _ => None,
        }
    }
}

impl Comparison {
    #[inline]
    fn holds<T: PartialOrd>(self, number: &T, bound: &T) -> bool {
        match self {
            Self::AtLeast => number >= bound,
            Self::AtMost => number <= bound,
            Self::MoreThan => number > bound,
            Self::LessThan => number < bound,
        }
    }
}

/// A value as a message shows it: one line, escaped, of bounded length.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().nth(SHOWN).map_or(self.0.len(), |(index, _)| index);
        let dots = if end < self.0.len() { "…" } else { "" };
        formatter.write_str("`")?;
        for found in self.0[..end].chars() {
            // Neither control characters nor those that turn the direction of text.
            let hides = matches!(found, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
            if found.is_control() || hides {
                write!(formatter, "{}", found.escape_default())?;
            } else {
                write!(formatter, "{found}")?;
            }
        }
        write!(formatter, "{dots}`")
    }
}

/// Where in the request the walk is; a path is written only when there is something to report.
struct Step<'p> {
    parent: Option<&'p Step<'p>>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Field(&'static str),
    Item(usize),
}

impl Step<'_> {
    /// The field of the request in which the walk is.
    fn field(&self) -> &'static str {
        match (self.parent, self.place) {
            (Some(parent), _) => parent.field(),
            (None, Place::Field(name)) => name,
            (None, Place::Item(_)) => "",
        }
    }

    fn path(&self) -> String {
        let parent = self.parent.map(Step::path);
        match (parent, self.place) {
            (None, Place::Field(name)) => name.to_owned(),
            (Some(parent), Place::Field(name)) => format!("{parent}.{name}"),
            (parent, Place::Item(position)) => {
                format!("{}[{position}]", parent.unwrap_or_default())
            }
        }
    }
}
