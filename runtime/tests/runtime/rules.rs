//! How values are written in each place: a row for each rule of the wire.
//!
//! The expected texts are written down from what the official SDKs send.

use alibabacloud_runtime::Fields;
use alibabacloud_runtime::encoded::Encoded;
use alibabacloud_runtime::private::field::{AsValue, Visit};
use alibabacloud_runtime::travel::{Encoding, Place, Travel};

use crate::service::types::BackupObject;
use crate::service::{Access, Answer, EnvelopeMembers, Method, OperationMeta};

const POST: OperationMeta = OperationMeta {
    action: "Rule",
    version: "2026-11-27",
    envelope: &EnvelopeMembers::USUAL,
    answer: Answer::Object,
    method: Method::Post,
    path: "/",
    ram_action: None,
    access: Access::Write,
    security: alibabacloud_runtime::meta::Security::Key,
    idempotency_parameter: None,
};

/// A request with one field.
struct One<T>(&'static str, T, Travel);

impl<T: AsValue> Fields for One<T> {
    fn show(&self, visit: &mut Visit<'_>) {
        visit(&[self.0], &[&self.2.of(&self.1)]);
    }
}

fn encoded(name: &'static str, value: impl AsValue, place: Place, encoding: Encoding) -> Encoded {
    Encoded::new(&POST, &One(name, value, Travel { place, encoding }), None)
}

/// What a value becomes in a query, and that it becomes the same in a form.
fn written(name: &'static str, value: impl AsValue + Clone, encoding: Encoding) -> String {
    let query = encoded(name, value.clone(), Place::Query, encoding);
    let form = encoded(name, value, Place::Form, encoding);
    assert_eq!(query.query().expose().as_bytes(), form.body().expose());
    assert_eq!((query.body().content_type(), form.query().expose()), (None, ""));
    query.query().expose().to_owned()
}

fn body(value: impl AsValue, place: Place) -> String {
    let encoded = encoded("body", value, place, Encoding::Indexed);
    assert_eq!(encoded.body().content_type(), Some("application/json; charset=utf-8"));
    String::from_utf8(encoded.body().expose().to_vec()).expect("it is text")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn scalars_are_texts() {
    use Encoding::Indexed;
    assert_eq!(written("AppId", String::new(), Indexed), "AppId=");
    assert_eq!(written("Id", i64::MIN, Indexed), "Id=-9223372036854775808");
    assert_eq!(written("Id", 7_i32, Indexed), "Id=7");
    assert_eq!(written("All", true, Indexed), "All=true");
    assert_eq!(written("Rate", 0.25, Indexed), "Rate=0.25");
    assert_eq!(written("Rate", None::<f64>, Indexed), "");
    let name = written("VpcName", "a b+c*d~e-_.f/g".to_owned(), Indexed);
    assert_eq!(name, "VpcName=a%20b%2Bc%2Ad~e-_.f%2Fg");
}

#[test]
fn names_are_escaped_as_values_are() {
    assert_eq!(written("a b&c=é", 1, Encoding::Indexed), "a%20b%26c%3D%C3%A9=1");
    assert_eq!(written("SystemDisk.Size", 1, Encoding::Indexed), "SystemDisk.Size=1");
    let list = vec![BackupObject::new().db_name("d")];
    assert_eq!(written("a b", list, Encoding::Indexed), "a%20b.1.DBName=d");
}

#[test]
fn lists_and_objects_have_indexes_and_vanish_when_they_are_empty() {
    use Encoding::Indexed;
    assert_eq!(written("Id", texts(&["a", "b"]), Indexed), "Id.1=a&Id.2=b");
    let tags = vec![BackupObject::new().db_name("a"), BackupObject::new().db_name("b")];
    assert_eq!(written("Tag", tags, Indexed), "Tag.1.DBName=a&Tag.2.DBName=b");
    let gap = vec![BackupObject::new(), BackupObject::new().db_name("b")];
    assert_eq!(written("Tag", gap, Indexed), "Tag.2.DBName=b");
    assert_eq!(written("Tag", BackupObject::new().db_name("a"), Indexed), "Tag.DBName=a");
    assert_eq!(written("Id", texts(&[]), Indexed), "");
    assert_eq!(written("Tag", BackupObject::new(), Indexed), "");
}

#[test]
fn json_is_one_text_and_stays_when_it_is_empty() {
    use Encoding::Json;
    assert_eq!(
        written("Tags", texts(&["é", "\""]), Json),
        "Tags=%5B%22%C3%A9%22%2C%22%5C%22%22%5D"
    );
    assert_eq!(written("Tags", texts(&[]), Json), "Tags=%5B%5D");
    assert_eq!(written("Tag", BackupObject::new(), Json), "Tag=%7B%7D");
    assert_eq!(written("Rates", vec![1.0, 0.5], Json), "Rates=%5B1.0%2C0.5%5D");
    assert_eq!(written("Tags", None::<Vec<String>>, Json), "");
}

#[test]
fn commas_part_items_and_an_empty_list_stays() {
    use Encoding::Comma;
    assert_eq!(written("depIds", vec![69948, 27740], Comma), "depIds=69948%2C27740");
    assert_eq!(written("Names", texts(&["a,b", "c"]), Comma), "Names=a%2Cb%2Cc");
    assert_eq!(written("All", vec![true, false], Comma), "All=true%2Cfalse");
    assert_eq!(written("Names", texts(&[]), Comma), "Names=");
    assert_eq!(written("Names", None::<Vec<String>>, Comma), "");
}

#[test]
fn bodies_are_json_without_spaces_and_escapes_that_nobody_needs() {
    assert_eq!(body(17571, Place::Member), "{\"body\":17571}");
    assert_eq!(
        body(texts(&["a", "é\u{2028}\n\u{1}"]), Place::Json),
        "[\"a\",\"é\u{2028}\\n\\u0001\"]"
    );
    assert_eq!(body(false, Place::Json), "false");
    assert_eq!(body(serde_json::json!("plain"), Place::Json), "plain");
    assert_eq!(body(serde_json::json!(["plain"]), Place::Json), "[\"plain\"]");
    assert_eq!(body(serde_json::json!(null), Place::Json), "null");
    assert_eq!(body(1.0, Place::Json), "1.0");
    assert_eq!(body(i64::MAX, Place::Json), "9223372036854775807");
    assert_eq!(body("a|b".to_owned(), Place::Text), "a|b");
    assert_eq!(body(String::new(), Place::Text), "");
}
