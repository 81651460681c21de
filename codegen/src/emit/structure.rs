//! Shared objects: nested in requests or responses, or the context of rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, fields, imports, response};
use crate::model::{Model, TypeId};

/// ```text
/// use super::{BackupObjectTable};
///
/// pub struct BackupObject { … }
/// impl BackupObject { pub fn new() -> Self { … } … }
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
    let used = model.api.fields(id).iter().filter_map(|field| field.type_.named());
    let imports = imports(model, used, quote! { super });
    if type_.usage.in_responses {
        let structure = response::structure(model, id, &lines);
        return quote! { #imports #structure };
    }
    let docs = docs::attributes(&lines);
    let derives = fields::derives(model, id);
    let definitions = fields::definitions(model, id);
    let builders = fields::builders(model, id);
    let walk = type_.usage.in_requests.then(|| {
        let walk = fields::walk(model, id);
        quote! {
            #walk

            impl field::AsValue for #ident {
                fn as_value(&self) -> field::Value<'_> {
                    field::Value::Object(self)
                }
            }
        }
    });
    let runtime = walk.is_some().then(|| quote! { use alibabacloud_runtime::field; });
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
