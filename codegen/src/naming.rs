//! Wire names → Rust names: all of them, once, before anything is emitted.
//!
//! [`casing`] says how a name is spelled, and [`ident`] what one becomes, or is called in its stead. Two
//! names that come out alike are an error, never a number at the end of one of them: whoever reads the
//! code could not tell which is which. [`constants`] alone has numbers, for nobody chose what it names. A
//! name that the generated code needs itself, or that Windows cannot have as a file, gets an underscore at
//! its end, which no wire name comes out with.

mod casing;
mod constants;
mod ident;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};

use crate::diagnostic::{Code, Sink};
use crate::english::code;
use crate::model::{Api, Operation, OperationId, Role, Shape, TypeDef, TypeId};
pub(crate) use ident::is_shown_whole;
use ident::{Called, Case, ident, made};

/// An identifier, raw where it has to be.
///
/// [`Ident`] is this as a token, which no other thread may see.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(String);

impl Name {
    fn raw(name: &str) -> Self {
        Self(format!("r#{name}"))
    }

    /// The name without `r#`, as files and links have it.
    pub(crate) fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(name) => Ident::new_raw(name, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// The Rust name of everything that gets one.
#[derive(Debug)]
pub(crate) struct Names {
    /// The package: `alibabacloud-dbs`.
    pub(crate) package: String,
    operations: Vec<OperationNames>,
    types: Vec<TypeNames>,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The module of its file.
    pub(crate) module: Name,
    /// The clients' method.
    pub(crate) method: Name,
    /// The Cargo feature that compiles it.
    pub(crate) feature: String,
    /// The clients' methods that wait.
    pub(crate) waits: Vec<Name>,
    /// The constant of each documented error code, in their order, unless it can have none.
    pub(crate) errors: Vec<Option<Name>>,
}

/// The names of a type.
#[derive(Debug)]
pub(crate) struct TypeNames {
    pub(crate) ident: Name,
    /// The module of its file; a request and a response share their operation's.
    pub(crate) module: Name,
    /// Fields or variants, in their order.
    pub(crate) members: Vec<Name>,
}

impl Names {
    pub(crate) fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0]
    }

    pub(crate) fn type_(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0]
    }

    /// The folder of the crate: `dbs`; with the prefix where Windows cannot have the rest alone.
    pub(crate) fn folder(&self) -> &str {
        let folder = self.package.strip_prefix(PREFIX);
        folder.filter(|folder| !is_device(folder)).unwrap_or(&self.package)
    }

    /// The package as a path segment: `alibabacloud_dbs`.
    pub(crate) fn krate(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// Names everything; reports names that are no identifiers and those that collide.
pub(crate) fn name(api: &Api, sink: &mut Sink) -> Names {
    let mut modules = Scope::new("operations", &[]);
    let mut type_idents = Scope::new("types", PRELUDE);
    let operations = sink.each(&api.operations, |operation, sink| {
        let called = operation_called(operation);
        let source = called.source();
        // A given name is written as types are, and method and module are made from it.
        let method = match called.own.map(|_| ident(called, Case::Camel, &[], sink)) {
            Some(name) if name.is_nameless() => name,
            Some(_) | None => ident(Called::wire(source), Case::Snake, OPERATIONS, sink),
        };
        let plain = casing::kebab(&source.value);
        // Features of these names are taken, too.
        let is_taken = OPERATIONS.contains(&plain.as_str());
        let feature = if is_taken { format!("{plain}_") } else { plain };
        let waits = operation.waits.iter();
        let waits = waits.map(|wait| Name(format!("wait_until_{}", wait.name.value))).collect();
        let errors = constants::error_codes(operation.errors.iter().map(|error| &*error.code));
        OperationNames { module: module(&method), method, feature, waits, errors }
    });
    let pairs = api.operations.iter().zip(&operations);
    let claim = |(operation, names): (&Operation, &OperationNames)| {
        modules.claim(&names.module, operation_called(operation), sink)
    };
    let is_told_apart: Vec<bool> = pairs.map(claim).collect();
    claim_waits(api, &operations, sink);
    let mut type_modules = Scope::new("types", &[]);
    let types = sink.each(&api.types, |type_, sink| {
        let module = match type_.role {
            Role::Request(id) | Role::Response(id) => operations[id.0].module.clone(),
            Role::Shared => match made(&type_called(type_).source().value, Case::Snake, FILES) {
                Some(name) => module(&name),
                None => Name::nameless(),
            },
        };
        let ident = ident(type_called(type_), Case::Camel, &[], sink);
        TypeNames { ident, module, members: members(&type_.shape, sink) }
    });
    for (type_, names) in api.types.iter().zip(&types) {
        match type_.role {
            // Its operation's name says all.
            Role::Request(id) | Role::Response(id) if !is_told_apart[id.0] => {}
            Role::Request(_) | Role::Response(_) => {
                type_idents.claim(&names.ident, type_called(type_), sink);
            }
            Role::Shared => {
                // The modules of two types are alike when the types are.
                if type_idents.claim(&names.ident, type_called(type_), sink) {
                    type_modules.claim(&names.module, type_called(type_), sink);
                }
            }
        }
    }
    report_product(api, sink);
    let package = match &api.package {
        Some(package) => package.value.clone(),
        None => format!("{PREFIX}{}", api.product.value.to_ascii_lowercase()),
    };
    Names { package, operations, types }
}

/// Reports methods that wait and are called like others of the clients.
fn claim_waits(api: &Api, names: &[OperationNames], sink: &mut Sink) {
    let mut methods = Scope::new("methods", &[]);
    for (operation, names) in api.operations.iter().zip(names) {
        let wire = operation_called(operation).source().value.clone();
        methods.taken.insert(names.method.to_string(), Some(wire));
    }
    for (operation, names) in api.operations.iter().zip(names) {
        for (wait, method) in operation.waits.iter().zip(&names.waits) {
            methods.claim(method, Called::wire(&wait.name), sink);
        }
    }
}

fn operation_called(operation: &Operation) -> Called<'_> {
    Called { wire: &operation.id, own: operation.rust_name.as_ref() }
}

fn type_called(type_: &TypeDef) -> Called<'_> {
    Called { wire: &type_.name, own: type_.rust_name.as_ref() }
}

/// Whether things can be called after a product.
pub(crate) fn is_product(text: &str) -> bool {
    made(text, Case::Snake, &[]).is_some()
}

/// A product has no other name than that of the service.
fn report_product(api: &Api, sink: &mut Sink) {
    let product = &api.product;
    if !is_product(&product.value) {
        let message = format!("{} cannot become a Rust identifier", code(&product.value));
        let help =
            "a product has ASCII letters, digits, `_`, `-` and `.`, and starts with a letter";
        sink.error_with_help(Code::InvalidName, product.origin, message, help);
    } else if api.package.is_none() && product.value.contains('.') {
        let message = format!("no package can be called after {}", code(&product.value));
        let help = "say in `x-package` what the package is called";
        sink.error_with_help(Code::InvalidName, product.origin, message, help);
    }
}

/// What the names of our packages start with, and those of their folders do not.
const PREFIX: &str = "alibabacloud-";

/// What generated modules use by its bare name, or name so themselves.
const PRELUDE: &[&str] = &[
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Sized",
    "Some",
    "String",
    "Vec",
    "When",
];

/// Files that are there already: `mod.rs` is the folder's own.
const FILES: &[&str] = &["mod"];

/// What operations cannot be called: files and features that are there already, and methods of the
/// client.
const OPERATIONS: &[&str] =
    &["mod", "default", "serde", "reqwest", "blocking", "builder", "request", "test_util"];

/// Functions that every request has besides its setters.
const METHODS: &[&str] = &["new", "validate", "validate_in"];

/// What every enum has besides its documented values.
const VARIANTS: &[&str] = &["Unknown"];

/// The module of a file, which has a name that every file system can have.
fn module(name: &Name) -> Name {
    let plain = name.plain();
    if is_device(plain) { Name(format!("{plain}_")) } else { name.clone() }
}

/// Whether Windows takes a name in small letters for a device, as which no file can be called.
pub(crate) fn is_device(name: &str) -> bool {
    DEVICES.contains(&name) || PORTS.iter().filter_map(|port| name.strip_prefix(port)).any(is_digit)
}

fn is_digit(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What Windows takes for a device, whatever the ending of the file and the case of its letters.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// What Windows takes for a device with a digit behind it; the small digits that it takes, too, are
/// no ASCII, which names are.
const PORTS: &[&str] = &["com", "lpt"];

fn members(shape: &Shape, sink: &mut Sink) -> Vec<Name> {
    let (what, case, reserved) = match shape {
        Shape::Struct(_) => ("fields", Case::Snake, METHODS),
        Shape::Enum(_) => ("variants", Case::Variant, VARIANTS),
    };
    let called: Vec<Called<'_>> = match shape {
        Shape::Struct(fields) => fields
            .iter()
            .map(|field| Called { wire: &field.wire, own: field.rust_name.as_ref() })
            .collect(),
        Shape::Enum(values) => values
            .iter()
            .map(|value| Called { wire: &value.wire, own: value.rust_name.as_ref() })
            .collect(),
    };
    let mut scope = Scope::new(what, &[]);
    let name = |called| {
        let name = ident(called, case, reserved, sink);
        scope.claim(&name, called, sink);
        name
    };
    called.into_iter().map(name).collect()
}

/// Names that must differ from each other.
struct Scope {
    what: &'static str,
    /// What to write when two of them are the same.
    way_out: &'static str,
    /// Identifier → the wire name that has it, or nothing when the generated code itself needs it.
    taken: BTreeMap<String, Option<String>>,
}

impl Scope {
    fn new(what: &'static str, reserved: &[&str]) -> Self {
        let taken = reserved.iter().map(|name| ((*name).to_owned(), None)).collect();
        let way_out = match what {
            "fields" => "name one of them otherwise, with `x-name` in its schema",
            "variants" => {
                "write one of them into `oneOf`, as a `const` with an `x-name` beside it; or write a plain \
                 string instead of the enum: in a request, an `enum` beside its `type` still lists the values"
            }
            "operations" => "name one of them otherwise, with `x-name` beside its `operationId`",
            "methods" => "give what is waited for another `name`",
            _ => {
                "name one of them otherwise, with `x-name` in its file, or give the file another name and \
                 the `$ref`s to it; case makes no difference"
            }
        };
        Self { what, way_out, taken }
    }

    /// Whether nothing else has the name; reports what has.
    fn claim(&mut self, ident: &Name, called: Called<'_>, sink: &mut Sink) -> bool {
        if ident.is_nameless() {
            return true;
        }
        let name = ident.to_string();
        let (wire, origin) = (&called.wire.value, called.source().origin);
        match self.taken.get(&name) {
            None => {
                self.taken.insert(name, Some(wire.clone()));
                return true;
            }
            Some(None) => sink.error_with_help(
                Code::NameCollision,
                origin,
                format!("`{wire}` becomes `{name}`, which the generated code needs"),
                "name it otherwise, with `x-name` in its file, or give the file another name and the \
                 `$ref`s to it: no wire sees either",
            ),
            Some(Some(first)) => {
                let message = if first == wire {
                    format!("two {} are called `{first}`", self.what)
                } else {
                    format!("the {} `{first}` and `{wire}` both become `{name}`", self.what)
                };
                sink.error_with_help(Code::NameCollision, origin, message, self.way_out);
            }
        }
        false
    }
}

/// What a name is of, as far as its spelling hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Field,
    Variant,
    Type,
}

impl Spelling {
    fn case(self) -> (Case, &'static [&'static str]) {
        match self {
            Self::Field => (Case::Snake, METHODS),
            Self::Variant => (Case::Variant, VARIANTS),
            Self::Type => (Case::Camel, &[]),
        }
    }
}

/// The Rust name that a wire name comes out with, without `r#`; nothing when it cannot have one.
pub(crate) fn spelled(wire: &str, spelling: Spelling) -> Option<String> {
    let (case, reserved) = spelling.case();
    made(wire, case, reserved).map(|name| name.plain().to_owned())
}

/// A name of several that would be alike.
pub(crate) fn numbered(name: &str, number: usize, spelling: Spelling) -> String {
    // What is reserved has an underscore at its end.
    let name = name.trim_end_matches('_');
    match spelling {
        Spelling::Field => format!("{name}_{number}"),
        Spelling::Variant | Spelling::Type => format!("{name}{number}"),
    }
}

/// Whether generated modules need a type's name themselves.
pub(crate) fn is_needed(type_: &str) -> bool {
    PRELUDE.contains(&type_)
}
