//! The public fields of generated Rust, and whether each parameter and element that is published is one.
//!
//! Reads the code as any program would, and knows neither importer nor generator: what travels under which
//! name, the code itself says beside each struct.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use serde_json::Value;
use syn::{Fields, GenericArgument, Item, PathArguments, Type, Visibility};

/// What is public in a crate.
#[derive(Debug, Default)]
pub struct Code {
    /// By the name of the struct and of the field, the type that is inside of lists and maps there.
    fields: BTreeMap<String, BTreeMap<String, String>>,
    /// By the name of the struct and what travels, the field.
    wires: BTreeMap<String, BTreeMap<String, String>>,
    /// By the operation, its request and its response.
    operations: BTreeMap<String, (String, String)>,
}

/// What was looked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Parameters that are fields of requests.
    pub parameters: usize,
    /// Elements that are fields of types.
    pub elements: usize,
    /// What is no field, and the report says so.
    pub told: usize,
}

impl Code {
    /// Reads the files of a crate.
    ///
    /// # Panics
    ///
    /// When one is no Rust.
    pub fn read<'t>(files: impl Iterator<Item = &'t str>) -> Self {
        let mut code = Self::default();
        for text in files {
            let file = syn::parse_file(text).expect("what is generated is Rust");
            for item in file.items {
                match item {
                    Item::Struct(found) => {
                        let Fields::Named(named) = &found.fields else { continue };
                        let public = named
                            .named
                            .iter()
                            .filter(|field| matches!(field.vis, Visibility::Public(_)));
                        let fields = public.filter_map(|field| {
                            Some((plain(field.ident.as_ref()?), innermost(&field.ty)?))
                        });
                        code.fields.insert(found.ident.to_string(), fields.collect());
                    }
                    Item::Macro(found) => {
                        let name = found.mac.path.segments.last().map(|last| plain(&last.ident));
                        match name.as_deref() {
                            Some("fields" | "received" | "receive") => {
                                code.add_wires(found.mac.tokens);
                            }
                            Some("operation") => code.add_operation(found.mac.tokens),
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
        }
        code
    }

    /// `Name + Trait: required field: Type = word "Wire" in Place, field = "Wire", …`
    fn add_wires(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let Some(TokenTree::Ident(name)) = tokens.first() else { return };
        let start =
            tokens.iter().position(|token| is_punct(token, ':')).map_or(0, |colon| colon + 1);
        let mut wires = BTreeMap::new();
        let mut field = None;
        let mut last = None;
        let mut is_value = false;
        for (index, token) in tokens.iter().enumerate().skip(start) {
            match token {
                TokenTree::Ident(ident) if !is_value => {
                    let is_path =
                        |index: usize| tokens.get(index).is_some_and(|it| is_punct(it, ':'));
                    let is_behind_path = index > start && is_path(index - 1);
                    if is_path(index + 1) && !is_path(index + 2) && !is_behind_path {
                        field = Some(plain(ident));
                    }
                    last = Some(plain(ident));
                }
                TokenTree::Punct(punct) if punct.as_char() == '=' => is_value = true,
                TokenTree::Literal(literal) if is_value => {
                    let wire = syn::parse_str::<syn::LitStr>(&literal.to_string());
                    if let (Some(field), Ok(wire)) = (field.take().or_else(|| last.take()), wire) {
                        wires.insert(wire.value(), field);
                    }
                    is_value = false;
                }
                _ => {}
            }
            // What stands behind the name of a wire is no field.
            if is_punct(token, ',') && !is_value {
                last = None;
            }
        }
        self.wires.insert(plain(name), wires);
    }

    /// `fn name(Request) -> Response; … action: "Name", …`
    fn add_operation(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let request = tokens.iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                group.stream().into_iter().next()
            }
            _ => None,
        });
        let arrow = tokens.iter().position(|token| is_punct(token, '>'));
        let response = arrow.and_then(|arrow| tokens.get(arrow + 1));
        let is_action =
            |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "action");
        let action = tokens.iter().position(is_action).and_then(|index| tokens.get(index + 2));
        if let (Some(request), Some(response), Some(action)) = (request, response, action) {
            let action = action.to_string().trim_matches('"').to_owned();
            self.operations.insert(action, (request.to_string(), response.to_string()));
        }
    }

    /// The type of the field that travels under a name; a header's name may be written in small letters.
    fn member(&self, name: &str, wire: &str) -> Option<&str> {
        let wires = self.wires.get(name)?;
        let field = wires.get(wire).or_else(|| wires.get(&wire.to_ascii_lowercase()))?;
        self.field(name, field)
    }

    /// The type of a field.
    fn field(&self, name: &str, field: &str) -> Option<&str> {
        self.fields.get(name)?.get(field).map(String::as_str)
    }

    /// The type of the body, if a struct has one that is a whole.
    fn body(&self, name: &str) -> Option<&str> {
        let is_whole = self.wires.get(name).is_none_or(|wires| wires.contains_key("body"));
        self.fields.get(name)?.get("body").filter(|_| is_whole).map(String::as_str)
    }
}

/// The name without the mark of a word that is Rust's.
fn plain(ident: &proc_macro2::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// The name of the type inside of options, lists, boxes and maps.
fn innermost(type_: &Type) -> Option<String> {
    let Type::Path(path) = type_ else { return None };
    let last = path.path.segments.last()?;
    match (&last.arguments, last.ident.to_string().as_str()) {
        (PathArguments::AngleBracketed(inner), "Option" | "Vec" | "Box" | "BTreeMap") => {
            match inner.args.last()? {
                GenericArgument::Type(inner) => innermost(inner),
                _ => None,
            }
        }
        (_, name) => Some(name.to_owned()),
    }
}

/// Looks for every parameter and element of a document in the code, and for what is not there in the report.
pub fn look_for(
    document: &Value,
    code: &Code,
    told: &BTreeSet<&str>,
    findings: &mut Vec<String>,
) -> Found {
    let mut search =
        Search { document, code, told, findings, found: Found::default(), met: BTreeSet::new() };
    for (name, operation) in document["apis"].as_object().into_iter().flatten() {
        let at = format!("/apis/{}", escaped(name));
        if told.contains(at.as_str()) {
            search.found.told += 1;
            continue;
        }
        match code.operations.get(name) {
            Some((request, response)) => {
                search.request(operation, request, &at);
                search.response(operation, response, &at);
            }
            None => search.findings.push(format!("{at} is no operation of the crate")),
        }
    }
    search.found
}

/// A walk through a document.
struct Search<'d, 'f> {
    document: &'d Value,
    code: &'d Code,
    told: &'d BTreeSet<&'d str>,
    findings: &'f mut Vec<String>,
    found: Found,
    /// Where and in which types was looked already.
    met: BTreeSet<(String, String)>,
}

impl<'d> Search<'d, '_> {
    fn request(&mut self, operation: &'d Value, request: &str, at: &str) {
        let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let bodies = parameters.iter().filter(|parameter| parameter["in"] == "body").count();
        for (index, parameter) in parameters.iter().enumerate() {
            let at = format!("{at}/parameters/{index}");
            if self.told.contains(at.as_str()) {
                self.found.told += 1;
                continue;
            }
            let name = parameter["name"].as_str().unwrap_or_default();
            let schema = format!("{at}/schema");
            let is_lone_body = parameter["in"] == "body" && bodies == 1;
            if is_lone_body && self.is_object(&parameter["schema"]) {
                self.found.parameters += 1;
                self.elements(&parameter["schema"], request, schema);
                continue;
            }
            let body = is_lone_body.then(|| self.code.body(request)).flatten();
            // Operations of one path share the names of its parameters, which do not travel.
            let renamed = || {
                let is_path = parameter["in"] == "path";
                is_path.then(|| self.code.field(request, &name.to_snake_case())).flatten()
            };
            match body.or_else(|| self.code.member(request, name)).or_else(renamed) {
                Some(type_) => {
                    self.found.parameters += 1;
                    self.elements(&parameter["schema"], type_, schema);
                }
                None => self.findings.push(format!("{at} ({name}) is no field of {request}")),
            }
        }
    }

    fn response(&mut self, operation: &'d Value, response: &str, at: &str) {
        let Some(responses) = operation["responses"].as_object() else { return };
        for (status, said) in responses {
            let at = format!("{at}/responses/{}/schema", escaped(status));
            let is_second = status != "200" && responses.contains_key("200");
            if status.starts_with('2') && !is_second {
                let type_ = self.code.body(response).filter(|_| !self.is_object(&said["schema"]));
                self.elements(&said["schema"], type_.unwrap_or(response), at);
            } else {
                // Of what is not read every element is told.
                self.elements(&said["schema"], "", at);
            }
        }
    }

    /// Whether a schema has members of its own, and no others.
    fn is_object(&self, schema: &Value) -> bool {
        let mut schema = schema;
        for _ in 0..100 {
            match schema["$ref"].as_str().and_then(|reference| self.component(reference)) {
                Some((_, target)) => schema = target,
                None => break,
            }
        }
        let has_members =
            schema["properties"].as_object().is_some_and(|members| !members.is_empty());
        let is_typed = schema["type"].as_str().is_none_or(|type_| type_ == "object");
        let has_others =
            schema["additionalProperties"].is_object() || schema["additionalProperties"] == true;
        has_members && is_typed && !has_others && schema["$ref"].is_null()
    }

    /// What a reference leads to, and where that stands.
    fn component(&self, reference: &str) -> Option<(String, &'d Value)> {
        let name = reference.rsplit('/').next()?;
        let found = self.document["components"]["schemas"].get(name)?;
        Some((format!("/components/schemas/{}", escaped(name)), found))
    }

    /// Looks for all elements of a schema in a type.
    fn elements(&mut self, schema: &'d Value, type_: &str, at: String) {
        let mut open = vec![(schema, type_.to_owned(), at)];
        while let Some((schema, type_, at)) = open.pop() {
            if let Some(reference) = schema["$ref"].as_str()
                && let Some((at, target)) = self.component(reference)
                && self.met.insert((at.clone(), type_.clone()))
            {
                open.push((target, type_.clone(), at));
            }
            for inner in ["items", "additionalProperties"] {
                if schema[inner].is_object() {
                    open.push((&schema[inner], type_.clone(), format!("{at}/{inner}")));
                }
            }
            for (name, member) in schema["properties"].as_object().into_iter().flatten() {
                let at = format!("{at}/properties/{}", escaped(name));
                if self.told.contains(at.as_str()) {
                    self.found.told += 1;
                } else if let Some(inner) = self.code.member(&type_, name) {
                    self.found.elements += 1;
                    open.push((member, inner.to_owned(), at));
                } else {
                    self.findings.push(format!("{at} is no field of {type_:?}"));
                }
            }
        }
    }
}

/// A name as a part of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
