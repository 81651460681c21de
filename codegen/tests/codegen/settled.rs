//! What sentences state, in the spec that an import makes: the rules and effects that are taken, and those that are
//! left out, each with what speaks against it.

use alibabacloud_codegen::{Import, Imported, Says, SpecFile, Specs, Translation};
use serde_json::{Value, json};

use crate::cli::Folder;
use crate::fixtures::generate;

const OVERLAY: &str = "prose.overlay.json";

/// Metadata of one operation, whose query has these parameters; further keys of a parameter's schema stand behind it.
fn metadata(parameters: &[(&str, &str, Value)]) -> Value {
    let parameters: Vec<Value> = parameters
        .iter()
        .map(|(name, description, more)| {
            let mut schema = json!({ "type": "string", "description": description });
            for (key, value) in more.as_object().into_iter().flatten() {
                schema[key] = value.clone();
            }
            json!({ "name": name, "in": "query", "schema": schema })
        })
        .collect();
    json!({
        "info": { "style": "RPC", "product": "Shop", "version": "2026-11-28" },
        "apis": { "Create": { "methods": ["post"], "parameters": parameters } }
    })
}

fn specs(metadata: &Value) -> Specs {
    let file = SpecFile { path: "shop.json".to_owned(), text: metadata.to_string() };
    Specs::new("published", vec![file])
}

/// What is imported, which generates.
fn imported(import: &Import, metadata: &Value) -> Imported {
    let imported = import.run(&specs(metadata)).unwrap_or_else(|refusal| panic!("{refusal}"));
    let spec = Specs::new(imported.folder.clone(), imported.files.clone());
    generate(&spec).unwrap_or_else(|problems| panic!("{problems}"));
    imported
}

fn settled(parameters: &[(&str, &str, Value)]) -> Imported {
    imported(&Import::default(), &metadata(parameters))
}

fn overlay(imported: &Imported) -> Option<Value> {
    let file = imported.files.iter().find(|file| file.path == OVERLAY)?;
    Some(serde_json::from_str(&file.text).expect("an overlay is JSON"))
}

/// The sentences of the overlay, and those that are left out with the name of the problem.
fn told(imported: &Imported) -> (Vec<&str>, Vec<(&str, &str)>) {
    let stated = imported.sentences.stated.iter().map(|one| one.sentence.as_str());
    let left_out = imported.sentences.left_out.iter();
    let left_out = left_out.map(|(one, against)| (against.code, one.sentence.as_str()));
    (stated.collect(), left_out.collect())
}

/// The reasons of questions.
fn asked(imported: &Imported) -> Vec<String> {
    let questions = imported.sentences.questions.iter();
    questions.map(|asked| asked.question.reason.to_string()).collect()
}

/// Sentences are told without the stop at their end.
const REQUIRED: &str = "This parameter is required if Mode is set to fast";

#[test]
fn a_rule_comes_along_with_the_sentence_that_it_is_from_and_docs_say_so() {
    let imported = settled(&[("Mode", "The mode.", json!({})), ("Size", REQUIRED, json!({}))]);
    let overlay = overlay(&imported).expect("there is a rule");
    let [action] = overlay["actions"].as_array().expect("there are actions").as_slice() else {
        panic!("{overlay}")
    };
    assert_eq!(action["target"], "$.paths['/Create'].post");
    assert_eq!(action["x-source"], json!({ "parameter": "Size", "sentence": REQUIRED }));
    let spec = Specs::new(imported.folder, imported.files);
    let output = generate(&spec).unwrap_or_else(|problems| panic!("{problems}"));
    let texts: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(texts.contains("from a sentence about `Size`"));
}

#[test]
fn without_texts_an_overlay_quotes_no_sentence_and_asks_nothing() {
    let doubtful = "This parameter is required if the instance is a cluster.";
    let metadata = metadata(&[
        ("Mode", doubtful, json!({})),
        ("Size", REQUIRED, json!({})),
        ("Zone", "The zone.", json!({})),
    ]);
    let without = Import { without_texts: true, ..Import::default() };
    let overlay = overlay(&imported(&without, &metadata)).expect("there is a rule");
    assert!(overlay.get("x-questions").is_none());
    assert_eq!(overlay["actions"][0]["x-source"], json!({ "parameter": "Size" }));
}

#[test]
fn rules_are_left_out_of_an_import_that_wants_none() {
    let metadata = metadata(&[("Mode", "The mode.", json!({})), ("Size", REQUIRED, json!({}))]);
    let imported = imported(&Import { no_rules: true, ..Import::default() }, &metadata);
    assert!(overlay(&imported).is_none());
    assert_eq!(told(&imported), (Vec::new(), Vec::new()));
    assert!(asked(&imported).is_empty());
}

#[test]
fn of_rules_that_contradict_each_other_the_later_is_left_out_and_told() {
    let never = "Leave this parameter empty if Mode is set to fast";
    let enumerated = json!({ "enum": ["fast", "slow"] });
    let imported = settled(&[
        ("Mode", "The mode.", enumerated.clone()),
        ("Size", &format!("{REQUIRED}.\n\n{never}."), json!({})),
        ("Zone", REQUIRED, json!({})),
    ]);
    assert_eq!(told(&imported), (vec![REQUIRED, REQUIRED], vec![("never-given", never)]));
}

#[test]
fn an_order_of_times_is_a_rule_where_both_examples_show_dates_and_times() {
    const LATER: &str = "The value must be greater than StartTime";
    let times = |start: &str, end: &str| {
        let example = |text: &str| json!({ "example": text });
        settled(&[
            ("StartTime", "The beginning.", example(start)),
            ("EndTime", &format!("The end. {LATER}."), example(end)),
        ])
    };
    let (start, end) = ("2026-01-31T08:00:00Z", "2026-01-31T16:00:01+08:00");
    let imported = times(start, end);
    assert_eq!(told(&imported), (vec![LATER], Vec::new()));
    assert_eq!(imported.report.repaired().count(), 2);
    let spec = Specs::new(imported.folder, imported.files);
    let output = generate(&spec).unwrap_or_else(|problems| panic!("{problems}"));
    let texts: String = output.files.iter().map(|file| file.text.as_str()).collect();
    assert!(texts.contains("`EndTime` must be later than `StartTime`"));
    assert!(texts.contains("optional end_time: impl Into<String>"));

    let broken = times(end, start);
    assert_eq!(told(&broken), (Vec::new(), Vec::new()));
    assert_eq!(asked(&broken), ["broken by the published example"]);
    for (start, end) in [(start, "2026-01-31T16:00Z"), ("1769846400", end), (start, "tomorrow")] {
        assert_eq!(told(&times(start, end)), (Vec::new(), vec![("invalid-value", LATER)]));
    }
}

#[test]
fn a_rule_that_another_states_too_is_left_out_and_told() {
    let imported = settled(&[
        ("Size", "You must specify at least one of Size and Zone.", json!({})),
        ("Zone", "You must specify at least one of Zone and Size.", json!({})),
    ]);
    let (stated, left_out) = told(&imported);
    assert_eq!(stated, ["You must specify at least one of Size and Zone"]);
    assert_eq!(left_out, [("duplicate-rule", "You must specify at least one of Zone and Size")]);
}

#[test]
fn an_effect_that_there_always_is_is_left_out_and_told() {
    let usual = "This parameter is required if Mode is set to other";
    let effect = "This parameter takes effect only when Mode is specified";
    let mut metadata = metadata(&[
        ("Mode", "The mode.", json!({})),
        ("Size", effect, json!({})),
        ("Zone", usual, json!({})),
    ]);
    metadata["apis"]["Create"]["parameters"][0]["schema"] =
        json!({ "type": "string", "required": true, "description": "The mode." });
    let imported = imported(&Import::default(), &metadata);
    let (stated, left_out) = told(&imported);
    assert_eq!(stated, [usual]);
    assert_eq!(left_out, [("always-holds", effect)]);
}

#[test]
fn a_rule_that_the_published_example_breaks_is_a_question() {
    let limits = "If Mode is set to fast, Size must be `small`.";
    let imported = settled(&[
        ("Mode", "The mode.", json!({ "example": "fast" })),
        ("Size", limits, json!({ "example": "large" })),
    ]);
    assert_eq!(told(&imported), (Vec::new(), Vec::new()));
    assert_eq!(asked(&imported), ["broken by the published example"]);
}

#[test]
fn effects_are_no_rules_and_stand_at_their_parameters_in_every_place() {
    let effect = "This parameter takes effect only when Mode is set to fast";
    for (place, style) in
        [("query", "RPC"), ("formData", "RPC"), ("header", "ROA"), ("body", "ROA")]
    {
        let text = |name: &str, place: &str, description: &str| {
            let schema = json!({ "type": "string", "description": description });
            json!({ "name": name, "in": place, "schema": schema })
        };
        let whole = json!({ "name": "body", "in": "body", "style": "json", "schema": { "type": "object",
            "properties": { "Size": { "type": "string", "description": effect } } } });
        let size = if place == "body" { whole } else { text("Size", place, effect) };
        let mut metadata = metadata(&[("Mode", "The mode.", json!({}))]);
        let parameters = &mut metadata["apis"]["Create"]["parameters"];
        parameters.as_array_mut().expect("it is a list").push(size);
        metadata["info"]["style"] = json!(style);
        if style == "ROA" {
            metadata["apis"]["Create"]["path"] = json!("/things");
        }
        let imported = imported(&Import::default(), &metadata);
        assert_eq!(told(&imported), (vec![effect], Vec::new()), "{place}");
        let stated = &imported.sentences.stated[0];
        assert!(matches!(&stated.says, Says::Effect { .. }), "{place}");
        let overlay = overlay(&imported).expect("there is an effect");
        let update = &overlay["actions"][0]["update"];
        assert_eq!(
            update["x-effective-when"],
            json!({ "required": ["Mode"], "properties": { "Mode": { "const": "fast" } } }),
            "{place}"
        );
        let spec = Specs::new(imported.folder, imported.files);
        let output = generate(&spec).unwrap_or_else(|problems| panic!("{problems}"));
        let file = output.files.iter().find(|file| file.path.ends_with("operations/create.rs"));
        let text = &file.expect("the operation has a file").text;
        assert!(text.contains("effect"), "{place}: {text}");
    }
}

#[test]
fn an_effect_of_which_nobody_knows_the_case_is_a_question() {
    for text in [
        "This parameter takes effect only when the instance is a cluster.",
        "This parameter takes effect only when Mode is set to fast.\n\nThis parameter takes effect only when Zone is set to slow.",
    ] {
        let imported = settled(&[
            ("Mode", "The mode.", json!({})),
            ("Zone", "The zone.", json!({})),
            ("Size", text, json!({})),
        ]);
        assert_eq!(told(&imported), (Vec::new(), Vec::new()), "{text}");
        assert!(!asked(&imported).is_empty(), "{text}");
    }
}

/// The same service in Chinese.
fn translated(size: &str) -> Translation {
    let metadata = metadata(&[("Mode", "模式。", json!({})), ("Size", size, json!({}))]);
    Translation::read(&specs(&metadata)).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn what_only_one_of_two_languages_states_or_both_state_otherwise_is_a_question() {
    let metadata = metadata(&[("Mode", "The mode.", json!({})), ("Size", REQUIRED, json!({}))]);
    for (chinese, is_stated) in [
        ("当Mode取值为fast时，该参数必填。", true),
        ("当Mode取值为slow时，该参数必填。", false),
        ("大小。", false),
    ] {
        let import = Import { texts_of: Some(translated(chinese)), ..Import::default() };
        let imported = imported(&import, &metadata);
        assert_eq!(!told(&imported).0.is_empty(), is_stated, "{chinese}");
        let differs = asked(&imported).contains(&"languages differ".to_owned());
        assert_eq!(differs, !is_stated, "{chinese}");
    }
}

#[test]
fn texts_of_nothing_or_of_another_service_are_refused() {
    let own = metadata(&[]);
    for no_metadata in [json!([]), json!({ "apis": {} }), json!({ "info": { "product": "Shop" } })]
    {
        let specs = specs(&no_metadata);
        let refusal = Translation::read(&specs).expect_err("it is no metadata");
        assert!(refusal.render(false).contains("this is no metadata of a service"), "{refusal}");
    }
    let mut other = own.clone();
    other["info"]["version"] = json!("2020-01-01");
    let texts = Translation::read(&specs(&other)).unwrap_or_else(|refusal| panic!("{refusal}"));
    let import = Import { texts_of: Some(texts), ..Import::default() };
    let refusal = import.run(&specs(&own)).err().map(|refusal| refusal.render(false));
    let refusal = refusal.expect("it is of another version");
    assert!(refusal.contains("are not those of `Shop` 2026-11-28"), "{refusal}");
}

/// A folder with metadata of a service that has a rule and two questions of one shape.
fn folder() -> Folder {
    let doubtful = "This parameter is required if the instance is a cluster.";
    let folder = Folder::new(&[("bank-1", r#""x-product": "Bank""#)]);
    let metadata = metadata(&[
        ("Mode", doubtful, json!({})),
        ("Size", REQUIRED, json!({})),
        ("Zone", doubtful, json!({})),
    ]);
    folder.write("shop.json", &metadata.to_string());
    folder
}

#[test]
fn questions_prints_what_an_import_asks_with_the_most_frequent_shape_first() {
    let folder = folder();
    let import = folder.call(&["import", "shop.json"]);
    import.succeeds("passed 1, failed 0, skipped 0");
    for line in [
        "rules from sentences: 1 (required in a case 1)",
        "questions: 2 (fact outside of the request 2)",
    ] {
        assert!(import.output.contains(line), "{}", import.output);
    }
    let questions = folder.call(&["questions", "shop"]);
    questions.succeeds("2 questions of specs/shop-2026-11-28");
    let first =
        "2, fact outside of the request: This parameter is required if the instance is a cluster\n";
    assert!(questions.output.starts_with(first), "{}", questions.output);
    assert!(questions.output.contains("Create.Mode\n    Create.Zone\n"), "{}", questions.output);
    folder.call(&["questions", "bank"]).succeeds("0 questions of specs/bank-1");
    folder.call(&["import", "shop.json", "--no-rules"]).succeeds("passed 1, failed 0, skipped 0");
    assert!(!folder.has("specs/shop-2026-11-28/prose.overlay.json"));
}

#[test]
fn import_refuses_texts_that_are_no_metadata_and_writes_nothing() {
    let folder = folder();
    for (text, error) in [
        ("{", "texts.json:1:"),
        ("[]", "this is no metadata of a service: it has no `apis`"),
        (
            r#"{ "apis": {}, "info": { "product": "Other", "version": "1" } }"#,
            "are not those of `Shop`",
        ),
    ] {
        folder.write("texts.json", text);
        folder.call(&["import", "shop.json", "--texts-of", "texts.json"]).fails(error);
    }
    folder.call(&["import", "shop.json", "--texts-of", "none.json"]).fails("none.json");
    assert!(!folder.has("specs/shop-2026-11-28"));
    folder
        .call(&["import", "shop.json", "--texts-of", "shop.json"])
        .succeeds("passed 1, failed 0, skipped 0");
}
