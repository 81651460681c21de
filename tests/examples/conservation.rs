//! Whether imports lose anything without saying so, of every document below a folder:
//! `cargo run -p tests --example conservation -- <folder>`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::{env, fs, io, thread};

use alibabacloud_codegen::Import;
use tests::conservation::{Examined, examine};

/// How many findings of a document are shown.
const SHOWN: usize = 10;

fn main() -> io::Result<ExitCode> {
    let folder =
        env::args().nth(1).ok_or_else(|| io::Error::other("usage: conservation <folder>"))?;
    let mut documents = Vec::new();
    documents_below(Path::new(&folder), &mut documents)?;
    // The last is examined first.
    documents.sort();
    let open = Mutex::new(documents.clone());
    let done = Mutex::new(BTreeMap::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(document) = open.lock().ok().and_then(|mut open| open.pop()) {
                    let examined = fs::read_to_string(&document)
                        .map_err(|error| error.to_string())
                        .and_then(|text| examine(&Import::default(), &text));
                    done.lock().expect("nobody panics").insert(document, examined);
                }
            });
        }
    });
    let done = done.into_inner().expect("nobody panics");
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (document, examined) in &done {
        let name = document.file_stem().unwrap_or_default().to_string_lossy();
        match examined {
            Ok(Examined { things, found, findings }) if findings.is_empty() => {
                passed += 1;
                let (parameters, elements, told) = (found.parameters, found.elements, found.told);
                println!(
                    "{name:40} {things:>7} things; in Rust {parameters:>5} parameters, {elements:>5} \
                     elements; told {told:>4}"
                );
            }
            Ok(Examined { findings, .. }) => {
                failed += 1;
                println!("{name:40} {} findings", findings.len());
                findings.iter().take(SHOWN).for_each(|finding| println!("    {finding}"));
            }
            Err(refusal) if refusal.contains("are called in another way") => {
                skipped += 1;
                println!("{name:40} skipped: of a style that is not served");
            }
            Err(refusal) if refusal.contains("has no operation") => {
                skipped += 1;
                println!("{name:40} skipped: it has no operation");
            }
            Err(refusal) => {
                failed += 1;
                println!("{name:40} failed\n{refusal}");
            }
        }
    }
    println!("passed {passed}, failed {failed}, skipped {skipped}");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn documents_below(folder: &Path, documents: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            documents_below(&path, documents)?;
        } else if path.extension().is_some_and(|ending| ending == "json") {
            documents.push(path);
        }
    }
    Ok(())
}
