//! The examples in the docs of the fixtures' requests, as users would paste them.

use tests::EXAMPLES;

#[test]
fn examples_in_docs_are_valid_requests() {
    let refused = EXAMPLES.iter().filter_map(|(case, example)| Some((case, example().err()?)));
    let refused: Vec<String> = refused.map(|(case, error)| format!("{case}: {error}")).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}
