//! Requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, example, fields, validator};
use crate::model::{Model, OperationId};
use crate::rules::Rule;

/// ```text
/// /// docs, with the requirement table
/// #[derive(Debug, Clone)]
/// #[non_exhaustive]
/// pub struct XRequest { … }
///
/// impl XRequest {
///     pub fn new(…) -> Self { … }
///     pub fn validate(&self) -> Result<(), validation::Violations> { … }
///     pub fn validate_in(&self, context: &C) -> Result<(), validation::Violations> {
///         let mut findings = validation::Findings::new();
///         let mut report = findings.report();
///         …
///         findings.finish(META.action, self)
///     }
/// }
///
/// impl field::Fields for XRequest { … }
/// ```
pub(super) fn request(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let ident = &model.names.type_(operation.request).ident;
    let docs = docs::attributes(&docs::request(model, id, example::request(model, id)));
    let derives = fields::derives(model, operation.request);
    let definitions = fields::definitions(model, operation.request);
    let builders = fields::builders(model, operation.request);
    let validators = validators(model, id);
    let walk = fields::walk(model, operation.request);
    let action = &operation.id.value;
    let alias =
        (!ident.to_string().starts_with(action)).then(|| quote! { #[doc(alias = #action)] });
    quote! {
        #docs
        #alias
        #derives
        pub struct #ident { #definitions }

        impl #ident {
            #builders
            #validators
        }

        #walk
    }
}

fn validators(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let body = body(model, id);
    let intro = |what: &str| {
        docs::attributes(&[
            what.to_owned(),
            String::new(),
            "# Errors".to_owned(),
            String::new(),
            "Every rule that the request breaks, in the order of its fields.".to_owned(),
        ])
    };
    let Some(context) = operation.context else {
        let docs = intro("Checks everything that the documents ask of the request.");
        return quote! {
            #docs
            pub fn validate(&self) -> Result<(), validation::Violations> { #body }
        };
    };
    let title = model.api.type_(context).title.as_deref().unwrap_or("context");
    let context = &model.names.type_(context).ident;
    let alone = intro(&format!(
        "Checks what can be checked while nothing is known of the {title}; see [`Self::validate_in`]."
    ));
    let within = intro(&format!(
        "Checks everything that the documents ask of the request, given what is known of the {title}."
    ));
    let named = |rule: &Rule| rule.broken.subjects().iter().any(|subject| subject.is_context());
    let is_used = model.rules(operation.request).iter().any(named);
    let argument = if is_used {
        quote! { context }
    } else {
        quote! { _ }
    };
    quote! {
        #alone
        pub fn validate(&self) -> Result<(), validation::Violations> {
            self.validate_in(&#context::new())
        }

        #within
        pub fn validate_in(&self, #argument: &#context) -> Result<(), validation::Violations> { #body }
    }
}

fn body(model: &Model, id: OperationId) -> TokenStream {
    let operation = model.api.operation(id);
    let statements = validator::statements(model, operation.request, operation.context);
    if statements.is_empty() {
        return quote! { validation::Findings::new().finish(META.action, self) };
    }
    quote! {
        let mut findings = validation::Findings::new();
        let mut report = findings.report();
        #statements
        findings.finish(META.action, self)
    }
}
