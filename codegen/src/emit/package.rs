//! The generated crate's manifest and README.

use super::markdown::inline;
use crate::model::Model;
use crate::model::limit::Check;

/// `Cargo.toml`: one feature for each operation.
pub(super) fn manifest(model: &Model) -> String {
    let names = &model.names;
    let features: Vec<&str> =
        model.api.operation_ids().map(|id| names.operation(id).feature.as_str()).collect();
    let defaults: Vec<String> =
        features.iter().map(|feature| format!("    \"{feature}\",\n")).collect();
    let operations: Vec<String> =
        features.iter().map(|feature| format!("{feature} = []\n")).collect();
    let pattern = if needs_regex(model) { ", features = [\"pattern\"]" } else { "" };
    let title = model.api.title.replace(['"', '\\', '\n', '\r'], " ");
    format!(
        "[package]\n\
         name = \"{package}\"\n\
         description = \"{title}, API version {version}: typed requests that know the rules between their parameters\"\n\
         version.workspace = true\n\
         edition.workspace = true\n\
         rust-version.workspace = true\n\
         license.workspace = true\n\
         categories.workspace = true\n\
         keywords.workspace = true\n\
         readme = \"README.md\"\n\
         \n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\
         \n\
         [features]\n\
         default = [\n{defaults}]\n\
         # Derives `Serialize` and `Deserialize` for requests.\n\
         serde = []\n\
         {operations}\
         \n\
         [dependencies]\n\
         alibabacloud-runtime = {{ workspace = true{pattern} }}\n\
         serde.workspace = true\n",
        package = names.package,
        version = model.api.version,
        defaults = defaults.concat(),
        operations = operations.concat(),
    )
}

fn needs_regex(model: &Model) -> bool {
    let types = model.api.type_ids().flat_map(|id| model.api.fields(id));
    let mut limits = types.flat_map(|field| &field.limits);
    limits.any(|limit| matches!(limit.check, Check::Pattern(_)))
}

/// `README.md`: what the crate is and which operations it has.
pub(super) fn readme(model: &Model) -> String {
    let names = &model.names;
    let mut rows = String::new();
    for id in model.api.operation_ids() {
        let operation = model.api.operation(id);
        rows.push_str(&format!(
            "| `{}` | `{}` | {} |\n",
            operation.id.value,
            names.operation(id).feature,
            inline(&operation.summary)
        ));
    }
    format!(
        "# {package}\n\n{title}, API version {version}: typed requests, typed responses, and validators \
         for every requirement between parameters that the documents state.\n\n\
         | operation | feature | what it does |\n|---|---|---|\n{rows}",
        package = names.package,
        title = inline(&model.api.title),
        version = model.api.version,
    )
}
