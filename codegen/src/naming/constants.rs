//! Error codes → the names of the constants that hold them.
//!
//! A code is no name of the API's: nobody can give it another one, and one without a constant can still be
//! written as text. So nothing here is an error. Knows no operation and no text of documents.

use std::collections::BTreeMap;

use super::{Name, casing};

/// The name of the constant of each code, `Request.Forbidden` → `REQUEST_FORBIDDEN`; the same for the same
/// code.
///
/// Of codes that come out alike, as `InvalidVPC` and `InvalidVpc` do, the first keeps the name and others
/// get a number. What is a pattern of codes, as `Invalid%s` is, or a sentence has none.
pub(super) fn error_codes<'c>(codes: impl IntoIterator<Item = &'c str>) -> Vec<Option<Name>> {
    let mut names: BTreeMap<&str, Name> = BTreeMap::new();
    let mut taken: BTreeMap<String, u32> = BTreeMap::new();
    let mut name = |code: &'c str| {
        if let Some(name) = names.get(code) {
            return Some(name.clone());
        }
        let first = constant(code)?;
        let mut name = first.clone();
        // A number, too, may make a name that another code has.
        while taken.contains_key(&name) {
            let number = taken.entry(first.clone()).or_insert(1);
            *number += 1;
            name = format!("{first}_{number}");
        }
        taken.insert(name.clone(), 1);
        names.insert(code, Name(name.clone()));
        Some(Name(name))
    };
    codes.into_iter().map(&mut name).collect()
}

fn constant(code: &str) -> Option<String> {
    let allowed = |found: char| found.is_ascii_alphanumeric() || "_-.".contains(found);
    if !code.chars().all(allowed) {
        return None;
    }
    let spelled = casing::snake(code).to_ascii_uppercase();
    match spelled.chars().next()? {
        // `404` → `CODE_404`
        first if first.is_ascii_digit() => Some(format!("CODE_{spelled}")),
        _ => Some(spelled),
    }
}

#[cfg(test)]
mod tests {
    use super::error_codes;

    fn names(codes: &[&str]) -> Vec<Option<String>> {
        let names = error_codes(codes.iter().copied());
        names.into_iter().map(|name| name.map(|name| name.plain().to_owned())).collect()
    }

    fn some(names: &[&str]) -> Vec<Option<String>> {
        names.iter().map(|name| Some((*name).to_owned())).collect()
    }

    #[test]
    fn codes_are_spelled_as_constants_are() {
        let codes =
            ["Request.Forbidden", "isv.SMS_SIGNATURE_ILLEGAL", "EntityNotExist.VSwitch", "Self"];
        let expected =
            ["REQUEST_FORBIDDEN", "ISV_SMS_SIGNATURE_ILLEGAL", "ENTITY_NOT_EXIST_VSWITCH", "SELF"];
        assert_eq!(names(&codes), some(&expected));
    }

    #[test]
    fn digits_do_not_start_a_name() {
        assert_eq!(names(&["404", "-303"]), some(&["CODE_404", "CODE_303"]));
    }

    #[test]
    fn the_same_code_has_one_name_and_those_alike_have_numbers() {
        let codes = ["InvalidVPC", "InvalidVpc.2", "InvalidVpc", "InvalidVPC", "invalid-vpc"];
        let expected =
            ["INVALID_VPC", "INVALID_VPC_2", "INVALID_VPC_3", "INVALID_VPC", "INVALID_VPC_4"];
        assert_eq!(names(&codes), some(&expected));
    }

    #[test]
    fn patterns_and_sentences_have_no_constant() {
        assert_eq!(names(&["Invalid%s", "Cannot find task", "Ungültig", "...", ""]), vec![None; 5]);
    }
}
