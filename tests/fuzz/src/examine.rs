//! What has to hold of everything that the generator makes of a spec, and of what an import makes of
//! metadata, whatever they are.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use alibabacloud_codegen::{
    Code, Config, Diagnostics, End, Import, OutputFile, Specs, Unanswered, generate, judges,
};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value};

use crate::base::Kind;
use crate::words::CANARY;

/// What became of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It became files.
    Accepted,
    /// It was refused, with these codes.
    Refused(BTreeSet<Code>),
    /// It was imported, and what came of it was refused.
    RefusedLater(BTreeSet<Code>),
}

/// The texts that were looked at and found good; most mutants change few of a crate's files.
#[derive(Debug, Default)]
pub struct Seen(BTreeSet<(String, u64)>);

impl Seen {
    /// Whether the same text has stood in the same file before.
    fn has(&mut self, file: &OutputFile) -> bool {
        let mut hasher = DefaultHasher::new();
        file.text.hash(&mut hasher);
        !self.0.insert((file.path.clone(), hasher.finish()))
    }
}

/// Imports what is no spec yet, generates, and looks at what came of it.
///
/// # Errors
///
/// A sentence that says what does not hold.
pub fn examine(kind: Kind, files: &Specs, seen: &mut Seen) -> Result<Outcome, String> {
    if kind == Kind::Specs {
        return generated(files, seen);
    }
    let imported = match Import::default().run(files) {
        Err(refusal) => return examine_refusal(&refusal).map(Outcome::Refused),
        Ok(imported) => imported,
    };
    if let Some((_, _, place)) = imported.report.things().find(|(_, end, _)| *end == End::Unknown) {
        return Err(format!("nobody knows what became of {}", place().pointer));
    }
    let names = imported.files.iter().map(|file| file.path.as_str());
    if let Some(name) = names.chain([imported.folder.as_str()]).find(|name| !is_harmless(name)) {
        return Err(format!("the import wrote a file {name:?}"));
    }
    let specs = Specs::new(imported.folder, imported.files);
    Ok(match generated(&specs, seen)? {
        Outcome::Refused(codes) => Outcome::RefusedLater(codes),
        outcome => outcome,
    })
}

/// Whether a file of this name stands below its folder, on every system.
fn is_harmless(path: &str) -> bool {
    let is_plain = |found: char| found.is_ascii_alphanumeric() || "-_.".contains(found);
    let is_inside = |stem: &str| {
        stem.starts_with(|first: char| first.is_ascii_alphanumeric())
            && stem.ends_with(|last: char| last.is_ascii_alphanumeric())
    };
    let is_reserved = |stem: &str| {
        let stem = stem.to_ascii_lowercase();
        let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
            || port.is_some_and(|number| number.len() == 1)
    };
    path.split('/').all(|part| {
        let stem = part.strip_suffix(".json").unwrap_or(part);
        is_inside(stem) && stem.len() < 200 && stem.chars().all(is_plain) && !is_reserved(stem)
    })
}

fn generated(specs: &Specs, seen: &mut Seen) -> Result<Outcome, String> {
    match generate(specs, &Config::default()) {
        Err(refusal) => examine_refusal(&refusal).map(Outcome::Refused),
        Ok(generated) => {
            for file in generated.files.iter().filter(|file| !seen.has(file)) {
                examine_file(file).map_err(|finding| format!("{}: {finding}", file.path))?;
            }
            examine_requests(specs)?;
            Ok(Outcome::Accepted)
        }
    }
}

/// How many operations of a spec are asked for requests.
const ASKED: usize = 3;

/// What is accepted has a valid request, and those that are drawn are what they are drawn for.
fn examine_requests(specs: &Specs) -> Result<(), String> {
    let judges = judges(specs).map_err(|refusal| format!("it is refused later: {refusal}"))?;
    for judge in judges.iter().take(ASKED) {
        let said = |what: &str| format!("{}: {what}", judge.operation());
        if judge.is_sound() == Ok(false) {
            return Err(said("it is accepted, and no request is valid"));
        }
        let facts = Map::new();
        let mut draws = judge.draws(0, &facts).map_err(|error| said(&error.to_string()))?;
        match draws.valid() {
            Ok(request) if !judge.is_valid(&Value::Object(request.clone())) => {
                return Err(said("a request that was drawn is not valid"));
            }
            Ok(_) | Err(Unanswered::TooComplex | Unanswered::NoValue(_)) => {}
            Err(error) => return Err(said(&format!("it is accepted, and {error}"))),
        }
        if let Some(demand) = judge.demands().len().checked_sub(1)
            && let Ok(nearly) = draws.nearly_valid(demand)
            && judge.broken(&Value::Object(nearly.request)) != [demand]
        {
            return Err(said("a request that was drawn breaks something else"));
        }
    }
    Ok(())
}

fn examine_refusal(refusal: &Diagnostics<'_>) -> Result<BTreeSet<Code>, String> {
    if refusal.iter().next().is_none() {
        return Err("it is refused for no reason".to_owned());
    }
    for diagnostic in refusal {
        if diagnostic.message().is_empty() {
            return Err(format!("a {} says nothing", diagnostic.code()));
        }
    }
    let rendered = refusal.render(false);
    match rendered.chars().find(|found| hides(*found)) {
        Some(found) => Err(format!("the report shows {found:?}")),
        None => Ok(refusal.iter().map(|diagnostic| diagnostic.code()).collect()),
    }
}

fn examine_file(file: &OutputFile) -> Result<(), String> {
    let plain = |found: char| found.is_ascii_alphanumeric() || "_./".contains(found);
    let parts = || file.path.split('/');
    if !file.path.chars().all(plain) || parts().any(|part| part.is_empty() || part.starts_with('.'))
    {
        return Err("no file has such a name".to_owned());
    }
    if let Some(found) = file.text.chars().find(|found| hides(*found)) {
        return Err(format!("it has {found:?}"));
    }
    if file.path.ends_with(".rs") {
        return examine_rust(&file.text);
    }
    if file.path == "Cargo.toml" {
        return examine_manifest(&file.text);
    }
    Ok(())
}

/// Characters that do not show as themselves.
fn hides(found: char) -> bool {
    match found {
        '\n' => false,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        other => other.is_control(),
    }
}

fn examine_rust(text: &str) -> Result<(), String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("it has no tokens: {error}"))?;
    syn::parse2::<syn::File>(tokens.clone()).map_err(|error| format!("it is not Rust: {error}"))?;
    examine_tokens(tokens)?;
    for block in code_blocks(text)? {
        // Docs are compiled, too.
        let tokens = block.parse().map_err(|_| format!("an example is not Rust:\n{block}"))?;
        examine_tokens(tokens).map_err(|finding| format!("in an example, {finding}"))?;
    }
    Ok(())
}

/// Text of the spec may stand in string and character literals, docs being such, and nowhere else.
fn examine_tokens(tokens: TokenStream) -> Result<(), String> {
    for token in tokens {
        match token {
            TokenTree::Group(group) => examine_tokens(group.stream())?,
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if !text.starts_with(['"', '\'']) && !text.is_ascii() {
                    return Err(format!("the spec wrote the literal {text}"));
                }
            }
            other => {
                let text = other.to_string();
                if !text.is_ascii() {
                    return Err(format!("the spec wrote the token {text}"));
                }
            }
        }
    }
    Ok(())
}

/// The code blocks in docs; a line that would become one by its indentation is an error.
fn code_blocks(text: &str) -> Result<Vec<String>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines().map(str::trim_start) {
        let docs = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        let Some(docs) = docs else {
            if open.is_some() {
                return Err("a code block does not end".to_owned());
            }
            if line.starts_with("//") && line.contains(CANARY) && !line.contains("Do not edit.") {
                return Err(format!("the spec wrote the comment {line}"));
            }
            continue;
        };
        match &mut open {
            None if [" ```", " ```no_run"].contains(&docs) => open = Some(String::new()),
            Some(_) if docs == " ```" => blocks.extend(open.take()),
            Some(block) => {
                block.push_str(docs.trim_start().strip_prefix("# ").unwrap_or(docs));
                block.push('\n');
            }
            None if docs.starts_with("     ") || docs.starts_with(" \t") => {
                return Err(format!("a line of the docs is indented: {docs}"));
            }
            None if opens_block(docs.trim_start()) => {
                return Err(format!("the spec opens a code block: {docs}"));
            }
            None => {}
        }
    }
    Ok(blocks)
}

/// Whether a line starts a code block. With backticks later on, those at its start are of a code span, as
/// CommonMark has it.
fn opens_block(line: &str) -> bool {
    let rest = line.trim_start_matches('`');
    line.starts_with("~~~") || line.len() - rest.len() >= 3 && !rest.contains('`')
}

fn examine_manifest(text: &str) -> Result<(), String> {
    let manifest: toml::Table = text.parse().map_err(|error| format!("it is not TOML: {error}"))?;
    let keys = |table: &toml::Table| table.keys().cloned().collect::<Vec<String>>();
    let inner = |key: &str| manifest.get(key).and_then(toml::Value::as_table).map(keys);
    if keys(&manifest) != ["dependencies", "features", "lib", "package"] {
        return Err(format!("the spec wrote a table: {:?}", keys(&manifest)));
    }
    if inner("dependencies").is_none_or(|found| found != ["alibabacloud-runtime"]) {
        return Err("the spec wrote a dependency".to_owned());
    }
    let plain = |found: char| found.is_ascii_alphanumeric() || "-_".contains(found);
    let name = manifest["package"].get("name").and_then(toml::Value::as_str).unwrap_or_default();
    let features = inner("features").unwrap_or_default();
    for name in features.iter().map(String::as_str).chain([name]) {
        if name.is_empty() || !name.chars().all(plain) {
            return Err(format!("Cargo does not take the name {name:?}"));
        }
    }
    Ok(())
}
