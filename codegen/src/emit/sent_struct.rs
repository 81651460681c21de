//! Structs that callers make: their definition, and the list of their fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::field_type::{argument, declared, text};
use super::{DEPRECATED, Part, call, docs, list_head, literal};
use crate::blueprint::field_type::WireForm;
use crate::blueprint::links::Links;
use crate::blueprint::sent_struct::{Derive, Purpose, SentField, SentStruct};
use crate::english::{code, first_sentence};
use crate::travel::{Encoding, Media, Place, Travel};

/// ```text
/// #[derive(Default)]
/// #[must_use]
/// #[non_exhaustive]
/// pub struct X {
///     /// docs
///     pub backup_plan_id: String,
/// }
/// ```
pub(super) fn definition(structure: &SentStruct<'_>, comments: &Comments<'_>) -> TokenStream {
    let ident = structure.ident;
    let derives = derives(&structure.derives);
    let fields = structure.fields.iter().map(|field| {
        let docs = comments.outer(docs::field(&field.docs, comments.links));
        let stands = (!field.is_required, field.is_boxed);
        declared(docs, field.ident, &field.type_, stands, field.is_deprecated)
    });
    quote! {
        #derives
        #[must_use]
        #[non_exhaustive]
        pub struct #ident { #(#fields)* }
    }
}

fn derives(derives: &[Derive]) -> Option<TokenStream> {
    let derives = derives.iter().map(|derive| match derive {
        Derive::Debug => quote! { Debug },
        Derive::Clone => quote! { Clone },
        Derive::PartialEq => quote! { PartialEq },
        Derive::Default => quote! { Default },
    });
    let derives: Vec<TokenStream> = derives.collect();
    (!derives.is_empty()).then(|| quote! { #[derive(#(#derives),*)] })
}

/// ```text
/// alibabacloud_runtime::private::fields! {
///     X + PartialEq:
///     required id: impl Into<String> = "Id",
///     optional objects: impl Into<Vec<Object>> = json_text "Objects" says "Sets […](…): …",
///     optional labels: impl Into<Vec<String>> = "Labels" in Form as Json,
///     optional form_id: impl Into<String> = "form_id" in Form as Indexed named "Id",
/// }
/// ```
pub(super) fn list(structure: &SentStruct<'_>, links: Links<'_>) -> Part {
    let (name, head) = match structure.purpose {
        Purpose::Request => ("fields", list_head(structure.ident, structure.is_comparable)),
        Purpose::Context => ("builder", list_head(structure.ident, false)),
    };
    call(name, std::iter::once(head).chain(structure.fields.iter().map(|field| line(field, links))))
}

fn line(field: &SentField<'_>, links: Links<'_>) -> String {
    let given = if field.is_required { "required" } else { "optional" };
    let type_ = text(&argument(&field.type_));
    let form = match field.wire_form {
        WireForm::Plain => "",
        WireForm::JsonText => "json_text ",
    };
    // A setter is deprecated with its field; `new` asks for what is required, whatever it is.
    let marked = field.is_deprecated && !field.is_required;
    let mark = if marked { format!(" deprecated {}", literal(DEPRECATED)) } else { String::new() };
    let travel = field.travel.map(travel).unwrap_or_default();
    let name = literal(field.label.unwrap_or(field.wire));
    let named = field.label.map(|_| format!(" named {}", literal(field.wire))).unwrap_or_default();
    let ident = field.ident;
    // `new` takes what is required, and no setter.
    let says = if field.is_required { String::new() } else { setter(field, links) };
    format!("{given} {ident}: {type_} = {form}{name}{travel}{named}{mark}{says},")
}

/// How long a sentence may be that is said twice; whoever wants a longer one follows the link.
const LONGEST_SAID: usize = 200;

/// What the docs of a setter say, the first thing that is said of its field among it.
fn setter(field: &SentField<'_>, links: Links<'_>) -> String {
    let name = code(field.label.unwrap_or(field.wire));
    let docs = format!("Sets [{name}](field@Self::{})", field.ident.plain());
    let said = field.docs.description.map(first_sentence);
    let said = said.filter(|said| (1..=LONGEST_SAID).contains(&said.chars().count()));
    let docs = match said {
        Some(said) => format!("{docs}: {}", docs::text(said, links)),
        None => format!("{docs}."),
    };
    format!(" says {}", literal(&docs))
}

/// What stands behind the wire name of a field that travels otherwise than most.
fn travel(travel: Travel) -> String {
    let place = match travel.place {
        Place::Query => "Query",
        Place::Form => "Form",
        Place::Header => "Header",
        Place::Path => "Path",
        Place::WholePath => "WholePath",
        Place::Member => "Member",
        Place::Body(Media::Json) => "Json",
        Place::Body(Media::Text) => "Text",
        Place::Body(Media::Bytes) => "Bytes",
    };
    let encoding = match travel.encoding {
        Encoding::Indexed => "Indexed",
        Encoding::Json => "Json",
        Encoding::Comma => "Comma",
    };
    format!(" in {place} as {encoding}")
}
