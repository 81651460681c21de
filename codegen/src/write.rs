//! Files in memory ↔ files on disk: compare, then apply.
//!
//! Nothing is written before everything is known. Each file is replaced by a rename, so a run that
//! is cut off leaves every file old or new, and another run completes it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::format::{MARK, OutputFile};

/// What has to happen to a folder so that it holds exactly the generated files.
#[derive(Debug)]
pub struct Plan {
    root: PathBuf,
    changes: Vec<Change>,
}

/// What has to happen to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Below the folder, with `/` between its parts.
    pub path: String,
    /// What stands in the file now, when it is there.
    pub old: Option<String>,
    /// What has to stand in it; `None` deletes it.
    pub new: Option<String>,
}

impl Plan {
    /// Compares `files` with what is in the folder `root`.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, and when it holds a file that the generator did not write:
    /// such a file is neither overwritten nor deleted.
    pub fn new(root: &Path, files: &[OutputFile]) -> io::Result<Self> {
        let mut present = Vec::new();
        if root.try_exists()? {
            files_below(root, "", &mut present)?;
        }
        present.sort();
        let mut changes = Vec::new();
        for path in &present {
            let old = fs::read_to_string(root.join(path)).map_err(|error| named(path, error))?;
            if !old.lines().next().is_some_and(|first| first.contains(MARK)) {
                let message = "the generator did not write this file; move it elsewhere";
                return Err(named(path, io::Error::other(message)));
            }
            let new = files.iter().find(|file| file.path == *path).map(|file| file.text.clone());
            if new.as_ref() != Some(&old) {
                changes.push(Change { path: path.clone(), old: Some(old), new });
            }
        }
        for file in files.iter().filter(|file| !present.contains(&file.path)) {
            let new = Some(file.text.clone());
            changes.push(Change { path: file.path.clone(), old: None, new });
        }
        changes.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(Self { root: root.to_owned(), changes })
    }

    /// What has to happen, sorted by path; nothing when the folder is up to date.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Makes the changes.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or deleted; the error names it.
    pub fn apply(&self) -> io::Result<()> {
        for change in &self.changes {
            let path = self.root.join(&change.path);
            match &change.new {
                Some(text) => replace(&path, text),
                None => delete(&path, &self.root),
            }
            .map_err(|error| named(&change.path, error))?;
        }
        Ok(())
    }
}

impl Change {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let old = self.old.as_deref().unwrap_or_default();
        let new = self.new.as_deref().unwrap_or_default();
        similar::TextDiff::from_lines(old, new)
            .unified_diff()
            .header(&format!("on disk: {}", self.path), &format!("generated: {}", self.path))
            .to_string()
    }
}

fn named(path: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

fn files_below(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| named(prefix, error))? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            files_below(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    set_mode(file.as_file())?;
    file.persist(path)?;
    Ok(())
}

/// Temporary files are private; sources are not.
#[cfg(unix)]
fn set_mode(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_mode(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Deletes a file and the folders that it leaves empty.
fn delete(path: &Path, root: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}
