//! A share of what `cargo xtask fuzz` does, the same mutants in every run.

use alibabacloud_codegen::Specs;
use fuzz::{Bases, Kind, Outcome, Seen, examine};
use tests::fixtures::{cases, metadata};
use tests::specs;

const MUTANTS: u64 = 500;

fn bases() -> Bases {
    let forms: Vec<Specs> = cases("accepted").into_iter().map(|case| case.specs).collect();
    Bases::new(&[specs()], &forms)
}

#[test]
fn whatever_is_done_to_the_specs_is_refused_or_becomes_harmless_code() {
    let report = fuzz::run(&bases(), 7, 0..MUTANTS, &mut |_, _| {});
    assert_eq!(report.mutants, MUTANTS);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    // Were all of them refused at once, or none, nothing would have been tried.
    assert!(report.accepted > MUTANTS / 20 && report.refused > MUTANTS / 2, "{report:?}");
    assert!(report.codes.len() > 10, "{:?}", report.codes);
}

#[test]
fn whatever_is_done_to_metadata_is_refused_or_becomes_harmless_code() {
    let report = fuzz::run(&Bases::metadata(&metadata()), 7, 0..MUTANTS, &mut |_, _| {});
    assert_eq!(report.mutants, MUTANTS);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert!(report.accepted > MUTANTS / 20 && report.refused > MUTANTS / 20, "{report:?}");
}

#[test]
fn the_specs_themselves_are_accepted() {
    assert_eq!(examine(Kind::Specs, &specs(), &mut Seen::default()), Ok(Outcome::Accepted));
    for document in metadata() {
        let outcome = examine(Kind::Metadata, &document, &mut Seen::default());
        assert_eq!(outcome, Ok(Outcome::Accepted));
    }
}

#[test]
fn the_same_seed_and_number_give_the_same_mutant() {
    let bases = bases();
    let text = |specs: Specs| format!("{:?}", specs.files());
    for number in 0..50 {
        let first = text(fuzz::mutant(&bases, 1, number));
        assert_eq!(first, text(fuzz::mutant(&bases, 1, number)));
        assert_ne!(first, text(fuzz::mutant(&bases, 2, number)));
    }
}
