//! Fields of types that few operations have: on the wire, in files, in answers, and checked.

use std::collections::BTreeMap;

use alibabacloud_runtime::SecretString;
use alibabacloud_runtime::query::Query;
use alibabacloud_runtime::validation::Violation;
use serde_json::{Value, json};
use tests::generated;

use generated::type_any::operations::TypeAnyRequest;
use generated::type_enum_open::operations::BuyThingRequest;
use generated::type_float::operations::{TypeFloatRequest, TypeFloatResponse};
use generated::type_map::operations::{TypeMapRequest, TypeMapResponse};
use generated::type_map::types::{Item, Mode};
use generated::type_recursive::operations::{GrowRequest, GrowResponse};
use generated::type_recursive::types::{Branch, Link, Tree};

#[test]
fn a_float_is_what_its_shortest_digits_say() {
    let request = TypeFloatRequest::new(0.7).step(0.3).mode(0.1).weights([0.9, 1e-7]);
    assert!(request.validate().is_ok());
    let query = "Mode=0.1&Ratio=0.7&Step=0.3&Weights.1=0.9&Weights.2=0.0000001";
    assert_eq!(Query::encode(&request).expose(), query);
    let shown = json!({ "Mode": 0.1, "Ratio": 0.7, "Step": 0.3, "Weights": [0.9, 1e-7] });
    assert_eq!(alibabacloud_runtime::view::to_value(&request), shown);
    assert_eq!(serde_json::to_value(&request).expect("it is kept"), shown);
    let read: TypeFloatRequest = serde_json::from_value(shown).expect("it was kept");
    assert_eq!(read, request);
    assert!(format!("{request:?}").contains("ratio: 0.7"));
    assert!(TypeFloatRequest::new(0.3).validate().is_ok(), "0.3 is at least 0.3");
    let broken = TypeFloatRequest::new(0.3_f32.next_down()).weights([0.9_f32.next_up()]);
    let violations = broken.validate().expect_err("both are beyond their bounds");
    let said: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("is 0.29999998"), "{said:?}");
    assert!(said[1].contains("is 0.90000004"), "{said:?}");
    assert!(TypeFloatRequest::new(1.0).step(0.7).validate().is_err(), "0.7 asks for more");
}

#[test]
fn a_float_is_read_as_it_comes_and_none_is_infinite() {
    let read = |json: Value| {
        <TypeFloatResponse as generated::type_float::Response>::from_body(
            json.to_string().as_bytes(),
        )
    };
    for spelled in [json!(0.1), json!("0.1"), json!("1e-1")] {
        assert_eq!(read(json!({ "Ratio": spelled })).expect("it is read").ratio, Some(0.1));
    }
    let response = read(json!({ "Ratio": "", "Weights": [1, "2.5"] })).expect("it is read");
    assert_eq!((response.ratio, response.weights), (None, vec![1.0, 2.5]));
    for beyond in [json!(1e39), json!("1e39"), json!("-1e39")] {
        assert!(read(json!({ "Ratio": beyond })).is_err(), "{beyond}");
    }
    let file = json!({ "Ratio": 1e39 });
    assert!(serde_json::from_value::<TypeFloatRequest>(file).is_err());
}

/// A map of one value.
fn one<T>(key: &str, value: T) -> BTreeMap<String, T> {
    BTreeMap::from([(key.to_owned(), value)])
}

fn map_request() -> TypeMapRequest {
    TypeMapRequest::new(
        one("a.b", "c".to_owned()),
        one("web", vec![80, 81]),
        one("first", Item::new("n").tags(one("t", "x".to_owned()))),
        one("key", SecretString::from("planted")),
        [one("a", "b".to_owned())],
        one("a", one("b", 0.5)),
        one("on", true),
    )
}

#[test]
fn a_map_travels_under_its_names_and_in_text_as_an_object() {
    let request = map_request().note("n").modes(one("m", Mode::Fast));
    assert!(request.validate().is_ok());
    let query = "Deep.a.b=0.5&Items.first.Name=n&Items.first.Tags.t=x&Labels.a.b=c&Modes.m=Fast\
                 &Note=n&Ports.web.1=80&Ports.web.2=81&Rows.1.a=b&Secrets.key=planted\
                 &Text=%7B%22on%22%3Atrue%7D";
    assert_eq!(Query::encode(&request).expose(), query);
    let shown = alibabacloud_runtime::view::to_value(&request);
    assert_eq!(shown["Secrets"], json!({ "key": "[REDACTED]" }));
    assert_eq!(shown["Items"], json!({ "first": { "Name": "n", "Tags": { "t": "x" } } }));
    assert!(!format!("{request:?}{shown}").contains("planted"));
}

#[test]
fn a_file_has_maps_without_their_secrets() {
    let mut kept = serde_json::to_value(map_request()).expect("it is kept");
    assert_eq!(kept["Secrets"], json!({}));
    assert_eq!(kept["Text"], json!({ "on": true }));
    kept["Secrets"] = json!({ "key": "planted" });
    let read: TypeMapRequest = serde_json::from_value(kept.clone()).expect("it was kept");
    assert_eq!(Query::encode(&read).expose(), Query::encode(&map_request()).expose());
    for (member, wrong) in [
        ("Secrets", json!("planted")),
        ("Secrets", json!({ "key": ["planted"] })),
        ("Items", json!({ "first": "planted" })),
        ("Ports", json!({ "web": 80 })),
        ("Items", json!({ "first": { "Name": "n", "Other": 1 } })),
    ] {
        let mut file = kept.clone();
        file[member] = wrong;
        let error = serde_json::from_value::<TypeMapRequest>(file).expect_err("it is wrong");
        assert!(error.to_string().contains(member), "{error}");
        assert!(!error.to_string().contains("planted"), "{error}");
    }
}

#[test]
fn whatever_is_in_a_map_is_checked() {
    let mut request = map_request();
    request.labels.insert("x".to_owned(), "longer".to_owned());
    request.ports.insert("none".to_owned(), vec![1, 0]);
    request.modes = Some(one("m", Mode::from("Other")));
    request.items.insert("second \n".to_owned(), Item::new("n").size(10));
    request.rows.push(one("y", "longer".to_owned()));
    let violations = request.validate().expect_err("five values are wrong, and `Note` is missing");
    let paths: Vec<&str> =
        violations.iter().map(Violation::parameter).filter(|path| *path != "Note").collect();
    let expected = [
        r#"Labels["x"]"#,
        r#"Ports["none"][1]"#,
        r#"Modes["m"]"#,
        r#"Items["second \n"].Size"#,
        r#"Rows[1]["y"]"#,
    ];
    assert_eq!(paths, expected);
    let said = violations.to_string();
    for sentence in [
        "each value of `Labels` must have at most 5 characters",
        "each value of `Ports` must be at least 1",
        "each value of `Modes` must be `Fast` or `Slow`",
        "`Size` must be at most 9",
        "each item of `Rows` must have at most 5 characters",
        "`Note` is required when `Modes` is given",
    ] {
        assert!(said.contains(sentence), "{sentence} is not in {said}");
    }
}

#[test]
fn maps_in_answers_are_empty_when_they_are_not_there() {
    let read = |json: Value| {
        <TypeMapResponse as generated::type_map::Response>::from_body(json.to_string().as_bytes())
    };
    let response =
        read(json!({ "Items": { "a": { "Sizes": { "b": "7" } } } })).expect("it is read");
    assert!(response.labels.is_empty());
    assert_eq!(response.items["a"].sizes["b"], 7);
}

#[test]
fn a_value_of_no_type_is_what_json_has() {
    let request = TypeAnyRequest::new(
        json!({ "a": [1, "b"] }),
        json!({ "c": true }),
        [json!(null), json!(2)],
        one("d", json!({ "e.f": "g" })),
    );
    let request = request.text(json!([1, null]));
    let query = "Free.d.e.f=g&Object.c=true&Text=%5B1%2Cnull%5D&Value.a.1=1&Value.a.2=b&Values.2=2";
    assert_eq!(Query::encode(&request).expose(), query);
    let kept = serde_json::to_value(&request).expect("it is kept");
    let read: TypeAnyRequest = serde_json::from_value(kept).expect("it was kept");
    assert_eq!(read, request);
    assert_ne!(read, request.text("other"));
}

#[test]
fn what_holds_itself_is_sent_kept_and_shown() {
    let tree = Tree::new("a").left(Tree::new("b").left(Tree::new("c"))).children([Tree::new("d")]);
    let tree = tree.right(Branch::new(Tree::new("e").named(one("k", Tree::new("f")))));
    let request = GrowRequest::new(tree).text(Link::new().next(Link::new()));
    assert!(request.validate().is_ok());
    let query = "Text=%7B%22Next%22%3A%22%7B%7D%22%7D&Tree.Children.1.Name=d&Tree.Left.Left.Name=c\
                 &Tree.Left.Name=b&Tree.Name=a&Tree.Right.Tree.Name=e&Tree.Right.Tree.Named.k.Name=f";
    assert_eq!(Query::encode(&request).expose(), query);
    let file = serde_json::to_value(&request).expect("it is kept");
    assert_eq!(file["Tree"]["Left"]["Left"], json!({ "Name": "c" }));
    let read: GrowRequest = serde_json::from_value(file.clone()).expect("it was kept");
    assert_eq!(
        (serde_json::to_value(&read).expect("it is kept"), &read.tree),
        (file, &request.tree)
    );
}

#[test]
fn what_holds_itself_is_checked_at_each_level() {
    let request = GrowRequest::new(
        Tree::new("a")
            .left(Tree::new("long").children([Tree::new("c").right(Branch::new(Tree::new("d")))])),
    );
    let violations = request.validate().expect_err("two rules are broken");
    let places: Vec<&str> = violations.iter().map(Violation::parameter).collect();
    assert_eq!(places, ["Tree.Left.Name", "Tree.Left.Children[0].Left"]);
}

#[test]
fn what_holds_itself_goes_as_deep_as_json_is_read() {
    let nested = |depth| (0..depth).fold(Tree::new("a"), |tree, _| Tree::new("a").left(tree));
    let request = GrowRequest::new(nested(99));
    assert!(request.validate().is_ok());
    let text = serde_json::to_string(&request).expect("it is kept");
    let read: GrowRequest = serde_json::from_str(&text).expect("it was kept");
    assert_eq!(read.tree, request.tree);
    let violations = GrowRequest::new(nested(5_000)).validate().expect_err("it is too deep");
    let said: Vec<&str> = violations.iter().map(Violation::sentence).collect();
    assert_eq!(said, ["`Left` must not stand more than 100 deep in a request"]);
}

#[test]
fn a_secret_deep_in_what_holds_itself_is_never_shown() {
    let secret = Link::new().key("planted-password");
    let request = GrowRequest::new(Tree::new("a")).text(Link::new().next(Link::new().next(secret)));
    for shown in [
        format!("{request:?}"),
        alibabacloud_runtime::view::to_value(&request).to_string(),
        serde_json::to_string(&request).expect("it is kept"),
    ] {
        assert!(!shown.contains("planted"), "{shown}");
    }
    assert!(Query::encode(&request).expose().contains("planted-password"));
}

#[test]
fn what_holds_itself_is_read_from_answers() {
    let read = |json: Value| {
        <GrowResponse as generated::type_recursive::Response>::from_body(
            json.to_string().as_bytes(),
        )
    };
    let tree =
        json!({ "Name": "a", "Left": { "Name": "b", "Children": [{ "Right": { "Name": "c" } }] } });
    let response = read(json!({ "Forest": [tree], "First": "" })).expect("it is read");
    let left = response.forest[0].left.as_deref().expect("it is there");
    let right = left.children[0].right.as_deref().expect("it is there");
    assert_eq!((left.name.as_deref(), right.name.as_deref()), (Some("b"), Some("c")));
    assert!(response.first.is_none() && left.right.is_none());
    let error = read(json!({ "Forest": [{ "Left": { "Left": "shown" } }] }))
        .expect_err("a text is no tree");
    assert!(format!("{error:?}").contains("shown"), "{error:?}");
    let deep = (0..200).fold(json!({}), |inner, _| json!({ "Left": inner }));
    assert!(read(json!({ "First": deep })).is_err(), "no JSON is read that deep");
}

#[test]
fn a_text_with_names_takes_any_text_and_rules_compare_what_is_listed() {
    use generated::type_enum_open::types::ChargeType;

    let request =
        BuyThingRequest::new("Credit").others([ChargeType::PrePaid.into(), "Gift".to_owned()]);
    assert!(request.validate().is_ok(), "not all values are listed");
    assert_eq!(
        Query::encode(&request).expose(),
        "ChargeType=Credit&Others.1=PrePaid&Others.2=Gift"
    );
    let kept = serde_json::to_value(&request).expect("it is kept");
    assert_eq!(serde_json::from_value::<BuyThingRequest>(kept).expect("it was kept"), request);
    let broken =
        |request: BuyThingRequest| request.validate().map_err(|found| found.iter().count());
    assert_eq!(broken(BuyThingRequest::new(ChargeType::PrePaid)), Err(1), "`Period` is required");
    assert_eq!(broken(BuyThingRequest::new("PrePaid").period(1)), Ok(()));
    assert_eq!(broken(BuyThingRequest::new("Credit").period(1)), Err(1), "and not allowed");
    let narrowed = BuyThingRequest::new("Credit").known("Credit");
    assert_eq!(broken(narrowed), Err(1), "where only some are taken, they are checked");
}

#[test]
fn methods_of_operations_that_are_not_to_be_used_say_so() {
    use generated::operation_deprecated::{Client, operations};

    let client = Client::builder().endpoint("localhost");
    let client =
        client.credentials(generated::operation_deprecated::Credentials::new("key", "secret"));
    let client = client.build().expect("it has all that it needs");
    // That the attribute is there is what is expected; without it this is an error.
    #[expect(deprecated, reason = "it is what is tried")]
    let call = client.list_things(operations::ListThingsRequest::new());
    drop(call);
    drop(client.list_all_things(operations::ListAllThingsRequest::new()));
}
