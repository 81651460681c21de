//! Collects problems, so that one run finds many.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Code, Diagnostic};
use crate::english::visible;
use crate::source::{FileId, Origin};

/// How many characters of a sentence are kept; names in it come from the spec and may be long.
const MAX_LENGTH: usize = 1_000;

/// Collects problems while a stage goes on past them.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    /// What was found before the work was divided.
    earlier: Arc<Earlier>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Clone, Default)]
struct Earlier {
    diagnostics: Vec<Diagnostic>,
    /// Places of which earlier stages have reported something.
    settled: BTreeSet<Origin>,
}

impl Sink {
    /// Starts a stage: what an earlier one has reported of a place is not judged again.
    pub(crate) fn start_stage(&mut self) {
        let earlier = self.settle();
        let origins = earlier.diagnostics.iter().map(|diagnostic| diagnostic.origin);
        earlier.settled.extend(origins);
    }

    /// Does what belongs to a later stage while others are still at this one: what has been reported of
    /// a place is not judged again.
    pub(crate) fn as_stage<R>(&mut self, work: impl FnOnce(&mut Self) -> R) -> R {
        if self.is_empty() {
            return work(self);
        }
        let mut later = Self { earlier: Arc::clone(&self.earlier), diagnostics: Vec::new() };
        later.diagnostics.extend(self.diagnostics.iter().cloned());
        later.start_stage();
        let result = work(&mut later);
        self.diagnostics.append(&mut later.diagnostics);
        result
    }

    /// Does one thing to all items, several of them at a time. Results and problems come in the
    /// order of the items; what is found of one item is not known to the others.
    pub(crate) fn each<T: Send, R: Send>(
        &mut self,
        items: impl IntoParallelIterator<Item = T, Iter: IndexedParallelIterator>,
        work: impl Fn(T, &mut Self) -> R + Sync,
    ) -> Vec<R> {
        self.settle();
        let earlier = &self.earlier;
        let work = |item| {
            let mut sink = Self { earlier: Arc::clone(earlier), diagnostics: Vec::new() };
            (work(item, &mut sink), sink.diagnostics)
        };
        let done: Vec<(R, Vec<Diagnostic>)> = items.into_par_iter().map(work).collect();
        let keep = |(result, found)| {
            self.diagnostics.extend::<Vec<Diagnostic>>(found);
            result
        };
        done.into_iter().map(keep).collect()
    }

    fn settle(&mut self) -> &mut Earlier {
        let earlier = Arc::make_mut(&mut self.earlier);
        earlier.diagnostics.append(&mut self.diagnostics);
        earlier
    }

    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.earlier.diagnostics.iter().chain(&self.diagnostics)
    }

    /// Adds a problem without advice.
    pub(crate) fn error(&mut self, code: Code, origin: Origin, message: impl AsRef<str>) {
        self.add(code, origin, message.as_ref(), None);
    }

    /// Adds a problem and says what to write instead.
    pub(crate) fn error_with_help(
        &mut self,
        code: Code,
        origin: Origin,
        message: impl AsRef<str>,
        help: impl AsRef<str>,
    ) {
        self.add(code, origin, message.as_ref(), Some(help.as_ref()));
    }

    /// Adds a problem with a name, and the one that was probably meant, when there is one.
    pub(crate) fn error_with_nearest(
        &mut self,
        code: Code,
        origin: Origin,
        message: impl AsRef<str>,
        nearest: Option<&str>,
    ) {
        let help = nearest.map(|known| format!("did you mean `{known}`?"));
        self.add(code, origin, message.as_ref(), help.as_deref());
    }

    fn add(&mut self, code: Code, origin: Origin, message: &str, help: Option<&str>) {
        if !self.earlier.settled.contains(&origin) {
            let (message, help) = (shown(message), help.map(shown));
            self.diagnostics.push(Diagnostic { code, origin, message, help });
        }
    }

    /// How many problems there are.
    pub(crate) fn count(&self) -> usize {
        self.all().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Whether anything was not read.
    pub(crate) fn has_gaps(&self) -> bool {
        self.gaps().next().is_some()
    }

    /// Whether part of what stands in `place` was not read, so that what later stages see of it is
    /// not what its author wrote.
    pub(crate) fn has_gap_in(&self, place: Origin) -> bool {
        self.gaps()
            .any(|gap| gap.file == place.file && place.start <= gap.start && gap.end <= place.end)
    }

    /// Whether part of a file was not read.
    pub(crate) fn has_gap_in_file(&self, file: FileId) -> bool {
        self.gaps().any(|gap| gap.file == file)
    }

    /// The files that have problems.
    pub(crate) fn files(&self) -> BTreeSet<FileId> {
        self.all().map(|diagnostic| diagnostic.origin.file).collect()
    }

    fn gaps(&self) -> impl Iterator<Item = Origin> {
        let reads_on = |code| {
            matches!(
                code,
                Code::UnknownKey
                    | Code::DuplicateKey
                    | Code::UnsupportedKeyword
                    | Code::UnusedFile
                    | Code::OperationMismatch
                    | Code::NoEffect
            )
        };
        let gaps = self.all().filter(move |diagnostic| !reads_on(diagnostic.code));
        gaps.map(|diagnostic| diagnostic.origin)
    }

    /// The problems, in the order of the files and of the places in them.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        let mut diagnostics = mem::take(&mut self.settle().diagnostics);
        diagnostics.sort_by_key(|diagnostic| diagnostic.origin);
        // Two stages may stumble over the same thing.
        diagnostics.dedup_by(|next, first| {
            (next.origin, next.code, &next.message) == (first.origin, first.code, &first.message)
        });
        diagnostics
    }
}

/// A sentence as a terminal may show it: on one line, of bounded length, without control characters.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_LENGTH).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    visible(&shown).into_owned()
}
