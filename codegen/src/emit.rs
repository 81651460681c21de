//! Model → Rust: one emitted thing, one file. Each emitter's doc comment draws what it emits.
//!
//! Knows no JSON Schema and decides nothing: emitters ask the model and write down what it says.

mod check;
mod client;
mod comments;
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

use crate::config::Config;
use crate::model::{Model, OperationId, Role, Shape, TypeId};
use crate::naming::Names;
pub(crate) use comments::Comments;

/// A file of the generated crate, before formatting.
#[derive(Debug)]
pub(crate) struct Emitted {
    /// Below the crate's folder, with `/` between its parts.
    pub(crate) path: String,
    /// The spec file or folder that it comes from.
    pub(crate) source: String,
    pub(crate) content: Content,
    /// The comments that its tokens have the numbers of.
    pub(crate) comments: Comments,
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

/// `alibabacloud_runtime::private::fields! { … }`, a line for each of its parts.
fn call(name: &str, lines: impl IntoIterator<Item = String>) -> Part {
    let mut text = format!("alibabacloud_runtime::private::{name}! {{\n");
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

/// A file to emit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum File {
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
pub(crate) fn files(model: &Model) -> Vec<File> {
    let is_shared = |id: &TypeId| model.api.type_(*id).role == Role::Shared;
    let mut files = vec![
        File::Manifest,
        File::Readme,
        File::Rustfmt,
        File::Library,
        File::Client,
        File::Blocking,
        File::Operations,
        File::Types,
        File::Endpoints,
    ];
    files.extend(model.api.operation_ids().map(File::Operation));
    files.extend(model.api.type_ids().filter(is_shared).map(File::Type));
    files
}

/// Emits a file.
pub(crate) fn emit(model: &Model, config: &Config, file: File) -> Emitted {
    let folder = &model.api.folder;
    let comments = Comments::default();
    let items = |tokens| Content::Rust(vec![Part::Items(tokens)]);
    let (path, source, content) = match file {
        File::Manifest => ("Cargo.toml", None, Content::Toml(package::manifest(model, config))),
        File::Readme => ("README.md", None, Content::Markdown(package::readme(model))),
        File::Rustfmt => ("rustfmt.toml", None, Content::Toml(package::RUSTFMT.to_owned())),
        File::Library => ("src/lib.rs", None, items(root::library(model, &comments))),
        File::Client => ("src/client.rs", None, items(client::client(model, &comments))),
        File::Blocking => ("src/blocking.rs", None, items(client::blocking())),
        File::Operations => ("src/operations.rs", None, items(root::operations(model))),
        File::Types => ("src/types.rs", None, items(root::types(model))),
        File::Endpoints => {
            ("src/endpoints.rs", Some("openapi.json"), items(endpoints::endpoints(model)))
        }
        File::Operation(id) => {
            let stem = Names::file_stem(&model.names.operation(id).module);
            let parts = operation::operation(model, id, &comments);
            let source = model.api.operation(id).path.as_str();
            (&*format!("src/operations/{stem}.rs"), Some(source), Content::Rust(parts))
        }
        File::Type(id) => {
            let type_ = model.api.type_(id);
            let stem = Names::file_stem(&model.names.type_(id).module);
            let parts = match &type_.shape {
                Shape::Enum(values) => enumeration::enumeration(model, id, values, &comments),
                Shape::Struct(_) => structure::structure(model, id, &comments),
            };
            let source = type_.path.as_str();
            (&*format!("src/types/{stem}.rs"), Some(source), Content::Rust(parts))
        }
    };
    let source = match source {
        Some(path) => format!("{folder}/{path}"),
        None => folder.clone(),
    };
    Emitted { path: path.to_owned(), source, content, comments }
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
