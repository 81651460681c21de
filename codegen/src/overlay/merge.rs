//! One JSON value into another, as Overlay 1.1 merges them.

use crate::diagnostic::{Code, Sink};
use crate::json::{Json, Kind};

/// Merges `update` into `target`; returns whether anything is different then.
///
/// Objects are merged member by member, lists get the elements of a list or what is no list as one more,
/// everything else is replaced. What stands in `update` keeps its place, so that problems are told there.
pub(super) fn merge(target: &mut Json, update: &Json, sink: &mut Sink) -> bool {
    match (&mut target.kind, &update.kind) {
        (Kind::Object(members), Kind::Object(news)) => {
            let mut changed = false;
            for new in news {
                match members.iter_mut().find(|member| member.key == new.key) {
                    Some(member) => changed |= merge_member(&mut member.value, &new.value, sink),
                    None => {
                        members.push(new.clone());
                        changed = true;
                    }
                }
            }
            changed
        }
        (Kind::Array(items), Kind::Array(news)) => {
            items.extend(news.iter().cloned());
            !news.is_empty()
        }
        (Kind::Array(items), _) => {
            items.push(update.clone());
            true
        }
        (_, Kind::Object(_) | Kind::Array(_)) | (Kind::Object(_), _) => {
            report(target, update, sink);
            false
        }
        _ => replace(target, update),
    }
}

/// Below the target, a list takes a list only.
fn merge_member(target: &mut Json, update: &Json, sink: &mut Sink) -> bool {
    match (&target.kind, &update.kind) {
        (Kind::Array(_), Kind::Array(_)) => merge(target, update, sink),
        (Kind::Array(_), _) => {
            report(target, update, sink);
            false
        }
        _ => merge(target, update, sink),
    }
}

fn replace(target: &mut Json, update: &Json) -> bool {
    let is_same = match (&target.kind, &update.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Boolean(old), Kind::Boolean(new)) => old == new,
        (Kind::Number(old), Kind::Number(new)) | (Kind::String(old), Kind::String(new)) => {
            old == new
        }
        _ => false,
    };
    *target = update.clone();
    !is_same
}

fn report(target: &Json, update: &Json, sink: &mut Sink) {
    let message = format!("{} cannot be merged into {}", update.kind_name(), target.kind_name());
    let help = "remove the target by an action of its own first, and then write the new value into \
                what it was in";
    sink.error_with_help(Code::InvalidValue, update.origin, message, help);
}
