//! An enum with a variant for each value on which a request turns, so that the compiler asks for what
//! the value makes required.

use proc_macro2::TokenStream;
use quote::quote;

use super::comments::Comments;
use super::example;
use super::types::owned;
use crate::english::code;
use crate::model::{Model, OperationId};
use crate::naming::{Name, Names};
use crate::rules::guide::forms::{Form, Forms};

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
pub(super) fn forms(model: &Model, id: OperationId, comments: &Comments) -> TokenStream {
    let Some(forms) = &model.guide(id).forms else { return TokenStream::new() };
    let docs = comments.outer(introduction(model, id, forms));
    let variants = forms.forms.iter().map(|form| variant(model, id, forms, form, comments));
    let arms = forms.forms.iter().map(|form| arm(model, id, forms, form));
    let request = &model.names.type_(model.api.operation(id).request).ident;
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
fn variant(
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
    let value = &model.api.values(forms.kind)[form.variant];
    let (of, wire) = (code(&decider.wire.value), code(&value.wire.value));
    let docs = comments.outer(vec![format!("What a request takes when {of} is {wire}.")]);
    let members = form.members.iter().map(|index| {
        let (field, member) = (&fields[*index], &names.members[*index]);
        let type_ = owned(model, &field.type_);
        let link = format!("{}::{}", names.ident, Names::file_stem(member));
        let docs = comments.outer(vec![format!("See [`{}`]({link}).", field.wire.value)]);
        quote! { #docs #member: #type_ }
    });
    let ident = &model.names.type_(forms.kind).members[form.variant];
    let members = (!form.members.is_empty()).then(|| quote! { { #(#members),* } });
    quote! { #docs #ident #members, }
}

/// `When::Agent { id, port } => Self::new(id, Kind::Agent).port(port),`
fn arm(model: &Model, id: OperationId, forms: &Forms, form: &Form) -> TokenStream {
    let request = model.api.operation(id).request;
    let members = &model.names.type_(request).members;
    let fields = model.api.fields(request);
    let kind = model.names.type_(forms.kind);
    let (kind, variant) = (&kind.ident, &kind.members[form.variant]);
    let required = (0..fields.len()).filter(|index| fields[*index].required);
    let arguments = required.map(|index| {
        let member = &members[index];
        if index == forms.decider {
            quote! { #kind::#variant }
        } else {
            quote! { #member }
        }
    });
    let setters = form.members.iter().filter(|index| !fields[**index].required);
    let setters: Vec<&Name> = setters.map(|index| &members[*index]).collect();
    let given = form.members.iter().map(|index| &members[*index]);
    let given = (!form.members.is_empty()).then(|| quote! { { #(#given),* } });
    quote! {
        When::#variant #given => Self::new(#(#arguments),*)#(.#setters(#setters))*,
    }
}

fn introduction(model: &Model, id: OperationId, forms: &Forms) -> Vec<String> {
    let request = model.api.operation(id).request;
    let decider = &model.api.fields(request)[forms.decider].wire.value;
    let mut lines = vec![
        format!(
            "Requests by {}: a variant for each value has exactly what that value",
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
