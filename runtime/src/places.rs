//! A request taken apart: the one `match` over places.
//!
//! Knows no operation; whoever encodes a request makes a path of the parameters that stand here.

use std::mem;

use percent_encoding::percent_encode;
use zeroize::Zeroizing;

use crate::body::Body;
use crate::field::{Fields, Value};
use crate::query::{ESCAPED, Pairs, Query};
use crate::scalar;
use crate::travel::{Place, Travel};
use crate::wiped;

/// The media type of a form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of bytes.
const BYTES: &str = "application/octet-stream";

/// The media type of all other bodies, of plain text, too: services expect what the official SDKs say.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

/// A name of the spec, and the text that it has in a request.
pub(crate) type Named = (&'static str, Zeroizing<String>);

/// The fields of a request by their places.
pub(crate) struct Places {
    pub(crate) query: Pairs,
    pub(crate) headers: Vec<Named>,
    pub(crate) path: Vec<Named>,
    /// The field that is the path.
    pub(crate) whole_path: Option<Zeroizing<String>>,
    /// Whether the field that makes repeating safe says something.
    pub(crate) has_token: bool,
    /// There is one where the request has fields for it, whether they are given or not.
    form: Option<Pairs>,
    /// Whether the body is a JSON object, some of whose members may be given.
    pub(crate) takes_members: bool,
    /// The members so far.
    members: Option<Zeroizing<Vec<u8>>>,
    /// The field that is the body.
    whole: Option<(&'static str, Zeroizing<Vec<u8>>)>,
}

impl Places {
    /// Takes a request apart; the field `parameter` is `token` where it is not given.
    pub(crate) fn of(request: &impl Fields, parameter: Option<&str>, token: Option<&str>) -> Self {
        let mut places = Self {
            query: Pairs::with_room(20, 1024),
            headers: Vec::new(),
            path: Vec::new(),
            whole_path: None,
            has_token: false,
            form: None,
            takes_members: false,
            members: None,
            whole: None,
        };
        request.show(&mut |names, values| {
            for (name, value) in names.iter().zip(values) {
                let travel = value.travel();
                let wire_name = value.wire_name().unwrap_or(name);
                let mut value = value.as_value();
                if parameter == Some(*name) {
                    if let (Value::Absent, Some(token)) = (value, token) {
                        value = Value::Text(token);
                    }
                    places.has_token = !scalar::text(value).is_empty();
                }
                places.add(wire_name, value, travel);
            }
        });
        places
    }

    fn add(&mut self, name: &'static str, value: Value<'_>, Travel { place, encoding }: Travel) {
        let is_given = !matches!(value, Value::Absent);
        self.takes_members |= place == Place::Member;
        match place {
            Place::Query => self.query.add(name.into(), value, encoding),
            Place::Form => {
                let form = self.form.get_or_insert_with(|| Pairs::with_room(0, 0));
                form.add(name.into(), value, encoding);
            }
            Place::Header if is_given => self.headers.push((name, scalar::text(value))),
            Place::Path if is_given => self.path.push((name, scalar::text(value))),
            Place::WholePath if is_given => self.whole_path = Some(scalar::text(value)),
            Place::Member if is_given => self.add_member(name, value),
            Place::Json if is_given => scalar::body(value, self.whole_as(JSON)),
            Place::Text if is_given => scalar::write(value, self.whole_as(JSON)),
            Place::Bytes if is_given => scalar::bytes(value, self.whole_as(BYTES)),
            Place::Header
            | Place::Path
            | Place::WholePath
            | Place::Member
            | Place::Json
            | Place::Text
            | Place::Bytes => {}
        }
    }

    fn whole_as(&mut self, type_: &'static str) -> &mut Zeroizing<Vec<u8>> {
        &mut self.whole.insert((type_, room())).1
    }

    fn add_member(&mut self, name: &'static str, value: Value<'_>) {
        let before = if self.members.is_some() { b"," } else { b"{" };
        let memory = self.members.get_or_insert_with(room);
        wiped::push(memory, before);
        scalar::json(Value::Text(name), memory);
        wiped::push(memory, b":");
        scalar::json(value, memory);
    }

    /// Takes the body; a request has fields for one kind of them.
    pub(crate) fn take_body(&mut self) -> Body {
        let form = self.form.take();
        let members = self.members.take().map(|mut memory| {
            wiped::push(&mut memory, b"}");
            (JSON, memory)
        });
        match (form, members.or(self.whole.take())) {
            (Some(form), _) => self::form(form),
            (None, Some((type_, bytes))) => Body::of(type_, bytes),
            (None, None) => Body::none(),
        }
    }
}

/// A form of these.
pub(crate) fn form(mut form: Pairs) -> Body {
    Body::of(FORM, Zeroizing::new(mem::take(&mut *form.write()).into_bytes()))
}

/// Whether a body is a form with a parameter of that name.
pub(crate) fn has(body: &Body, name: &str) -> bool {
    let name = percent_encode(name.as_bytes(), ESCAPED).to_string();
    let mut pairs = body.expose().split(|byte| *byte == b'&');
    body.content_type() == Some(FORM)
        && pairs.any(|pair| pair.split(|byte| *byte == b'=').next() == Some(name.as_bytes()))
}

/// A JSON object without members.
pub(crate) fn empty_object() -> Body {
    Body::new(JSON, b"{}")
}

/// A form with the parameters of a query besides its own; none where the body is no form.
pub(crate) fn join(body: &Body, query: &Query) -> Option<Body> {
    if !matches!(body.content_type(), None | Some(FORM)) {
        return None;
    }
    let (form, query) = (body.expose(), query.expose().as_bytes());
    // With room for all of it, no copy is left behind unwiped.
    let mut joined = Zeroizing::new(Vec::with_capacity(form.len() + 1 + query.len()));
    joined.extend_from_slice(form);
    if !form.is_empty() {
        joined.push(b'&');
    }
    joined.extend_from_slice(query);
    Some(Body::of(FORM, joined))
}

/// Memory for a body.
fn room() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(256))
}
