//! Blueprint → Rust: one emitted thing, one file. Each emitter's doc comment draws what it emits.
//!
//! Knows no JSON Schema and no API as a whole, and decides nothing but how Rust is written: emitters
//! get the facts of one file, and write them down.

#![deny(clippy::wildcard_enum_match_arm)]

mod client;
mod comments;
mod docs;
mod doctest;
mod endpoints;
mod enumeration;
mod envelope;
mod errors;
mod expression;
mod field_type;
mod front;
mod limit_constants;
mod markdown;
mod operation;
mod package;
mod pages;
mod received_struct;
mod request;
mod required;
mod response;
mod root;
mod sent_struct;
mod structure;
mod validator;
mod value_expression;
mod waits;
mod when;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::blueprint::{Drawing, Sheet};
use crate::naming::Name;
pub(crate) use comments::Comments;

/// A file of the generated crate, before formatting.
#[derive(Debug)]
pub(crate) struct Emitted<'s> {
    /// Below the crate's folder, with `/` between its parts.
    pub(crate) path: String,
    /// The spec file or folder that it comes from.
    pub(crate) source: String,
    pub(crate) content: Content,
    /// The comments that its tokens have the numbers of.
    pub(crate) comments: Comments<'s>,
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

/// Writes a file down.
pub(crate) fn emit(sheet: Sheet<'_>) -> Emitted<'_> {
    let Sheet { path, source, links, drawing } = sheet;
    let comments = Comments::new(links);
    let items = |tokens| Content::Rust(vec![Part::Items(tokens)]);
    let content = match &drawing {
        Drawing::Manifest(manifest) => Content::Toml(package::manifest(manifest)),
        Drawing::Readme(readme) => Content::Markdown(package::readme(readme)),
        Drawing::Rustfmt => Content::Toml(package::RUSTFMT.to_owned()),
        Drawing::Library(library) => items(root::library(library, &comments)),
        Drawing::Client(client) => items(client::client(client, &comments)),
        Drawing::Blocking => items(client::blocking()),
        Drawing::Operations(modules) => items(root::operations(modules)),
        Drawing::Types(modules) => items(root::types(modules)),
        Drawing::Endpoints(endpoints) => items(endpoints::endpoints(endpoints)),
        Drawing::Envelope(members) => items(envelope::envelope(members)),
        Drawing::Operation(file) => Content::Rust(operation::operation(file, &comments)),
        Drawing::Structure(file) => Content::Rust(structure::structure(file, &comments)),
        Drawing::Enumeration(file) => Content::Rust(enumeration::enumeration(file, &comments)),
    };
    Emitted { path, source, content, comments }
}

/// `use super::super::types::{DatabaseType, …};`, for the shared types that a file names.
///
/// Relative, so that generated code is the same wherever its root stands; tests compile it as a
/// module.
fn imports(types: &[&Name], from: TokenStream) -> TokenStream {
    match types {
        [] => TokenStream::new(),
        [ident] => quote! { use #from::#ident; },
        idents => quote! { use #from::{#(#idents),*}; },
    }
}

/// `X + PartialEq:`
fn list_head(ident: &Name, is_comparable: bool) -> String {
    let comparable = if is_comparable { " + PartialEq" } else { "" };
    format!("{ident}{comparable}:")
}

/// What callers are told of a field that had better not be used.
const DEPRECATED: &str = "its documents say so";

fn deprecated(is_deprecated: bool) -> Option<TokenStream> {
    is_deprecated.then(|| quote! { #[deprecated = #DEPRECATED] })
}

/// A text as a literal.
fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// A whole number, which gets its type from where it stands.
fn number(number: impl Into<i128>) -> Literal {
    Literal::i128_unsuffixed(number.into())
}
