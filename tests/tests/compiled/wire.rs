//! One call for each way in which parameters travel, by what is imported from metadata: what arrives at a
//! transport is what the official SDKs were seen to send.

use tests::CALLS;
use tests::wire::Vector;

#[test]
fn what_is_imported_is_sent_as_the_official_sdks_send_it() {
    let vectors: Vec<Vector> = include_str!("wire.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("it is a vector"))
        .collect();
    assert!(vectors.len() > 20);
    let mut failed = Vec::new();
    for vector in &vectors {
        let mut calls = CALLS.iter();
        let call = calls.find(|(product, operation, ..)| {
            *product == vector.product && *operation == vector.operation
        });
        let (_, _, call, _) = call.expect("the operation is imported");
        match call(&vector.params) {
            Ok(arrived) => {
                let differences = vector.canonical.compare(&vector.sdk_style, &arrived);
                failed.extend(differences.iter().map(|found| format!("{}: {found}", vector.id)));
            }
            Err(reason) => failed.push(format!("{}: {reason}", vector.id)),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
