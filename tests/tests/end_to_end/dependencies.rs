//! Dependencies in IDL, beside an evaluator of IDL that shares no code with the compiler: a collection of our own,
//! in the form of the published one, with each pattern, and random ones.
//!
//! More of them: `DRAWN_DEPENDENCIES=10000 cargo test -p tests --test end_to_end dependencies -- --nocapture`.

use std::collections::BTreeMap;

use alibabacloud_codegen::{Judge, judges};
use tests::dependencies::asked::{Asked, draw};
use tests::dependencies::compared::{Tally, compare, random};
use tests::dependencies::{Operation, specs};
use tests::drawn::number;
use tests::requests::Proof;

fn collection() -> BTreeMap<String, Vec<Operation>> {
    serde_json::from_str(include_str!("dependencies.json")).expect("it is a collection")
}

#[test]
fn requests_are_judged_as_the_language_means_it() {
    let mut all = Tally::default();
    for (api, operations) in collection() {
        let tally = compare(&api, &operations, 20_000);
        assert!(0 < tally.valid && tally.valid < tally.requests, "{api}: {tally:?}");
        all.add(&tally);
    }
    println!("{all:?}");
    assert_eq!((all.compiled, all.disagreements), (all.dependencies, 0));
    assert!(all.requests > 3_000, "only {}", all.requests);
}

#[test]
fn random_dependencies_are_judged_as_the_language_means_them() {
    let drawn = number("DRAWN_DEPENDENCIES", 200);
    let tally = random(drawn);
    println!("{tally:?}");
    assert_eq!(tally.disagreements, 0);
    assert!(tally.compiled as u64 > drawn / 2 && 0 < tally.valid && tally.valid < tally.requests);
}

#[test]
fn questions_about_all_requests_are_answered_as_trying_them_does() {
    let (operations, judges) = judged();
    let mut asked = Asked::default();
    for (operation, judge) in operations.iter().zip(&judges) {
        asked.add(operation, judge, 1_000_000);
    }
    println!("{asked}");
    assert!(asked.disagreements.is_empty() && asked.untried == 0);
    assert_eq!(asked.questions.len(), 8);
    for (name, question) in &asked.questions {
        assert!(question.asked == operations.len() && question.tried >= question.asked, "{name}");
        assert!(question.untried.is_empty(), "{name}");
    }
    assert!(asked.valid > 1_000, "only {}", asked.valid);
}

#[test]
fn random_requests_are_valid_or_break_one_dependency() {
    let (operations, judges) = judged();
    let mut drawn = Proof::default();
    for (operation, judge) in operations.iter().zip(&judges) {
        draw(&mut drawn, judge, operation, 60, 22);
    }
    println!("{drawn}");
    assert!(drawn.disagreements.is_empty() && drawn.unanswered.is_empty());
    assert!(drawn.valid > 300 && drawn.nearly > 300);
}

fn judged() -> (Vec<Operation>, Vec<Judge>) {
    let operations: Vec<Operation> = collection().into_values().flatten().collect();
    let specs = specs("Collected", &operations);
    let judges = judges(&specs).unwrap_or_else(|refusal| panic!("{refusal}"));
    (operations, judges)
}
