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
mod pages;
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
    Rust(TokenStream),
    Toml(String),
    Markdown(String),
}

/// Emits the whole crate.
pub(crate) fn emit(model: &Model) -> Vec<Emitted> {
    let folder = &model.api.folder;
    let rust = |path: String, source: String, tokens: TokenStream| Emitted {
        path,
        source,
        content: Content::Rust(tokens),
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
        rust("src/lib.rs".to_owned(), folder.clone(), root::library(model)),
        rust("src/client.rs".to_owned(), folder.clone(), client::client(model)),
        rust("src/blocking.rs".to_owned(), folder.clone(), client::blocking()),
        rust("src/operations.rs".to_owned(), folder.clone(), root::operations(model)),
        rust("src/types.rs".to_owned(), folder.clone(), root::types(model)),
        rust(
            "src/endpoints.rs".to_owned(),
            format!("{folder}/openapi.json"),
            endpoints::endpoints(model),
        ),
    ];
    for id in model.api.operation_ids() {
        let stem = Names::file_stem(&model.names.operation(id).module);
        let source = format!("{folder}/{}", model.api.operation(id).path);
        let tokens = operation::operation(model, id);
        files.push(rust(format!("src/operations/{stem}.rs"), source, tokens));
    }
    for id in model.api.type_ids() {
        let type_ = model.api.type_(id);
        if type_.role != Role::Shared {
            continue;
        }
        let stem = Names::file_stem(&model.names.type_(id).module);
        let source = format!("{folder}/{}", type_.path);
        let tokens = match &type_.shape {
            Shape::Enum(values) => enumeration::enumeration(model, id, values),
            Shape::Struct(_) => structure::structure(model, id),
        };
        files.push(rust(format!("src/types/{stem}.rs"), source, tokens));
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
