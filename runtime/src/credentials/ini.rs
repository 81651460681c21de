//! Files in INI form, as the official SDKs read them; where these differ, so that what any of them
//! accepts is understood.
//!
//! Knows no key.

/// The section whose entries hold for every other one.
const DEFAULTS: &str = "DEFAULT";

/// The entries of a section.
pub(super) struct Section<'t> {
    own: Vec<(&'t str, &'t str)>,
    defaults: Vec<(&'t str, &'t str)>,
}

impl<'t> Section<'t> {
    /// Finds a section by its name, in the case that it is written in; `None` when there is none.
    ///
    /// # Errors
    ///
    /// The number of the first line that is no entry, heading or comment.
    pub(super) fn find(text: &'t str, name: &str) -> Result<Option<Self>, usize> {
        let mut section = Self { own: Vec::new(), defaults: Vec::new() };
        let (mut heading, mut is_there) = (None, false);
        for (position, line) in text.lines().enumerate() {
            match Line::of(line).ok_or(position + 1)? {
                Line::Nothing => {}
                Line::Heading(found) => {
                    heading = Some(found);
                    is_there |= found == name;
                }
                Line::Entry(key, value) if heading == Some(name) => section.own.push((key, value)),
                Line::Entry(key, value) if heading == Some(DEFAULTS) => {
                    section.defaults.push((key, value));
                }
                Line::Entry(..) => {}
            }
        }
        Ok(is_there.then_some(section))
    }

    /// The value of a key in any case of its letters: the last one given, unless that is empty.
    pub(super) fn get(&self, key: &str) -> Option<&'t str> {
        let last = |entries: &[(&'t str, &'t str)]| {
            let entry = entries.iter().rev().find(|(found, _)| found.eq_ignore_ascii_case(key));
            entry.map(|(_, value)| *value)
        };
        last(&self.own).or_else(|| last(&self.defaults)).filter(|value| !value.is_empty())
    }
}

enum Line<'t> {
    /// Empty, a comment, or more of the value before it, which no value that matters has.
    Nothing,
    Heading(&'t str),
    Entry(&'t str, &'t str),
}

impl<'t> Line<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return Some(Self::Nothing);
        }
        if let Some(heading) = text.strip_prefix('[') {
            return heading.split_once(']').map(|(name, _)| Self::Heading(name.trim()));
        }
        match text.split_once(['=', ':']) {
            Some((key, value)) => Some(Self::Entry(key.trim(), bare(value.trim()))),
            None => line.starts_with([' ', '\t']).then_some(Self::Nothing),
        }
    }
}

/// A value without the quotes around it, or the comment behind it, which white space precedes.
fn bare(value: &str) -> &str {
    let mut marks = value.chars();
    if let Some(quote @ ('"' | '\'' | '`')) = marks.next()
        && let Some((inside, rest)) = marks.as_str().split_once(quote)
        && (rest.is_empty() || rest.trim_start().starts_with(['#', ';']))
    {
        return inside;
    }
    let comment = [" #", "\t#", " ;", "\t;"].iter().filter_map(|mark| value.find(mark)).min();
    let value = comment.map_or(value, |start| value[..start].trim_end());
    // Nothing but a comment.
    if value.starts_with(['#', ';']) { "" } else { value }
}
