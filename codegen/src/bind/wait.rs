//! `x-wait` → what callers wait for: the members of the answer that tell of it.

use super::operation::Own;
use super::way;
use crate::bound::EnumItem;
use crate::diagnostic::{Code, Sink};
use crate::english::{code, listed, nearest};
use crate::model::{Access, Step, Take, Type, Wait, WaitTest};
use crate::read::wait::{Asks, Literal, LiteralKind, TestItem, WaitItem};
use crate::source::{Origin, Spanned};

/// The pause after the first question, and the time for all of it, where a spec does not say them: in
/// seconds.
const PAUSE: u32 = 5;
const TIMEOUT: u32 = 30 * 60;

/// What to write where elements of a list tell of the state.
const IN_LIST: &str = "name the list in `items`, and say in `take` which of its elements count; pointers then start there";

/// Finds what an operation's waits name; reports what is not there, or cannot be compared.
pub(super) fn bind(
    own: &Own<'_>,
    items: &[WaitItem],
    access: Access,
    idempotency_parameter: Option<&str>,
    sink: &mut Sink,
) -> Vec<Wait> {
    if let [first, ..] = items {
        let facts = ("question", "x-wait");
        way::require_optional_token(own, idempotency_parameter, facts, sink);
        if access == Access::Write {
            let message =
                "what is waited for is asked again and again, and this operation may write";
            let help = "add `\"x-access\": \"read\"` if it surely only reads; otherwise put `x-wait` on \
                        the operation that tells how far things are";
            sink.error_with_help(Code::InvalidValue, first.name.origin, message, help);
        }
    }
    items.iter().filter_map(|item| wait(own, item, sink)).collect()
}

fn wait(own: &Own<'_>, item: &WaitItem, sink: &mut Sink) -> Option<Wait> {
    if !is_name(&item.name.value) {
        let message = format!("{} is no name of what is waited for", code(&item.name.value));
        let help = "write small letters, digits and `_`, as in `restored` or `download_ready`: the clients' \
                    method is `wait_until_` and the name";
        sink.error_with_help(Code::InvalidName, item.name.origin, message, help);
    }
    let items = list(own, item, sink)?;
    let start = match &items {
        Some((_, _, element)) => Start { own, type_: element.clone(), what: "an element" },
        None => Start { own, type_: Type::Named(own.received.0), what: "this response" },
    };
    let mut tests = |tests: &[TestItem]| {
        let tests: Vec<_> = tests.iter().map(|test| start.test(test, sink)).collect();
        tests.into_iter().collect::<Option<Vec<_>>>()
    };
    let (success, failure) = (tests(&item.success), tests(&item.failure));
    let (success, failure) = (success?, failure?);
    if !failure.is_empty() && failure.iter().all(|test| success.iter().any(|met| met.implies(test)))
    {
        let message = "whatever has ended well has ended ill, too, so that nothing ends well";
        let help = "write states into `failure` that `success` does not have";
        sink.error_with_help(Code::InvalidValue, item.name.origin, message, help);
    }
    let (pause, timeout) = times(item, sink)?;
    Some(Wait {
        name: item.name.clone(),
        description: item.description.value.clone(),
        items: items.map(|(take, steps, _)| (take, steps)),
        success,
        failure,
        pause,
        timeout,
    })
}

/// Which elements count of which list, and what an element is; nothing in it where the answer itself
/// tells of the state.
fn list(
    own: &Own<'_>,
    item: &WaitItem,
    sink: &mut Sink,
) -> Option<Option<(Take, Vec<Step>, Type)>> {
    let take = match (&item.items, &item.take) {
        (None, None) => return Some(None),
        (Some(items), None) => {
            let message = format!("it is not said which elements of {} count", code(&items.value));
            let help = "add `\"take\"`: `\"all\"`, `\"any\"` or `\"first\"`";
            sink.error_with_help(Code::MissingKey, items.origin, message, help);
            return None;
        }
        (None, Some(take)) => {
            let message = "`take` says which elements of a list count, and there is none";
            let help = "name the list in `items`, or leave `take` out";
            sink.error_with_help(Code::InvalidValue, take.origin, message, help);
            return None;
        }
        (Some(_), Some(take)) => self::take(take, sink),
    };
    let pointer = item.items.as_ref()?;
    let (steps, type_) = way::of_response(own, pointer, None, sink)?;
    match type_ {
        Type::List(element) => Some(Some((take?, steps, *element))),
        Type::String
        | Type::Secret
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::Float
        | Type::Double
        | Type::Named(_)
        | Type::Map(_)
        | Type::Bytes
        | Type::Any
        | Type::JsonText(_) => {
            let message = format!("{} is not a list", code(&pointer.value));
            let help = "leave `items` and `take` out where the answer has one state";
            sink.error_with_help(Code::InvalidValue, pointer.origin, message, help);
            None
        }
    }
}

fn take(take: &Spanned<String>, sink: &mut Sink) -> Option<Take> {
    match take.value.as_str() {
        "all" => Some(Take::All),
        "any" => Some(Take::Any),
        "first" => Some(Take::First),
        other => {
            let message = format!("{} does not say which elements count", code(other));
            let help = "write `all`, `any` or `first`";
            sink.error_with_help(Code::InvalidValue, take.origin, message, help);
            None
        }
    }
}

/// The pause and the time for all of it, in seconds.
fn times(item: &WaitItem, sink: &mut Sink) -> Option<(u32, u32)> {
    let mut seconds = |said: &Option<Spanned<i64>>, usual: u32| {
        let Some(said) = said else { return Some(usual) };
        let seconds = u32::try_from(said.value).ok().filter(|seconds| *seconds > 0);
        if seconds.is_none() {
            let message = format!("{} is no number of seconds to wait", said.value);
            sink.error_with_help(Code::InvalidValue, said.origin, message, "write 1 or more");
        }
        seconds
    };
    let (pause, timeout) = (seconds(&item.pause, PAUSE)?, seconds(&item.timeout, TIMEOUT)?);
    let said = item.timeout.as_ref().or(item.pause.as_ref());
    if let Some(said) = said.filter(|_| pause >= timeout) {
        let message = format!("after a pause of {pause} s all {timeout} s have passed");
        let help = "make `pause` smaller than `timeout`, which is 1800 where it is not said";
        sink.error_with_help(Code::InvalidValue, said.origin, message, help);
    }
    Some((pause, timeout))
}

/// What a state is told of by: the response, or an element of its list.
struct Start<'o, 't> {
    own: &'o Own<'t>,
    type_: Type,
    what: &'static str,
}

impl Start<'_, '_> {
    fn test(&self, item: &TestItem, sink: &mut Sink) -> Option<WaitTest> {
        let (way, type_) = self.member(&item.pointer, sink)?;
        if type_ == Type::Secret {
            let message = format!("{} is a secret, which nothing is compared with", name(item));
            let help = "name a member that tells of the state";
            sink.error_with_help(Code::InvalidValue, item.pointer.origin, message, help);
            return None;
        }
        let values = match &item.asks {
            Asks::Given => Vec::new(),
            Asks::OneOf(literals) => {
                let kind = self.kind(item, &type_, sink)?;
                for literal in literals {
                    self.check(item, &type_, kind, literal, sink);
                }
                literals.iter().map(|literal| literal.value.text.clone()).collect()
            }
        };
        Some(WaitTest { way, values })
    }

    /// The way to the member that a test is of. An element of a list may be the state itself.
    fn member(&self, pointer: &Spanned<String>, sink: &mut Sink) -> Option<(Vec<Step>, Type)> {
        let is_response = self.type_ == Type::Named(self.own.received.0);
        if is_response {
            return way::of_response(self.own, pointer, Some(IN_LIST), sink);
        }
        if pointer.value.is_empty() {
            return Some((Vec::new(), self.type_.clone()));
        }
        let start = (self.type_.clone(), self.what);
        way::from(self.own, start, pointer, None, sink)
    }

    /// What values of a type are in JSON; reports those that are compared with nothing.
    fn kind(&self, item: &TestItem, type_: &Type, sink: &mut Sink) -> Option<LiteralKind> {
        let what = match type_ {
            Type::String => return Some(LiteralKind::Text),
            Type::Named(id) if self.own.values(*id).is_some() => return Some(LiteralKind::Text),
            Type::Boolean => return Some(LiteralKind::Boolean),
            Type::Int32 | Type::Int64 => return Some(LiteralKind::Integer),
            Type::Float | Type::Double => "a floating-point number",
            Type::Named(_) => "an object",
            Type::List(_) => "a list",
            Type::Map(_) => "a map",
            Type::Bytes => "bytes",
            Type::Any => "of no type",
            Type::JsonText(_) => "JSON text",
            Type::Secret => "a secret",
        };
        let message = format!("{} is {what}, which is compared with no value", name(item));
        let help = "write `\"given\"`, or name a text, an enum, a whole number or a boolean; the elements \
                    of a list count with `items` and `take`";
        sink.error_with_help(Code::InvalidValue, item.pointer.origin, message, help);
        None
    }

    /// Reports a value that the member cannot have.
    fn check(
        &self,
        item: &TestItem,
        type_: &Type,
        kind: LiteralKind,
        literal: &Spanned<Literal>,
        sink: &mut Sink,
    ) {
        let text = literal.value.text.as_str();
        if literal.value.kind != kind {
            let kind = match kind {
                LiteralKind::Boolean => "a boolean",
                LiteralKind::Integer => "a whole number",
                LiteralKind::Text => "a text",
            };
            let message = format!("{} is not {kind}, as {} is", code(text), name(item));
            sink.error(Code::InvalidValue, literal.origin, message);
            return;
        }
        let is_wide = *type_ == Type::Int32 && text.parse::<i32>().is_err();
        if is_wide {
            let message = format!("{} is not an int32, as {} is", code(text), name(item));
            sink.error(Code::InvalidValue, literal.origin, message);
        }
        let Type::Named(id) = type_ else { return };
        let Some(values) = self.own.values(*id).filter(|_| !self.own.is_open(*id)) else { return };
        if values.iter().all(|value| value.wire.value != text) {
            report_value(item, text, values, literal.origin, sink);
        }
    }
}

fn report_value(item: &TestItem, text: &str, values: &[EnumItem], origin: Origin, sink: &mut Sink) {
    let known: Vec<&str> = values.iter().map(|value| value.wire.value.as_str()).collect();
    let message = format!("{} is not a documented value of {}", code(text), name(item));
    let help = match nearest(text, known.iter().copied()) {
        Some(known) => format!("did you mean {}?", code(known)),
        None => format!("it has {}", listed(&known)),
    };
    sink.error_with_help(Code::InvalidValue, origin, message, help);
}

/// What messages call the member that a test is of.
fn name(item: &TestItem) -> String {
    match item.pointer.value.as_str() {
        "" => "an element".to_owned(),
        pointer => code(pointer),
    }
}

/// Words in small letters with `_` between them, as the names of methods are.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        let mut bytes = word.bytes();
        !word.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('_').all(is_word) && name.starts_with(|first: char| first.is_ascii_lowercase())
}
