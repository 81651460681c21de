//! The validators of the accepted fixtures against an independent JSON Schema validator that reads
//! the same specs: no instance may divide them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tests::fixtures::{Case, cases, has_overlays};
use tests::generated;
use tests::schemas::Schemas;

/// Up to this many instances a fixture is tried with all of them, beyond it with a sample.
const MAX_INSTANCES: usize = 10_000;

/// The same for objects inside a request.
const MAX_OBJECTS: usize = 100;

/// Texts for patterns, because nobody can tell from a pattern which texts are close to it.
const TEXTS: &[&str] = &[
    "",
    "a",
    "A",
    "AB",
    "aB",
    "a b",
    "a,b",
    "a-b_c",
    "12",
    "123",
    "1234",
    "123x",
    "dbs-a1",
    "dbs-abcde",
    "xdbs-a1",
    "bc",
    "xbbcx",
    "on",
    "off",
    "onoff",
    "É",
    "Éé",
    "a\n",
    "\n",
    "日本",
    "😀",
    "e\u{301}",
];

/// Texts for the formats of dates and times, some of which say the same and some of which say nothing.
const MOMENTS: &[(&str, &[&str])] = &[
    ("date", &["2024-02-29", "2024-03-01", "2023-02-29", "2024-3-1"]),
    (
        "date-time",
        &[
            "2026-01-31T08:00:00Z",
            "2026-01-31t16:00:00.00+08:00",
            "2026-01-31T07:59:59.9999999999999Z",
            "2026-01-31T15:00:00",
        ],
    ),
    ("time", &["08:00:00Z", "07:00:00-01:00", "23:59:60Z", "23:58:60Z"]),
];

/// A fixture's validator as a function of JSON: the members of the request, and the known facts.
struct Subject {
    case: &'static str,
    accepts: fn(Value, &Value) -> bool,
}

macro_rules! subjects {
    ($($case:ident $request:ident $(in $context:ident)?,)*) => {
        &[$(Subject {
            case: stringify!($case),
            accepts: |members, facts| {
                type Request = generated::$case::operations::$request;
                serde_json::from_value::<Request>(members)
                    .is_ok_and(|request| subjects!(@verdict request, facts $(, $context)?))
            },
        }),*]
    };
    (@verdict $request:ident, $facts:ident) => {{
        let _ = $facts;
        $request.validate().is_ok()
    }};
    (@verdict $request:ident, $facts:ident, $context:ident) => {
        $request.validate_in(&$context($facts)).is_ok()
    };
}

const SUBJECTS: &[Subject] = subjects![
    type_enum_open BuyThingRequest,
    type_recursive GrowRequest,
    condition_boolean_schema ConditionBooleanSchemaRequest,
    condition_bounds ConditionBoundsRequest,
    condition_bounds_extreme ConditionBoundsExtremeRequest,
    condition_const_list ConditionConstListRequest,
    condition_const_nested ConditionConstNestedRequest,
    condition_const_object ConditionConstObjectRequest,
    condition_contains ConditionContainsRequest,
    condition_counts_inside ConditionCountsInsideRequest,
    condition_deeply_nested ConditionDeeplyNestedRequest,
    condition_dependent_schemas ConditionDependentSchemasRequest,
    condition_enum_text ConditionEnumTextRequest,
    condition_items ConditionItemsRequest,
    condition_lengths ConditionLengthsRequest,
    condition_list_lengths ConditionListLengthsRequest,
    condition_long_lists ConditionLongListsRequest,
    condition_max_properties ConditionMaxPropertiesRequest,
    condition_min_properties ConditionMinPropertiesRequest,
    condition_multiple_of ConditionMultipleOfRequest,
    condition_multiple_of_number ConditionMultipleOfNumberRequest,
    condition_nested_object ConditionNestedObjectRequest,
    condition_not_on_lists ConditionNotOnListsRequest,
    condition_on_list_items ConditionOnListItemsRequest,
    condition_pattern ConditionPatternRequest,
    condition_property_names ConditionPropertyNamesRequest,
    condition_secret ConditionSecretRequest,
    condition_true_and_false ConditionTrueAndFalseRequest,
    condition_type ConditionTypeRequest,
    condition_type_list ConditionTypeListRequest,
    condition_unique_items ConditionUniqueItemsRequest,
    condition_unless ConditionUnlessRequest,
    condition_value_combinations ConditionValueCombinationsRequest,
    limit_characters LimitCharactersRequest,
    limit_conditional LimitConditionalRequest,
    limit_contains LimitContainsRequest,
    limit_enum LimitEnumRequest,
    limit_enum_narrowed LimitEnumNarrowedRequest,
    limit_json_text LimitJsonTextRequest,
    limit_large_integers LimitLargeIntegersRequest,
    limit_length LimitLengthRequest,
    limit_list_items LimitListItemsRequest,
    limit_max_items LimitMaxItemsRequest,
    limit_min_items LimitMinItemsRequest,
    limit_multiple_of LimitMultipleOfRequest,
    limit_multiple_of_one LimitMultipleOfOneRequest,
    limit_numbers LimitNumbersRequest,
    limit_password LimitPasswordRequest,
    limit_pattern LimitPatternRequest,
    limit_unique_items LimitUniqueItemsRequest,
    name_given CompareKeysRequest,
    name_in_two_places MoveThingRequest,
    name_keyword NameKeywordRequest,
    name_with_dots NameWithDotsRequest,
    object_rules ObjectRulesRequest,
    operation_docs OperationDocsRequest,
    name_taken AsyncRequest,
    pattern_all_or_none PatternAllOrNoneRequest,
    pattern_arithmetic_relational PatternArithmeticRelationalRequest,
    pattern_complex PatternComplexRequest,
    pattern_only_one PatternOnlyOneRequest,
    pattern_or PatternOrRequest,
    pattern_requires PatternRequiresRequest,
    pattern_zero_or_one PatternZeroOrOneRequest,
    place_json_body CreateThingRequest,
    place_list_body AddThingsRequest,
    place_rules ChangeDiskRequest,
    place_secrets OpenLinkRequest,
    relation_condition RelationConditionRequest,
    relation_dates RelationDatesRequest,
    relation_context RelationContextRequest in relation_facts,
    relation_in_object RelationInObjectRequest,
    relation_less RelationLessRequest,
    relation_plus RelationPlusRequest,
    relation_sum RelationSumRequest,
    relation_sum_condition RelationSumConditionRequest,
    request_examples RequestExamplesRequest,
    request_forms RequestFormsRequest,
    rule_all_of RuleAllOfRequest,
    rule_any_of RuleAnyOfRequest,
    rule_booleans RuleBooleansRequest,
    rule_context RuleContextRequest in plan,
    rule_context_types RuleContextTypesRequest in facts,
    rule_effect RuleEffectRequest in effect_facts,
    rule_dependent_required RuleDependentRequiredRequest,
    rule_dependent_required_in_if RuleDependentRequiredInIfRequest,
    rule_if_else RuleIfElseRequest,
    rule_if_in_then RuleIfInThenRequest,
    rule_if_then RuleIfThenRequest,
    rule_if_then_else RuleIfThenElseRequest,
    rule_integers RuleIntegersRequest,
    rule_note RuleNoteRequest in note_facts,
    rule_not_allowed RuleNotAllowedRequest,
    rule_not_any_of_all_of RuleNotAnyOfAllOfRequest,
    rule_not_one_of RuleNotOneOfRequest,
    rule_not_together RuleNotTogetherRequest,
    rule_one_of RuleOneOfRequest,
    rule_one_of_conditions RuleOneOfConditionsRequest,
    rule_one_of_in_if RuleOneOfInIfRequest,
    rule_presence RulePresenceRequest,
    rule_several RuleSeveralRequest,
    rule_shared_part RuleSharedPartRequest,
    rule_strings RuleStringsRequest,
    rule_then_all_of RuleThenAllOfRequest,
    rule_value_const RuleValueConstRequest,
    rule_value_enum RuleValueEnumRequest,
    rule_value_if RuleValueIfRequest,
    rule_value_not_any_of RuleValueNotAnyOfRequest,
    text_hostile TextHostileRequest,
    type_float TypeFloatRequest,
    type_map TypeMapRequest,
];

fn effect_facts(facts: &Value) -> generated::rule_effect::types::Facts {
    let mut known = generated::rule_effect::types::Facts::new();
    known.method = facts["Method"].as_str().map(Into::into);
    known
}

fn note_facts(facts: &Value) -> generated::rule_note::types::Facts {
    let mut known = generated::rule_note::types::Facts::new();
    known.method = facts["Method"].as_str().map(Into::into);
    known
}

fn relation_facts(facts: &Value) -> generated::relation_context::types::Plan {
    let mut plan = generated::relation_context::types::Plan::new();
    plan.most = facts["Most"].as_i64().and_then(|most| most.try_into().ok());
    plan
}

fn plan(facts: &Value) -> generated::rule_context::types::PlanContext {
    let mut plan = generated::rule_context::types::PlanContext::new();
    plan.engine = facts["Engine"].as_str().map(Into::into);
    plan
}

fn facts(facts: &Value) -> generated::rule_context_types::types::Facts {
    let mut known = generated::rule_context_types::types::Facts::new();
    known.locked = facts["Locked"].as_bool();
    known.level = facts["Level"].as_i64().and_then(|level| level.try_into().ok());
    known.size = facts["Size"].as_i64();
    known.owner = facts["Owner"].as_str().map(str::to_owned);
    known
}

#[test]
fn generated_validators_agree_with_json_schema() {
    let cases = cases("accepted");
    let mut disagreements = Vec::new();
    for subject in SUBJECTS {
        let case = cases.iter().find(|case| case.name == subject.case).expect("there is a fixture");
        compare(subject, &Schemas::of(&case.specs), &mut disagreements);
    }
    assert!(disagreements.is_empty(), "{}", disagreements.join("\n"));
}

/// Whether the other validator reads all that the specs say; it knows no dependencies in IDL.
fn is_plain(case: &Case) -> bool {
    let mut files = case.specs.files().iter();
    !has_overlays(&case.specs) && !files.any(|file| file.text.contains("\"x-dependencies\""))
}

#[test]
fn every_fixture_with_rules_or_limits_is_compared() {
    let compared: BTreeSet<&str> = SUBJECTS.iter().map(|subject| subject.case).collect();
    for case in cases("accepted").into_iter().filter(is_plain) {
        let rules = case.generate().expect("it is accepted").summary.rules;
        let is_about_limits = case.name.starts_with("limit_");
        if rules > 0 || is_about_limits {
            assert!(compared.contains(&*case.name), "add {} to SUBJECTS", case.name);
        }
    }
}

fn compare(subject: &Subject, schemas: &Schemas, disagreements: &mut Vec<String>) {
    let oracle = schemas.oracle();
    let members = schemas.members();
    let mut verdicts = BTreeSet::new();
    for instance in instances(&Samples { schemas, depth: 0 }.domains(), MAX_INSTANCES) {
        let is_member = |(name, _): &(&String, &Value)| members.contains(*name);
        let object = instance.as_object().expect("it is an object");
        let request: Map<String, Value> = object
            .iter()
            .filter(is_member)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let ours = (subject.accepts)(request.into(), &instance);
        let theirs = oracle.is_valid(&instance);
        verdicts.insert(theirs);
        if ours != theirs {
            let verdict = if theirs { "valid" } else { "invalid" };
            disagreements.push(format!("{}: {instance} is {verdict}", subject.case));
        }
    }
    assert_eq!(verdicts.len(), 2, "{}: all instances have the same verdict", subject.case);
}

/// Values to try, read off the schemas.
struct Samples<'s> {
    schemas: &'s Schemas,
    /// In how many objects the values stand.
    depth: usize,
}

/// Objects that are parts of themselves are tried this deep.
const MAX_DEPTH: usize = 3;

impl Samples<'_> {
    /// Every parameter and every fact, with the values to try.
    fn domains(&self) -> Vec<(String, Vec<Value>)> {
        let request = self.schemas.request();
        let context = self.schemas.resolved(&request["x-context"]);
        let properties =
            [request, context].into_iter().filter_map(|schema| schema["properties"].as_object());
        properties
            .flatten()
            .map(|(name, schema)| {
                let mut conditions = Vec::new();
                let object = request.as_object().expect("a schema is an object");
                for (_, rule) in object.iter().filter(|(keyword, _)| *keyword != "properties") {
                    conditions_on(name, rule, &mut conditions);
                }
                let conditions =
                    conditions.iter().flat_map(|condition| self.near(schema, condition));
                (
                    name.clone(),
                    distinct(self.values(schema).into_iter().chain(conditions).collect()),
                )
            })
            .collect()
    }

    /// Values of a schema: on both sides of each limit, and one that no rule names.
    fn values(&self, schema: &Value) -> Vec<Value> {
        self.near(schema, self.schemas.resolved(schema))
    }

    /// Values of a schema on both sides of everything that a condition asks for.
    fn near(&self, schema: &Value, condition: &Value) -> Vec<Value> {
        let schema = self.schemas.resolved(schema);
        let mut values = Vec::new();
        for part in parts(condition) {
            values.extend(part.get("const").cloned());
            values.extend(part["enum"].as_array().into_iter().flatten().cloned());
            values.extend(match schema["type"].as_str() {
                Some("boolean") => vec![json!(true), json!(false)],
                Some("integer") => {
                    integers(part, schema["format"] == "int32", &self.schemas.added())
                }
                Some("number") => numbers(part),
                Some("array") => self.lists(schema, part),
                Some("object") => self.objects(schema, part),
                Some("string") if MOMENTS.iter().any(|(format, _)| schema["format"] == *format) => {
                    let texts = MOMENTS.iter().filter(|(format, _)| schema["format"] == *format);
                    texts.flat_map(|(_, texts)| *texts).map(|text| json!(text)).collect()
                }
                _ => texts(part),
            });
        }
        distinct(values)
    }

    /// Lists of every single item, of all of them, and around every length.
    fn lists(&self, schema: &Value, condition: &Value) -> Vec<Value> {
        let mut items = self.values(&schema["items"]);
        for keyword in ["items", "contains"] {
            items.extend(
                condition.get(keyword).iter().flat_map(|inner| self.near(&schema["items"], inner)),
            );
        }
        let items = distinct(items);
        let mut lists = vec![json!([]), json!(items)];
        let lengths = ["minItems", "maxItems", "minContains", "maxContains"];
        let lengths = lengths.iter().filter_map(|keyword| condition[keyword].as_u64());
        let around = lengths.flat_map(|length| length.saturating_sub(1)..=length + 1);
        for length in around.chain([1, 2]).collect::<BTreeSet<u64>>() {
            let length = usize::try_from(length).expect("fixtures have small limits");
            lists.push(items.iter().cycle().take(length).cloned().collect());
            lists.extend(items.iter().map(|item| json!(vec![item; length])));
        }
        lists
    }

    fn objects(&self, schema: &Value, condition: &Value) -> Vec<Value> {
        if let Some(entries) = schema.get("additionalProperties") {
            return self.maps(entries);
        }
        if self.depth == MAX_DEPTH {
            return Vec::new();
        }
        let inner = Samples { schemas: self.schemas, depth: self.depth + 1 };
        let members = schema["properties"].as_object().into_iter().flatten();
        let members: Vec<(String, Vec<Value>)> = members
            .map(|(name, schema)| {
                let near = condition["properties"].get(name);
                let near = near.iter().flat_map(|condition| inner.near(schema, condition));
                (name.clone(), distinct(inner.values(schema).into_iter().chain(near).collect()))
            })
            .collect();
        instances(&members, MAX_OBJECTS)
    }

    /// Maps of no value, of every single one, and of all of them.
    fn maps(&self, entries: &Value) -> Vec<Value> {
        let values = self.values(entries);
        let keys = (0..).map(|index: usize| format!("a.{index}"));
        let all: Map<String, Value> = keys.zip(values.iter().cloned()).collect();
        let single = values.iter().map(|value| json!({ "a b": value }));
        single.chain([json!({}), all.into()]).collect()
    }
}

/// What the conditions inside `rule` say of the value of the parameter `name`.
fn conditions_on<'r>(name: &str, rule: &'r Value, conditions: &mut Vec<&'r Value>) {
    match rule {
        Value::Object(members) => {
            conditions.extend(members.get("properties").and_then(|found| found.get(name)));
            members.values().for_each(|inner| conditions_on(name, inner, conditions));
        }
        Value::Array(items) => {
            items.iter().for_each(|inner| conditions_on(name, inner, conditions))
        }
        _ => {}
    }
}

/// A schema, and all schemas in it that are about the same value.
fn parts(schema: &Value) -> Vec<&Value> {
    let single = ["if", "then", "else", "not"].into_iter().filter_map(|key| schema.get(key));
    let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array());
    let inner = single.chain(lists.flatten()).flat_map(parts);
    [schema].into_iter().chain(inner).collect()
}

/// Integers around all bounds, and around what is compared with each other.
fn integers(schema: &Value, is_small: bool, added: &[i64]) -> Vec<Value> {
    let bounds = bounds(schema).filter_map(Value::as_i64);
    let around = bounds.flat_map(|bound| [bound.checked_sub(1), Some(bound), bound.checked_add(1)]);
    let multiples = schema["multipleOf"].as_i64();
    let multiples =
        multiples.into_iter().flat_map(|divisor| [-divisor, 0, divisor, 3 * divisor, divisor - 1]);
    let near = |added: &i64| [-1, 0, 1].map(|step| 7_i64.checked_add(*added)?.checked_add(step));
    let compared = added.iter().flat_map(|added| [near(added), near(&-added)]).flatten();
    let around = around.flatten().chain(multiples).chain(compared.flatten()).chain([7]);
    around.filter(|number| !is_small || i32::try_from(*number).is_ok()).map(Value::from).collect()
}

fn numbers(schema: &Value) -> Vec<Value> {
    let bounds = bounds(schema).filter_map(Value::as_f64);
    let around = bounds.flat_map(|bound| [bound - 0.25, bound, bound + 0.25]);
    around.chain([7.5]).map(Value::from).collect()
}

fn bounds(schema: &Value) -> impl Iterator<Item = &Value> {
    let keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    keywords.into_iter().filter_map(|keyword| schema.get(keyword))
}

fn texts(schema: &Value) -> Vec<Value> {
    let mut values = Vec::new();
    for keyword in ["minLength", "maxLength"] {
        let Some(limit) = schema[keyword].as_u64() else { continue };
        for length in limit.saturating_sub(1)..=limit + 1 {
            let length = usize::try_from(length).expect("fixtures have small limits");
            values
                .extend(["a", "😀", "e\u{301}"].map(|text| {
                    Value::from(text.chars().cycle().take(length).collect::<String>())
                }));
        }
    }
    if schema.get("pattern").is_some() {
        values.extend(TEXTS.iter().map(|text| json!(text)));
    }
    values.push(json!("other"));
    values
}

fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.to_string())).collect()
}

/// Every combination of values, absence being one of them, or about `max` of them.
fn instances(domains: &[(String, Vec<Value>)], max: usize) -> Vec<Value> {
    let total: usize = domains.iter().map(|(_, values)| values.len() + 1).product();
    let single = domains.iter().enumerate().flat_map(|(position, (_, values))| {
        (1..=values.len()).map(move |choice| {
            let mut choices = vec![0; domains.len()];
            choices[position] = choice;
            choices
        })
    });
    let choices: Vec<Vec<usize>> = if total <= max {
        (0..total).map(|number| digits(number, domains)).collect()
    } else {
        // Spreads over all combinations, because the step has no factor in common with their number.
        let step = (total / max..total).find(|step| coprime(*step, total)).unwrap_or(1);
        let spread = (0..max).map(|number| digits(number * step % total, domains));
        single.chain(spread).collect()
    };
    choices
        .into_iter()
        .map(|choices| {
            let chosen = domains.iter().zip(choices);
            let given = chosen.filter_map(|((name, values), choice)| {
                let value = values.get(choice.checked_sub(1)?)?;
                Some((name.clone(), value.clone()))
            });
            given.collect::<Map<_, _>>().into()
        })
        .collect()
}

/// The choices that a number stands for; 0 is absence.
fn digits(number: usize, domains: &[(String, Vec<Value>)]) -> Vec<usize> {
    let mut rest = number;
    domains
        .iter()
        .map(|(_, values)| {
            let digit = rest % (values.len() + 1);
            rest /= values.len() + 1;
            digit
        })
        .collect()
}

fn coprime(left: usize, right: usize) -> bool {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left == 1
}
