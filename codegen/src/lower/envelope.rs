//! The members of a response that say how the call went, found by their names.

use crate::model::{EnvelopePart, Field, Type};

/// The members that services' responses have in common, by their positions. Names may start with a
/// letter of either case.
pub(super) fn parts(fields: &[Field]) -> Vec<(usize, EnvelopePart)> {
    let is = |field: &Field, name: &str| {
        let wire = &field.wire.value;
        wire.eq_ignore_ascii_case(name) && wire.get(1..) == name.get(1..)
    };
    let says = |field: &Field, names: &[&str]| names.iter().any(|name| is(field, name));
    // `Code` is often something else, such as that of a currency; beside a `Message` it is not.
    let has_message =
        fields.iter().any(|field| is(field, "Message") && field.type_ == Type::String);
    let part = |field: &Field| match &field.type_ {
        Type::Boolean if is(field, "Success") => Some(EnvelopePart::Success),
        Type::String | Type::Int32 | Type::Int64
            if says(field, &["ErrCode", "ErrorCode"]) || (has_message && is(field, "Code")) =>
        {
            Some(EnvelopePart::Code)
        }
        Type::String if is(field, "Success") => Some(EnvelopePart::Success),
        Type::String if says(field, &["ErrMessage", "ErrorMessage", "Message"]) => {
            Some(EnvelopePart::Message)
        }
        Type::String if is(field, "RequestId") => Some(EnvelopePart::RequestId),
        Type::String | Type::Boolean | Type::Int32 | Type::Int64 => None,
        Type::Secret | Type::Float | Type::Double => None,
        Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Any | Type::JsonText(_) => None,
    };
    let fields = fields.iter().enumerate();
    fields.filter_map(|(index, field)| Some((index, part(field)?))).collect()
}
