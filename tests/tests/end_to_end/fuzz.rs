//! A share of what `cargo xtask fuzz` does, the same mutants in every run.

use alibabacloud_codegen::Specs;
use fuzz::{Bases, Outcome, Seen, examine};
use tests::specs;

const MUTANTS: u64 = 500;

#[test]
fn whatever_is_done_to_the_specs_is_refused_or_becomes_harmless_code() {
    let report = fuzz::run(&Bases::new(&[specs()]), 7, 0..MUTANTS, &mut |_, _| {});
    assert_eq!(report.mutants, MUTANTS);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    // Were all of them refused at once, or none, nothing would have been tried.
    assert!(report.accepted > MUTANTS / 20 && report.refused > MUTANTS / 2, "{report:?}");
    assert!(report.codes.len() > 10, "{:?}", report.codes);
}

#[test]
fn the_specs_themselves_are_accepted() {
    assert_eq!(examine(&specs(), &mut Seen::default()), Ok(Outcome::Accepted));
}

#[test]
fn the_same_seed_and_number_give_the_same_mutant() {
    let bases = Bases::new(&[specs()]);
    let text = |specs: Specs| format!("{:?}", specs.files());
    for number in 0..50 {
        let first = text(fuzz::mutant(&bases, 1, number));
        assert_eq!(first, text(fuzz::mutant(&bases, 1, number)));
        assert_ne!(first, text(fuzz::mutant(&bases, 2, number)));
    }
}
