//! Model → Rust: one emitted thing, one file. Each emitter's doc comment draws what it emits.
//!
//! Knows no JSON Schema and decides nothing: emitters ask the model and write down what it says.

mod check;
mod client;
mod docs;
mod endpoints;
mod enumeration;
mod example;
mod fields;
mod forms;
mod limits;
mod markdown;
mod names;
mod operation;
mod package;
mod predicate;
mod request;
mod response;
mod root;
mod structure;
mod types;
mod validator;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Role, Shape, TypeId};
use crate::naming::Names;

/// A file of the generated crate, before formatting.
#[derive(Debug)]
pub(crate) struct Emitted {
    /// Below the crate's folder, with `/` between its parts.
    pub(crate) path: String,
    /// The spec file or folder that it comes from.
    pub(crate) source: String,
    pub(crate) content: Content,
}

/// What is in an emitted file.
#[derive(Debug)]
pub(crate) enum Content {
    Rust(Vec<Part>),
    Toml(String),
    Markdown(String),
}

/// A part of a Rust file.
#[derive(Debug)]
pub(crate) enum Part {
    Items(TokenStream),
    /// A macro call whose lines are already as people read them; no formatter knows its grammar.
    Call(String),
}

/// `alibabacloud_runtime::fields! { … }`, a line for each of its parts.
fn call(name: &str, lines: impl IntoIterator<Item = String>) -> Part {
    let mut text = format!("alibabacloud_runtime::{name}! {{\n");
    for line in lines {
        text.push_str("    ");
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("}\n");
    Part::Call(text)
}

/// A text as a literal.
fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Emits the whole crate.
pub(crate) fn emit(model: &Model) -> Vec<Emitted> {
    let folder = &model.api.folder;
    let rust = |path: String, source: String, parts: Vec<Part>| Emitted {
        path,
        source,
        content: Content::Rust(parts),
    };
    let mut files = vec![
        Emitted {
            path: "Cargo.toml".to_owned(),
            source: folder.clone(),
            content: Content::Toml(package::manifest(model)),
        },
        Emitted {
            path: "README.md".to_owned(),
            source: folder.clone(),
            content: Content::Markdown(package::readme(model)),
        },
        Emitted {
            path: "rustfmt.toml".to_owned(),
            source: folder.clone(),
            content: Content::Toml(package::RUSTFMT.to_owned()),
        },
        rust("src/lib.rs".to_owned(), folder.clone(), vec![Part::Items(root::library(model))]),
        rust("src/client.rs".to_owned(), folder.clone(), vec![Part::Items(client::client(model))]),
        rust("src/blocking.rs".to_owned(), folder.clone(), vec![Part::Items(client::blocking())]),
        rust(
            "src/operations.rs".to_owned(),
            folder.clone(),
            vec![Part::Items(root::operations(model))],
        ),
        rust("src/types.rs".to_owned(), folder.clone(), vec![Part::Items(root::types(model))]),
        rust(
            "src/endpoints.rs".to_owned(),
            format!("{folder}/openapi.json"),
            vec![Part::Items(endpoints::endpoints(model))],
        ),
    ];
    for id in model.api.operation_ids() {
        let stem = Names::file_stem(&model.names.operation(id).module);
        let source = format!("{folder}/{}", model.api.operation(id).path);
        let parts = operation::operation(model, id);
        files.push(rust(format!("src/operations/{stem}.rs"), source, parts));
    }
    for id in model.api.type_ids() {
        let type_ = model.api.type_(id);
        if type_.role != Role::Shared {
            continue;
        }
        let stem = Names::file_stem(&model.names.type_(id).module);
        let source = format!("{folder}/{}", type_.path);
        let parts = match &type_.shape {
            Shape::Enum(values) => enumeration::enumeration(model, id, values),
            Shape::Struct(_) => structure::structure(model, id),
        };
        files.push(rust(format!("src/types/{stem}.rs"), source, parts));
    }
    files
}

/// `use super::super::types::{DatabaseType, …};`, for the shared types that a file names.
///
/// Relative, so that generated code is the same wherever its root stands; tests compile it as a
/// module.
fn imports(
    model: &Model,
    used: impl IntoIterator<Item = TypeId>,
    from: TokenStream,
) -> TokenStream {
    let mut idents: Vec<_> = used
        .into_iter()
        .filter(|id| model.api.type_(*id).role == Role::Shared)
        .map(|id| &model.names.type_(id).ident)
        .collect();
    idents.sort();
    idents.dedup();
    match idents.as_slice() {
        [] => TokenStream::new(),
        [ident] => quote! { use #from::#ident; },
        idents => quote! { use #from::{#(#idents),*}; },
    }
}
