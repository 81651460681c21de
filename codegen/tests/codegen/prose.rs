//! Sentences that state requirements: the examples of the table of shapes, and texts that must make no rule.

use alibabacloud_codegen::Plan;
use alibabacloud_codegen::prose::{self, Description, Kind, Parameter, Reason, Said};
use serde_json::Value;

/// The parameters of the examples: `P` is described, `A` to `F` are texts, `K` to `M` whole numbers.
fn parameters() -> Vec<Parameter> {
    let kinds = [("PABCDEF", Kind::Text), ("KLM", Kind::Integer), ("TU", Kind::Truth)];
    let named = kinds.iter().flat_map(|(names, kind)| names.chars().map(|name| (name, *kind)));
    named.map(|(name, kind)| parameter(&name.to_string(), kind)).collect()
}

fn parameter(name: &str, kind: Kind) -> Parameter {
    Parameter {
        name: name.to_owned(),
        label: name.to_owned(),
        title: String::new(),
        kind,
        required: false,
        values: Vec::new(),
        listed: Vec::new(),
        example: None,
    }
}

fn read(parameters: &[Parameter], text: &str) -> Said {
    let is_chinese = text.contains(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}'));
    let (english, chinese) = if is_chinese { ("", text) } else { (text, "") };
    prose::read(&Description { parameters, described: 0, english, chinese })
}

/// What a text says, as the table writes it.
fn meaning(said: &Said) -> String {
    let mut all: Vec<String> = said.rules.iter().map(|rule| short(&rule.schema)).collect();
    all.extend(said.effects.iter().map(|effect| format!("effect: {}", short(&effect.condition))));
    if all.is_empty() { "nothing".to_owned() } else { all.join("; ") }
}

/// A schema in one line: `A=x -> B`.
fn short(schema: &Value) -> String {
    let mut parts = Vec::new();
    let properties = &schema["properties"];
    let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    parts.extend(names.filter(|name| properties.get(name).is_none()).map(str::to_owned));
    for (name, value) in properties.as_object().into_iter().flatten() {
        parts.push(limits(name, value));
    }
    if let Some(not) = schema.get("not") {
        parts.push(format!("!({})", short(not)));
    }
    for (key, sign) in [("anyOf", " | "), ("oneOf", " ^ "), ("allOf", " & ")] {
        if let Some(all) = schema[key].as_array() {
            parts.push(all.iter().map(short).collect::<Vec<_>>().join(sign));
        }
    }
    for (name, others) in schema["dependentRequired"].as_object().into_iter().flatten() {
        parts.push(format!("{name} -> {}", texts(others).join(" & ")));
    }
    for relation in schema["x-relations"].as_array().into_iter().flatten() {
        let word = |key: &str| relation[key].as_str().unwrap_or_default().to_owned();
        parts.push(format!("{} {} {}", word("left"), word("relation"), word("right")));
    }
    if let Some(when) = schema.get("if") {
        parts.push(format!("{} -> {}", short(when), short(&schema["then"])));
    }
    parts.join(" & ")
}

fn limits(name: &str, schema: &Value) -> String {
    let limit = |(key, value): (&String, &Value)| match key.as_str() {
        "const" => format!("{name}={}", text(value)),
        "enum" => format!("{name}={}", texts(value).join("|")),
        "not" => format!("{name}!={}", texts(&value["enum"]).join("|")),
        "minimum" => format!("{name}>={value}"),
        "maximum" => format!("{name}<={value}"),
        "exclusiveMinimum" => format!("{name}>{value}"),
        _ => format!("{name}<{value}"),
    };
    schema.as_object().into_iter().flatten().map(limit).collect::<Vec<_>>().join(" & ")
}

fn texts(values: &Value) -> Vec<String> {
    values.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[test]
fn the_table_can_be_read_and_its_examples_mean_what_they_say() {
    let parameters = parameters();
    let examples = prose::examples().expect("the table can be read");
    assert!(examples.len() > 50, "{} examples", examples.len());
    let wrong = examples.iter().filter_map(|example| {
        let found = meaning(&read(&parameters, &example.sentence.replace("\\n", "\n")));
        let is_right = found == example.meaning;
        (!is_right).then(|| format!("{} => {found}, not {}", example.sentence, example.meaning))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

/// Sentences that only look like rules.
const TRAPS: [&str; 17] = [
    "You do not need to specify A.",
    "If you specify A, B is ignored.",
    "If you do not specify this parameter, A is used.",
    "You can specify A or B.",
    "You can specify one of A and B. If both are specified, A is used.",
    "Specify A or B. If you leave both parameters empty, a default is used.",
    "This parameter is required if the instance is of the first generation.",
    "If the quota is exceeded, you must specify A and B.",
    "You must specify A to query a task of the past.",
    "This parameter is required.",
    "This parameter is required if you set X to y.",
    "If A is set to x, the required permissions are returned.",
    "The parameters required by A.",
    "A takes precedence over B.",
    "创建实例时，该参数必填。",
    "指定地址池添加网段，A和B至少填写一个。",
    "A和B任选其一，都不填则使用默认值。",
];

#[test]
fn what_only_looks_like_a_rule_makes_none() {
    let parameters = parameters();
    for trap in TRAPS {
        let said = read(&parameters, trap);
        assert_eq!(said.rules, Vec::new(), "{trap}");
    }
}

#[test]
fn an_exemption_in_another_sentence_takes_a_rule_back() {
    let text = "If A is set to x, this parameter is required.\n\n> If you create a small instance, you do not need \
                to specify this parameter.";
    let said = read(&parameters(), text);
    assert_eq!(said.rules, Vec::new());
    assert!(said.questions.iter().any(|question| question.reason == Reason::Exempted));
}

#[test]
fn what_stands_above_restricts_what_stands_below() {
    let parameters = parameters();
    let below =
        |above: &str| meaning(&read(&parameters, &format!("{above}\n- A or B must be specified.")));
    assert_eq!(below("Take note of the following items:"), "A | B");
    assert_eq!(below("If C is set to x:"), "C=x -> A | B");
    assert_eq!(below("If the instance is small:"), "nothing");
}

#[test]
fn what_holds_by_default_is_not_asked_for() {
    let below = |above: &str| {
        meaning(&read(&parameters(), &format!("{above}\n- If A is set to x, set B to y.")))
    };
    assert_eq!(below("Settings:"), "A=x -> B=y");
    assert_eq!(below("Default value:"), "nothing");
}

#[test]
fn what_an_item_of_valid_values_says_holds_for_its_value() {
    let below = |above: &str, text: &str| {
        meaning(&read(&parameters(), &format!("{above}:\n- **x**: the first. {text}\n- **y**")))
    };
    assert_eq!(below("Valid values", "A must be specified."), "P=x -> A");
    assert_eq!(below("Valid values", "If you set P to y, A is required."), "P=y -> A");
    assert_eq!(below("Valid values", "This parameter is required."), "nothing");
    assert_eq!(below("Members", "A must be specified."), "nothing");
}

#[test]
fn this_case_is_the_one_of_the_sentence_before() {
    let parameters = parameters();
    let after = |before: &str| {
        meaning(&read(&parameters, &format!("{before} In this case, you must specify B.")))
    };
    assert_eq!(after("If A is set to x, all is sent."), "A=x -> B");
    assert_eq!(after("If the instance is small, all is sent."), "nothing");
    assert_eq!(after("All is sent."), "nothing");
}

#[test]
fn a_description_of_another_parameter_says_nothing_of_this_one() {
    let mut parameters = parameters();
    "Tags".clone_into(&mut parameters[0].name);
    parameters.push(parameter("RotationInterval", Kind::Text));
    let text = |first: &str| format!("{first}. If A is set to x, this parameter is required.");
    let said = |first: &str| read(&parameters, &text(first));
    assert_eq!(meaning(&said("The tags of the secret")), "A=x -> P");
    let other = said("The interval for automatic rotation");
    assert_eq!(meaning(&other), "nothing");
    assert_eq!(other.questions.first().map(|question| question.reason), Some(Reason::Ambiguous));
}

#[test]
fn two_languages_agree_or_there_is_a_question() {
    let parameters = parameters();
    let both = |english: &str, chinese: &str| {
        prose::read(&Description { parameters: &parameters, described: 0, english, chinese })
    };
    let same = both("If A is set to x, this parameter is required.", "当A为x时，该参数必填。");
    assert_eq!(meaning(&same), "A=x -> P");
    assert!(same.rules.iter().all(|rule| rule.english && rule.chinese));
    let differ =
        both("If A is set to x or y, this parameter is required.", "当A为x时，该参数必填。");
    assert_eq!(meaning(&differ), "A=x -> P");
    assert!(differ.questions.iter().any(|question| question.reason == Reason::LanguagesDiffer));
}

#[test]
fn what_a_parameter_says_whether_it_is_so_is_known_where_a_sentence_says_it_again() {
    let mut parameters = vec![parameter("Enabled", Kind::Truth)];
    parameters.extend(["A", "B"].map(|name| parameter(name, Kind::Text)));
    let said = |text: &str| meaning(&read(&parameters, text));
    let start = "Specifies whether to enable the second factor. ";
    assert_eq!(
        said(&format!("{start}To enable a second factor, you must specify A.")),
        "Enabled=true -> A"
    );
    assert_eq!(
        said(&format!("{start}If you want to enable the second factor, B is required.")),
        "Enabled=true -> B"
    );
    // Another thing, and its opposite.
    for other in ["enable the first factor", "not enable the second factor", "enable factors"] {
        assert_eq!(said(&format!("{start}If you want to {other}, A is required.")), "nothing");
    }
}

#[test]
fn an_example_that_breaks_a_rule_makes_it_a_question() {
    let mut parameters = parameters();
    for parameter in &mut parameters {
        parameter.example = match parameter.name.as_str() {
            "A" => Some(Value::from("x")),
            "K" => Some(Value::from(12)),
            _ => None,
        };
    }
    let said = read(&parameters, "If A is set to x, the valid values of K are 1 to 9.");
    assert_eq!(said.rules, Vec::new());
    assert_eq!(
        said.questions.first().map(|question| question.reason),
        Some(Reason::BrokenByExample)
    );
}

#[test]
fn bad_texts_make_no_rule_and_no_trouble() {
    let mut parameters = parameters();
    parameters.extend(["If", "is", "this", "必填"].map(|name| parameter(name, Kind::Text)));
    let long = "if ".repeat(34_000);
    let stops = "if. ".repeat(25_000);
    let lists = format!("You must specify {}", "A, ".repeat(30_000));
    let deep: String =
        (0..300).map(|depth| format!("{}- If A is set to x:\n", " ".repeat(depth))).collect();
    let open = "(".repeat(50_000) + &"**".repeat(20_000) + &"*a ".repeat(20_000);
    let bad = [
        long.as_str(),
        stops.as_str(),
        lists.as_str(),
        deep.as_str(),
        open.as_str(),
        "Si A vaut x, ce paramètre est obligatoire.",
        "If A is set to \u{202e}x, this parameter is required.",
        "If If is is, is is required if this is this.",
        "当必填为必填时必填。",
        "> > > - - * **\n``` \\ ** ( ) [ ] < > ` “ ” 「",
        "If A is set to x, this parameter is not required.",
    ];
    for text in bad {
        let said = read(&parameters, text);
        assert_eq!(said.rules, Vec::new(), "{}", text.chars().take(60).collect::<String>());
    }
}

#[test]
fn an_import_replaces_the_overlay_of_the_one_before() {
    let folder = tempfile::tempdir().expect("there is room");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    write("openapi.json", "{ \"info\": { \"x-imported\": true } }").expect("it can be written");
    write("prose.overlay.json", "{}").expect("it can be written");
    let plan = Plan::import(folder.path(), &[]).expect("the importer wrote both");
    assert_eq!(plan.changes().len(), 2);
}
