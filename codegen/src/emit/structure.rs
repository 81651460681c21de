//! Shared objects: nested in requests or responses, or the context of rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, fields, imports, names, response, validator};
use crate::model::{Model, TypeId};

/// ```text
/// use super::{BackupObjectTable};
///
/// pub struct BackupObject { … }
/// impl BackupObject { pub fn new() -> Self { … } … }
/// impl validation::Checked for BackupObject { … }
/// impl field::Fields for BackupObject { … }
/// impl field::AsValue for BackupObject { … }
/// ```
pub(super) fn structure(model: &Model, id: TypeId) -> TokenStream {
    let type_ = model.api.type_(id);
    let ident = &model.names.type_(id).ident;
    let lines = match &type_.description {
        Some(description) => super::markdown::paragraphs(description),
        None => vec![format!("The object `{}`.", type_.name.value)],
    };
    let imports = imports(model, names::of_struct(model, id, None), quote! { super });
    if type_.usage.in_responses {
        let structure = response::structure(model, id, &lines);
        return quote! { #imports #structure };
    }
    let docs = docs::attributes(&lines);
    let derives = fields::derives(model, id);
    let definitions = fields::definitions(model, id);
    let builders = fields::builders(model, id);
    let walk = type_.usage.in_requests.then(|| {
        let checked = validator::checked(model, id);
        let walk = fields::walk(model, id);
        quote! {
            #checked
            #walk

            impl field::AsValue for #ident {
                fn as_value(&self) -> field::Value<'_> {
                    field::Value::Object(self)
                }
            }
        }
    });
    let runtime = walk.is_some().then(|| {
        let validation = model.is_checked(id).then(|| quote! { , validation });
        quote! { use alibabacloud_runtime::{field #validation}; }
    });
    quote! {
        #runtime
        #imports

        #docs
        #derives
        pub struct #ident { #definitions }

        impl #ident { #builders }

        #walk
    }
}
