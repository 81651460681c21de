//! Fields of types that few operations have: on the wire, in files, in answers, and checked.

use alibabacloud_runtime::query::Query;
use serde_json::{Value, json};
use tests::generated;

use generated::type_float::operations::{TypeFloatRequest, TypeFloatResponse};

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
        <TypeFloatResponse as generated::type_float::Response>::from_json(
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
