//! The identifier of one thing: made from its name on the wire, or given by `x-name`.

use proc_macro2::Ident;

use super::{Name, casing};
use crate::diagnostic::{Code, Sink};
use crate::english::{code, is_hidden};
use crate::source::Spanned;

/// What a thing is called: on the wire, and in Rust where the spec says so.
#[derive(Clone, Copy)]
pub(super) struct Called<'m> {
    pub(super) wire: &'m Spanned<String>,
    pub(super) own: Option<&'m Spanned<String>>,
}

impl<'m> Called<'m> {
    /// What has a name on the wire alone.
    pub(super) fn wire(wire: &'m Spanned<String>) -> Self {
        Self { wire, own: None }
    }

    /// What the identifier is made from.
    pub(super) fn source(self) -> &'m Spanned<String> {
        self.own.unwrap_or(self.wire)
    }
}

/// How an identifier is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Snake,
    Camel,
    /// A value of an enum.
    Variant,
}

impl Case {
    fn spell(self, name: &str) -> String {
        match self {
            Self::Snake => casing::snake(name),
            Self::Camel => casing::camel(name),
            Self::Variant => casing::variant(name),
        }
    }

    /// What a given name is written with.
    fn form(self) -> &'static str {
        match self {
            Self::Snake => "a name in `snake_case`: lower-case ASCII letters, digits and `_`",
            Self::Camel | Self::Variant => "a name in `UpperCamelCase`: ASCII letters and digits",
        }
    }
}

/// Stands for a name that was reported.
const NAMELESS: &str = "_";

impl Name {
    pub(super) fn nameless() -> Self {
        Self(NAMELESS.to_owned())
    }

    /// Whether it stands for a name that was reported.
    pub(super) fn is_nameless(&self) -> bool {
        self.0 == NAMELESS
    }
}

/// The identifier of a thing; reports what cannot be one. Words of Rust become raw identifiers, and what
/// is `reserved` gets an underscore.
pub(super) fn ident(called: Called<'_>, case: Case, reserved: &[&str], sink: &mut Sink) -> Name {
    let wire = called.wire;
    let made = made(&wire.value, case, reserved);
    if let Some(own) = called.own {
        if case == Case::Snake && !is_shown_whole(&wire.value) {
            let message = format!("{} is no name that docs can show", code(&wire.value));
            let help = "leave the member out: it has a character that hides, or ends what is code";
            sink.error_with_help(Code::InvalidName, wire.origin, message, help);
            return Name::nameless();
        }
        return given(own, made.as_ref(), case, reserved, sink);
    }
    made.unwrap_or_else(|| {
        let help = if case == Case::Variant {
            "write the value into `oneOf`, as a `const` with an `x-name` in `UpperCamelCase` beside it; or \
             write a plain string instead of the enum: in a request, an `enum` beside its `type` still \
             lists the values"
        } else {
            "write an `x-name`; without one, a name has ASCII letters, digits, `_`, `-` and `.`, and starts \
             with a letter"
        };
        let message = format!("{} cannot become a Rust identifier", code(&wire.value));
        sink.error_with_help(Code::InvalidName, wire.origin, message, help);
        Name::nameless()
    })
}

/// The identifier that a name on the wire becomes, unless it cannot become one.
pub(super) fn made(name: &str, case: Case, reserved: &[&str]) -> Option<Name> {
    let allowed = |found: char| found.is_ascii_alphanumeric() || "_-.".contains(found);
    let cased = case.spell(name);
    let starts_well = cased.starts_with(|found: char| found.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(allowed) {
        return None;
    }
    if cannot_be_raw(&cased) || reserved.contains(&cased.as_str()) {
        return Some(Name(format!("{cased}_")));
    }
    Some(if is_keyword(&cased) { Name::raw(&cased) } else { Name(cased) })
}

/// The identifier that `x-name` gives, which has to be one as it stands, and another than the one that
/// would be made without it.
fn given(
    own: &Spanned<String>,
    made: Option<&Name>,
    case: Case,
    reserved: &[&str],
    sink: &mut Sink,
) -> Name {
    let name = own.value.as_str();
    let shown = code(name);
    let is_plain = |found: char| found.is_ascii_alphanumeric() || found == '_';
    let starts_well = name.starts_with(|found: char| found.is_ascii_alphabetic());
    let (message, help) = if !starts_well || !name.chars().all(is_plain) || case.spell(name) != name
    {
        let spelled = case.spell(name);
        let is_one = spelled.starts_with(|found: char| found.is_ascii_alphabetic())
            && spelled.chars().all(is_plain);
        let form = if is_one { format!("`{spelled}`") } else { case.form().to_owned() };
        (format!("{shown} is not written as names are that stand here"), format!("write {form}"))
    } else if cannot_be_raw(name) || is_keyword(name) {
        (format!("{shown} is a word of Rust"), "write another name".to_owned())
    } else if reserved.contains(&name) {
        (format!("{shown} is what generated code has here itself"), "write another name".to_owned())
    } else if made.is_some_and(|made| made.0 == name) {
        (format!("{shown} is the name without `x-name`, too"), "leave it out".to_owned())
    } else {
        return Name(name.to_owned());
    };
    sink.error_with_help(Code::InvalidName, own.origin, message, help);
    Name::nameless()
}

/// Whether the docs of a setter can have the name on the wire between backticks, as it is.
pub(crate) fn is_shown_whole(wire: &str) -> bool {
    !wire.contains(|found: char| found == '`' || is_hidden(found))
}

/// The words of Rust that cannot be raw identifiers.
fn cannot_be_raw(name: &str) -> bool {
    ["self", "super", "crate", "Self"].contains(&name)
}

/// Whether Rust reads the name as something else than an identifier.
fn is_keyword(name: &str) -> bool {
    // No keyword has a digit, an underscore after its start, or, but for `Self`, a capital.
    let may_be = name == "Self" || name.bytes().all(|byte| byte.is_ascii_lowercase());
    // A keyword since edition 2024, which syn reads as an identifier.
    let is_new = name == "gen";
    may_be && (is_new || syn::parse_str::<Ident>(name).is_err())
}
