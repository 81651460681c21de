//! A struct for each value of the enum on which a request turns, so that the compiler asks for what
//! the value makes required.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::types::owned;
use super::{enumeration, example, names};
use crate::english::code;
use crate::model::{Model, OperationId};
use crate::naming::{Name, Names};
use crate::rules::forms::{Form, Forms};

/// ```text
/// /// Requests by `Kind`: …
/// pub mod when {
///     use super::{Kind, XRequest};
///
///     alibabacloud_runtime::forms! { Agent }
///
///     /// What a request takes when `Kind` is `Agent`.
///     pub struct Agent { pub id: String, pub port: i32 }
///
///     impl From<Agent> for XRequest {
///         fn from(form: Agent) -> Self {
///             Self::new(form.id, Kind::Agent).port(form.port)
///         }
///     }
/// }
/// ```
pub(super) fn forms(model: &Model, id: OperationId, comments: &Comments) -> TokenStream {
    let Some(forms) = possible(model, id) else { return TokenStream::new() };
    let request = model.api.operation(id).request;
    let names = model.names.type_(request);
    let decider = &model.api.fields(request)[forms.decider];
    let module = comments.outer(introduction(model, id, forms));
    let used = names::of_fields(model, request, forms.forms.iter().flat_map(|form| &form.members));
    let kind = decider.type_.named();
    let mut imports: Vec<&Name> =
        used.into_iter().chain(kind).map(|id| &model.names.type_(id).ident).collect();
    imports.push(&names.ident);
    imports.sort();
    imports.dedup();
    let value = |form: &Form| enumeration::ident(model, kind?, &form.value);
    let idents = forms.forms.iter().filter_map(value);
    let structs = forms.forms.iter().map(|form| structure(model, id, forms, form, comments));
    quote! {
        #module
        pub mod when {
            use super::{#(#imports),*};
            alibabacloud_runtime::forms! { #(#idents)* }
            #(#structs)*
        }
    }
}

/// Whether a request has forms.
pub(super) fn exist(model: &Model, id: OperationId) -> bool {
    possible(model, id).is_some()
}

/// The forms; none when a name would hide one that they need.
fn possible(model: &Model, id: OperationId) -> Option<&Forms> {
    let forms = model.guide(id).forms.as_ref()?;
    let fields = model.api.fields(model.api.operation(id).request);
    let kind = fields[forms.decider].type_.named()?;
    let taken = |ident: &Name| Names::is_prelude(ident) || model.names.is_type(ident);
    let mut idents = forms.forms.iter().map(|form| enumeration::ident(model, kind, &form.value));
    let clashes = idents.any(|ident| ident.is_none_or(taken));
    (!clashes).then_some(forms)
}

fn structure(
    model: &Model,
    id: OperationId,
    forms: &Forms,
    form: &Form,
    comments: &Comments,
) -> TokenStream {
    let request = model.api.operation(id).request;
    let names = model.names.type_(request);
    let fields = model.api.fields(request);
    let decider = &fields[forms.decider];
    let Some(kind) = decider.type_.named() else { return TokenStream::new() };
    let wire = &form.value;
    let ident = enumeration::ident(model, kind, wire);
    let doc = format!("What a request takes when {} is {}.", code(&decider.wire.value), code(wire));
    let doc = comments.outer(vec![doc]);
    let members = form.members.iter().map(|index| {
        let (field, member) = (&fields[*index], &names.members[*index]);
        let type_ = owned(model, &field.type_);
        let link = format!("{}::{}", names.ident, Names::file_stem(member));
        let doc = comments.outer(vec![format!("See [`{}`]({link}).", field.wire.value)]);
        quote! { #doc pub #member: #type_ }
    });
    let variant = enumeration::variant(model, kind, wire);
    let arguments = fields.iter().zip(&names.members).enumerate();
    let arguments =
        arguments.filter(|(_, (field, _))| field.required).map(|(index, (_, member))| {
            if index == forms.decider {
                variant.clone()
            } else {
                quote! { form.#member }
            }
        });
    let setters = form.members.iter().filter(|index| !fields[**index].required);
    let setters: Vec<&Name> = setters.map(|index| &names.members[*index]).collect();
    let request_ident = &names.ident;
    let form = if form.members.is_empty() {
        quote! { _ }
    } else {
        quote! { form }
    };
    quote! {
        #doc
        pub struct #ident { #(#members),* }

        impl From<#ident> for #request_ident {
            fn from(#form: #ident) -> Self {
                Self::new(#(#arguments),*)#(.#setters(form.#setters))*
            }
        }
    }
}

fn introduction(model: &Model, id: OperationId, forms: &Forms) -> Vec<String> {
    let request = model.api.operation(id).request;
    let decider = &model.api.fields(request)[forms.decider].wire.value;
    let mut lines = vec![
        format!(
            "Requests by {}: a struct for each value has exactly what that value",
            code(decider)
        ),
        "requires, so that the compiler asks for it. What else a request may have is set on the"
            .to_owned(),
        "request that it converts to.".to_owned(),
    ];
    // The longest one shows the most.
    let shown = (0..forms.forms.len()).max_by_key(|index| {
        let form = &forms.forms[*index];
        (example::has_all(model, request, &form.members), form.members.len(), usize::MAX - index)
    });
    if let Some(index) = shown {
        lines.extend(example::form(model, id, forms, index));
    }
    lines
}
