//! `x-envelope` → the members of answers that say how a call went.

use super::references::Resolved;
use crate::bound::{Member, Operation, Types};
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::{Envelope, Marker, Type};
use crate::read::envelope::EnvelopeItem;
use crate::read::operation::OperationItem;
use crate::source::Spanned;
use crate::travel::{Answer, Media};

/// The envelope of the answers that have none of their own.
pub(super) fn of_service(
    resolved: &Resolved,
    operations: &[Operation],
    types: &Types,
    sink: &mut Sink,
) -> Envelope {
    let Some(item) = &resolved.document.envelope else { return Envelope::default() };
    let members = operations
        .iter()
        .flat_map(|operation| at_root(operation.answer, types.members(operation.response), types));
    let members: Vec<&Member> = members.collect();
    bind(item, &members, "no answer of the service", sink)
}

/// The envelope of an operation's answer, where it is not the service's.
pub(super) fn of_operation(
    item: &OperationItem,
    members: &[Member],
    types: &Types,
    sink: &mut Sink,
) -> Option<Envelope> {
    let members: Vec<&Member> = at_root(item.response.answer, members, types).iter().collect();
    Some(bind(item.envelope.as_ref()?, &members, "no answer of the operation", sink))
}

/// The members at the root of an answer, which may be those of the one value that it is.
fn at_root<'t>(answer: Answer, members: &'t [Member], types: &'t Types) -> &'t [Member] {
    match (answer, members) {
        (Answer::Object, _) => members,
        (Answer::Whole(Media::Json), [body]) => match &body.type_ {
            Type::Named(id) => types.members(*id),
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::List(_)
            | Type::Map(_)
            | Type::Bytes
            | Type::Any
            | Type::JsonText(_) => &[],
        },
        (Answer::Whole(_) | Answer::Nothing, _) => &[],
    }
}

/// Finds what an envelope names among members; what is not there is reported of what `none` names.
fn bind(item: &EnvelopeItem, members: &[&Member], none: &str, sink: &mut Sink) -> Envelope {
    let EnvelopeItem { request_id, code, message, success } = item;
    let markers: Vec<_> = success.iter().map(|(name, _)| name.clone()).collect();
    // What was not read may be a member that seems to be missing.
    let is_whole = !sink.has_gaps();
    for names in [request_id, code, message, &Some(markers)].into_iter().flatten() {
        if is_whole {
            report_unknown(names, members, none, sink);
        }
        report_repeated(names, sink);
    }
    let usual = Envelope::default();
    let names = |found: &Option<Vec<Spanned<String>>>, usual: Vec<String>| match found {
        Some(names) => names.iter().map(|name| name.value.clone()).collect(),
        None => usual,
    };
    Envelope {
        request_id: names(request_id, usual.request_id),
        code: names(code, usual.code),
        message: names(message, usual.message),
        success: success
            .iter()
            .map(|(name, good)| Marker { member: name.value.clone(), good: good.clone() })
            .collect(),
    }
}

/// Reports names that no member has.
fn report_unknown(names: &[Spanned<String>], members: &[&Member], none: &str, sink: &mut Sink) {
    let members = || members.iter().map(|member| member.name.value.as_str());
    let usual = Envelope::default();
    let usual = [usual.request_id, usual.code, usual.message].concat();
    for name in names {
        // What the gateway writes stands in errors, and need not be a member of any answer.
        let mut known = members().chain(usual.iter().map(String::as_str));
        if !known.any(|known| is_spelled(&name.value, known)) {
            let message = format!("{none} has a member {}", code(&name.value));
            let nearest = nearest(&name.value, members());
            sink.error_with_nearest(Code::UnknownParameter, name.origin, message, nearest);
        }
    }
}

/// Reports names that are there before.
fn report_repeated(names: &[Spanned<String>], sink: &mut Sink) {
    for (position, name) in names.iter().enumerate() {
        if names[..position].iter().any(|other| is_spelled(&name.value, &other.value)) {
            let message = format!("{} is named twice", code(&name.value));
            let help = "leave it out here: the first letter of a name may have either case";
            sink.error_with_help(Code::InvalidValue, name.origin, message, help);
        }
    }
}

/// Whether two names are one: their first letters may differ in case.
pub(crate) fn is_spelled(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known) && name.get(1..) == known.get(1..)
}
