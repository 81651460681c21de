//! Wire names → Rust names: all of them, once, before anything is emitted.
//!
//! [`casing`] says how a name is spelled. Two names that come out alike are an error, never a number
//! at the end of one of them: whoever reads the code could not tell which is which. A name that the
//! generated code needs itself, or that Windows cannot have as a file, gets an underscore at its end,
//! which no wire name comes out with.

mod casing;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};

use crate::diagnostic::{Code, Sink};
use crate::model::{Api, Operation, OperationId, Role, Shape, TypeId};
use crate::source::{FileId, Origin, Spanned};

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
        let method = ident(&operation.id, Case::Snake, OPERATIONS, sink);
        let plain = casing::kebab(&operation.id.value);
        // Features of these names are taken, too.
        let is_taken = OPERATIONS.contains(&plain.as_str());
        let feature = if is_taken { format!("{plain}_") } else { plain };
        OperationNames { module: module(&method), method, feature }
    });
    let pairs = api.operations.iter().zip(&operations);
    let claim = |(operation, names): (&Operation, &OperationNames)| {
        modules.claim(&names.module, &operation.id, sink)
    };
    let is_told_apart: Vec<bool> = pairs.map(claim).collect();
    let mut type_modules = Scope::new("types", &[]);
    let types = sink.each(&api.types, |type_, sink| {
        let module = match type_.role {
            Role::Request(id) | Role::Response(id) => operations[id.0].module.clone(),
            Role::Shared => module(&ident(&type_.name, Case::Snake, FILES, sink)),
        };
        let ident = ident(&type_.name, Case::Camel, &[], sink);
        TypeNames { ident, module, members: members(&type_.shape, sink) }
    });
    for (type_, names) in api.types.iter().zip(&types) {
        match type_.role {
            // Its operation's name says all.
            Role::Request(id) | Role::Response(id) if !is_told_apart[id.0] => {}
            Role::Request(_) | Role::Response(_) => {
                type_idents.claim(&names.ident, &type_.name, sink);
            }
            Role::Shared => {
                // The modules of two types are alike when the types are.
                if type_idents.claim(&names.ident, &type_.name, sink) {
                    type_modules.claim(&names.module, &type_.name, sink);
                }
            }
        }
    }
    ident(&api.product, Case::Snake, &[], sink);
    let package = match &api.package {
        Some(package) => package.value.clone(),
        None => format!("{PREFIX}{}", api.product.value.to_ascii_lowercase()),
    };
    Names { package, operations, types }
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
const OPERATIONS: &[&str] = &["mod", "default", "serde", "reqwest", "blocking", "builder"];

/// Functions that every request has besides its setters.
const METHODS: &[&str] = &["new", "validate", "validate_in"];

/// What every enum has besides its documented values.
const VARIANTS: &[&str] = &["Unknown"];

/// The module of a file, which has a name that every file system can have.
fn module(name: &Name) -> Name {
    let plain = name.plain();
    if is_device(plain) { Name(format!("{plain}_")) } else { name.clone() }
}

fn is_device(name: &str) -> bool {
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
    let wires: Vec<&Spanned<String>> = match shape {
        Shape::Struct(fields) => fields.iter().map(|field| &field.wire).collect(),
        Shape::Enum(values) => values.iter().map(|value| &value.wire).collect(),
    };
    let mut scope = Scope::new(what, &[]);
    let name = |wire| {
        let name = ident(wire, case, reserved, sink);
        scope.claim(&name, wire, sink);
        name
    };
    wires.into_iter().map(name).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Snake,
    Camel,
    /// A value of an enum.
    Variant,
}

/// The identifier of a wire name; keywords become raw identifiers, and what is `reserved` gets an
/// underscore.
fn ident(wire: &Spanned<String>, case: Case, reserved: &[&str], sink: &mut Sink) -> Name {
    let name = wire.value.as_str();
    let allowed = |found: char| found.is_ascii_alphanumeric() || "_-.".contains(found);
    let cased = match case {
        Case::Snake => casing::snake(name),
        Case::Camel => casing::camel(name),
        Case::Variant => casing::variant(name),
    };
    let starts_well = cased.starts_with(|found: char| found.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(allowed) {
        let help = if case == Case::Variant {
            "a value has ASCII letters, digits, `_`, `-` and `.`; where others are needed, \
             write a plain string instead of the enum; in a request, an `enum` beside its `type` \
             still lists the values"
        } else {
            "a name has ASCII letters, digits, `_`, `-` and `.`, and starts with a letter"
        };
        let message = format!("{} cannot become a Rust identifier", crate::english::code(name));
        sink.error_with_help(Code::InvalidName, wire.origin, message, help);
        return Name(NAMELESS.to_owned());
    }
    // These four cannot be raw identifiers.
    let cannot_be_raw = ["self", "super", "crate", "Self"].contains(&cased.as_str());
    if cannot_be_raw || reserved.contains(&cased.as_str()) {
        return Name(format!("{cased}_"));
    }
    if is_keyword(&cased) { Name::raw(&cased) } else { Name(cased) }
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
            "fields" => {
                "they differ in case or punctuation only, and there is no way yet to name one of them \
                 otherwise; without one of them, the crate does not know that member"
            }
            "variants" => {
                "write a plain string instead of the enum; in a request, an `enum` beside its `type` \
                 still lists the values"
            }
            "operations" => {
                "they differ in case only, and there is no way yet to name one of them otherwise"
            }
            _ => "give a schema file another name, and the `$ref`s to it; case makes no difference",
        };
        Self { what, way_out, taken }
    }

    /// Whether nothing else has the name; reports what has.
    fn claim(&mut self, ident: &Name, wire: &Spanned<String>, sink: &mut Sink) -> bool {
        let name = ident.to_string();
        if name == NAMELESS {
            return true;
        }
        match self.taken.get(&name) {
            None => {
                self.taken.insert(name, Some(wire.value.clone()));
                return true;
            }
            Some(None) => sink.error_with_help(
                Code::NameCollision,
                wire.origin,
                format!("`{}` becomes `{name}`, which the generated code needs", wire.value),
                "give the schema file another name, and the `$ref`s to it: no wire sees it",
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
    let origin = Origin::new(FileId::new(0), 0, 0);
    let mut sink = Sink::default();
    let name = ident(&Spanned { value: wire.to_owned(), origin }, case, reserved, &mut sink);
    sink.is_empty().then(|| name.plain().to_owned())
}

/// A name of several that would be alike.
pub(crate) fn numbered(name: &str, number: usize, spelling: Spelling) -> String {
    match spelling {
        Spelling::Field => format!("{name}_{number}"),
        Spelling::Variant | Spelling::Type => format!("{name}{number}"),
    }
}

/// Whether generated modules need a type's name themselves.
pub(crate) fn is_needed(type_: &str) -> bool {
    PRELUDE.contains(&type_)
}
