//! The texts that everything comes from, and positions in them.
//!
//! Knows no JSON: a position is a range of bytes.

use std::fs;
use std::io;
use std::path::Path;

/// The files of one service version, as they stand in its folder.
#[derive(Debug, Clone)]
pub struct Specs {
    folder: String,
    files: Vec<SpecFile>,
}

/// One file of a [`Specs`].
#[derive(Debug, Clone)]
pub struct SpecFile {
    /// The path below the folder, with `/` between its parts.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl Specs {
    /// Takes files from memory. `folder` is how diagnostics and generated headers name the folder.
    pub fn new(folder: impl Into<String>, files: Vec<SpecFile>) -> Self {
        let mut files = files;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Self { folder: folder.into(), files }
    }

    /// Reads every file below `folder`, which lies below `root`; diagnostics name it relative to
    /// `root`.
    ///
    /// # Errors
    ///
    /// When a file or folder cannot be read, or a file is not UTF-8; the error names it.
    pub fn read(root: &Path, folder: &str) -> io::Result<Self> {
        let mut files = Vec::new();
        read_below(&root.join(folder), "", &mut files)
            .map_err(|error| io::Error::new(error.kind(), format!("{folder}/{error}")))?;
        Ok(Self::new(folder, files))
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
        self.files.iter().position(|file| file.path == path).map(FileId::new)
    }
}

fn read_below(folder: &Path, prefix: &str, files: &mut Vec<SpecFile>) -> io::Result<()> {
    let named =
        |path: &str, error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    for entry in fs::read_dir(folder).map_err(|error| named(prefix, error))? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_below(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let text = fs::read_to_string(entry.path()).map_err(|error| named(&path, error))?;
            files.push(SpecFile { path, text });
        }
    }
    Ok(())
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

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}
