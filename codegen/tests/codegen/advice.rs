//! Advice that is followed to the letter gives a spec that is accepted and says no less.

use alibabacloud_codegen::{SpecFile, Specs};
use serde_json::{Value, json};

use crate::fixtures::{cases, specs};
use crate::followed::{Problem, followed, problems};
use crate::random::operation;

/// More than any advice leads to.
const MOST_STEPS: usize = 12;

/// Where a schema stands.
#[derive(Clone, Copy)]
enum Place {
    /// A property of a request.
    Request,
    /// A property of a response.
    Response,
    /// The whole request.
    Whole,
    /// A file that a request refers to.
    File,
}

impl Place {
    /// Specs with the schema in this place.
    fn specs(self, schema: &Value) -> Specs {
        let object = |member: Value| json!({ "type": "object", "properties": { "A": member } });
        let plain = json!({ "type": "string" });
        let (request, response) = match self {
            Self::Request => (object(schema.clone()), object(plain)),
            Self::Response => (object(plain), object(schema.clone())),
            Self::Whole => (schema.clone(), object(plain)),
            Self::File => (object(json!({ "$ref": "../schemas/Part.json" })), object(plain)),
        };
        let mut file = operation("Try", &request);
        *file.pointer_mut(RESPONSE).expect("an operation has a response") = response;
        let mut files = [("operations/Try.json".to_owned(), file)].into_iter().collect();
        if let Self::File = self {
            std::collections::BTreeMap::insert(&mut files, FILE.to_owned(), schema.clone());
        }
        specs("try", &files)
    }

    /// The schema in this place of specs.
    fn of(self, specs: &Specs) -> Value {
        let (path, pointer) = match self {
            Self::Request => ("operations/Try.json", format!("{REQUEST}/properties/A")),
            Self::Response => ("operations/Try.json", format!("{RESPONSE}/properties/A")),
            Self::Whole => ("operations/Try.json", REQUEST.to_owned()),
            Self::File => (FILE, String::new()),
        };
        let mut files = specs.files().iter();
        let file = files.find(|file| file.path == path).expect("the file is there");
        let json: Value = serde_json::from_str(&file.text).expect("it is JSON");
        json.pointer(&pointer).expect("the schema is there").clone()
    }
}

const FILE: &str = "schemas/Part.json";
const REQUEST: &str = crate::random::SCHEMA;
const RESPONSE: &str = "/post/responses/200/content/application~1json/schema";

/// Follows advice as long as there is any; what is left has none that a machine can follow.
fn follow(mut specs: Specs) -> (Specs, Vec<Problem>) {
    for _ in 0..MOST_STEPS {
        let found = problems(&specs);
        match found.iter().find_map(|problem| followed(&specs, problem)) {
            Some(next) => specs = next,
            None => return (specs, found),
        }
    }
    let found = problems(&specs);
    (specs, found)
}

fn leads_to(place: Place, schema: Value, expected: Value) {
    let specs = place.specs(&schema);
    assert!(!problems(&specs).is_empty(), "{schema} is accepted");
    let (specs, left) = follow(specs);
    assert_eq!(left, [], "{schema}");
    assert_eq!(place.of(&specs), expected, "{schema}");
}

/// Nothing that a machine could follow is said, and this is.
fn only_says(place: Place, schema: Value, said: &str) {
    let specs = place.specs(&schema);
    let found = problems(&specs);
    assert!(!found.is_empty(), "{schema} is accepted");
    for problem in &found {
        assert!(followed(&specs, problem).is_none(), "{schema}: {problem:?}");
        assert!(problem.help.contains(said), "{schema}: {problem:?}");
    }
}

#[test]
fn formats_of_text_are_left_out_and_no_text_becomes_a_secret() {
    let formats = [
        "duration",
        "uuid",
        "byte",
        "binary",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "regex",
        "json-pointer",
        "int32",
        "int64",
        "pass",
    ];
    for format in formats {
        for place in [Place::Request, Place::Response] {
            let schema = json!({ "type": "string", "format": format });
            leads_to(place, schema, json!({ "type": "string" }));
        }
    }
    let slip = json!({ "type": "string", "format": "pasword" });
    leads_to(Place::Request, slip, json!({ "type": "string", "format": "password" }));
}

#[test]
fn integers_of_other_widths_keep_their_bounds() {
    for (format, known, minimum, maximum) in [
        ("int8", "int32", -128, 127_i64),
        ("int16", "int32", -32_768, 32_767),
        ("uint8", "int32", 0, 255),
        ("uint16", "int32", 0, 65_535),
        ("uint32", "int64", 0, 4_294_967_295),
    ] {
        let schema = json!({ "type": "integer", "format": format });
        let bounded = json!({
            "type": "integer", "format": known, "minimum": minimum, "maximum": maximum
        });
        leads_to(Place::Request, schema.clone(), bounded);
        // What is received is not checked.
        leads_to(Place::Response, schema, json!({ "type": "integer", "format": known }));
    }
    for format in ["long", "int", "timestamp", "inte64"] {
        let schema = json!({ "type": "integer", "format": format });
        leads_to(Place::Request, schema, json!({ "type": "integer", "format": "int64" }));
    }
    for format in ["uint64", "int128"] {
        let schema = json!({ "type": "integer", "format": format });
        only_says(Place::Request, schema, "make it a `string`");
    }
    let schema = json!({ "type": "integer" });
    leads_to(Place::Response, schema, json!({ "type": "integer", "format": "int32" }));
}

#[test]
fn floating_point_numbers_get_the_format_of_their_width() {
    for (format, known) in [
        ("float32", "float"),
        ("flaot", "float"),
        ("real", "float"),
        ("float64", "double"),
        ("doubel", "double"),
    ] {
        let schema = json!({ "type": "number", "format": format });
        leads_to(Place::Request, schema, json!({ "type": "number", "format": known }));
    }
    let schema = json!({ "type": "number", "format": "decimal" });
    leads_to(Place::Request, schema, json!({ "type": "number" }));
    let schema = json!({ "type": "number", "format": "int64" });
    only_says(Place::Request, schema, "make the `type` `integer`");
}

#[test]
fn types_of_other_languages_get_what_holds_them() {
    for (name, expected) in [
        ("int", json!({ "type": "integer", "format": "int64" })),
        ("long", json!({ "type": "integer", "format": "int64" })),
        ("int32", json!({ "type": "integer", "format": "int32" })),
        ("uint32", json!({ "type": "integer", "format": "int64" })),
        ("bool", json!({ "type": "boolean" })),
        ("float", json!({ "type": "number", "format": "float" })),
        ("real", json!({ "type": "number" })),
        ("datetime", json!({ "type": "string" })),
        ("uuid", json!({ "type": "string" })),
        ("strng", json!({ "type": "string" })),
    ] {
        leads_to(Place::Request, json!({ "type": name }), expected.clone());
        leads_to(Place::Response, json!({ "type": name }), expected);
    }
    let schema = json!({ "type": "long", "format": "int64" });
    leads_to(Place::Request, schema, json!({ "type": "integer", "format": "int64" }));
    only_says(Place::Request, json!({ "type": "map" }), "`object` with `additionalProperties`");
    leads_to(Place::Request, json!({ "type": "any" }), json!({}));
    // In a condition there are no formats.
    let members = json!({ "A": { "type": "string" }, "B": { "type": "string" } });
    let rule = |name: &str| {
        let condition = json!({ "required": ["A"], "properties": { "A": { "type": name } } });
        json!({
            "type": "object", "properties": members,
            "allOf": [{ "not": { "required": ["B"], "not": condition } }]
        })
    };
    leads_to(Place::Whole, rule("text"), rule("string"));
}

#[test]
fn null_is_what_is_absent() {
    for (schema, expected) in [
        (json!({ "type": ["string", "null"] }), json!({ "type": ["string"] })),
        (json!({ "type": "string", "nullable": true }), json!({ "type": "string" })),
        (json!({ "type": "string", "nullable": false }), json!({ "type": "string" })),
        (json!({ "type": "string", "x-nullable": true }), json!({ "type": "string" })),
    ] {
        leads_to(Place::Request, schema.clone(), expected.clone());
        leads_to(Place::Response, schema, expected);
    }
    let schema = json!({ "type": "string", "enum": ["a", null] });
    leads_to(Place::File, schema, json!({ "type": "string", "enum": ["a"] }));
    only_says(Place::Request, json!({ "type": ["string", "integer"] }), "no unions yet");
}

#[test]
fn what_older_drafts_call_otherwise_keeps_what_it_says() {
    let two = json!({ "A": { "type": "string" }, "B": { "type": "string" } });
    let with = |key: &str, value: Value| {
        let mut schema = json!({ "type": "object", "properties": two });
        schema[key] = value;
        schema
    };
    let lists = json!({ "A": ["B"] });
    leads_to(Place::Whole, with("dependencies", lists.clone()), with("dependentRequired", lists));
    let schemas = json!({ "A": { "required": ["B"] } });
    let expected = with("dependentSchemas", schemas.clone());
    leads_to(Place::Whole, with("dependencies", schemas), expected);
    let both = json!({ "A": ["B"], "B": { "required": ["A"] } });
    only_says(Place::Whole, with("dependencies", both), "`dependentRequired`, a name alone");
    for key in ["id", "$id", "$schema"] {
        let schema = with(key, json!("https://example.com/Try"));
        leads_to(Place::Whole, schema, json!({ "type": "object", "properties": two }));
    }
    let schema = with("additionalProperties", json!(false));
    leads_to(Place::Whole, schema, json!({ "type": "object", "properties": two }));
    let integer = |key: &str, value: Value| {
        let mut schema = json!({ "type": "integer", "format": "int32" });
        schema[key] = value;
        schema
    };
    let schema = integer("divisibleBy", json!(512));
    leads_to(Place::Request, schema, integer("multipleOf", json!(512)));
    let mut schema = integer("minimum", json!(1));
    schema["exclusiveMinimum"] = json!(true);
    leads_to(Place::Request, schema.clone(), integer("exclusiveMinimum", json!(1)));
    schema["exclusiveMinimum"] = json!(false);
    leads_to(Place::Request, schema, integer("minimum", json!(1)));
    let schema = integer("optional", json!(true));
    leads_to(Place::Request, schema, json!({ "type": "integer", "format": "int32" }));
    let schema = integer("required", json!(false));
    leads_to(Place::Request, schema, json!({ "type": "integer", "format": "int32" }));
    only_says(Place::Request, integer("required", json!(true)), "in `required` of the object");
    only_says(Place::Request, integer("optional", json!(false)), "in `required` of the object");
}

#[test]
fn maps_and_the_like_are_not_left_out() {
    for key in ["additionalProperties", "unevaluatedProperties", "patternProperties"] {
        let mut schema = json!({ "type": "object", "properties": {} });
        schema[key] = json!({ "type": "string" });
        only_says(Place::File, schema, "`properties`");
    }
    let mut list = json!({ "type": "array", "items": { "type": "string" } });
    list["prefixItems"] = json!([{ "type": "string" }]);
    only_says(Place::Request, list, "all of one type only");
}

#[test]
fn files_of_enums_say_what_they_cannot_be() {
    for type_ in ["integer", "number", "boolean"] {
        let mut schema = json!({ "type": type_, "enum": [1, 2] });
        only_says(Place::File, schema.clone(), "write `type`, `format` and `enum` where");
        schema["format"] = json!("int32");
        only_says(Place::File, schema, "write `type`, `format` and `enum` where");
    }
    let schema = json!({ "type": "integer", "format": "int32", "enum": [1, 2] });
    assert_eq!(problems(&Place::Request.specs(&schema)), []);
    let schema = json!({ "enum": ["a", "b"] });
    leads_to(Place::File, schema, json!({ "type": "string", "enum": ["a", "b"] }));
    let values = json!([{ "const": "a" }, { "const": "b" }]);
    let schema = json!({ "type": "string", "oneOf": values, "enum": ["a", "b"] });
    leads_to(Place::File, schema, json!({ "type": "string", "oneOf": values }));
    let schema = json!({ "type": "string", "oneOf": values, "enum": ["a"] });
    only_says(Place::File, schema, "keep in `oneOf` what `enum` lists, too");
    // What has no name in Rust, or the same one twice, is a plain string with the same values.
    for values in [json!(["<", ">"]), json!(["a", "A"]), json!(["", "b"])] {
        let schema = json!({ "type": "string", "enum": values });
        only_says(
            Place::File,
            schema.clone(),
            "an `enum` beside its `type` still lists the values",
        );
        assert_eq!(problems(&Place::Request.specs(&schema)), []);
    }
}

#[test]
fn words_for_people_are_kept() {
    let schema = json!({ "type": "string", "example": "a" });
    leads_to(Place::Request, schema, json!({ "type": "string", "examples": ["a"] }));
    let schema = json!({ "type": "string", "readOnly": true });
    leads_to(Place::Response, schema, json!({ "type": "string" }));
    let schema = json!({ "type": "string", "note": "said" });
    let specs = Place::Request.specs(&schema);
    let found = problems(&specs);
    assert!(found[0].help.starts_with("did you mean `x-document`?"), "{found:?}");
    let schema = json!({ "type": "string", "contentEncoding": "base64" });
    let found = problems(&Place::Request.specs(&schema));
    assert!(found[0].help.contains("in the `description`"), "{found:?}");
}

#[test]
fn lengths_and_bounds_keep_what_they_limit() {
    let schema = json!({ "type": "string", "length": 5 });
    let expected = json!({ "type": "string", "minLength": 5, "maxLength": 5 });
    leads_to(Place::Request, schema, expected);
    let bound = |key: &str, value: Value| {
        let mut schema = json!({ "type": "integer", "format": "int32" });
        schema[key] = value;
        schema
    };
    for (key, value, expected) in [
        ("minimum", json!(0.5), json!(1)),
        ("exclusiveMinimum", json!(0.5), json!(0)),
        ("maximum", json!(-0.5), json!(-1)),
        ("exclusiveMaximum", json!(-0.5), json!(0)),
    ] {
        leads_to(Place::Request, bound(key, value), bound(key, expected));
    }
    let unbounded = json!({ "type": "integer", "format": "int32" });
    leads_to(Place::Request, bound("maximum", json!(4_294_967_295_u32)), unbounded.clone());
    leads_to(Place::Request, bound("minimum", json!(-3e9)), unbounded);
    let found = problems(&Place::Request.specs(&bound("minimum", json!(3e9))));
    assert_eq!(found[0].help, "", "no int32 is that large");
}

#[test]
fn patterns_match_the_same() {
    for (pattern, expected) in [
        (r"^\d+$", r"^[0-9]+$"),
        (r"^[\d.]+$", r"^[0-9.]+$"),
        (r"^\w$", r"^[A-Za-z0-9_]$"),
        (r"^[\w-]$", r"^[A-Za-z0-9_-]$"),
        (r"^\D$", r"^[^0-9]$"),
        (r"^\W\d$", r"^[^A-Za-z0-9_][0-9]$"),
        (r"^a\@b$", r"^a@b$"),
        (r"^a.b$", r"^a[^\n\r\u2028\u2029]b$"),
    ] {
        let schema = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        leads_to(Place::Request, schema(pattern), schema(expected));
    }
    let space = follow(Place::Request.specs(&json!({ "type": "string", "pattern": r"^\s$" })));
    assert_eq!(space.1, []);
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    assert_eq!(problems(&Place::Request.specs(&text(r"^a\/b$"))), []);
    assert_eq!(problems(&Place::Request.specs(&text(r"^[\/]+$"))), []);
}

#[test]
fn text_that_holds_something_else_than_json_is_text() {
    let schema = |media: &str| {
        let content = json!({ "type": "boolean" });
        json!({ "type": "string", "contentMediaType": media, "contentSchema": content })
    };
    leads_to(Place::Request, schema("text/xml"), json!({ "type": "string" }));
    leads_to(Place::Request, schema("application/jsn"), schema("application/json"));
    leads_to(Place::Response, schema("application/json"), json!({ "type": "string" }));
}

#[test]
fn no_key_is_taken_for_one_that_could_not_have_its_value() {
    // `not` is one letter away, and takes no list.
    let schema = json!({ "type": "string", "nott": ["a"] });
    only_says(Place::Request, schema, "lists the keys of a schema");
    let schema = json!({ "type": "string", "descriptoin": "Said.", "description": "Said." });
    only_says(Place::Request, schema, "lists the keys of a schema");
    let schema = json!({ "type": "string", "descriptoin": "Said." });
    leads_to(Place::Request, schema, json!({ "type": "string", "description": "Said." }));
}

#[test]
fn every_advice_on_a_refused_fixture_mends_what_it_is_about() {
    let mut count = 0;
    for case in cases("refused") {
        for problem in problems(&case.specs) {
            let Some(next) = followed(&case.specs, &problem) else { continue };
            count += 1;
            let left = problems(&next);
            assert!(!left.contains(&problem), "{}: {problem:?} is still there", case.name);
        }
    }
    println!("{count} advices followed");
    assert!(count > 40, "only {count}");
}

#[test]
fn what_advice_leads_to_is_no_circle() {
    for case in cases("refused") {
        let is_json = |file: &SpecFile| serde_json::from_str::<Value>(&file.text).is_ok();
        if !case.specs.files().iter().all(is_json) {
            continue;
        }
        let (_, left) = follow(case.specs.clone());
        let (mut specs, mut steps) = (case.specs.clone(), 0);
        while let Some(next) = problems(&specs).iter().find_map(|problem| followed(&specs, problem))
        {
            specs = next;
            steps += 1;
            assert!(steps < 100, "{}: {left:?}", case.name);
        }
    }
}
