//! What the generated validators say, from outside: build a request, validate it, compare.

use alibabacloud_runtime::validation::Violations;
use tests::generated;

/// Compares the violations, in their order, with lines of a parameter and the kind of its rule.
#[track_caller]
fn check(outcome: Result<(), Violations>, expected: &[&str]) {
    let violations = outcome.err();
    let found: Vec<String> = violations
        .iter()
        .flatten()
        .map(|violation| format!("{} {:?}", violation.parameter(), violation.kind()))
        .collect();
    assert_eq!(found, expected);
}

/// The report as a user sees it.
fn message(outcome: Result<(), Violations>) -> String {
    outcome.expect_err("the request is refused").to_string()
}

#[test]
fn then_is_asked_for_only_when_if_holds() {
    use generated::rule_if_then::{operations::RuleIfThenRequest as Request, types::Mode};
    check(Request::new().mode(Mode::Custom).validate(), &["Port Required"]);
    check(Request::new().mode(Mode::Custom).port(1).validate(), &[]);
    check(Request::new().mode(Mode::Fast).validate(), &[]);
    check(Request::new().validate(), &[]);
}

#[test]
fn else_is_asked_for_when_if_does_not_hold() {
    use generated::rule_if_then_else::{operations::RuleIfThenElseRequest as Request, types::Mode};
    check(Request::new().mode(Mode::Custom).host("h").validate(), &["Port Required"]);
    check(Request::new().mode(Mode::Slow).port(1).validate(), &["Host Required"]);
    check(Request::new().validate(), &["Host Required"]);
}

#[test]
fn else_works_without_then() {
    use generated::rule_if_else::{operations::RuleIfElseRequest as Request, types::Mode};
    check(Request::new().mode(Mode::Custom).validate(), &[]);
    check(Request::new().mode(Mode::Fast).validate(), &["Port Required", "Host Required"]);
}

#[test]
fn a_rule_inside_a_rule_needs_both_conditions() {
    use generated::rule_if_in_then::{operations::RuleIfInThenRequest as Request, types::Mode};
    check(Request::new().host("h").mode(Mode::Custom).validate(), &["Port Required"]);
    check(Request::new().host("h").port(1).validate(), &["Port NotAllowed"]);
    check(Request::new().mode(Mode::Custom).validate(), &[]);
    check(Request::new().port(1).validate(), &[]);
}

#[test]
fn everything_that_one_condition_asks_for_is_reported() {
    use generated::rule_then_all_of::{operations::RuleThenAllOfRequest as Request, types::Mode};
    let request = Request::new().mode(Mode::Custom).host("example.com");
    check(request.validate(), &["Port Required", r#"Host Enum(["localhost"])"#]);
    check(Request::new().mode(Mode::Custom).host("localhost").port(1).validate(), &[]);
}

#[test]
fn all_of_inside_all_of_reports_each_rule() {
    use generated::rule_all_of::operations::RuleAllOfRequest as Request;
    check(Request::new().validate(), &[]);
    check(Request::new().id("i").validate(), &["Name Required"]);
    check(Request::new().tag("t").validate(), &["Name Required"]);
    check(
        Request::new().id("i").tag("t").validate(),
        &["Id Combination", "Name Required", "Name Required"],
    );
    check(Request::new().id("i").name("n").validate(), &[]);
}

#[test]
fn any_of_wants_at_least_one() {
    use generated::rule_any_of::operations::RuleAnyOfRequest as Request;
    check(Request::new().validate(), &["Id Combination"]);
    check(Request::new().name("n").validate(), &[]);
    check(Request::new().id("i").name("n").tag("t").validate(), &[]);
}

#[test]
fn one_of_wants_exactly_one() {
    use generated::rule_one_of::operations::RuleOneOfRequest as Request;
    check(Request::new().validate(), &["Id Combination"]);
    check(Request::new().tag("t").validate(), &[]);
    check(Request::new().id("i").tag("t").validate(), &["Id Combination"]);
    check(Request::new().id("i").name("n").tag("t").validate(), &["Id Combination"]);
}

#[test]
fn one_of_counts_conditions_on_several_parameters() {
    use generated::rule_one_of_conditions::operations::RuleOneOfConditionsRequest as Request;
    check(Request::new().validate(), &[]);
    check(Request::new().id("i").name("n").validate(), &[]);
    check(Request::new().tag("t").validate(), &[]);
    check(Request::new().id("i").validate(), &["Id Combination"]);
    check(Request::new().id("i").name("any").tag("t").validate(), &["Id Combination"]);
}

#[test]
fn one_of_inside_if_counts_too() {
    use generated::rule_one_of_in_if::operations::RuleOneOfInIfRequest as Request;
    check(Request::new().id("i").validate(), &["Tag Required"]);
    check(Request::new().id("i").name("n").validate(), &[]);
    check(Request::new().validate(), &[]);
}

#[test]
fn not_of_one_of_wants_none_or_several() {
    use generated::rule_not_one_of::operations::RuleNotOneOfRequest as Request;
    check(Request::new().name("n").validate(), &["Id Combination"]);
    check(Request::new().validate(), &[]);
    check(Request::new().id("i").name("n").validate(), &[]);
}

#[test]
fn not_of_any_of_of_all_of_is_told_apart() {
    use generated::rule_not_any_of_all_of::operations::RuleNotAnyOfAllOfRequest as Request;
    check(Request::new().name("any").validate(), &[]);
    check(Request::new().id("i").name("none").validate(), &[]);
    check(Request::new().id("i").validate(), &["Tag Required"]);
    check(Request::new().name("none").validate(), &["Tag Required"]);
    check(Request::new().id("i").name("other").validate(), &["Tag Required"]);
}

#[test]
fn not_refuses_parameters_together() {
    use generated::rule_not_together::operations::RuleNotTogetherRequest as Request;
    check(Request::new().host("h").port(1).validate(), &["Port Combination"]);
    check(Request::new().host("h").validate(), &[]);
}

#[test]
fn not_of_required_refuses_a_parameter() {
    use generated::rule_not_allowed::{operations::RuleNotAllowedRequest as Request, types::Mode};
    check(Request::new().mode(Mode::Slow).port(1).validate(), &["Port NotAllowed"]);
    check(Request::new().mode(Mode::Custom).port(1).validate(), &[]);
    check(Request::new().port(1).validate(), &[]);
}

#[test]
fn dependent_required_asks_for_each_name() {
    use generated::rule_dependent_required::operations::RuleDependentRequiredRequest as Request;
    check(Request::new().id("i").validate(), &["Name Required"]);
    check(Request::new().tag("t").validate(), &["Id Required", "Name Required"]);
    check(Request::new().id("i").name("n").tag("t").validate(), &[]);
}

#[test]
fn dependent_required_inside_if_is_a_condition() {
    use fixture::operations::RuleDependentRequiredInIfRequest as Request;
    use generated::rule_dependent_required_in_if as fixture;
    check(Request::new().validate(), &["Tag Required"]);
    check(Request::new().id("i").name("n").validate(), &["Tag Required"]);
    check(Request::new().id("i").validate(), &[]);
}

#[test]
fn const_and_enum_in_then_ask_for_values() {
    use generated::rule_value_const::{operations::RuleValueConstRequest as Const, types::Mode};
    check(Const::new().port(1).validate(), &["Mode Required"]);
    check(Const::new().port(1).mode(Mode::Fast).validate(), &[r#"Mode Enum(["Custom"])"#]);
    check(Const::new().port(1).mode(Mode::Custom).validate(), &[]);

    use generated::rule_value_enum::{operations::RuleValueEnumRequest as Enum, types};
    let refused = Enum::new().port(1).mode(types::Mode::Fast);
    check(refused.validate(), &[r#"Mode Enum(["Slow", "Custom"])"#]);
    check(Enum::new().port(1).mode(types::Mode::Slow).validate(), &[]);
    check(Enum::new().port(1).validate(), &[]);
}

#[test]
fn conditions_on_a_value_nest() {
    use generated::rule_value_not_any_of as not_any_of;
    use not_any_of::{operations::RuleValueNotAnyOfRequest as NotAnyOf, types::Mode};
    check(NotAnyOf::new().mode(Mode::Custom).validate(), &["Port Required"]);
    check(NotAnyOf::new().mode(Mode::Slow).validate(), &[]);
    check(NotAnyOf::new().validate(), &[]);

    use generated::rule_value_if::{operations::RuleValueIfRequest as If, types};
    let refused = If::new().mode(types::Mode::Slow).port(2).host("c");
    check(
        refused.validate(),
        &["Mode Value", "Port Value", r#"Host Enum(["localhost", "a", "b"])"#],
    );
    check(If::new().mode(types::Mode::Fast).port(3).host("localhost").validate(), &[]);
    check(If::new().validate(), &[]);
}

#[test]
fn booleans_are_compared() {
    use generated::rule_booleans::operations::RuleBooleansRequest as Request;
    check(Request::new(true).validate(), &["Certificate Required"]);
    check(Request::new(false).validate(), &[]);
    check(Request::new(false).public(true).validate(), &["Secure Value"]);
    check(Request::new(false).public(false).validate(), &[]);
    let request = Request::new(false).public(false).certificate("c");
    check(request.validate(), &["Certificate NotAllowed"]);
    check(Request::new(true).public(true).certificate("c").validate(), &[]);
}

#[test]
fn integers_are_compared_at_the_ends_of_their_types() {
    use generated::rule_integers::operations::RuleIntegersRequest as Request;
    check(Request::new(-1).validate(), &["Reason Required"]);
    check(Request::new(i32::MIN).validate(), &["Reason Required"]);
    check(Request::new(i32::MAX).reason("r").validate(), &[]);
    check(Request::new(7).size(i64::MIN).validate(), &["Level Value"]);
    check(Request::new(7).size(0).validate(), &["Level Value"]);
    check(Request::new(7).size(i64::MAX).validate(), &["Size Value"]);
    check(Request::new(7).size(1).validate(), &[]);
}

#[test]
fn texts_are_compared_exactly() {
    use generated::rule_strings::operations::RuleStringsRequest as Request;
    for text in ["", "a \"b\" {c}", "\\", "`", "*/", "\n", "\u{202e}", "😀"] {
        check(Request::new("x").text(text).validate(), &["Note Required"]);
    }
    for text in ["A \"b\" {c}", " ", "\\\\", "😀 "] {
        check(Request::new("x").text(text).validate(), &[]);
    }
    check(Request::new("z").note("n").validate(), &["Note NotAllowed"]);
}

#[test]
fn presence_is_asked_of_every_type() {
    use generated::rule_presence::operations::RulePresenceRequest as Request;
    check(Request::new().validate(), &["Tags Combination"]);
    check(Request::new().password("p").validate(), &["Ratio Required"]);
    check(Request::new().password("p").ratio(0.5).validate(), &[]);
    check(Request::new().tags([]).validate(), &[]);
    check(Request::new().tags([]).rules([]).validate(), &["Rules NotAllowed"]);
}

#[test]
fn rules_on_the_context_are_judged_once_the_fact_is_known() {
    use generated::rule_context::{operations::RuleContextRequest as Request, types};
    use types::{Mode, PlanContext};
    let request = Request::new(Mode::Slow);
    check(request.validate(), &[]);
    check(request.validate_in(&PlanContext::new()), &[]);
    let with = |engine| PlanContext::new().engine(engine);
    check(request.validate_in(&with(Mode::Fast)), &[]);
    check(request.validate_in(&with(Mode::Slow)), &[]);
    check(request.validate_in(&with(Mode::Custom)), &["Port Required", "Host Required"]);
    check(request.validate_in(&with(Mode::from("Newer"))), &["Host Required"]);
    check(Request::new(Mode::Fast).validate_in(&with(Mode::Slow)), &["Host Required"]);
}

#[test]
fn a_rule_on_two_facts_waits_for_both() {
    use generated::rule_context_types::operations::RuleContextTypesRequest as Request;
    use generated::rule_context_types::types::Facts;
    let request = Request::new();
    check(request.validate_in(&Facts::new().size(1)), &[]);
    check(request.validate_in(&Facts::new().owner("you")), &[]);
    check(request.validate_in(&Facts::new().size(0).owner("you")), &["Note Required"]);
    check(request.validate_in(&Facts::new().locked(true)), &["Reason Required"]);
    check(request.validate_in(&Facts::new().locked(false).level(3)), &[]);
    check(request.validate_in(&Facts::new().level(2)), &["Reason Required"]);
}

#[test]
fn a_context_does_not_change_what_is_said_of_the_request_alone() {
    use generated::rule_context::{operations::RuleContextRequest as Request, types};
    use types::{Mode, PlanContext};
    let request = Request::new(Mode::from("Newest")).port(1).host("h");
    let documented = r#"Mode Enum(["Fast", "Slow", "Custom"])"#;
    check(request.validate(), &[documented]);
    check(request.validate_in(&PlanContext::new().engine(Mode::Custom)), &[documented]);
}

#[test]
fn lengths_count_unicode_scalar_values() {
    use generated::limit_length::operations::LimitLengthRequest as Request;
    let of = |text: &str| Request::new(text).validate();
    // Four bytes each, and two UTF-16 code units.
    check(of("😀😀"), &[]);
    check(of("😀"), &["Exact MinLength(2)"]);
    // One letter to the eye, two scalar values.
    check(of("e\u{301}"), &[]);
    check(of("é"), &["Exact MinLength(2)"]);
    check(of("e\u{301}e"), &["Exact MaxLength(2)"]);
    check(of(""), &["Exact MinLength(2)"]);
    check(Request::new("ab").short("").validate(), &["Short MinLength(1)"]);
    check(Request::new("ab").short("日本語").validate(), &[]);
    check(Request::new("ab").short("abcd").validate(), &["Short MaxLength(3)"]);
}

#[test]
fn character_classes_hold_for_every_character() {
    use generated::limit_characters::operations::LimitCharactersRequest as Request;
    check(Request::new().any("").some("A").three("0123").not("é😀\n").validate(), &[]);
    check(Request::new().any("a\n").validate(), &[r#"Any Pattern("^[a-z0-9_-]*$")"#]);
    check(Request::new().some("").validate(), &[r#"Some Pattern("^[A-Z]+$")"#]);
    check(Request::new().some("É").validate(), &[r#"Some Pattern("^[A-Z]+$")"#]);
    check(Request::new().three("01").validate(), &[r#"Three Pattern("^[0-9]{3,}$")"#]);
    check(Request::new().three("٣٣٣").validate(), &[r#"Three Pattern("^[0-9]{3,}$")"#]);
    check(Request::new().not("a b").validate(), &[r#"Not Pattern("^[^ ,;]*$")"#]);
}

#[test]
fn patterns_match_anywhere_unless_they_are_anchored() {
    use generated::limit_pattern::operations::LimitPatternRequest as Request;
    check(Request::new().id("dbs-a1").inner("xbbcx").either("off").letters("Éé").validate(), &[]);
    let id = r#"Id Pattern("^dbs-[a-z0-9]{2,4}$")"#;
    check(Request::new().id("xdbs-a1").validate(), &[id]);
    check(Request::new().id("dbs-a1\n").validate(), &[id]);
    check(Request::new().inner("bxc").validate(), &[r#"Inner Pattern("b+c")"#]);
    check(
        Request::new().either("neither of them").validate(),
        &["Either MaxLength(10)", r#"Either Pattern("^(?:on|off)$")"#],
    );
}

#[test]
fn numbers_are_compared_with_inclusive_and_exclusive_bounds() {
    use generated::limit_numbers::operations::LimitNumbersRequest as Request;
    check(Request::new().small(i32::MIN).large(i64::MAX).ratio(-0.5).open(0.2).validate(), &[]);
    check(Request::new().small(11).validate(), &["Small Maximum(Integer(10))"]);
    check(Request::new().large(0).validate(), &["Large ExclusiveMinimum(Integer(0))"]);
    check(Request::new().large(i64::MIN).validate(), &["Large ExclusiveMinimum(Integer(0))"]);
    check(Request::new().ratio(-0.51).validate(), &["Ratio Minimum(Number(-0.5))"]);
    check(Request::new().ratio(1.0).validate(), &["Ratio ExclusiveMaximum(Number(1.0))"]);
    check(Request::new().ratio(1.0_f64.next_down()).validate(), &[]);
    check(Request::new().open(0.1).validate(), &["Open ExclusiveMinimum(Number(0.1))"]);
    let nan = ["Ratio Minimum(Number(-0.5))", "Ratio ExclusiveMaximum(Number(1.0))"];
    check(Request::new().ratio(f64::NAN).validate(), &nan);
}

#[test]
fn items_of_lists_are_checked_one_by_one() {
    use generated::limit_list_items::{operations::LimitListItemsRequest as Request, types::Mode};
    check(Request::new().names([]).ports([]).modes([]).validate(), &[]);
    let request = Request::new()
        .names(["ab".to_owned(), "abc".to_owned(), "A".to_owned()])
        .ports([0, 1, -1])
        .modes([Mode::Fast, Mode::from("fast")]);
    check(
        request.validate(),
        &[
            "Names[1] MaxLength(2)",
            r#"Names[2] Pattern("^[a-z]+$")"#,
            "Ports[0] Minimum(Integer(1))",
            "Ports[2] Minimum(Integer(1))",
            r#"Modes[1] Enum(["Fast", "Slow", "Custom"])"#,
        ],
    );
}

#[test]
fn undocumented_values_are_refused_in_requests() {
    use generated::limit_enum::{operations::LimitEnumRequest as Request, types::Mode};
    check(Request::new(Mode::Fast).other(Mode::Slow).validate(), &[]);
    let request = Request::new(Mode::from("fast")).other(Mode::from(""));
    check(
        request.validate(),
        &[r#"Mode Enum(["Fast", "Slow", "Custom"])"#, r#"Other Enum(["Fast", "Slow", "Custom"])"#],
    );
}

#[test]
fn passwords_are_checked_like_other_texts() {
    use generated::limit_password::operations::LimitPasswordRequest as Request;
    check(Request::new().password("abc").validate(), &[]);
    check(Request::new().password("ab").validate(), &["Password MinLength(3)"]);
    let both = ["Password MaxLength(5)", r#"Password Pattern("^[a-z]*$")"#];
    check(Request::new().password("ABCDEF").validate(), &both);
}

#[test]
fn values_inside_json_text_are_named_by_their_path() {
    use generated::limit_json_text::operations::LimitJsonTextRequest as Request;
    use generated::limit_json_text::types::{Item, Mode, Part};
    let part = Part::new().size(0);
    let item = Item::new("long")
        .mode(Mode::from("fast"))
        .aliases(["a".to_owned(), String::new()])
        .parts([Part::new().size(1), part]);
    let request = Request::new().objects([Item::new("abc"), item]).ports([9, 10]).label("😀é!");
    check(
        request.validate(),
        &[
            "Objects[1].Name MaxLength(3)",
            r#"Objects[1].Mode Enum(["Fast", "Slow", "Custom"])"#,
            "Objects[1].Aliases[1] MinLength(1)",
            "Objects[1].Parts[1].Size Minimum(Integer(1))",
            "Ports[1] Maximum(Integer(9))",
            "Label MaxLength(2)",
        ],
    );
}

#[test]
fn all_violations_are_reported_in_the_order_of_the_fields() {
    use generated::rule_several::{operations::RuleSeveralRequest as Request, types::Mode};
    let request = Request::new("A").port(0).host("long").tag("t");
    check(
        request.validate(),
        &[
            "Id MinLength(2)",
            r#"Id Pattern("^[a-z]*$")"#,
            "Mode Required",
            "Port Minimum(Integer(1))",
            "Port Combination",
            "Host MaxLength(3)",
            "Host NotAllowed",
        ],
    );
    check(Request::new("ab").mode(Mode::Fast).port(1).host("h").validate(), &[]);
}

#[test]
fn names_with_dots_are_names_and_not_paths() {
    use generated::name_with_dots::operations::NameWithDotsRequest as Request;
    check(Request::new().tag_key("long").validate(), &["First Required", "Tag.Key MaxLength(2)"]);
    check(
        Request::new().first("f").tag_key("long").validate(),
        &["Tag.Key MaxLength(2)", "Tag.Value Required"],
    );
}

#[test]
fn words_of_rust_are_fine_as_names() {
    use generated::name_keyword::{operations::NameKeywordRequest as Request, types::Self_};
    let request = Request::new("x", "s").super_(false).r#match(Self_::Fn);
    check(
        request.validate(),
        &["Super Value", "crate Required", r#"Match Enum(["Self"])"#, "async Required"],
    );
    check(Request::new("y", "s").validate(), &[]);
}

#[test]
fn a_request_that_needs_nothing_has_a_default() {
    use generated::request_all_optional::operations::RequestAllOptionalRequest as Optional;
    use generated::request_empty::operations::RequestEmptyRequest as Empty;
    assert_eq!(Optional::default(), Optional::new());
    check(Optional::default().validate(), &[]);
    check(Empty::default().validate(), &[]);
}

#[test]
fn a_request_without_rules_is_valid_whatever_it_says() {
    use generated::request_without_rules::operations::RequestWithoutRulesRequest as Request;
    check(Request::new("").validate(), &[]);
    check(Request::new("n").count(i32::MIN).validate(), &[]);
}

#[test]
fn messages_of_conditions_say_when() {
    use generated::{rule_if_else, rule_if_then, rule_strings};
    let request = rule_if_then::operations::RuleIfThenRequest::new();
    let request = request.mode(rule_if_then::types::Mode::Custom);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleIfThen request:
    - `Port` is required when `Mode` is `Custom`
    ");
    let request = rule_if_else::operations::RuleIfElseRequest::new();
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleIfElse request:
    - `Port` is required unless `Mode` is `Custom`
    - `Host` is required unless `Mode` is `Custom`
    ");
    let request = rule_strings::operations::RuleStringsRequest::new("z").note("n");
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleStrings request:
    - `Note` is not allowed unless `Needed` is `x` or `y`
    ");
}

#[test]
fn messages_of_combinations_name_all_parameters() {
    use generated::{
        rule_any_of, rule_not_one_of, rule_not_together, rule_one_of, rule_value_enum,
    };
    let request = rule_any_of::operations::RuleAnyOfRequest::new();
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleAnyOf request:
    - at least one of `Id`, `Name` and `Tag` is required
    ");
    let request = rule_one_of::operations::RuleOneOfRequest::new();
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleOneOf request:
    - exactly one of `Id`, `Name` and `Tag` is required
    ");
    let request = rule_not_one_of::operations::RuleNotOneOfRequest::new().id("i");
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleNotOneOf request:
    - `Id` and `Name` must be given together or not at all
    ");
    let request = rule_not_together::operations::RuleNotTogetherRequest::new().host("h").port(1);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleNotTogether request:
    - `Host` and `Port` cannot be given together
    ");
    let request = rule_value_enum::operations::RuleValueEnumRequest::new();
    let request = request.port(1).mode(rule_value_enum::types::Mode::Fast);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleValueEnum request:
    - `Mode` must be `Slow` or `Custom` when `Port` is given, but is `Fast`
    ");
}

#[test]
fn messages_of_rules_on_the_context_name_it() {
    use generated::rule_context::{operations::RuleContextRequest, types};
    let context = types::PlanContext::new().engine(types::Mode::Custom);
    let request = RuleContextRequest::new(types::Mode::Fast);
    insta::assert_snapshot!(message(request.validate_in(&context)), @r"
    invalid RuleContext request:
    - `Port` is required when the plan's `Engine` is `Custom`
    - `Host` is required unless the plan's `Engine` is `Fast`, or `Engine` is `Slow` and `Mode` is `Slow`
    ");
}

#[test]
fn messages_of_limits_show_what_was_found() {
    use generated::{
        limit_json_text, limit_length, limit_list_items, limit_numbers, limit_pattern,
    };
    let request = limit_length::operations::LimitLengthRequest::new("").short("long");
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitLength request:
    - `Short` must have at most 3 characters, but has 4
    - `Exact` must have at least 2 characters, but has 0
    ");
    let request = limit_numbers::operations::LimitNumbersRequest::new().small(11).ratio(-1.5);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitNumbers request:
    - `Small` must be at most 10, but is 11
    - `Ratio` must be at least -0.5, but is -1.5
    ");
    let hostile = format!("a\n\"{}", "long".repeat(30));
    let request = limit_pattern::operations::LimitPatternRequest::new().id(hostile);
    insta::assert_snapshot!(message(request.validate()), @r#"
    invalid LimitPattern request:
    - `Id` must match `^dbs-[a-z0-9]{2,4}$`, but is `a\n"longlonglonglonglonglonglonglonglonglonglonglonglonglonglongl…`
    "#);
    let request = limit_list_items::operations::LimitListItemsRequest::new();
    let request = request.modes([limit_list_items::types::Mode::from("fast")]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitListItems request:
    - `Modes[0]`: each item of `Modes` must be `Fast`, `Slow` or `Custom`, but is `fast`; did you mean `Fast`?
    ");
    let item = limit_json_text::types::Item::new("long");
    let request = limit_json_text::operations::LimitJsonTextRequest::new().objects([item]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitJsonText request:
    - `Objects[0].Name`: `Name` must have at most 3 characters, but has 4
    ");
}

#[test]
fn messages_show_characters_that_hide() {
    use generated::{limit_enum, rule_strings};
    let mode = limit_enum::types::Mode::from("\u{202e}");
    let found = message(limit_enum::operations::LimitEnumRequest::new(mode).validate());
    let request = rule_strings::operations::RuleStringsRequest::new("x").text("");
    let sentence = message(request.validate());
    assert!(!found.contains('\u{202e}') && !sentence.contains('\u{202e}'));
}

#[test]
fn messages_of_secrets_keep_them() {
    use generated::limit_password::operations::LimitPasswordRequest;
    let request = LimitPasswordRequest::new().password("HUNTER2");
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitPassword request:
    - `Password` must have at most 5 characters
    - `Password` must match `^[a-z]*$`
    ");
}

#[test]
fn messages_have_a_line_for_each_violation() {
    use generated::rule_several::operations::RuleSeveralRequest;
    let request = RuleSeveralRequest::new("A").port(0).host("long").tag("t");
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RuleSeveral request:
    - `Id` must have at least 2 characters, but has 1
    - `Id` must match `^[a-z]*$`, but is `A`
    - `Mode` is required when `Port` is given
    - `Port` must be at least 1, but is 0
    - `Port` and `Tag` cannot be given together
    - `Host` must have at most 3 characters, but has 4
    - `Host` is not allowed when `Tag` is given
    ");
}

#[test]
fn relations_say_nothing_of_what_is_absent() {
    use generated::relation_less::operations::RelationLessRequest as Request;
    check(Request::new().validate(), &[]);
    check(Request::new().from(9).validate(), &[]);
    check(Request::new().to(-9).validate(), &[]);
    check(Request::new().from(1).to(2).validate(), &[]);
    check(Request::new().from(2).to(2).validate(), &["From Combination"]);
    check(Request::new().from(i64::MAX).to(i64::MIN).validate(), &["From Combination"]);
}

#[test]
fn relations_compare_integers_of_any_width_inside_conditions() {
    use generated::relation_less::operations::RelationLessRequest as Request;
    check(Request::new().from(80).port(80).validate(), &["Note Required"]);
    check(Request::new().from(80).port(80).note("n").validate(), &[]);
    check(Request::new().from(80).port(81).validate(), &[]);
    check(Request::new().from(80 + (1 << 32)).port(80).validate(), &[]);
}

#[test]
fn relations_with_sums_do_not_overflow() {
    use generated::relation_plus::operations::RelationPlusRequest as Request;
    check(Request::new().from(0).to(3600).validate(), &[]);
    check(Request::new().from(0).to(3601).validate(), &["From Combination"]);
    check(Request::new().from(i64::MAX).to(i64::MAX).validate(), &[]);
    check(Request::new().from(i64::MIN).to(i64::MAX).validate(), &["From Combination"]);
    check(Request::new().low(5).high(5).validate(), &[]);
    check(Request::new().low(5).high(4).validate(), &["Low Combination"]);
    check(Request::new().low(i32::MIN).high(i32::MIN).validate(), &[]);
    check(Request::new().from(-1).low(i32::MAX).validate(), &[]);
    check(Request::new().from(i64::MAX).low(-2).validate(), &[]);
    check(Request::new().from(i64::MIN).low(-1).validate(), &["From Combination"]);
}

#[test]
fn sums_of_several_parameters_say_nothing_until_all_are_given() {
    use generated::relation_sum::operations::RelationSumRequest as Request;
    check(Request::new().offset(1001).validate(), &[]);
    check(Request::new().offset(900).limit(100).validate(), &[]);
    check(Request::new().offset(900).limit(101).validate(), &["Offset Combination"]);
    check(Request::new().low(3).step(3).validate(), &[]);
    check(Request::new().low(3).step(3).high(10).validate(), &[]);
    check(Request::new().low(3).step(3).high(9).validate(), &["Low Combination"]);
    check(Request::new().low(-1).offset(1).step(0).high(3).validate(), &["Offset Combination"]);
    check(Request::new().low(-1).offset(1).step(0).high(4).validate(), &[]);
}

#[test]
fn sums_do_not_overflow() {
    use generated::relation_sum::operations::RelationSumRequest as Request;
    check(Request::new().offset(i32::MAX).limit(i64::MIN).validate(), &[]);
    check(Request::new().offset(i32::MAX).limit(i64::MAX).validate(), &["Offset Combination"]);
    check(Request::new().step(i64::MAX).high(i64::MIN).validate(), &["High Combination"]);
    check(Request::new().step(i64::MIN).high(i64::MAX).validate(), &[]);
    check(Request::new().step(9_223_372_036).high(0).validate(), &[]);
    check(Request::new().step(9_223_372_037).high(0).validate(), &["High Combination"]);
}

#[test]
fn sums_in_conditions_hold_where_all_are_given() {
    use generated::relation_sum_condition::operations::RelationSumConditionRequest as Request;
    check(Request::new().nodes(101).validate(), &[]);
    check(Request::new().nodes(50).spares(25).validate(), &[]);
    check(Request::new().nodes(51).spares(25).validate(), &["Reason Required"]);
    check(Request::new().nodes(51).spares(25).reason("r").validate(), &[]);
    let request = Request::new().nodes(i32::MAX).spares(i32::MAX);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RelationSumCondition request:
    - `Reason` is required when `Nodes` plus twice `Spares` is more than 100
    ");
}

#[test]
fn pattern_arithmetic_and_relational() {
    use fixture::operations::PatternArithmeticRelationalRequest as Request;
    use generated::pattern_arithmetic_relational as fixture;
    check(Request::new().min_length(3).max_length(3).from(1).to(61).validate(), &[]);
    let both = ["MinLength Combination", "From Combination"];
    check(Request::new().min_length(4).max_length(3).from(1).to(60).validate(), &both);
    check(Request::new().min_length(4).to(60).validate(), &[]);
}

#[test]
fn pattern_complex() {
    use generated::pattern_complex::{operations::PatternComplexRequest as Request, types::Mode};
    check(Request::new().validate(), &[]);
    check(Request::new().amount(1).validate(), &[]);
    check(Request::new().amount(1).percent(1).validate(), &["Amount Combination"]);
    check(Request::new().mode(Mode::Custom).validate(), &["Amount Combination"]);
    check(Request::new().mode(Mode::Custom).percent(1).validate(), &[]);
    check(Request::new().from(2).to(1).validate(), &["Amount Combination"]);
    check(Request::new().from(2).to(1).amount(1).validate(), &[]);
    check(Request::new().from(1).to(1).validate(), &[]);
}

#[test]
fn single_values_have_kinds_of_their_own() {
    use generated::{limit_contains, limit_min_items, limit_multiple_of, limit_unique_items};
    let request = limit_multiple_of::operations::LimitMultipleOfRequest::new();
    check(request.size(1).port(-5).validate(), &["Size MultipleOf(Integer(512))"]);
    let request = limit_min_items::operations::LimitMinItemsRequest::new([1]);
    check(request.names([]).validate(), &["Names MinItems(1)", "Ports MinItems(2)"]);
    let request = limit_unique_items::operations::LimitUniqueItemsRequest::new();
    check(request.ratios([0.0, -0.0]).validate(), &["Ratios UniqueItems"]);
    let request = limit_contains::operations::LimitContainsRequest::new();
    let request = request.names(["b".to_owned()]).ports([10, 11]);
    check(request.validate(), &["Names Value", "Ports Value"]);
}

#[test]
fn messages_of_conditions_on_values_say_which() {
    use generated::{condition_bounds, condition_const_object, condition_contains};
    let request = condition_bounds::operations::ConditionBoundsRequest::new().port(80).ratio(0.75);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid ConditionBounds request:
    - `Host` is required when `Port` is less than 1024
    - `Note` is required when `Ratio` is more than 0.5
    ");
    let request = condition_contains::operations::ConditionContainsRequest::new();
    let request = request.names(["all".to_owned()]).ports([2000, 3000]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid ConditionContains request:
    - `Note` is required when `Names` has an item that is `all`
    ");
    let item = condition_const_object::types::Item::new("a").size(1);
    let request = condition_const_object::operations::ConditionConstObjectRequest::new().item(item);
    insta::assert_snapshot!(message(request.validate()), @r#"
    invalid ConditionConstObject request:
    - `Note` is required when `Item` is `{"Name":"a","Size":1}`
    "#);
}

#[test]
fn messages_of_limits_on_lists_say_which() {
    use generated::{limit_contains, limit_min_items, limit_multiple_of, limit_unique_items};
    let request = limit_multiple_of::operations::LimitMultipleOfRequest::new().size(1);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitMultipleOf request:
    - `Size` must be a multiple of 512, but is 1
    ");
    let request = limit_min_items::operations::LimitMinItemsRequest::new([1]).names([]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitMinItems request:
    - `Names` must have at least 1 item, but has 0
    - `Ports` must have at least 2 items, but has 1
    ");
    let request = limit_unique_items::operations::LimitUniqueItemsRequest::new().ratios([1.0, 1.0]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitUniqueItems request:
    - `Ratios` must have no two equal items
    ");
    let request = limit_contains::operations::LimitContainsRequest::new();
    let request = request.names(["b".to_owned()]).ports([10, 11]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid LimitContains request:
    - `Names` must have an item that is `a`
    - `Ports` must have at most 1 item that is at least 10
    ");
}

#[test]
fn messages_of_counts_and_relations_name_all_parameters() {
    use generated::{condition_min_properties, pattern_complex, relation_less, relation_plus};
    let request = condition_min_properties::operations::ConditionMinPropertiesRequest::new();
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid ConditionMinProperties request:
    - at least one of `Id`, `Name`, `Tag` and `Item` is required
    ");
    let request = pattern_complex::operations::PatternComplexRequest::new().from(2).to(1);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid PatternComplex request:
    - exactly one of `Amount` and `Percent` is required when `Mode` is `Custom` or `From` is more than `To`
    ");
    let request = relation_less::operations::RelationLessRequest::new().from(2).to(2).port(2);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RelationLess request:
    - `From` must be less than `To`
    - `Note` is required when `From` is equal to `Port`
    ");
    let request = relation_plus::operations::RelationPlusRequest::new().from(0).to(3601);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid RelationPlus request:
    - `To` must be at most `From` plus 3600
    ");
}

#[test]
fn rules_inside_objects_name_the_path() {
    use generated::object_rules::{operations::ObjectRulesRequest as Request, types};
    use types::{Kind, Part};
    let part = || Part::new(Kind::Large).size(7);
    let request = Request::new().part(part()).parts([Part::new(Kind::Small), part().name("n")]);
    insta::assert_snapshot!(message(request.text(part()).validate()), @r"
    invalid ObjectRules request:
    - `Part.Size`: `Size` must be a multiple of 5, but is 7
    - `Part.Size`: `Size` must be at least 10 when `Kind` is `Large`, but is 7
    - `Part.Name`: `Name` is required when `Size` is given
    - `Parts[1].Size`: `Size` must be a multiple of 5, but is 7
    - `Parts[1].Size`: `Size` must be at least 10 when `Kind` is `Large`, but is 7
    - `Text.Size`: `Size` must be a multiple of 5, but is 7
    - `Text.Size`: `Size` must be at least 10 when `Kind` is `Large`, but is 7
    - `Text.Name`: `Name` is required when `Size` is given
    ");
    let request =
        Request::new().part(Part::new(Kind::Large).size(10).name("n").tags(["long".to_owned()]));
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid ObjectRules request:
    - `Part.Tags[0]`: each item of `Tags` must have at most 3 characters, but has 4
    - `Part.Name`: `Name` and `Tags` cannot be given together
    ");
}

#[test]
fn relations_hold_inside_objects_too() {
    use generated::relation_in_object::{
        operations::RelationInObjectRequest as Request, types::Range,
    };
    let request = Request::new().range(Range::new(3).high(3));
    insta::assert_snapshot!(message(request.ranges([Range::new(1)]).validate()), @r"
    invalid RelationInObject request:
    - `Range.Low`: `Low` must be less than `High`
    ");
    check(Request::new().range(Range::new(2).high(3)).validate(), &[]);
}

#[test]
fn conditions_on_secrets_say_nothing_of_them() {
    use generated::condition_secret::operations::ConditionSecretRequest as Request;
    let request = Request::new().password("abcdef").name("n").id("i").former(["a".into()]);
    insta::assert_snapshot!(message(request.validate()), @r"
    invalid ConditionSecret request:
    - `Password` must have at most 5 characters when `Name` is given
    - each item of `Former` must not be `a` when `Id` is given
    ");
    check(Request::new().password("b").validate(), &["Id Required"]);
    check(Request::new().password("xyz").validate(), &["Name Required"]);
    check(Request::new().password("B").validate(), &[]);
}

#[test]
fn relations_in_conditions_hold_where_both_are_given() {
    use generated::relation_condition::{operations::RelationConditionRequest as Request, types};
    check(Request::new().validate(), &[]);
    check(Request::new().low(1).validate(), &[]);
    check(Request::new().high(1).validate(), &[]);
    check(Request::new().low(1).high(1).validate(), &["Note Required"]);
    check(Request::new().low(6).high(1).validate(), &["Low Combination"]);
    let part = |low, high| types::Range::new().low(low).high(high);
    check(Request::new().note("n").part(part(2, 1)).validate(), &["Note NotAllowed"]);
    check(Request::new().note("n").part(part(1, 1)).validate(), &[]);
    check(Request::new().note("n").part(types::Range::new().low(1)).validate(), &[]);
}

#[test]
fn relations_with_facts_wait_for_them() {
    use generated::relation_context::{operations::RelationContextRequest as Request, types::Plan};
    let request = Request::new().low(5).high(5);
    check(request.validate(), &[]);
    check(request.validate_in(&Plan::new()), &[]);
    check(request.validate_in(&Plan::new().most(5)), &[]);
    check(request.validate_in(&Plan::new().most(4)), &["Low Combination", "Note Required"]);
}

#[test]
fn a_rule_that_is_written_twice_is_reported_once() {
    let case =
        tests::fixtures::cases("refused").into_iter().find(|case| case.name == "duplicate-rule");
    let case = case.expect("there is such a fixture");
    let judge = alibabacloud_codegen::judge(&case.specs, "Refuse").expect("the rules can be read");
    let judge = judge.expect("there is such an operation");
    assert_eq!(judge.violations(&serde_json::json!({ "Mode": "Fast" })), ["Note"]);
}
