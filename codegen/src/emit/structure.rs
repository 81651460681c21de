//! Shared objects: nested in requests or responses, or the context of rules.

use quote::quote;

use super::comments::Comments;
use super::{Part, call, imports, named_types, response, sent_struct, validator};
use crate::model::{Model, TypeId};

/// ```text
/// use super::{BackupObjectTable};
///
/// pub struct BackupObject { … }
///
/// alibabacloud_runtime::fields! { … }
///
/// impl validation::Checked for BackupObject { … }
///
/// alibabacloud_runtime::object! { … }
/// ```
pub(super) fn structure(model: &Model, id: TypeId, comments: &Comments) -> Vec<Part> {
    let type_ = model.api.type_(id);
    let ident = &model.names.type_(id).ident;
    let lines = match &type_.description {
        Some(description) => super::markdown::paragraphs(description),
        None => vec![format!("The object `{}`.", type_.name.value)],
    };
    let imports = imports(model, named_types::of_struct(model, id, None), quote! { super });
    if type_.usage.in_responses {
        let [structure, list] = response::structure(model, id, lines, comments);
        return vec![Part::Items(imports), structure, list];
    }
    let docs = comments.outer(lines);
    let derives = sent_struct::derives(model, id);
    let definitions = sent_struct::definitions(model, id, comments);
    let is_checked = type_.usage.in_requests && model.is_checked(id);
    let runtime = is_checked.then(validator::imports);
    let structure = quote! {
        #runtime
        #imports

        #docs
        #derives
        pub struct #ident { #definitions }
    };
    let mut parts = vec![Part::Items(structure), sent_struct::list(model, id)];
    parts.extend(is_checked.then(|| Part::Items(validator::checked(model, id, None))));
    parts.extend(type_.usage.in_requests.then(|| call("object", [ident.to_string()])));
    parts
}
