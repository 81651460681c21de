//! Wire names → Rust names: all of them, once, before anything is emitted.
//!
//! [`words`] says how a name is spelled. Two names that come out alike are an error, never a number
//! at the end of one of them: whoever reads the code could not tell which is which.

mod words;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};

use crate::diagnostic::{Code, Sink};
use crate::model::{Api, OperationId, Role, Shape, TypeId};
use crate::source::Spanned;

/// An identifier, raw where it has to be.
///
/// [`Ident`] is this as a token, which no other thread may see.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(String);

impl Name {
    fn raw(name: &str) -> Self {
        Self(format!("r#{name}"))
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
    pub(crate) module: Name,
    /// The Cargo feature that compiles it.
    pub(crate) feature: String,
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

    /// The file name of a module, which has no `r#`.
    pub(crate) fn file_stem(module: &Name) -> String {
        module.to_string().trim_start_matches("r#").to_owned()
    }

    /// The package as a path segment: `alibabacloud_dbs`.
    pub(crate) fn krate(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// Names everything; reports names that are no identifiers and those that collide.
pub(crate) fn name(api: &Api, sink: &mut Sink) -> Names {
    let mut modules = Scope::new("modules", OPERATION_MODULES);
    let mut type_idents = Scope::new("types", PRELUDE);
    let operations = sink.each(&api.operations, |operation, sink| OperationNames {
        module: ident(&operation.id, Case::Snake, sink),
        feature: words::kebab(&operation.id.value),
    });
    for (operation, names) in api.operations.iter().zip(&operations) {
        modules.claim(&names.module, &operation.id, sink);
    }
    let mut type_modules = Scope::new("modules", &["r#mod"]);
    let types = sink.each(&api.types, |type_, sink| {
        let module = match type_.role {
            Role::Request(id) | Role::Response(id) => operations[id.0].module.clone(),
            Role::Shared => ident(&type_.name, Case::Snake, sink),
        };
        let ident = ident(&type_.name, Case::Camel, sink);
        TypeNames { ident, module, members: members(&type_.shape, sink) }
    });
    for (type_, names) in api.types.iter().zip(&types) {
        type_idents.claim(&names.ident, &type_.name, sink);
        if type_.role == Role::Shared {
            type_modules.claim(&names.module, &type_.name, sink);
        }
    }
    ident(&api.product, Case::Snake, sink);
    let package = format!("alibabacloud-{}", words::kebab(&api.product.value));
    Names { package, operations, types }
}

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

/// Modules that would take the place of another file or, as features, of another feature, or, as
/// methods of the client, of another method.
const OPERATION_MODULES: &[&str] = &["r#mod", "default", "serde", "reqwest", "blocking", "builder"];

/// Methods that every request has besides its setters.
const METHODS: &[&str] = &["new", "validate", "validate_in"];

fn members(shape: &Shape, sink: &mut Sink) -> Vec<Name> {
    match shape {
        Shape::Struct(fields) => {
            let mut scope = Scope::new("fields", METHODS);
            fields
                .iter()
                .map(|field| {
                    let name = ident(&field.wire, Case::Snake, sink);
                    scope.claim(&name, &field.wire, sink);
                    name
                })
                .collect()
        }
        Shape::Enum(values) => {
            let mut scope = Scope::new("variants", &["Unknown"]);
            values
                .iter()
                .map(|value| {
                    let name = ident(&value.wire, Case::Variant, sink);
                    scope.claim(&name, &value.wire, sink);
                    name
                })
                .collect()
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Snake,
    Camel,
    /// A value of an enum.
    Variant,
}

/// The identifier of a wire name; keywords become raw identifiers.
fn ident(wire: &Spanned<String>, case: Case, sink: &mut Sink) -> Name {
    let name = wire.value.as_str();
    let allowed = |found: char| found.is_ascii_alphanumeric() || "_-.".contains(found);
    let cased = match case {
        Case::Snake => words::snake(name),
        Case::Camel => words::camel(name),
        Case::Variant => words::variant(name),
    };
    let starts_well = cased.starts_with(|found: char| found.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(allowed) {
        let help = if case == Case::Variant {
            "a value has ASCII letters, digits, `_`, `-` and `.`; where others are needed, \
             write a plain string instead of an enum and name the values in its `description`"
        } else {
            "a name has ASCII letters, digits, `_`, `-` and `.`, and starts with a letter"
        };
        let message = format!("{} cannot become a Rust identifier", crate::english::code(name));
        sink.error_with_help(Code::InvalidName, wire.origin, message, help);
        return Name(NAMELESS.to_owned());
    }
    if !is_keyword(&cased) {
        return Name(cased);
    }
    match cased.as_str() {
        // These four cannot be raw identifiers.
        "self" | "super" | "crate" | "Self" => Name(format!("{cased}_")),
        _ => Name::raw(&cased),
    }
}

/// Whether Rust reads the name as something else than an identifier.
fn is_keyword(name: &str) -> bool {
    // No keyword has a digit, an underscore after its start, or, but for `Self`, a capital.
    let may_be = name == "Self" || name.bytes().all(|byte| byte.is_ascii_lowercase());
    // A keyword since edition 2024, which syn reads as an identifier.
    let is_new = name == "gen";
    may_be && (is_new || syn::parse_str::<Ident>(name).is_err())
}

/// Stands for a name that was reported.
const NAMELESS: &str = "_";

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
            "fields" => "leave one of them out: they differ in case or punctuation only",
            "variants" => "leave one of them out, or write a plain string instead of an enum",
            _ => "rename one of them; case and punctuation alone make no difference",
        };
        Self { what, way_out, taken }
    }

    fn claim(&mut self, ident: &Name, wire: &Spanned<String>, sink: &mut Sink) {
        let name = ident.to_string();
        if name == NAMELESS {
            return;
        }
        match self.taken.get(&name) {
            None => {
                self.taken.insert(name, Some(wire.value.clone()));
            }
            Some(None) => sink.error_with_help(
                Code::NameCollision,
                wire.origin,
                format!("`{}` becomes `{name}`, which the generated code needs", wire.value),
                "the wire decides the names of parameters; those of schema files are yours to change",
            ),
            Some(Some(first)) => {
                let message = if *first == wire.value {
                    format!("two {} are called `{first}`", self.what)
                } else {
                    format!("the {} `{first}` and `{}` both become `{name}`", self.what, wire.value)
                };
                sink.error_with_help(Code::NameCollision, wire.origin, message, self.way_out);
            }
        }
    }
}
