//! JSON pointers into a response → the ways that they are.

use super::operation::Own;
use crate::bound::Member;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, nearest};
use crate::model::{Step, Type};
use crate::source::Spanned;
use crate::travel::Answer;

/// The way to a member of the response, and the member's type. `in_list` is advice for whoever looks for
/// something inside a list.
pub(super) fn of_response(
    own: &Own<'_>,
    pointer: &Spanned<String>,
    in_list: Option<&str>,
    sink: &mut Sink,
) -> Option<(Vec<Step>, Type)> {
    if let ("", Answer::Whole(_), [body]) = (&*pointer.value, own.answer, own.received.1.members())
    {
        return Some((vec![Step { owner: own.received.0, member: 0 }], body.type_.clone()));
    }
    from(own, (Type::Named(own.received.0), "this response"), pointer, in_list, sink)
}

/// The way from a value to what a pointer points to, and the type that has. `what` is what the value is
/// called.
pub(super) fn from(
    own: &Own<'_>,
    (start, what): (Type, &str),
    pointer: &Spanned<String>,
    in_list: Option<&str>,
    sink: &mut Sink,
) -> Option<(Vec<Step>, Type)> {
    let Some(path) = pointer.value.strip_prefix('/') else {
        let message = format!("{} is not a JSON pointer into {what}", code(&pointer.value));
        let help = "write `/` before the name of each member on the way";
        sink.error_with_help(Code::InvalidValue, pointer.origin, message, help);
        return None;
    };
    let (mut steps, mut type_) = (Vec::new(), start);
    for name in path.split('/') {
        let owner = match type_ {
            Type::Named(id) => id,
            _ => {
                let message = format!("nothing stands inside a list or a scalar: `{name}`");
                match in_list.filter(|_| matches!(type_, Type::List(_))) {
                    Some(help) => {
                        sink.error_with_help(Code::InvalidValue, pointer.origin, message, help);
                    }
                    None => sink.error(Code::InvalidValue, pointer.origin, message),
                }
                return None;
            }
        };
        let members = own.members(owner);
        let Some(member) = members.iter().position(|member| member.name.value == name) else {
            report_unknown(pointer, name, members.iter().map(|member| &*member.name.value), sink);
            return None;
        };
        steps.push(Step { owner, member });
        type_ = members[member].type_.clone();
    }
    Some((steps, type_))
}

/// Reports a name that no member has.
pub(super) fn report_unknown<'n>(
    place: &Spanned<String>,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    sink: &mut Sink,
) {
    let message = format!("there is no member `{name}`");
    sink.error_with_nearest(Code::UnknownParameter, place.origin, message, nearest(name, known));
}

/// Reports an idempotency token that calls which follow, and which are calls of their own, cannot drop;
/// `what` they are, and which `key` says that there are any.
pub(super) fn require_optional_token(
    own: &Own<'_>,
    token: Option<&str>,
    (what, key): (&str, &str),
    sink: &mut Sink,
) {
    let is_token = |member: &&Member| Some(member.label()) == token;
    if let Some(member) = own.sent.1.members().iter().find(is_token)
        && member.required
    {
        let name = member.label();
        let message =
            format!("the idempotency token `{name}` is required, and {what}s drop theirs");
        let help =
            format!("make it optional, or leave `{key}` out: each {what} is a call of its own");
        sink.error_with_help(Code::InvalidValue, member.name.origin, message, help);
    }
}
