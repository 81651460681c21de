//! Problems → text for people and for machines, each with its place in the file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Sink};
use crate::english::{is_hidden, visible};
use crate::json::Pointers;
use crate::source::{FileId, Line, Specs};

/// How many problems are shown in one run; nobody mends more before the next one.
const MAX_SHOWN: usize = 100;

/// The error of a run that found problems: all of them, each able to show its place in the text.
#[derive(Debug)]
pub struct Diagnostics<'s> {
    specs: &'s Specs,
    diagnostics: Vec<Diagnostic>,
}

/// A problem with its place, as `--message-format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located<'d> {
    /// The stable name of its kind.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: &'d str,
    /// What to write instead.
    pub help: Option<&'d str>,
    /// The file, below the folder that the specs were read from.
    pub file: String,
    /// The line of the first character, from 1.
    pub line: usize,
    /// The column of the first character, from 1, in Unicode scalar values.
    pub column: usize,
    /// The line of the last character.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The JSON pointer (RFC 6901) of the value or key; empty for the whole file and for text that
    /// is not JSON.
    pub pointer: String,
    /// The first line, as it stands in the file; of a very long one, what is around the place.
    pub source: &'d str,
    /// The problem as a terminal shows it.
    pub rendered: String,
}

impl<'s> Diagnostics<'s> {
    pub(crate) fn new(specs: &'s Specs, sink: Sink) -> Self {
        Self { specs, diagnostics: sink.into_sorted() }
    }

    /// The problems, sorted by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// The problems with their places: the first hundred, which is more than people mend at once.
    /// `styled` adds colours to what is rendered.
    pub fn located(&self, styled: bool) -> Vec<Located<'_>> {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        let mut pointers = BTreeMap::new();
        let shown = self.diagnostics.iter().take(MAX_SHOWN);
        shown.map(|diagnostic| self.locate(diagnostic, &renderer, &mut pointers)).collect()
    }

    /// How many problems [`Self::located`] and [`Self::render`] leave out.
    pub fn left_out(&self) -> usize {
        self.diagnostics.len().saturating_sub(MAX_SHOWN)
    }

    /// The problems as text for a terminal or a log; `styled` adds colours.
    pub fn render(&self, styled: bool) -> String {
        let mut parts: Vec<String> =
            self.located(styled).into_iter().map(|located| located.rendered).collect();
        match self.left_out() {
            0 => {}
            1 => parts.push("1 more problem is not shown".to_owned()),
            count => parts.push(format!("{count} more problems are not shown")),
        }
        parts.join("\n\n")
    }

    /// The problems as JSON, an object on each line, the last of which counts them:
    /// `{"problems":2,"left_out":0}`.
    pub fn to_json_lines(&self) -> String {
        #[derive(Serialize)]
        struct Count {
            problems: usize,
            left_out: usize,
        }
        let count = Count { problems: self.diagnostics.len(), left_out: self.left_out() };
        let mut lines: Vec<String> = self.located(false).iter().map(json_line).collect();
        lines.push(json_line(&count));
        lines.join("\n")
    }

    fn locate<'d>(
        &'d self,
        diagnostic: &'d Diagnostic,
        renderer: &Renderer,
        pointers: &mut BTreeMap<FileId, Pointers<'d>>,
    ) -> Located<'d> {
        let Diagnostic { code, origin, message, help } = diagnostic;
        let text = self.specs.text(origin.file);
        let pointers = pointers.entry(origin.file).or_insert_with(|| Pointers::new(text));
        let (start, end) = (Line::at(text, origin.start), Line::at(text, origin.end));
        let mut located = Located {
            code: code.as_str(),
            message,
            help: help.as_deref(),
            file: self.specs.path(origin.file),
            line: start.number,
            column: start.column(),
            end_line: end.number,
            end_column: end.column(),
            pointer: pointers.at(origin.range()),
            source: start.text,
            rendered: String::new(),
        };
        let length = if end.number == start.number { end.offset } else { start.text.len() };
        let around = around(start.text, start.offset..length);
        located.source = &start.text[around.clone()];
        let span = start.offset - around.start..length.min(around.end) - around.start;
        let is_whole = located.source.len() == start.text.len();
        located.rendered = rendered(&located, span, is_whole, renderer);
        located
    }
}

/// Strings and numbers, which is all that is written here, always become JSON.
fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// How many bytes of a line are kept before and after the start of a place in it.
const AROUND: usize = 1_000;

/// The part of a line that is shown.
fn around(line: &str, span: Range<usize>) -> Range<usize> {
    let is_boundary = |index: &usize| line.is_char_boundary(*index);
    let start = (0..=span.start.saturating_sub(AROUND)).rev().find(is_boundary);
    let end = (span.start + AROUND..line.len()).find(is_boundary);
    start.unwrap_or(0)..end.unwrap_or(line.len())
}

/// `span` is the part of the line that is underlined.
fn rendered(
    located: &Located<'_>,
    span: Range<usize>,
    is_whole: bool,
    renderer: &Renderer,
) -> String {
    let pointer = visible(&located.pointer);
    let label = if pointer.is_empty() { String::new() } else { format!("at {pointer}") };
    let shown = |range: Range<usize>| -> String {
        let part = located.source.get(range).unwrap_or_default();
        part.chars().map(|found| if hides_in_line(found) { STAND_IN } else { found }).collect()
    };
    // What stands in has another length, so the span is found anew.
    let start = shown(0..span.start).len();
    let span = start..start + shown(span).len();
    let line = shown(0..located.source.len());
    let snippet = Snippet::source(line)
        .line_start(located.line)
        .annotation(AnnotationKind::Primary.span(span).label(label));
    let path = visible(&located.file);
    let title = Level::ERROR.primary_title(located.message).id(located.code);
    let mut group = if is_whole {
        title.element(snippet.path(path))
    } else {
        // The column is not the one in what is shown.
        let place = Origin::path(path).line(located.line).char_column(located.column);
        title.element(place).element(snippet)
    };
    if let Some(help) = located.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

/// Stands in for a character that would move or hide others on a terminal.
const STAND_IN: char = '\u{fffd}';

fn hides_in_line(found: char) -> bool {
    is_hidden(found) && found != '\t'
}

impl<'d> IntoIterator for &'d Diagnostics<'_> {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics<'_> {}
