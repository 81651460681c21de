//! Files in INI form, as the official SDKs read them; where these differ, so that what any of them
//! accepts is understood.
//!
//! Knows no key.

/// The section whose entries hold for every other one.
const DEFAULTS: &str = "DEFAULT";

/// The entries of a section.
pub(super) struct Section<'t> {
    own: Vec<Entry<'t>>,
    defaults: Vec<Entry<'t>>,
}

/// A key and its value.
struct Entry<'t> {
    key: &'t str,
    value: &'t str,
    /// The value with the lines below it that go on with it.
    whole: &'t str,
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
                Line::More if heading == Some(name) => go_on(&mut section.own, text, line),
                Line::More if heading == Some(DEFAULTS) => {
                    go_on(&mut section.defaults, text, line);
                }
                Line::More => {}
                Line::Heading(found) => {
                    heading = Some(found);
                    is_there |= found == name;
                }
                Line::Entry(entry) if heading == Some(name) => section.own.push(entry),
                Line::Entry(entry) if heading == Some(DEFAULTS) => section.defaults.push(entry),
                Line::Entry(_) => {}
            }
        }
        Ok(is_there.then_some(section))
    }

    /// The value of a key in any case of its letters: the last one given, unless that is empty.
    pub(super) fn get(&self, key: &str) -> Option<&'t str> {
        self.entry(key).map(|entry| entry.value).filter(|value| !value.is_empty())
    }

    /// The same with the lines below it that go on with it, comments and quotes included.
    pub(super) fn whole(&self, key: &str) -> Option<&'t str> {
        let entry = self.entry(key)?;
        let is_one_line = !entry.whole.contains('\n');
        let value = if is_one_line { entry.value } else { entry.whole };
        Some(value).filter(|value| !value.is_empty())
    }

    fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        let last = |entries: &'_ [Entry<'t>]| {
            entries.iter().rposition(|entry| entry.key.eq_ignore_ascii_case(key))
        };
        let own = last(&self.own).map(|position| &self.own[position]);
        own.or_else(|| last(&self.defaults).map(|position| &self.defaults[position]))
    }
}

/// Lengthens the last value by a line.
fn go_on<'t>(entries: &mut [Entry<'t>], text: &'t str, line: &'t str) {
    if let Some(entry) = entries.last_mut() {
        let place = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
        let line = line.trim_end();
        entry.whole = &text[place(entry.whole)..place(line) + line.len()];
    }
}

enum Line<'t> {
    /// Empty, or a comment.
    Nothing,
    /// More of the value before it.
    More,
    Heading(&'t str),
    Entry(Entry<'t>),
}

impl<'t> Line<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let text = line.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return Some(Self::Nothing);
        }
        // White space before a line says that it goes on with a value; entries may have it, too.
        let is_more = line.starts_with([' ', '\t']);
        if is_more && text.starts_with(['{', '}', ']', '"', ',']) {
            return Some(Self::More);
        }
        if let Some(heading) = text.strip_prefix('[') {
            return heading.split_once(']').map(|(name, _)| Self::Heading(name.trim()));
        }
        match text.split_once(['=', ':']) {
            Some((key, value)) => {
                let (key, whole) = (key.trim(), value.trim());
                Some(Self::Entry(Entry { key, value: bare(whole), whole }))
            }
            None => is_more.then_some(Self::More),
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
