//! `security` → who may call an operation.

use crate::diagnostic::{Code, Sink};
use crate::english::nearest;
use crate::model::security::{Scheme, Security};
use crate::read::document::Document;
use crate::read::security::{SchemeItem, SecurityItem};
use crate::source::Spanned;

/// The scheme of signature V3.
const SIGNATURE: &str = "ACS3-HMAC-SHA256";

/// Who may call where an operation does not say it: who has a key, unless the document says otherwise.
pub(super) fn of_document(document: &Document, sink: &mut Sink) -> Security {
    match &document.security {
        Some(item) => bind(document, item, sink),
        None => Security::Key,
    }
}

/// Follows the names of schemes; reports what is not declared, and what has no code.
pub(super) fn bind(document: &Document, item: &SecurityItem, sink: &mut Sink) -> Security {
    let SecurityItem(requirements) = item;
    let mut schemes = Vec::new();
    for requirement in requirements {
        match requirement.names.as_slice() {
            [] if requirements.len() > 1 => {
                let message = "anybody may call by this, and so what stands beside it says nothing";
                let help = "leave out `{}`, or the others";
                sink.error_with_help(Code::InvalidValue, requirement.origin, message, help);
            }
            [] => {}
            [name] => {
                let Some(scheme) = scheme(document, name, sink) else { continue };
                if schemes.contains(&scheme) {
                    let message = format!("`{}` stands here twice", name.value);
                    sink.error(Code::InvalidValue, name.origin, message);
                }
                schemes.push(scheme);
            }
            [_, second, ..] => {
                let message = "the generator has no code for schemes that are required together";
                let help = "where one of them is enough, write each as an object of its own";
                sink.error_with_help(Code::InvalidValue, second.origin, message, help);
            }
        }
    }
    Security::any_of(schemes)
}

/// The scheme that a name stands for; nothing where it has been reported.
fn scheme(document: &Document, name: &Spanned<String>, sink: &mut Sink) -> Option<Scheme> {
    let mut declared = document.schemes.iter();
    let Some(SchemeItem { name, type_, scheme }) =
        declared.find(|declared| declared.name == name.value)
    else {
        let message = format!("there is no security scheme `{}`", name.value);
        let known = document.schemes.iter().map(|declared| declared.name.as_str());
        let help = match nearest(&name.value, known) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "declare it in `components.securitySchemes` of `openapi.json`".to_owned(),
        };
        sink.error_with_help(Code::UnknownKey, name.origin, message, help);
        return None;
    };
    if type_.as_deref()? != "http" {
        return Some(Scheme::Other(name.clone()));
    }
    let scheme = scheme.as_deref()?;
    // Names of schemes of HTTP have no case.
    let is = |known: &str| scheme.eq_ignore_ascii_case(known);
    Some(if is(SIGNATURE) {
        Scheme::Key
    } else if is("bearer") {
        Scheme::Bearer
    } else {
        Scheme::Other(name.clone())
    })
}
