//! The texts that everything comes from, and positions in them.
//!
//! Knows no JSON: a position is a range of bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

/// How much of a file is read, in bytes: a file with more is too large to be a spec.
pub(crate) const MAX_BYTES: usize = 4 << 20;

/// How many bytes published metadata has, which is one file for a whole service; the largest that is
/// known has 3 MiB.
pub(crate) const MAX_METADATA: usize = 64 << 20;

/// How many bytes a folder may have: what is read is kept in memory until the end.
const MAX_TOTAL: usize = 64 << 20;

/// How deep folders are searched; specs have two levels.
const MAX_FOLDERS: usize = 8;

/// The files of one service version, as they stand in its folder.
#[derive(Debug, Clone)]
pub struct Specs {
    folder: String,
    files: Vec<SpecFile>,
    /// Path → how many bytes of the file are UTF-8, for those that are not to the end.
    broken: BTreeMap<String, usize>,
}

/// One file of a [`Specs`].
#[derive(Debug, Clone)]
pub struct SpecFile {
    /// The path below the folder, with `/` between its parts.
    pub path: String,
    /// What stands in it; bytes that are not UTF-8 are replaced.
    pub text: String,
}

impl Specs {
    /// Takes files from memory. `folder` is how diagnostics and generated headers name the folder.
    pub fn new(folder: impl Into<String>, files: Vec<SpecFile>) -> Self {
        let mut files = files;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Self { folder: folder.into(), files, broken: BTreeMap::new() }
    }

    /// Takes files from memory, each a path and its bytes.
    pub fn from_bytes(
        folder: impl Into<String>,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Self {
        Self::from_decoded(folder, files.into_iter().map(decoded).collect())
    }

    /// Reads every file below `folder`, which lies below `root`; diagnostics name it relative to
    /// `root`.
    ///
    /// # Errors
    ///
    /// When a file or folder cannot be read, when there is something else than files and folders,
    /// and when it is too much; the error names it. What stands in a file is judged later.
    pub fn read(root: &Path, folder: &str) -> io::Result<Self> {
        let mut paths = Vec::new();
        list_below(&root.join(folder), &format!("{folder}/"), MAX_FOLDERS, &mut paths)?;
        paths.sort_unstable();
        let room = AtomicUsize::new(MAX_TOTAL);
        let read = |path: &String| {
            let bytes =
                read_start(&root.join(path), MAX_BYTES).map_err(|error| named(path, error))?;
            let left = |room: usize| room.checked_sub(bytes.len());
            // Which file is one too many is a matter of chance.
            room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left)
                .map_err(|_| refused(folder, "the files of this folder are too large"))?;
            Ok(decoded((path[folder.len() + 1..].to_owned(), bytes)))
        };
        let files: Vec<io::Result<Decoded>> = paths.par_iter().map(read).collect();
        Ok(Self::from_decoded(folder, files.into_iter().collect::<io::Result<_>>()?))
    }

    /// Reads one file alone, such as what a service publishes of its API.
    ///
    /// # Errors
    ///
    /// When it cannot be read; the error names it.
    pub fn read_file(path: &Path) -> io::Result<Self> {
        let shown = path.to_string_lossy();
        let bytes = read_start(path, MAX_METADATA).map_err(|error| named(&shown, error))?;
        let folder = path.parent().map(Path::to_string_lossy).filter(|folder| !folder.is_empty());
        let name = path.file_name().map_or(shown.clone(), |name| name.to_string_lossy());
        let folder = folder.map_or(".".to_owned(), |folder| folder.into_owned());
        Ok(Self::from_decoded(folder, vec![decoded((name.into_owned(), bytes))]))
    }

    fn from_decoded(folder: impl Into<String>, decoded: Vec<Decoded>) -> Self {
        let mut broken = BTreeMap::new();
        let mut files = Vec::with_capacity(decoded.len());
        for Decoded { file, valid } in decoded {
            broken.extend(valid.map(|valid| (file.path.clone(), valid)));
            files.push(file);
        }
        Self { broken, ..Self::new(folder, files) }
    }

    /// The same files, their folder named otherwise.
    #[must_use]
    pub fn named(self, folder: impl Into<String>) -> Self {
        Self { folder: folder.into(), ..self }
    }

    /// The same files and one more.
    #[must_use]
    pub fn with(mut self, file: SpecFile) -> Self {
        self.files.push(file);
        self.files.sort_by(|left, right| left.path.cmp(&right.path));
        self
    }

    /// How diagnostics name the folder.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[SpecFile] {
        &self.files
    }

    pub(crate) fn path(&self, file: FileId) -> String {
        match self.files.get(file.index()) {
            Some(file) => format!("{}/{}", self.folder, file.path),
            None => self.folder.clone(),
        }
    }

    pub(crate) fn text(&self, file: FileId) -> &str {
        self.files.get(file.index()).map_or("", |file| &file.text)
    }

    pub(crate) fn find(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|file| file.path.as_str().cmp(path));
        found.ok().map(FileId::new)
    }

    /// Where a file stops being UTF-8, when it does.
    pub(crate) fn broken_at(&self, file: FileId) -> Option<usize> {
        self.broken.get(&self.files.get(file.index())?.path).copied()
    }
}

/// A file, and how many of its bytes are UTF-8 when not all are.
struct Decoded {
    file: SpecFile,
    valid: Option<usize>,
}

fn decoded((path, bytes): (String, Vec<u8>)) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { file: SpecFile { path, text }, valid: None },
        Err(error) => {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let valid = Some(error.utf8_error().valid_up_to());
            Decoded { file: SpecFile { path, text }, valid }
        }
    }
}

fn list_below(
    folder: &Path,
    prefix: &str,
    depth: usize,
    paths: &mut Vec<String>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| named(prefix, error))? {
        let entry = entry.map_err(|error| named(prefix, error))?;
        let Ok(name) = entry.file_name().into_string() else {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            return Err(refused(&path, "the name of this file is not UTF-8"));
        };
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().map_err(|error| named(&path, error))?;
        if kind.is_dir() && depth > 0 {
            list_below(&entry.path(), &format!("{path}/"), depth - 1, paths)?;
        } else if kind.is_dir() {
            return Err(refused(&path, "no folder belongs so deep in a spec"));
        } else if kind.is_file() {
            paths.push(path);
        } else {
            // A link may lead out of the tree, and a pipe never ends.
            return Err(refused(&path, "this is a link or no file; put the file itself here"));
        }
    }
    Ok(())
}

fn named(path: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

fn refused(path: &str, reason: &str) -> io::Error {
    io::Error::other(format!("{path}: {reason}"))
}

/// As much of a file as shows whether it is too large.
fn read_start(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    // The byte more is where the end of the file is found.
    let mut bytes = Vec::with_capacity(size.min(most) + 1);
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file of a [`Specs`], by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(u32);

impl FileId {
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where something stands: a file and a range of bytes in it. It rides on every node of the
/// document and of the model; line, column and JSON pointer are found when a diagnostic is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Origin {
    pub(crate) fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |value| u32::try_from(value).unwrap_or(u32::MAX);
        Self { file, start: offset(start), end: offset(end) }
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line of a text and a place in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// From 1.
    pub(crate) number: usize,
    /// Without its end.
    pub(crate) text: &'t str,
    /// Where in the line, in bytes.
    pub(crate) offset: usize,
}

impl<'t> Line<'t> {
    /// The line with this byte of the text; the last one for a byte beyond the end.
    pub(crate) fn at(text: &'t str, place: u32) -> Self {
        let mut place = (place as usize).min(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
        let end = text[place..].find('\n').map_or(text.len(), |end| place + end);
        Self {
            number: 1 + text[..start].bytes().filter(|byte| *byte == b'\n').count(),
            text: text[start..end].trim_end_matches('\r'),
            offset: place - start,
        }
    }

    /// In Unicode scalar values, from 1.
    pub(crate) fn column(&self) -> usize {
        1 + self.text.get(..self.offset).unwrap_or(self.text).chars().count()
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}

/// Whether the text can be an operation's name, and with it the name of files.
pub(crate) fn is_operation_id(text: &str) -> bool {
    text.starts_with(|found: char| found.is_ascii_alphabetic())
        && text.chars().all(|found| found.is_ascii_alphanumeric())
}

/// An operation by its name, and the product and the version of its service where these stand before it:
/// `Ecs::2014-05-26::StopInstance`.
pub(crate) fn operation_of(text: &str) -> Option<(Option<(&str, &str)>, &str)> {
    let parts: Vec<&str> = text.split("::").collect();
    let (service, operation) = match parts.as_slice() {
        [operation] => (None, *operation),
        [product, version, operation] => (Some((*product, *version)), *operation),
        [..] => return None,
    };
    let is_service = service.is_none_or(|(product, version)| {
        is_part_of_address(product) && is_part_of_address(version)
    });
    (is_service && is_operation_id(operation)).then_some((service, operation))
}

/// Whether the text can stand in an address as it is.
pub(crate) fn is_part_of_address(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|found| found.is_ascii_alphanumeric() || "-_.".contains(found))
}

/// Whether the text can be the version of a service, and with it the end of a folder's name.
pub(crate) fn is_version(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
        && text.chars().all(|found| found.is_ascii_alphanumeric() || ".-_".contains(found))
}

/// Whether the text can be the name of a package.
pub(crate) fn is_package(text: &str) -> bool {
    let is_plain =
        |found: char| found.is_ascii_lowercase() || found.is_ascii_digit() || found == '-';
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.ends_with(|last: char| last != '-')
        && text.chars().all(is_plain)
}
