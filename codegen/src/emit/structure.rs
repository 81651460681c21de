//! Shared objects: nested in requests or responses, or the context of rules.

use quote::quote;

use super::comments::Comments;
use super::markdown::paragraphs;
use super::{Part, call, imports, received_struct, sent_struct, validator};
use crate::blueprint::sent_struct::Purpose;
use crate::blueprint::structure::{Side, StructureFile};

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
pub(super) fn structure(file: &StructureFile<'_>, comments: &Comments<'_>) -> Vec<Part> {
    let docs = match file.description {
        Some(description) => paragraphs(description, comments.links),
        None => vec![format!("The object `{}`.", file.name)],
    };
    let imports = imports(&file.imports, quote! { super });
    let (structure, validator) = match &file.side {
        Side::Received(structure) => {
            let definition = received_struct::definition(structure, docs, comments);
            let list = received_struct::list(structure, "receive");
            return vec![Part::Items(quote! { #imports #definition }), list];
        }
        Side::Sent { structure, validator } => (structure, validator),
    };
    let docs = comments.outer(docs);
    let runtime = validator.as_ref().map(|_| validator::imports());
    let definition = sent_struct::definition(structure, comments);
    let head = quote! {
        #runtime
        #imports

        #docs
        #definition
    };
    let mut parts = vec![Part::Items(head), sent_struct::list(structure, comments.links)];
    parts.extend(validator.iter().map(|validator| Part::Items(validator::checked(validator))));
    match structure.purpose {
        Purpose::Request => parts.push(call("object", [structure.ident.to_string()])),
        Purpose::Context => {}
    }
    parts
}
