//! An enum with a variant for each value on which a request turns, so that the compiler asks for what
//! the value makes required.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::doctest;
use super::field_type::owned;
use crate::blueprint::when::{Argument, Variant, When};
use crate::english::code;

/// ```text
/// /// Requests by `Kind`: …
/// #[non_exhaustive]
/// pub enum When {
///     /// What a request takes when `Kind` is `Agent`.
///     Agent { id: String, port: i32 },
/// }
///
/// alibabacloud_runtime::private::forms! { When }
///
/// impl From<When> for XRequest {
///     fn from(when: When) -> Self {
///         match when {
///             When::Agent { id, port } => Self::new(id, Kind::Agent).port(port),
///         }
///     }
/// }
/// ```
pub(super) fn when(when: &When<'_>, comments: &Comments<'_>) -> TokenStream {
    let docs = comments.outer(introduction(when));
    let variants = when.variants.iter().map(|form| variant(when, form, comments));
    let arms = when.variants.iter().map(|form| arm(when, form));
    let request = when.request;
    quote! {
        #docs
        #[non_exhaustive]
        pub enum When { #(#variants)* }

        alibabacloud_runtime::private::forms! { When }

        impl From<When> for #request {
            fn from(when: When) -> Self {
                match when { #(#arms)* }
            }
        }
    }
}

/// `Agent { id: String, port: i32 },`
fn variant(when: &When<'_>, form: &Variant<'_>, comments: &Comments<'_>) -> TokenStream {
    let (decider, value) = (code(when.decider), code(form.wire));
    let docs = comments.outer(vec![format!("What a request takes when {decider} is {value}.")]);
    let members = form.members.iter().map(|member| {
        let (ident, type_) = (member.ident, owned(&member.type_));
        let link = format!("{}::{}", when.request, ident.plain());
        let docs = comments.outer(vec![format!("See [`{}`]({link}).", member.label)]);
        quote! { #docs #ident: #type_ }
    });
    let members = (!form.members.is_empty()).then(|| quote! { { #(#members),* } });
    let ident = form.ident;
    quote! { #docs #ident #members, }
}

/// `When::Agent { id, port } => Self::new(id, Kind::Agent).port(port),`
fn arm(when: &When<'_>, form: &Variant<'_>) -> TokenStream {
    let (kind, ident) = (when.kind, form.ident);
    let arguments = form.arguments.iter().map(|argument| match argument {
        Argument::Decider => quote! { #kind::#ident },
        Argument::Member(member) => quote! { #member },
    });
    let setters = &form.setters;
    let given = form.members.iter().map(|member| member.ident);
    let given = (!form.members.is_empty()).then(|| quote! { { #(#given),* } });
    quote! {
        When::#ident #given => Self::new(#(#arguments),*)#(.#setters(#setters))*,
    }
}

fn introduction(when: &When<'_>) -> Vec<String> {
    let mut lines = vec![
        format!(
            "Requests by {}: a variant for each value has exactly what that value",
            code(when.decider)
        ),
        "requires, so that the compiler asks for it. What else a request may have is set on the"
            .to_owned(),
        "request that it converts to.".to_owned(),
    ];
    if let Some(sample) = &when.sample {
        lines.push(String::new());
        lines.extend(doctest::form(sample));
    }
    lines
}
