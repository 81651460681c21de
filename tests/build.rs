//! Compiles what the generator makes of the accepted fixtures, one module for each of them, and the
//! examples in the docs of their requests; what it makes of services that are imported; and what it makes
//! of random operations, in one module. Writes down the table of the real service's operations, too.

#[path = "../codegen/tests/support/checkout.rs"]
mod checkout;
#[path = "../codegen/tests/support/fixtures.rs"]
#[allow(dead_code, reason = "fixtures are compiled here, and compared in the tests")]
mod fixtures;
#[path = "../codegen/tests/support/random.rs"]
#[allow(dead_code, reason = "schemas are made here, instances in the tests")]
mod random;
#[path = "src/spelled.rs"]
mod spelled;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use alibabacloud_codegen::{Import, Output, Specs};
use fastrand::Rng;
use fixtures::generate;
use random::Operation;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=../codegen/tests/fixtures/accepted");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    let root = out.join("fixtures");
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    let mut modules = String::new();
    let mut examples = String::new();
    // What every generated crate has besides the features that are on by default.
    let mut features = BTreeSet::from(["serde", "blocking", "test-util"].map(str::to_owned));
    for case in fixtures::cases("accepted") {
        let name = &case.name;
        let generated = case.generate().unwrap_or_else(|refusal| panic!("{name}:\n{refusal}"));
        write(&root, name, &generated, &mut modules)?;
        let manifest = Manifest::of(&generated);
        let module = format!("crate::generated::{name}::");
        for example in generated.files.iter().flat_map(|file| examples_in(&file.text)) {
            let code = example.replace(&format!("{}::", manifest.krate), &module);
            // One that is given its request ends with nothing, as doctests may.
            let end = if code.contains("\nOk::<") { "" } else { "Ok(())\n" };
            let _ = writeln!(examples, "({name:?}, || {{\n{code}{end}}}),");
        }
        features.extend(manifest.features);
    }
    let (mut calls, mut readers) = (String::new(), String::new());
    for (name, generated) in imported() {
        write(&root, &name, &generated, &mut modules)?;
        features.extend(Manifest::of(&generated).features);
        for found in generated.files.iter().filter_map(|file| spelled::operation(&file.text)) {
            let (action, request) = (&found.action, &found.request);
            let _ = writeln!(
                calls,
                "({name:?}, {action:?}, crate::wire::arrived::call::<{name}::Client, \
                 {name}::operations::{request}>, crate::wire::shown::call::<{name}::Client, \
                 {name}::operations::{request}>),"
            );
        }
        for called in &generated.operations {
            let (action, response) = (&called.action, &called.response);
            let _ = writeln!(
                readers,
                "({name:?}, {action:?}, crate::judged::read::<{name}::operations::{response}>),"
            );
        }
    }
    let random = Service::random();
    let generated = generate(&random.specs()).unwrap_or_else(|refusal| panic!("{refusal}"));
    write(&root, "random", &generated, &mut modules)?;
    features.extend(Manifest::of(&generated).features);
    fs::write(out.join("calls.rs"), format!("&[\n{calls}]\n"))?;
    fs::write(out.join("readers.rs"), format!("&[\n{readers}]\n"))?;
    fs::write(out.join("random.rs"), random.table())?;
    fs::write(out.join("operations.rs"), operations()?)?;
    fs::write(out.join("fixtures.rs"), modules)?;
    fs::write(out.join("examples.rs"), format!("&[\n{examples}]\n"))?;
    for feature in &features {
        println!("cargo::rustc-cfg=feature={feature:?}");
        println!("cargo::rustc-check-cfg=cfg(feature, values({feature:?}))");
    }
    Ok(())
}

/// What the generator makes of the published metadata that we have made up, by the products.
fn imported() -> Vec<(String, Output)> {
    println!("cargo::rerun-if-changed=../codegen/tests/fixtures/metadata");
    let made = |metadata: Specs| {
        let imported = Import::default().run(&metadata);
        let imported = imported.unwrap_or_else(|refusal| panic!("{refusal}"));
        let name = imported.folder.split('-').next().unwrap_or_default().to_owned();
        let specs = Specs::new(format!("fixtures/{}", imported.folder), imported.files);
        let generated = generate(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
        (name, generated)
    };
    fixtures::metadata().into_iter().map(made).collect()
}

fn write(root: &Path, name: &str, generated: &Output, modules: &mut String) -> io::Result<()> {
    for file in &generated.files {
        let path = root.join(name).join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        fs::write(path, &file.text)?;
    }
    let library = root.join(name).join("src/lib.rs");
    let _ = writeln!(modules, "#[path = {library:?}]\npub mod {name};");
    Ok(())
}

/// A table with a line for each operation of the index: its id, its method and its request, as the
/// generated crate spells them.
fn operations() -> io::Result<String> {
    let index = checkout::root().join("specs/dbs-2019-03-06/openapi.json");
    let crates = checkout::root().join("generated/dbs/src/operations");
    println!("cargo::rerun-if-changed={}", index.display());
    println!("cargo::rerun-if-changed={}", crates.display());
    let index: serde_json::Value = serde_json::from_slice(&fs::read(index)?)?;
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(crates)? {
        if let Some(found) = spelled::operation(&fs::read_to_string(entry?.path())?) {
            let line = format!("{}: {}({});", found.action, found.method, found.request);
            spelled.insert(found.action, line);
        }
    }
    let ids = index["paths"].as_object().into_iter().flatten().map(|(path, _)| &path[1..]);
    let lines = ids.map(|id| spelled.get(id).unwrap_or_else(|| panic!("{id} is not generated")));
    Ok(format!("table! {{\n{}\n}}\n", lines.cloned().collect::<Vec<_>>().join("\n")))
}

/// Random operations that the generator accepts, each with its seed.
struct Service {
    operations: Vec<(String, u64, Operation)>,
}

impl Service {
    fn random() -> Self {
        let number = |name: &str, default: u64| {
            println!("cargo::rerun-if-env-changed={name}");
            env::var(name).map_or(default, |text| text.parse().expect("it is a number"))
        };
        let count = number("RANDOM_SCHEMAS", 20);
        let mut operations = Vec::new();
        let mut seed = number("RANDOM_SEED", 1);
        for index in 0..count {
            let id = format!("Random{index:03}");
            loop {
                let operation = Operation::new(&mut Rng::with_seed(seed), &id);
                seed += 1;
                // What makes no sense is refused; it is judged without being compiled.
                if generate(&fixtures::specs("random", &operation.files)).is_ok() {
                    operations.push((id, seed - 1, operation));
                    break;
                }
            }
        }
        Self { operations }
    }

    fn specs(&self) -> Specs {
        let files = self.operations.iter().flat_map(|(_, _, operation)| operation.files.clone());
        fixtures::specs("random", &files.collect())
    }

    /// The validators as functions of JSON.
    fn table(&self) -> String {
        let mut table = String::new();
        for (id, seed, operation) in &self.operations {
            let root = "crate::generated::random";
            let verdict = if operation.has_facts() {
                format!(
                    "{{
                        let mut known = {root}::types::{id}Facts::new();
                        known.engine = facts[\"Engine\"].as_str().map(Into::into);
                        known.level = facts[\"Level\"].as_i64().and_then(|level| level.try_into().ok());
                        known.limit = facts[\"Limit\"].as_i64();
                        known.locked = facts[\"Locked\"].as_bool();
                        request.validate_in(&known).is_ok()
                    }}"
                )
            } else {
                "{ let _ = facts; request.validate().is_ok() }".to_owned()
            };
            let _ = writeln!(
                table,
                "crate::Random {{ id: {id:?}, seed: {seed}, accepts: |members, facts| {{
                    serde_json::from_value::<{root}::operations::{id}Request>(members)
                        .is_ok_and(|request| {verdict})
                }} }},"
            );
        }
        format!("&[{table}]")
    }
}

/// What a generated `Cargo.toml` says of its crate.
struct Manifest {
    /// The package as a path segment.
    krate: String,
    /// The features that are on by default, which are the operations.
    features: Vec<String>,
}

impl Manifest {
    fn of(generated: &Output) -> Self {
        let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml");
        let text = &manifest.expect("every crate has a manifest").text;
        let name = text.lines().find_map(|line| line.strip_prefix("name = "));
        let features = text.lines().skip_while(|line| *line != "default = [").skip(1);
        let features = features.take_while(|line| *line != "]");
        let bare = |value: &str| value.trim().trim_matches([',', '"']).to_owned();
        Self {
            krate: bare(name.unwrap_or_default()).replace('-', "_"),
            features: features.map(bare).collect(),
        }
    }
}

/// The code blocks in the docs of a Rust file, lines that rustdoc hides included. Those that are not run
/// are left out.
fn examples_in(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    let mut is_other = false;
    for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("///")) {
        let line = line.trim();
        match &mut open {
            None if is_other => is_other = line != "```",
            None if line == "```" => open = Some(String::new()),
            Some(_) if line == "```" => blocks.extend(open.take()),
            Some(block) => {
                block.push_str(line.strip_prefix("# ").unwrap_or(line));
                block.push('\n');
            }
            None => is_other = line.starts_with("```"),
        }
    }
    blocks
}
