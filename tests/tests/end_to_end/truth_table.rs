//! The validator of `ModifyBackupSourceEndpoint` against its document, on every case there is.

use alibabacloud_dbs::ViolationKind;

use crate::{cases, documents};

#[test]
fn violations_name_what_the_document_asks_for_and_the_request_lacks() {
    let mut valid = 0;
    cases::check(cases::all(), cases::COUNT, |case| {
        let expected: Vec<&str> = documents::asked_for(case.instance_type, case.database)
            .filter(|name| !case.gives(name))
            .collect();
        let violations = case.request().validate_in(&case.context()).err();
        valid += usize::from(violations.is_none());
        let found: Vec<&str> =
            violations.iter().flatten().map(|violation| violation.parameter()).collect();
        let required = |kind: &ViolationKind| *kind == ViolationKind::Required;
        if violations.iter().flatten().any(|violation| !required(violation.kind())) {
            return Some(format!("not all of kind `Required`: {violations:?}"));
        }
        (found != expected).then(|| format!("expected {expected:?}, found {found:?}"))
    });
    assert_eq!(valid, cases::VALID);
}
