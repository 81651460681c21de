//! Shared objects: nested in requests or responses, or the context of rules.

use quote::quote;

use super::comments::Comments;
use super::{Part, call, fields, imports, names, response, validator};
use crate::model::{Model, TypeId};

/// ```text
/// use super::{BackupObjectTable};
///
/// pub struct BackupObject { … }
///
/// alibabacloud_runtime::private::fields! { … }
///
/// impl validation::Checked for BackupObject { … }
///
/// alibabacloud_runtime::private::object! { … }
/// ```
pub(super) fn structure(model: &Model, id: TypeId, comments: &Comments) -> Vec<Part> {
    let type_ = model.api.type_(id);
    let ident = &model.names.type_(id).ident;
    let lines = match &type_.description {
        Some(description) => super::markdown::paragraphs(description),
        None => vec![format!("The object `{}`.", type_.name.value)],
    };
    let imports = imports(model, names::of_struct(model, id, None), quote! { super });
    if type_.usage.in_responses {
        let [structure, list] = response::structure(model, id, lines, comments);
        return vec![Part::Items(imports), structure, list];
    }
    let docs = comments.outer(lines);
    let derives = fields::derives(model, id);
    let definitions = fields::definitions(model, id, comments);
    let is_checked = type_.usage.in_requests && model.is_checked(id);
    let runtime = is_checked.then(validator::imports);
    let structure = quote! {
        #runtime
        #imports

        #docs
        #derives
        pub struct #ident { #definitions }
    };
    let mut parts = vec![Part::Items(structure), fields::list(model, id)];
    parts.extend(is_checked.then(|| Part::Items(validator::checked(model, id, None))));
    parts.extend(type_.usage.in_requests.then(|| call("object", [ident.to_string()])));
    parts
}
