//! Output files and a folder: what is written, what is left alone, and what is refused.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use alibabacloud_codegen::{OutputFile, Plan, SpecFile, Specs};
use tempfile::TempDir;

use crate::fixtures::{cases, generate};

const LEVEL: &str = "src/types/level.rs";
const SECOND: &str = "src/operations/second_operation.rs";

/// A fixture with two operations, one of which has a type to itself.
fn specs() -> Specs {
    let case = cases("accepted").into_iter().find(|case| case.name == "document_root");
    case.expect("there is such a fixture").specs
}

/// The same without the second operation and what only that one needs.
fn specs_without_second_operation() -> Specs {
    let is_second = |file: &SpecFile| file.path.contains("Second") || file.path.contains("Level");
    let mut files: Vec<SpecFile> = specs().files().to_vec();
    files.retain(|file| !is_second(file));
    for file in &mut files {
        let lines = file.text.lines().filter(|line| !line.contains("SecondOperation"));
        file.text = lines.collect::<Vec<_>>().join("\n");
    }
    Specs::new("fixtures/document_root", files)
}

fn files_of(specs: &Specs) -> Vec<OutputFile> {
    generate(specs).unwrap_or_else(|refusal| panic!("{refusal}")).files
}

/// A folder that holds the generated files.
fn written(files: &[OutputFile]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    plan(folder.path(), files).apply().expect("the folder is writable");
    folder
}

fn plan<'f>(folder: &Path, files: &'f [OutputFile]) -> Plan<'f> {
    Plan::new(folder, files).expect("the folder holds generated files only")
}

/// `created`, `updated` or `deleted`, and the path.
fn changes(plan: &Plan) -> Vec<String> {
    let describe = |old: bool, new: bool| match (old, new) {
        (false, true) => "created",
        (true, true) => "updated",
        (true, false) => "deleted",
        (false, false) => "nothing",
    };
    plan.changes()
        .iter()
        .map(|change| {
            format!("{} {}", describe(change.old.is_some(), change.new.is_some()), change.path)
        })
        .collect()
}

/// Every file below a folder, folders that hold none included.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found);
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let entry = entry.expect("the folder is readable");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
            found.insert(format!("{path}/"), Vec::new());
        } else {
            found.insert(path, fs::read(entry.path()).expect("the file is readable"));
        }
    }
}

/// Just the files of a [`tree`], as the generator hands them out.
fn as_tree(files: &[OutputFile]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|file| (file.path.clone(), file.text.clone().into_bytes())).collect()
}

fn without_folders(mut tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    tree.retain(|path, _| !path.ends_with('/'));
    tree
}

#[test]
fn a_new_folder_gets_every_file() {
    let files = files_of(&specs());
    let folder = tempfile::tempdir().expect("there is room");
    let deep = folder.path().join("not/there/yet");
    let planned = plan(&deep, &files);
    assert!(changes(&planned).iter().all(|change| change.starts_with("created ")));
    assert!(!deep.exists(), "a plan alone writes nothing");
    planned.apply().expect("the folder is writable");
    assert_eq!(without_folders(tree(&deep)), as_tree(&files));
}

#[test]
fn a_folder_that_is_up_to_date_needs_no_change() {
    let files = files_of(&specs());
    let folder = written(&files);
    assert_eq!(changes(&plan(folder.path(), &files)), [""; 0]);
}

#[test]
fn only_files_that_differ_are_replaced() {
    let files = files_of(&specs());
    let folder = written(&files);
    let edited = folder.path().join(LEVEL);
    let text = fs::read_to_string(&edited).expect("it was written");
    fs::write(&edited, format!("{text}// by hand\n")).expect("it is writable");
    for file in &files {
        let path = File::options().append(true).open(folder.path().join(&file.path));
        let path = path.expect("it was written");
        path.set_modified(SystemTime::UNIX_EPOCH).expect("it is ours");
    }
    let planned = plan(folder.path(), &files);
    assert_eq!(changes(&planned), [format!("updated {LEVEL}")]);
    planned.apply().expect("the folder is writable");
    assert_eq!(without_folders(tree(folder.path())), as_tree(&files));
    for file in &files {
        let metadata = fs::metadata(folder.path().join(&file.path)).expect("it was written");
        let untouched = metadata.modified().expect("it has a time") == SystemTime::UNIX_EPOCH;
        assert_eq!(untouched, file.path != LEVEL, "{}", file.path);
    }
}

#[test]
fn an_operation_that_is_gone_from_the_specs_leaves_nothing_behind() {
    let folder = written(&files_of(&specs()));
    let fewer = files_of(&specs_without_second_operation());
    let planned = plan(folder.path(), &fewer);
    assert_eq!(
        changes(&planned),
        [
            "updated Cargo.toml".to_owned(),
            "updated README.md".to_owned(),
            // Its examples are of operations that there are.
            "updated src/lib.rs".to_owned(),
            "updated src/operations.rs".to_owned(),
            format!("deleted {SECOND}"),
            "updated src/types.rs".to_owned(),
            format!("deleted {LEVEL}"),
        ],
    );
    planned.apply().expect("the folder is writable");
    assert_eq!(without_folders(tree(folder.path())), as_tree(&fewer));
    let mentions = |text: &[u8]| String::from_utf8_lossy(text).contains("Second");
    assert!(!tree(folder.path()).values().any(|text| mentions(text)));
}

#[test]
fn folders_left_empty_are_removed() {
    let mut files = files_of(&specs());
    let folder = written(&files);
    files.retain(|file| !file.path.starts_with("src/"));
    plan(folder.path(), &files).apply().expect("the folder is writable");
    assert_eq!(tree(folder.path()), as_tree(&files));
    plan(folder.path(), &[]).apply().expect("the folder is writable");
    assert!(folder.path().exists(), "the folder itself stays");
    assert_eq!(tree(folder.path()), BTreeMap::new());
}

#[test]
fn a_file_of_somebody_else_stops_everything() {
    let strange: [(&str, &[u8]); 5] = [
        ("NOTES.md", b"My notes.\n"),
        ("src/types/mine.rs", b"//! Mine.\n"),
        ("src/.hidden", b"\n// Generated by `cargo xtask codegen`\n"),
        ("empty", b""),
        ("src/image.png", &[0x89, 0x50, 0xff, 0xfe]),
    ];
    let files = files_of(&specs());
    let fewer = files_of(&specs_without_second_operation());
    for (path, bytes) in strange {
        let folder = written(&files);
        fs::write(folder.path().join(path), bytes).expect("the folder is writable");
        let before = tree(folder.path());
        let error = Plan::new(folder.path(), &fewer).expect_err("it is not ours to touch");
        assert!(error.to_string().starts_with(&format!("{path}: ")), "{error}");
        assert_eq!(tree(folder.path()), before);
    }
}

#[test]
fn a_file_whose_content_was_lost_is_written_again() {
    let files = files_of(&specs());
    for lost in [Vec::new(), vec![0; 4_096]] {
        let folder = written(&files);
        fs::write(folder.path().join("src/lib.rs"), lost).expect("the folder is writable");
        plan(folder.path(), &files).apply().expect("nothing stands in the way");
        assert_eq!(changes(&plan(folder.path(), &files)), [""; 0]);
    }
}

#[test]
fn a_file_of_somebody_else_in_place_of_a_generated_one_is_kept() {
    let files = files_of(&specs());
    let folder = written(&files);
    fs::write(folder.path().join(LEVEL), "//! Mine.\n").expect("the folder is writable");
    let error = Plan::new(folder.path(), &files).expect_err("it is not ours to touch");
    insta::assert_snapshot!(error, @"src/types/level.rs: the generator did not write this file; move it elsewhere");
}

#[test]
fn all_files_of_somebody_else_are_told_at_once() {
    let files = files_of(&specs());
    let folder = written(&files);
    for path in ["NOTES.md", "src/mine.rs"] {
        fs::write(folder.path().join(path), "Mine.\n").expect("the folder is writable");
    }
    let error = Plan::new(folder.path(), &files).expect_err("they are not ours to touch");
    insta::assert_snapshot!(error, @"NOTES.md, src/mine.rs: the generator did not write these files; move them elsewhere");
}

#[test]
fn a_file_that_cannot_be_replaced_is_one_clear_error() {
    let files = files_of(&specs());
    let folder = tempfile::tempdir().expect("there is room");
    // A folder where a file has to be stops the rename, whoever runs the test.
    fs::create_dir_all(folder.path().join("src/types.rs")).expect("the folder is writable");
    let error = plan(folder.path(), &files).apply().expect_err("it cannot be replaced");
    let text = error.to_string();
    assert!(text.starts_with("src/types.rs: "), "{text}");
    assert!(text.ends_with("every file is either old or new; run this again once it is mended"));
    let left: Vec<String> = tree(folder.path()).into_keys().collect();
    assert!(!left.iter().any(|path| path.contains(".codegen-")), "{left:?}");
    fs::remove_dir(folder.path().join("src/types.rs")).expect("it is empty");
    plan(folder.path(), &files).apply().expect("nothing stands in the way");
    assert_eq!(without_folders(tree(folder.path())), as_tree(&files));
}

#[test]
fn what_a_killed_run_was_writing_is_removed_by_the_next() {
    let files = files_of(&specs());
    let folder = written(&files);
    let left = "src/types/.codegen-Xa81.tmp";
    fs::write(folder.path().join(left), b"half a \xe2").expect("the folder is writable");
    let planned = plan(folder.path(), &files);
    assert_eq!(changes(&planned), [format!("deleted {left}")]);
    planned.apply().expect("the folder is writable");
    assert_eq!(without_folders(tree(folder.path())), as_tree(&files));
}

#[test]
fn no_file_leads_out_of_the_folder() {
    for path in ["../escaped.rs", "/escaped.rs", "src/../../escaped.rs", ""] {
        let folder = tempfile::tempdir().expect("there is room");
        let file = OutputFile { path: path.to_owned(), text: String::new() };
        let error = Plan::new(folder.path(), &[file]).expect_err("it leads out of the folder");
        assert_eq!(error.to_string(), format!("{path}: this leads out of the folder"));
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;

    let files = files_of(&specs());
    let elsewhere = written(&files);
    let before = tree(elsewhere.path());
    for path in ["src/types.rs", "src/types", "src"] {
        let folder = written(&files);
        let place = folder.path().join(path);
        if place.is_dir() {
            fs::remove_dir_all(&place).expect("it is ours");
        } else {
            fs::remove_file(&place).expect("it is ours");
        }
        symlink(elsewhere.path().join(path), &place).expect("links are allowed");
        let error = Plan::new(folder.path(), &[]).expect_err("a link is not followed");
        assert!(error.to_string().starts_with(&format!("{path}: this is a link")), "{error}");
    }
    let folder = tempfile::tempdir().expect("there is room");
    let root = folder.path().join("generated");
    symlink(elsewhere.path(), &root).expect("links are allowed");
    let error = Plan::new(&root, &[]).expect_err("a link is not followed");
    assert_eq!(error.to_string(), ": this is a link or a file, and no folder");
    assert_eq!(tree(elsewhere.path()), before);
}

#[test]
fn a_run_that_was_cut_off_is_completed_by_the_next() {
    let files = files_of(&specs());
    let folder = written(&files[..files.len() / 2]);
    plan(folder.path(), &files).apply().expect("the folder is writable");
    assert_eq!(without_folders(tree(folder.path())), as_tree(&files));
}

#[test]
fn changes_are_shown_as_a_diff() {
    let files = files_of(&specs());
    let folder = written(&files);
    let path = folder.path().join("src/types.rs");
    let text = fs::read_to_string(&path).expect("it was written");
    fs::write(&path, text.replace("The types", "Some types")).expect("it is writable");
    let planned = plan(folder.path(), &files);
    let diff = planned.changes()[0].diff();
    let changed: Vec<&str> = diff.lines().filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(
        changed,
        [
            "--- on disk: src/types.rs",
            "+++ generated: src/types.rs",
            "-//! Some types that operations share.",
            "+//! The types that operations share.",
        ],
    );
}

#[test]
fn refused_specs_give_no_files_at_all() {
    let mut files = specs().files().to_vec();
    for file in files.iter_mut().filter(|file| file.path.contains("Level")) {
        file.text.push('}');
    }
    let specs = Specs::new("fixtures/document_root", files);
    let refusal = generate(&specs).expect_err("one of the files is not JSON");
    assert_eq!(refusal.iter().count(), 1);
}
