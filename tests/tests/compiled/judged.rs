//! The documented answers of metadata that we have made up, judged by `jsonschema` on the metadata's own
//! schemas, and read into the types that are made of them.

use serde_json::{Value, json};
use tests::ANSWERS;
use tests::fixtures::metadata;
use tests::judged::{Judged, Read, judge};

/// The answers of the fixture that shows some.
fn shown() -> Vec<Judged> {
    let texts = metadata().into_iter().map(|metadata| metadata.files()[0].text.clone());
    let documents = texts.map(|text| serde_json::from_str(&text).expect("it is JSON"));
    documents.flat_map(|document: Value| judge(&document)).collect()
}

fn named<'j>(judged: &'j [Judged], place: &str) -> &'j Judged {
    let found = judged.iter().find(|judged| judged.place == format!("/apis/{place}"));
    found.unwrap_or_else(|| panic!("{place} is no answer"))
}

fn read(judged: &Judged) -> Result<Read, String> {
    let operation = judged.place.split('/').nth(2).expect("a place starts with its operation");
    let reader = ANSWERS.iter().find(|(_, known, _)| *known == operation);
    let (_, _, reader) = reader.expect("the operation is imported");
    reader(&judged.body)
}

/// Whether all that is in one value is in the other one, unchanged, but for secrets.
fn holds(kept: &Value, shown: &Value) -> bool {
    match (kept, shown) {
        (Value::Object(kept), Value::Object(shown)) => {
            shown.iter().all(|(name, value)| kept.get(name).is_some_and(|kept| holds(kept, value)))
        }
        (Value::Array(kept), Value::Array(shown)) => {
            kept.len() == shown.len()
                && kept.iter().zip(shown).all(|(kept, value)| holds(kept, value))
        }
        (kept, shown) => kept == shown || kept == "[REDACTED]",
    }
}

#[test]
fn answers_that_fit_their_schema_are_read_whole() {
    let judged = shown();
    assert_eq!(judged.len(), 10, "those that are neither XML nor broken");
    let fitting: Vec<&Judged> = judged.iter().filter(|judged| judged.has_types).collect();
    assert_eq!(fitting.len(), 8);
    for judged in fitting {
        let read = read(judged).unwrap_or_else(|error| panic!("{}: {error}", judged.place));
        let shown: Value = serde_json::from_str(&judged.body).expect("it is JSON");
        let is_text = read.kept == judged.body;
        assert!(is_text || holds(&read.kept, &shown), "{}: {}", judged.place, read.kept);
        let is_error = judged.place.ends_with("errorExample");
        assert_eq!(read.is_failure, is_error, "{}", judged.place);
    }
}

#[test]
fn constraints_are_judged_apart_from_types() {
    let judged = shown();
    // One ship is in a state that is not documented.
    let ships = named(&judged, "ListShips/responseDemo/0/example");
    assert!(ships.has_types && !ships.fits);
    assert!(named(&judged, "GetKey/responseDemo/0/example").fits);
}

#[test]
fn answers_of_other_types_are_read_leniently_or_refused() {
    let judged = shown();
    let loose = named(&judged, "ListLoosely/responseDemo/0/example");
    assert!(!loose.has_types);
    let kept = json!({
        "RequestId": "17",
        "Ships": [
            { "Tons": 12.5, "Decks": 3, "State": "AtSea", "Afloat": true, "Cargo": [] },
            { "ShipId": "true", "Decks": 4, "Cargo": [] },
        ],
    });
    assert_eq!(read(loose).expect("it is read leniently").kept, kept);
    let broken = named(&judged, "GetBroken/responseDemo/0/example");
    assert!(!broken.has_types);
    assert!(read(broken).expect_err("a number of decks is no word").contains("Ship.Decks"));
}
