//! Lists of values in descriptions: which are read, and that all else is left alone.

use alibabacloud_codegen::{Import, SpecFile, Specs};
use serde_json::{Value, json};

/// The values that the parameter `Mode` of this description has in the spec, each with what is said of it;
/// nothing where it is a plain text.
fn read(description: &str) -> Vec<(String, Option<String>)> {
    let document = json!({
        "info": { "style": "RPC", "product": "P", "version": "1" },
        "apis": { "GetThing": { "methods": ["post"], "parameters": [
            { "name": "Mode", "in": "query", "schema": { "type": "string", "description": description } } ] } }
    });
    let file = SpecFile { path: "metadata.json".to_owned(), text: document.to_string() };
    let metadata = Specs::new("published", vec![file]);
    let imported = Import::default().run(&metadata).unwrap_or_else(|refusal| panic!("{refusal}"));
    let named = imported.files.iter().find(|file| file.path == "schemas/GetThingRequestMode.json");
    let Some(named) = named else { return Vec::new() };
    let schema: Value = serde_json::from_str(&named.text).expect("it is JSON");
    let mut values = schema["anyOf"].as_array().expect("it is an open enum").clone();
    assert_eq!(values.pop(), Some(json!({ "type": "string" })), "any text is a value");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let value =
        |value: &Value| text(&value["const"]).map(|found| (found, text(&value["description"])));
    values.iter().filter_map(value).collect()
}

fn of(pairs: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    pairs.iter().map(|(value, meaning)| ((*value).to_owned(), said(meaning))).collect()
}

#[test]
fn each_shape_of_an_item_is_read() {
    let two = of(&[("Hot", "very warm"), ("cold_1", "")]);
    for list in [
        "How warm. Valid values:\n\n*   **Hot**: very warm\n*   **cold_1**\n",
        "有多热。取值：\n- Hot：very warm\n\n- cold\\_1\n\n默认值：Hot。",
        "有多热。取值范围：\n- `Hot`（默认）：very warm\n- `cold_1`（默认值）。",
        "有多热，取值说明如下：\n- **Hot（默认值）**：very warm\n  再说一句。\n- **cold_1**\n> 请注意。",
        "Possible values:\n+ \"Hot\" - very warm\n+ \"cold_1\"",
        "枚举值：\n* Hot(very warm)\n* cold_1",
        "水的状态：\n- **Hot：**very warm\n- **cold_1**",
        "水的状态。取值：\n-   `Hot`：very warm\n-   `cold_1`",
    ] {
        assert_eq!(read(list), two, "{list}");
    }
}

#[test]
fn a_list_within_a_line_is_read() {
    assert_eq!(read("语言。取值范围：en、zh、ja。"), of(&[("en", ""), ("zh", ""), ("ja", "")]));
    assert_eq!(read("取值：**d**（天）或**h**（小时）。"), of(&[("d", "天"), ("h", "小时")]));
    assert_eq!(read("Valid values: `a.1`, `b` or `c`."), of(&[("a.1", ""), ("b", ""), ("c", "")]));
}

#[test]
fn what_is_no_list_of_values_beyond_doubt_is_left_alone() {
    for text in [
        "Valid values:\n- Hot: very warm",
        "Valid values:\n- Hot\n- Hot",
        "Valid values:\n- Hot\n- any other text",
        "Valid values:\n- Hot\n- Cold\n\nBesides, the values of the other:\n- Warm\n- Icy",
        "Take note:\n- Hot: burns\n- Cold: freezes",
        "返回值格式如下：\n- code：a number\n- message：a text",
        "取值：1~100。",
        "取值：长度为2~128个字符、必须以字母开头。",
        "Valid values: 1 to 100.",
        "Valid values:\n- true: it is\n- false: it is not",
        "Valid values:\n- 1: one\n- 2: two",
        "",
    ] {
        assert!(read(text).is_empty(), "{text}");
    }
}
