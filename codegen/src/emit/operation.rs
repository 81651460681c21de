//! The file of an operation.

use quote::quote;

use super::comments::Comments;
use super::markdown::paragraphs;
use super::{
    Part, call, docs, envelope, errors, imports, literal, pages, request, response, sent_struct,
    validator, waits, when,
};
use crate::blueprint::links::Links;
use crate::blueprint::operation::{Callable, OperationFile};
use crate::model::Access;
use crate::model::security::Security;
use crate::travel::{Answer, Media, Method};

/// ```text
/// //! Changes where a backup plan reads its data from.
/// use …;
///
/// pub struct XRequest { … }
///
/// alibabacloud_runtime::private::fields! { … }
///
/// impl validation::Checked for XRequest { … }
/// pub mod when { … }
/// pub struct XResponse { … }
///
/// alibabacloud_runtime::private::receive! { … }
///
/// alibabacloud_runtime::private::operation! { … }
/// pub mod errors { … }
/// ```
pub(super) fn operation(file: &OperationFile<'_>, comments: &Comments<'_>) -> Vec<Part> {
    let module = comments.inner(paragraphs(file.callable.summary, comments.links));
    let imports = imports(&file.imports, quote! { super::super::types });
    let request = request::request(&file.request, comments);
    let runtime = validator::imports();
    let head = quote! {
        #module
        #runtime
        #imports

        #request
    };
    let checked = validator::checked(&file.validator);
    let when = file.when.as_ref().map(|when| when::when(when, comments));
    let mut parts = vec![
        Part::Items(head),
        sent_struct::list(&file.request.structure, comments.links),
        Part::Items(quote! { #checked #when }),
    ];
    parts.extend(response::response(&file.response, comments));
    parts.extend(file.envelope.map(|own| Part::Items(envelope::own(own))));
    parts.push(callable(&file.callable, file.envelope.is_some(), comments.links));
    parts.extend(file.pages.as_ref().map(pages::pages));
    parts.extend(file.request.docs.waits.as_ref().map(|found| waits::waits(found, comments.links)));
    parts.extend(errors::module(&file.request.docs.errors, comments).map(Part::Items));
    parts
}

/// The envelope of the service.
const SHARED: &str = "super::super::envelope::ENVELOPE";

/// What makes the request callable.
///
/// ```text
/// alibabacloud_runtime::private::operation! {
///     fn x(XRequest, XContext) -> XResponse;
///     summary: "Changes where a backup plan reads its data from.",
///     action: "X", version: "2019-03-06",
///     envelope: &super::super::envelope::ENVELOPE, answer: alibabacloud_runtime::meta::Answer::Object,
///     method: alibabacloud_runtime::meta::Method::Post, path: "/",
///     …
/// }
/// ```
fn callable(callable: &Callable<'_>, has_envelope: bool, links: Links<'_>) -> Part {
    let Callable { method, request, response, .. } = callable;
    let context = callable.context.map(|ident| format!(", {ident}")).unwrap_or_default();
    let option = |text: Option<&str>| match text {
        Some(text) => format!("Some({})", literal(text)),
        None => "None".to_owned(),
    };
    let facts = |facts: &[(&str, &str)]| {
        let facts: Vec<String> =
            facts.iter().map(|(name, value)| format!("{name}: {},", literal(value))).collect();
        facts.join(" ")
    };
    let ram = option(callable.ram_action);
    let verb = match callable.http_method {
        Method::Delete => "Delete",
        Method::Get => "Get",
        Method::Head => "Head",
        Method::Patch => "Patch",
        Method::Post => "Post",
        Method::Put => "Put",
    };
    let answer = match callable.answer {
        Answer::Object => "Object",
        Answer::Whole(Media::Json) => "Json",
        Answer::Whole(Media::Text) => "Text",
        Answer::Whole(Media::Bytes) => "Bytes",
        Answer::Nothing => "Nothing",
    };
    let access = match callable.access {
        Access::Read => "Read",
        Access::Write => "Write",
    };
    let security = match callable.security {
        // Which nearly all take.
        Security::Key => String::new(),
        Security::Anonymous => ", security: Anonymous".to_owned(),
        Security::Bearer => ", security: Bearer".to_owned(),
        Security::KeyOrBearer => ", security: KeyOrBearer".to_owned(),
        Security::Unsupported(names) => {
            let names: Vec<String> = names.iter().map(|name| literal(name)).collect();
            format!(", security: Unsupported(&[{}])", names.join(", "))
        }
    };
    let deprecated = match &callable.deprecation {
        None => String::new(),
        Some(instead) => format!(", deprecated: {}", literal(&docs::note(instead))),
    };
    let lines = [
        format!("fn {method}({request}{context}) -> {response}{security}{deprecated};"),
        facts(&[("summary", &docs::text(callable.summary, links))]),
        facts(&[("action", callable.action), ("version", callable.version)]),
        format!(
            "envelope: &{}, answer: alibabacloud_runtime::meta::Answer::{answer},",
            if has_envelope { "ENVELOPE" } else { SHARED }
        ),
        format!(
            "method: alibabacloud_runtime::meta::Method::{verb}, {}",
            facts(&[("path", callable.url_path)])
        ),
        format!("ram_action: {ram}, access: alibabacloud_runtime::meta::Access::{access},"),
        format!("idempotency_parameter: {},", option(callable.idempotency_parameter)),
    ];
    call("operation", lines)
}
