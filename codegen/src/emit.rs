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

use crate::model::{Model, OperationId, Role, Shape, TypeId};
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

/// A file to emit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Manifest,
    Readme,
    Rustfmt,
    Library,
    Client,
    Blocking,
    Operations,
    Types,
    Endpoints,
    Operation(OperationId),
    Type(TypeId),
}

/// The files of the crate, in their order. Each can be emitted without the others.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    let is_shared = |id: &TypeId| model.api.type_(*id).role == Role::Shared;
    let mut parts = vec![
        Part::Manifest,
        Part::Readme,
        Part::Rustfmt,
        Part::Library,
        Part::Client,
        Part::Blocking,
        Part::Operations,
        Part::Types,
        Part::Endpoints,
    ];
    parts.extend(model.api.operation_ids().map(Part::Operation));
    parts.extend(model.api.type_ids().filter(is_shared).map(Part::Type));
    parts
}

/// Emits a file.
pub(crate) fn emit(model: &Model, part: Part) -> Emitted {
    let folder = &model.api.folder;
    let (path, source, content) = match part {
        Part::Manifest => ("Cargo.toml", None, Content::Toml(package::manifest(model))),
        Part::Readme => ("README.md", None, Content::Markdown(package::readme(model))),
        Part::Rustfmt => ("rustfmt.toml", None, Content::Toml(package::RUSTFMT.to_owned())),
        Part::Library => ("src/lib.rs", None, Content::Rust(root::library(model))),
        Part::Client => ("src/client.rs", None, Content::Rust(client::client(model))),
        Part::Blocking => ("src/blocking.rs", None, Content::Rust(client::blocking())),
        Part::Operations => ("src/operations.rs", None, Content::Rust(root::operations(model))),
        Part::Types => ("src/types.rs", None, Content::Rust(root::types(model))),
        Part::Endpoints => {
            let tokens = endpoints::endpoints(model);
            ("src/endpoints.rs", Some("openapi.json"), Content::Rust(tokens))
        }
        Part::Operation(id) => {
            let stem = Names::file_stem(&model.names.operation(id).module);
            let tokens = operation::operation(model, id);
            let source = model.api.operation(id).path.as_str();
            (&*format!("src/operations/{stem}.rs"), Some(source), Content::Rust(tokens))
        }
        Part::Type(id) => {
            let type_ = model.api.type_(id);
            let stem = Names::file_stem(&model.names.type_(id).module);
            let tokens = match &type_.shape {
                Shape::Enum(values) => enumeration::enumeration(model, id, values),
                Shape::Struct(_) => structure::structure(model, id),
            };
            let source = type_.path.as_str();
            (&*format!("src/types/{stem}.rs"), Some(source), Content::Rust(tokens))
        }
    };
    let source = match source {
        Some(path) => format!("{folder}/{path}"),
        None => folder.clone(),
    };
    Emitted { path: path.to_owned(), source, content }
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
