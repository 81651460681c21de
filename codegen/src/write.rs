//! Files in memory ↔ files on disk: compare, then apply.
//!
//! Nothing is written before everything is known. Each file is replaced by a rename, so a run that
//! is cut off leaves every file old or new, and another run completes it. Nothing waits for the disk:
//! what a machine that goes down forgets, the specs still say, and the next run writes. No link is followed, so
//! nothing outside the folder is read or written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::format::{OutputFile, is_generated, source_of};
use crate::read::PROSE;

/// What has to happen to a folder so that it holds exactly the generated files.
#[derive(Debug)]
pub struct Plan<'f> {
    root: PathBuf,
    changes: Vec<Change<'f>>,
    /// Whether the folder itself goes, too.
    is_removal: bool,
}

/// What is in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A generated crate, each of whose files says so.
    Crate,
    /// The spec of a service that was imported, and beside it what people wrote.
    Import,
}

impl Holds {
    /// Whether a file is passed over, whoever wrote it.
    fn passes_over(self, path: &str) -> bool {
        match self {
            Self::Crate => CARGOS.contains(&path),
            Self::Import => path == OVERLAYS,
        }
    }

    /// Whether the program wrote a file that stands there.
    fn wrote(self, path: &str, text: &str) -> bool {
        match self {
            Self::Crate => is_generated(text),
            Self::Import => {
                [INDEX, PROSE].contains(&path)
                    || ["operations/", "schemas/"].iter().any(|folder| path.starts_with(folder))
            }
        }
    }
}

/// The folder with what people lay over an imported spec.
const OVERLAYS: &str = "overlays";

/// The file of a spec that says whether it was imported.
const INDEX: &str = "openapi.json";

/// What has to happen to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'f> {
    /// Below the folder, with `/` between its parts.
    pub path: String,
    /// What stands in the file now, when it is there.
    pub old: Option<String>,
    /// What has to stand in it; `None` deletes it.
    pub new: Option<&'f str>,
}

impl<'f> Plan<'f> {
    /// What the crate in the folder `root` was generated from, when there is one.
    pub fn source(root: &Path) -> Option<String> {
        let manifest = fs::read_to_string(root.join("Cargo.toml")).ok()?;
        source_of(&manifest).map(str::to_owned)
    }

    /// What has to happen so that nothing is left of the crate in the folder `root`, to which
    /// `attached` was added as it is.
    ///
    /// # Errors
    ///
    /// As [`Self::new`] does.
    pub fn removal(root: &Path, attached: &'f [OutputFile]) -> io::Result<Self> {
        let mut plan = Self { is_removal: true, ..Self::new(root, attached)? };
        let attached: Vec<Change<'f>> = attached
            .iter()
            .map(|file| Change { path: file.path.clone(), old: Some(file.text.clone()), new: None })
            .collect();
        plan.changes.retain(|change| change.new.is_none());
        plan.changes.extend(attached.into_iter().filter(|file| root.join(&file.path).is_file()));
        plan.changes.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(plan)
    }

    /// Compares `files` with what is in the folder `root`. What Cargo leaves there, when the crate is
    /// built where it stands, is passed over.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, and when it holds files that the generator did not write:
    /// they are neither overwritten nor deleted.
    pub fn new(root: &Path, files: &'f [OutputFile]) -> io::Result<Self> {
        Self::compare(root, files, Holds::Crate)
    }

    /// Compares the files of an imported spec with what is in the folder `root`, and passes over the
    /// overlays there.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, when it is that of a spec that was not imported, and when it holds
    /// files that no import writes.
    pub fn import(root: &Path, files: &'f [OutputFile]) -> io::Result<Self> {
        match fs::read_to_string(root.join(INDEX)) {
            Ok(text) if !is_imported(&text) => {
                let message = "people wrote this spec, and an import would overwrite it";
                Err(named(INDEX, io::Error::other(message)))
            }
            Ok(_) => Self::compare(root, files, Holds::Import),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::compare(root, files, Holds::Import)
            }
            Err(error) => Err(named(INDEX, error)),
        }
    }

    fn compare(root: &Path, files: &'f [OutputFile], holds: Holds) -> io::Result<Self> {
        if let Some(file) = files.iter().find(|file| !stays_below(&file.path)) {
            return Err(named(&file.path, io::Error::other("this leads out of the folder")));
        }
        let mut present = Vec::new();
        match fs::symlink_metadata(root) {
            Ok(metadata) if metadata.is_dir() => files_below(root, "", holds, &mut present)?,
            Ok(_) => {
                return Err(named("", io::Error::other("this is a link or a file, and no folder")));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(named("", error)),
        }
        present.sort();
        let by_path: BTreeMap<&str, &'f OutputFile> =
            files.iter().map(|file| (file.path.as_str(), file)).collect();
        let compared = present.par_iter().map(|path| {
            let new = by_path.get(path.as_str()).map(|file| file.text.as_str());
            Comparison::of(root, path, new, holds).map_err(|error| named(path, error))
        });
        let compared: Vec<Comparison<'f>> = compared.collect::<io::Result<_>>()?;
        let strange = compared.iter().zip(&present);
        let strange = strange.filter(|(compared, _)| matches!(compared, Comparison::Strange));
        report_strange(&strange.map(|(_, path)| path.as_str()).collect::<Vec<_>>())?;
        let changed = compared.into_iter().filter_map(|compared| match compared {
            Comparison::Different(change) => Some(change),
            Comparison::Same | Comparison::Strange => None,
        });
        let mut changes: Vec<Change<'f>> = changed.collect();
        let is_present = |path: &String| present.binary_search(path).is_ok();
        for file in files.iter().filter(|file| !is_present(&file.path)) {
            let new = Some(file.text.as_str());
            changes.push(Change { path: file.path.clone(), old: None, new });
        }
        changes.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(Self { root: root.to_owned(), changes, is_removal: false })
    }

    /// What has to happen, sorted by path; nothing when the folder is up to date.
    pub fn changes(&self) -> &[Change<'f>] {
        &self.changes
    }

    /// Makes the changes.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or deleted; the error names it.
    pub fn apply(&self) -> io::Result<()> {
        let apply = |change: &Change<'_>| {
            let path = self.root.join(&change.path);
            match change.new {
                Some(text) => replace(&path, text),
                None => delete(&path, &self.root),
            }
            .map_err(|error| named(&change.path, unfinished(error)))
        };
        self.changes.par_iter().try_for_each(apply)?;
        if self.is_removal {
            // It stays where it holds what Cargo left there.
            let _ = fs::remove_dir(&self.root);
        }
        Ok(())
    }
}

/// What a file is that stands in the folder.
enum Comparison<'f> {
    /// What it should be.
    Same,
    Different(Change<'f>),
    /// Nothing that the generator wrote.
    Strange,
}

impl<'f> Comparison<'f> {
    fn of(root: &Path, path: &str, new: Option<&'f str>, holds: Holds) -> io::Result<Self> {
        let bytes = fs::read(root.join(path))?;
        if new.map(str::as_bytes) == Some(&bytes) {
            return Ok(Self::Same);
        }
        let old = String::from_utf8_lossy(&bytes).into_owned();
        let is_ours = holds.wrote(path, &old);
        // A machine that goes down may keep the name of a file and lose what stood in it.
        let is_lost = new.is_some() && bytes.iter().all(|byte| *byte == 0);
        if !is_ours && !is_lost && !is_left_over(path) {
            return Ok(Self::Strange);
        }
        Ok(Self::Different(Change { path: path.to_owned(), old: Some(old), new }))
    }
}

impl Change<'_> {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let old = self.old.as_deref().unwrap_or_default();
        let new = self.new.unwrap_or_default();
        similar::TextDiff::from_lines(old, new)
            .unified_diff()
            .header(&format!("on disk: {}", self.path), &format!("generated: {}", self.path))
            .to_string()
    }
}

fn named(path: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{path}: {error}"))
}

/// A run that stops has done no harm, which is not obvious.
fn unfinished(error: io::Error) -> io::Error {
    let rest = "every file is either old or new; run this again once it is mended";
    io::Error::new(error.kind(), format!("{error}; {rest}"))
}

fn report_strange(paths: &[&str]) -> io::Result<()> {
    match paths {
        [] => Ok(()),
        [path] => {
            let message = "the generator did not write this file; move it elsewhere";
            Err(named(path, io::Error::other(message)))
        }
        paths => {
            let message = "the generator did not write these files; move them elsewhere";
            Err(named(&paths.join(", "), io::Error::other(message)))
        }
    }
}

/// Whether the index of a spec says that an import wrote it.
fn is_imported(index: &str) -> bool {
    let json: Option<serde_json::Value> = serde_json::from_str(index).ok();
    json.is_some_and(|json| json.pointer("/info/x-imported") == Some(&true.into()))
}

fn stays_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// The start and the end of the name of a file that is being written.
const UNFINISHED: (&str, &str) = (".codegen-", ".tmp");

/// Whether a run that was cut off has left this file.
fn is_left_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1)
}

/// What Cargo leaves in the folder of a crate.
const CARGOS: [&str; 2] = ["Cargo.lock", "target"];

fn files_below(
    folder: &Path,
    prefix: &str,
    holds: Holds,
    files: &mut Vec<String>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|error| named(prefix, error))? {
        let entry = entry.map_err(|error| named(prefix, error))?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(|error| named(&path, error))?;
        if holds.passes_over(&path) {
            continue;
        } else if kind.is_dir() {
            files_below(&entry.path(), &format!("{path}/"), holds, files)?;
        } else if kind.is_file() {
            files.push(path);
        } else {
            let message = "this is a link or no file, and is not followed; move it elsewhere";
            return Err(named(&path, io::Error::other(message)));
        }
    }
    Ok(())
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    Prepared::new(path, text)?.place()
}

/// A file that stands beside its place, whole: what was in its place is there until it takes it.
#[derive(Debug)]
pub(crate) struct Prepared {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Prepared {
    pub(crate) fn new(path: &Path, text: &str) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let (prefix, suffix) = UNFINISHED;
        let mut builder = tempfile::Builder::new();
        let mut file = builder.prefix(prefix).suffix(suffix).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        set_mode(file.as_file())?;
        Ok(Self { file, path: path.to_owned() })
    }

    pub(crate) fn place(self) -> io::Result<()> {
        self.file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
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
