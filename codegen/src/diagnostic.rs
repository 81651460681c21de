//! Diagnostics: what is wrong, where, and what to write instead.

use std::fmt;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::load::json;
use crate::source::{Origin, Specs};

/// The stable name of a kind of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// The text is not JSON.
    Syntax,
    /// An object has the same key twice.
    DuplicateKey,
    /// A key that this place of the document does not have.
    UnknownKey,
    /// A JSON Schema keyword that the generator cannot turn into code.
    UnsupportedKeyword,
    /// A key that this place of the document must have.
    MissingKey,
    /// A value of the wrong JSON type, or outside the values that its key can have.
    InvalidValue,
    /// A `type` or `format` that has no Rust type here.
    UnknownType,
    /// A `$ref` to a file that is not there.
    DanglingRef,
    /// A `$ref` that does not have the form that the generator follows.
    InvalidRef,
    /// A schema that contains itself.
    RecursiveSchema,
    /// A file that nothing refers to, or one in a place where none belongs.
    UnusedFile,
    /// A rule that names a parameter which neither the request nor its context has.
    UnknownParameter,
    /// A name that cannot become a Rust identifier.
    InvalidName,
    /// Two names that become the same Rust identifier.
    NameCollision,
    /// Two operations, or an operation and its file or path, that do not agree on a name.
    OperationMismatch,
    /// A pattern that no engine would read as the author meant it.
    InvalidPattern,
    /// An example that does not satisfy its own schema.
    InvalidExample,
    /// A condition that no request meets.
    NeverHolds,
    /// A condition that every request meets.
    AlwaysHolds,
    /// A condition that reads otherwise than meant when an optional parameter is absent.
    VacuousCondition,
    /// A parameter that no valid request can have.
    NeverGiven,
    /// A parameter that is not in `required` although every valid request has it.
    AlwaysRequired,
    /// Rules that no request can meet.
    Unsatisfiable,
    /// A rule that reports something because a fact of the context is unknown.
    UnknownFact,
    /// Rules over so many parameters that they cannot be judged.
    TooComplex,
}

impl Code {
    /// Every code there is.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::DuplicateKey,
        Self::UnknownKey,
        Self::UnsupportedKeyword,
        Self::MissingKey,
        Self::InvalidValue,
        Self::UnknownType,
        Self::DanglingRef,
        Self::InvalidRef,
        Self::RecursiveSchema,
        Self::UnusedFile,
        Self::UnknownParameter,
        Self::InvalidName,
        Self::NameCollision,
        Self::OperationMismatch,
        Self::InvalidPattern,
        Self::InvalidExample,
        Self::NeverHolds,
        Self::AlwaysHolds,
        Self::VacuousCondition,
        Self::NeverGiven,
        Self::AlwaysRequired,
        Self::Unsatisfiable,
        Self::UnknownFact,
        Self::TooComplex,
    ];

    /// The code as it is printed: `unknown-key`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::UnknownKey => "unknown-key",
            Self::UnsupportedKeyword => "unsupported-keyword",
            Self::MissingKey => "missing-key",
            Self::InvalidValue => "invalid-value",
            Self::UnknownType => "unknown-type",
            Self::DanglingRef => "dangling-ref",
            Self::InvalidRef => "invalid-ref",
            Self::RecursiveSchema => "recursive-schema",
            Self::UnusedFile => "unused-file",
            Self::UnknownParameter => "unknown-parameter",
            Self::InvalidName => "invalid-name",
            Self::NameCollision => "name-collision",
            Self::OperationMismatch => "operation-mismatch",
            Self::InvalidPattern => "invalid-pattern",
            Self::InvalidExample => "invalid-example",
            Self::NeverHolds => "never-holds",
            Self::AlwaysHolds => "always-holds",
            Self::VacuousCondition => "vacuous-condition",
            Self::NeverGiven => "never-given",
            Self::AlwaysRequired => "always-required",
            Self::Unsatisfiable => "unsatisfiable",
            Self::UnknownFact => "unknown-fact",
            Self::TooComplex => "too-complex",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// One problem of a spec.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) origin: Origin,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    /// The stable name of the problem's kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

/// Collects problems while a stage goes on past them.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a problem without advice.
    pub(crate) fn error(&mut self, code: Code, origin: Origin, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic { code, origin, message: message.into(), help: None });
    }

    /// Adds a problem and says what to write instead.
    pub(crate) fn error_with_help(
        &mut self,
        code: Code,
        origin: Origin,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let help = Some(help.into());
        self.diagnostics.push(Diagnostic { code, origin, message: message.into(), help });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether everything was read in spite of the problems, so that later stages can go on to find
    /// theirs without stumbling over gaps.
    pub(crate) fn lost_nothing(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| {
            matches!(
                diagnostic.code,
                Code::UnknownKey
                    | Code::UnsupportedKeyword
                    | Code::UnusedFile
                    | Code::OperationMismatch
            )
        })
    }

    /// The problems, in the order of the files and of the places in them.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.sort_by_key(|diagnostic| diagnostic.origin);
        // Two stages may stumble over the same thing.
        diagnostics.dedup_by(|next, first| {
            (next.origin, next.code, &next.message) == (first.origin, first.code, &first.message)
        });
        diagnostics
    }
}

/// The error of a run that found problems: all of them, each able to show its place in the text.
#[derive(Debug)]
pub struct Diagnostics<'s> {
    specs: &'s Specs,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Diagnostics<'s> {
    pub(crate) fn new(specs: &'s Specs, sink: Sink) -> Self {
        Self { specs, diagnostics: sink.into_sorted() }
    }

    /// The problems, sorted by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }

    /// The problems as text for a terminal or a log; `styled` adds colours.
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Unicode);
        let rendered: Vec<String> =
            self.iter().map(|diagnostic| self.render_one(&renderer, diagnostic)).collect();
        rendered.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let Diagnostic { code, origin, message, help } = diagnostic;
        let text = self.specs.text(origin.file);
        let pointer = json::pointer_at(text, origin.range());
        let label = if pointer.is_empty() { String::new() } else { format!("at {pointer}") };
        let snippet = Snippet::source(text)
            .path(self.specs.path(origin.file))
            .annotation(AnnotationKind::Primary.span(origin.range()).label(label));
        let mut group = Level::ERROR.primary_title(message).id(code.as_str()).element(snippet);
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }
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
