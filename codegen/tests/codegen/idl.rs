//! `explain --format idl`: what it prints, read again, says the same.

use alibabacloud_codegen::{Code, Judge, SpecFile, Specs, explain_as_idl, judge, judges};
use fastrand::Rng;
use serde_json::{Map, Value};

use crate::checkout::root;
use crate::drawn::number;
use crate::fixtures::{cases, has_overlays, specs};
use crate::random::Operation;

/// What stands before a rule that IDL cannot say.
const LEFT: &str = "// not in IDL, for ";

/// The keys of a request's schema that say no rules between parameters.
const PLAIN: [&str; 6] =
    ["type", "properties", "required", "items", "additionalProperties", "x-context"];

/// How many requests are drawn of each operation, in each way.
const DRAWS: u64 = 6;

/// The rules of an operation in IDL, and how many it cannot say.
fn printed(specs: &Specs, operation: &str) -> (Vec<String>, usize) {
    let text = explain_as_idl(specs, operation).unwrap_or_else(|refusal| panic!("{refusal}"));
    let text = text.expect("there is such an operation");
    let (left, dependencies): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with(LEFT));
    (dependencies.into_iter().map(str::to_owned).collect(), left.len())
}

/// The same specs, in which the operation has these dependencies in the place of its rules.
fn with_dependencies(specs: &Specs, operation: &str, dependencies: &[String]) -> Specs {
    let path = format!("operations/{operation}.json");
    let mut files = specs.files().to_vec();
    let file = files.iter_mut().find(|file| file.path == path).expect("it has a file");
    let mut item: Value = serde_json::from_str(&file.text).expect("it is JSON");
    for of_method in item.as_object_mut().expect("it has methods").values_mut() {
        let of_method = of_method.as_object_mut().expect("it is an operation");
        for key in ["x-requirements", "x-relations", "x-dependencies"] {
            of_method.remove(key);
        }
        if !dependencies.is_empty() {
            of_method.insert("x-dependencies".to_owned(), dependencies.to_vec().into());
        }
        let body = of_method.get_mut("requestBody").into_iter().collect::<Vec<_>>();
        body.into_iter().for_each(without_rules);
        let parameters = of_method.get_mut("parameters").and_then(Value::as_array_mut);
        parameters.into_iter().flatten().for_each(without_rules);
    }
    file.text = item.to_string();
    without_unused(&mut files);
    Specs::new(specs.folder(), files)
}

/// Takes out the schemas that only rules referred to.
fn without_unused(files: &mut Vec<SpecFile>) {
    loop {
        let is_unused = |file: &&SpecFile| {
            let name = file.path.strip_prefix("schemas/").map(|name| format!("{name}\""));
            name.is_some_and(|name| !files.iter().any(|other| other.text.contains(&name)))
        };
        let Some(unused) = files.iter().find(is_unused).map(|file| file.path.clone()) else {
            return;
        };
        files.retain(|file| file.path != unused);
    }
}

fn without_rules(place: &mut Value) {
    let contents = place.get_mut("content").and_then(Value::as_object_mut);
    for content in contents.into_iter().flat_map(Map::values_mut) {
        let schema = content["schema"].as_object_mut();
        // What is no object has no rules between parameters.
        if let Some(schema) = schema.filter(|schema| schema.contains_key("properties")) {
            schema.retain(|key, _| PLAIN.contains(&key.as_str()));
            let members = schema.get_mut("properties").and_then(Value::as_object_mut);
            for member in members.into_iter().flat_map(Map::values_mut) {
                // They say nothing of requests, and lose digits that JSON numbers have here.
                member.as_object_mut().expect("it is a schema").remove("examples");
            }
        }
    }
}

/// Requests that are valid by this judge, and some that break one thing.
fn drawn(judge: &Judge) -> Vec<Map<String, Value>> {
    let mut requests = Vec::new();
    for seed in 0..DRAWS {
        let mut draws = judge.draws(seed, &Map::new()).expect("nothing is given");
        requests.extend(draws.valid());
        for demand in 0..judge.demands().len() {
            requests.extend(draws.nearly_valid(demand).map(|nearly| nearly.request));
        }
    }
    requests
}

/// What was compared.
#[derive(Debug, Default)]
struct Seen {
    operations: usize,
    dependencies: usize,
    left: usize,
    requests: usize,
    refused: usize,
    wrong: Vec<String>,
}

impl Seen {
    fn tell(&self) {
        println!(
            "{} operations, {} dependencies printed, {} rules that IDL cannot say; {} requests, {} of them refused; \
             {} disagreements",
            self.operations,
            self.dependencies,
            self.left,
            self.requests,
            self.refused,
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }

    fn compare(&mut self, specs: &Specs, judge: &Judge) {
        let id = judge.operation();
        let (mut dependencies, left) = printed(specs, id);
        // What the schema of a parameter says stays there, and asks for nothing when it is said again.
        dependencies.retain(|dependency| {
            let alone = with_dependencies(specs, id, std::slice::from_ref(dependency));
            match alibabacloud_codegen::judge(&alone, id) {
                Ok(_) => true,
                Err(problems) => problems.iter().any(|problem| problem.code() != Code::AlwaysHolds),
            }
        });
        let again = with_dependencies(specs, id, &dependencies);
        let again = match alibabacloud_codegen::judge(&again, id) {
            Ok(again) => again.expect("there is such an operation"),
            Err(problems) => {
                self.wrong.push(format!("{id}: {dependencies:#?}\n{}", problems.render(false)));
                return;
            }
        };
        self.operations += 1;
        self.dependencies += dependencies.len();
        self.left += left;
        for request in drawn(judge).into_iter().chain(drawn(&again)) {
            let request = Value::from(request);
            let (is_valid, is_again) = (judge.is_valid(&request), again.is_valid(&request));
            self.requests += 1;
            self.refused += usize::from(!is_valid);
            // What IDL cannot say is not asked; whatever it says is.
            if is_valid != is_again && (is_valid || left == 0) {
                self.wrong.push(format!(
                    "{id}: {request} is valid: {is_valid}; by {dependencies:#?}: {is_again}"
                ));
            }
        }
    }
}

#[test]
fn random_rules_that_are_printed_and_read_again_say_the_same() {
    let mut seen = Seen::default();
    let mut seed = 1 << 37;
    while seen.operations < usize::try_from(number("RANDOM_PRINTED", 60)).expect("it fits") {
        seed += 1;
        let operation = match seed % 2 {
            0 => Operation::new(&mut Rng::with_seed(seed), "Random"),
            _ => Operation::finite(&mut Rng::with_seed(seed), "Random"),
        };
        let specs = specs("random", &operation.files);
        // Rules that make no sense are refused, as they are in specs.
        if explain_as_idl(&specs, "Random").is_err() {
            continue;
        }
        if let Ok(judge) = judge(&specs, "Random") {
            seen.compare(&specs, &judge.expect("there is such an operation"));
        }
    }
    seen.tell();
    assert!(seen.dependencies > 20 && seen.refused > 200, "too little is compared: {seen:?}");
}

#[test]
fn rules_that_are_printed_and_read_again_say_the_same() {
    let service = Specs::read(&root(), "specs/dbs-2019-03-06").expect("it is in the repository");
    let fixtures = cases("accepted").into_iter().map(|case| case.specs);
    // An overlay would bring back what was taken out.
    let fixtures = fixtures.filter(|specs| !has_overlays(specs));
    let mut seen = Seen::default();
    for specs in fixtures.chain([service]) {
        for judge in judges(&specs).unwrap_or_else(|refusal| panic!("{refusal}")) {
            let path = format!("operations/{}.json", judge.operation());
            if specs.files().iter().any(|file| file.path == path) {
                seen.compare(&specs, &judge);
            }
        }
    }
    seen.tell();
    assert!(seen.dependencies > 100 && seen.refused > 1_000, "too little is compared: {seen:?}");
}

/// What is printed of an accepted fixture.
fn of_fixture(name: &str, operation: &str) -> String {
    let case = cases("accepted").into_iter().find(|case| case.name == name);
    let case = case.expect("there is such a fixture");
    let text = explain_as_idl(&case.specs, operation).unwrap_or_else(|refusal| panic!("{refusal}"));
    text.expect("there is such an operation")
}

#[test]
fn names_and_values_are_written_so_that_they_stay_on_a_line() {
    insta::assert_snapshot!(of_fixture("dependency_values", "DependencyValues"), @r#"
    IF Text LIKE '*\t' THEN NOT OnlyOne(Note, Level, On);
    IF On==true THEN Ratio;
    IF Ratio>=-0.5 AND Ratio AND NOT Ratio==1 THEN Level;
    IF Ratio>=-0.5 AND Ratio AND NOT Ratio==1 AND Level THEN NOT Level==-7;
    IF Text=='it\'s'|'"so"'|'a\\b'|'中\n' THEN NOT Note=='' AND NOT Level;
    IF [IF]=='a'|'b' THEN [x-y/z:1];
    "#);
    insta::assert_snapshot!(of_fixture("dependency_sums", "DependencySums"), @r"
    A + A + A + A + B <= 20;
    A + A + A - C - C - C - D - D > 0;
    IF A + A + B - C != -12 THEN Note;
    ");
}

#[test]
fn what_idl_has_no_words_for_is_told_with_the_reason() {
    insta::assert_snapshot!(of_fixture("condition_pattern", "ConditionPattern"), @r"
    IF Id LIKE 'dbs-*' THEN Host;
    // not in IDL, for its patterns have `*` and not `^[a-z]+$`: `Tag` must match `[0-9]$` when `Host` does not match `^[a-z]+$`
    ");
    let reasons = |name, operation| -> Vec<String> {
        let text = of_fixture(name, operation);
        let lines = text.lines().filter_map(|line| line.strip_prefix(LEFT)?.split_once(": "));
        lines.map(|(reason, _)| reason.to_owned()).collect()
    };
    assert_eq!(
        reasons("relation_context", "RelationContext"),
        ["`Most` is a fact and no parameter"; 2]
    );
    let lists = reasons("condition_list_lengths", "ConditionListLengths");
    assert_eq!(lists, ["it does not look into lists"; 3]);
    let effects = reasons("rule_effect", "RuleEffect");
    assert_eq!(effects, ["it cannot say that something has no effect"; 2]);
}
