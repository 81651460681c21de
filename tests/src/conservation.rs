//! Whether an import loses anything without saying so, found out by who knows nothing of how it imports:
//! one counter walks what is published, another the public fields of the Rust that comes of it.

pub mod published;
pub mod rust;

use std::collections::{BTreeMap, BTreeSet};

use alibabacloud_codegen::{Account, Config, Import, SpecFile, Specs, generate};
use serde_json::Value;

use rust::Found;

/// What was found out about a document.
#[derive(Debug)]
pub struct Examined {
    /// How many things it has.
    pub things: usize,
    /// What of it is in the code.
    pub found: Found,
    /// What does not hold.
    pub findings: Vec<String>,
}

/// Imports a document and looks for everything that stands in it.
///
/// # Errors
///
/// Why it is not imported, or what comes of it is not generated.
pub fn examine(import: &Import, text: &str) -> Result<Examined, String> {
    let file = SpecFile { path: "metadata.json".to_owned(), text: text.to_owned() };
    let metadata = Specs::new("published", vec![file]);
    let imported = import.run(&metadata).map_err(|refusal| refusal.render(false))?;
    let told =
        serde_json::to_value(Account::of(&imported.report)).map_err(|error| error.to_string())?;
    let specs = Specs::new(imported.folder, imported.files);
    let generated =
        generate(&specs, &Config::default()).map_err(|refusal| refusal.render(false))?;
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let counted = published::count(&document);
    let mut findings = compare(&counted, &told);
    let code = generated.files.iter().filter(|file| file.path.ends_with(".rs"));
    let code = rust::Code::read(code.map(|file| file.text.as_str()));
    let found = rust::look_for(&document, &code, &pointers(&told), &mut findings);
    Ok(Examined { things: counted.values().sum(), found, findings })
}

/// What the report says that there is, against what was counted, and whether its sums add up.
fn compare(counted: &BTreeMap<&'static str, usize>, told: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    let kinds = told["things"].as_array().map(Vec::as_slice).unwrap_or_default();
    let known: BTreeSet<&str> = kinds.iter().filter_map(|kind| kind["thing"].as_str()).collect();
    findings.extend(
        counted
            .keys()
            .filter(|kind| !known.contains(*kind))
            .map(|kind| format!("the report has no {kind}")),
    );
    for kind in kinds {
        let name = kind["thing"].as_str().unwrap_or_default();
        let figure = |key: &str| kind[key].as_u64().unwrap_or_default();
        let [all, carried, left_out, merged] =
            ["inSource", "carried", "leftOut", "merged"].map(figure);
        let own = counted.get(name).copied().unwrap_or_default() as u64;
        if all != own {
            findings.push(format!("{name}: the report has {all}, there are {own}"));
        }
        if all != carried + left_out + merged {
            findings.push(format!("{name}: {all} are not {carried} + {left_out} + {merged}"));
        }
        for (key, figure) in [("leftOut", left_out), ("merged", merged)] {
            let facts = told[key].as_array().map(Vec::as_slice).unwrap_or_default();
            let listed = facts.iter().filter(|fact| fact["thing"] == *name).count() as u64;
            if listed != figure {
                findings.push(format!("{name}: {listed} are listed under {key}, not {figure}"));
            }
        }
    }
    findings
}

/// Where what is left out or merged stands.
fn pointers(told: &Value) -> BTreeSet<&str> {
    let facts = ["leftOut", "merged"].into_iter().filter_map(|key| told[key].as_array()).flatten();
    facts.filter_map(|fact| fact["pointer"].as_str()).collect()
}
