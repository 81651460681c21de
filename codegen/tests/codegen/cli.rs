//! The command line, as whoever has specs of their own calls it: on the program itself, in folders that
//! know nothing of this repository.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::checkout::root;

/// What one call did.
pub struct Called {
    pub code: Option<i32>,
    pub output: String,
    pub errors: String,
}

impl Called {
    /// What the last line of standard output says, which is for machines.
    fn last(&self) -> &str {
        self.output.lines().last().unwrap_or_default()
    }

    pub fn succeeds(&self, last: &str) {
        assert_eq!((self.code, self.last()), (Some(0), last), "{}{}", self.output, self.errors);
    }

    /// Ends with status 1 and this in what it says.
    pub fn fails(&self, error: &str) {
        assert_eq!(self.code, Some(1), "{}{}", self.output, self.errors);
        assert!(self.errors.contains(error), "{}", self.errors);
    }
}

/// A folder with services.
pub struct Folder(TempDir);

impl Folder {
    pub fn new(services: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("there is room"));
        for (service, info) in services {
            folder.add(service, info);
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("it is there")
    }

    pub fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// Adds a service with one operation; `info` is what its `info` has besides.
    fn add(&self, service: &str, info: &str) {
        let index = format!(
            r#"{{ "openapi": "3.2.0", "info": {{ "title": "Some service", "version": "2026-01-01", {info} }},
                 "paths": {{ "/Ping": {{ "$ref": "operations/Ping.json" }} }} }}"#
        );
        self.write(&format!("specs/{service}/openapi.json"), &index);
        self.write(
            &format!("specs/{service}/operations/Ping.json"),
            &ping("\"x-access\": \"read\","),
        );
    }

    fn remove(&self, path: &str) {
        fs::remove_dir_all(self.path().join(path)).expect("it is there");
    }

    pub fn call(&self, arguments: &[&str]) -> Called {
        self.call_in("", arguments)
    }

    fn call_in(&self, folder: &str, arguments: &[&str]) -> Called {
        self.call_with(folder, arguments, "")
    }

    /// Calls it in a folder, with this as its standard input.
    pub fn call_with(&self, folder: &str, arguments: &[&str], input: &str) -> Called {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alibabacloud-codegen"));
        command.args(arguments).current_dir(self.path().join(folder));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("the program runs");
        // What takes no input may have ended; a few lines fit into a pipe.
        let _ = running.stdin.take().expect("it is piped").write_all(input.as_bytes());
        let Output { status, stdout, stderr } = running.wait_with_output().expect("it ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        Called { code: status.code(), output: text(stdout), errors: text(stderr) }
    }
}

/// An operation without parameters, with these keys.
fn ping(keys: &str) -> String {
    format!(
        r#"{{ "post": {{ "operationId": "Ping", "summary": "Asks whether it is there.", {keys}
             "parameters": [{{ "name": "request", "in": "querystring", "required": true, "content":
               {{ "application/x-www-form-urlencoded": {{ "schema": {{ "type": "object", "properties": {{}} }} }} }} }}],
             "responses": {{ "200": {{ "description": "Success.", "content": {{ "application/json":
               {{ "schema": {{ "type": "object", "properties": {{}} }} }} }} }} }} }} }}"#
    )
}

/// Services `ecs-1`, and `dbs-1` and `dbs-2`, the latter with a package of its own.
fn three() -> Folder {
    Folder::new(&[
        ("ecs-1", r#""x-product": "Ecs""#),
        ("dbs-1", r#""x-product": "Dbs""#),
        ("dbs-2", r#""x-product": "Dbs", "x-package": "alibabacloud-dbs-2""#),
    ])
}

#[test]
fn all_services_become_crates_and_a_second_run_changes_nothing() {
    let folder = three();
    folder.call(&["codegen"]).succeeds("passed 3, failed 0, skipped 0");
    for (name, package) in [("ecs", "ecs"), ("dbs", "dbs"), ("dbs-2", "dbs-2")] {
        let manifest = folder.read(&format!("generated/{name}/Cargo.toml"));
        assert!(manifest.contains(&format!("\nname = \"alibabacloud-{package}\"\n")), "{manifest}");
        assert!(!manifest.contains("workspace = true"), "{manifest}");
    }
    let again = folder.call(&["codegen"]);
    again.succeeds("passed 3, failed 0, skipped 0");
    assert!(again.output.contains("\n0 files changed, "), "{}", again.output);
    folder
        .call_in("specs/ecs-1/operations", &["codegen", "--check"])
        .succeeds("passed 3, failed 0, skipped 0");
}

#[test]
fn services_are_chosen_by_their_folders_or_the_starts_of_these() {
    let folder = three();
    folder.call(&["codegen", "ecs"]).succeeds("passed 1, failed 0, skipped 2");
    assert!(folder.has("generated/ecs") && !folder.has("generated/dbs"));
    folder.call(&["codegen", "dbs-2", "ecs-1", "ecs"]).succeeds("passed 2, failed 0, skipped 1");
    assert!(folder.has("generated/dbs-2") && !folder.has("generated/dbs"));
}

#[test]
fn a_name_that_is_ambiguous_or_unknown_is_an_error_and_nothing_is_written() {
    let folder = three();
    folder.call(&["codegen", "dbs"]).fails("`dbs` may be dbs-1 or dbs-2");
    for unknown in ["oss", "db", "dbs-", "DBS-1", ""] {
        let called = folder.call(&["codegen", "ecs", unknown]);
        called.fails("there is dbs-1, dbs-2, ecs-1");
        assert_eq!(called.output, "passed 0, failed 1, skipped 3\n");
    }
    assert!(!folder.has("generated"));
}

#[test]
fn a_folder_without_services_is_an_error() {
    let folder = Folder::new(&[]);
    folder.call(&["codegen"]).fails("a folder `specs`; `--specs DIR` names one");
    folder.call(&["codegen", "--specs", "nowhere"]).fails("nowhere: ");
    fs::create_dir(folder.path().join("specs")).expect("there is room");
    folder.call(&["codegen"]).fails("`specs` has no folder with an `openapi.json`");
}

#[test]
fn two_services_with_one_package_are_a_located_error_and_nothing_is_written() {
    let folder = Folder::new(&[
        ("a-1", r#""x-product": "Same""#),
        ("b-1", r#""x-product": "Other", "x-package": "alibabacloud-same""#),
        ("c-1", r#""x-product": "Third""#),
    ]);
    let called = folder.call(&["codegen"]);
    called.fails("the package `alibabacloud-same` is that of `specs/a-1` already");
    assert!(called.errors.contains("specs/b-1/openapi.json:1:"), "{}", called.errors);
    assert_eq!(called.last(), "passed 2, failed 1, skipped 0");
    assert!(!folder.has("generated"));
}

#[test]
fn a_service_with_problems_keeps_all_from_being_written() {
    let folder = three();
    let runtime = runtime(&folder);
    folder.write("specs/ecs-1/operations/Ping.json", "{}");
    for arguments in
        [&["codegen"][..], &["codegen", "--check"], &["codegen", "--runtime", &runtime]]
    {
        let called = folder.call(arguments);
        called.fails("specs/ecs-1/operations/Ping.json:1:1");
        assert_eq!(called.last(), "passed 2, failed 1, skipped 0");
        assert!(!folder.has("generated"), "{arguments:?}");
    }
    let json = folder.call(&["codegen", "--message-format", "json"]);
    assert_eq!(json.code, Some(1));
    let is_object = |line: &str| serde_json::from_str::<serde_json::Value>(line).is_ok();
    assert!(json.output.lines().all(is_object), "{}", json.output);
    assert!(json.errors.ends_with("passed 2, failed 1, skipped 0\n"), "{}", json.errors);
}

#[test]
fn a_check_writes_nothing_and_fails_for_what_is_stale() {
    let folder = Folder::new(&[("ecs-1", r#""x-product": "Ecs""#)]);
    let runtime = runtime(&folder);
    let missing = folder.call(&["codegen", "--check", "--runtime", &runtime]);
    missing.fails("generated/ is stale; run `alibabacloud-codegen codegen`");
    assert_eq!(missing.last(), "passed 1, failed 0, skipped 0");
    assert!(!folder.has("generated"));

    folder.call(&["codegen"]).succeeds("passed 1, failed 0, skipped 0");
    let path = "generated/ecs/src/lib.rs";
    let changed = folder.read(path) + "// By hand.\n";
    folder.write(path, &changed);
    let stale = folder.call(&["codegen", "--check"]);
    stale.fails("generated/ is stale");
    assert!(stale.output.contains("-// By hand."), "{}", stale.output);
    assert_eq!(folder.read(path), changed);
}

/// A folder that looks like the runtime, beside the services under a name of its own.
fn runtime(folder: &Folder) -> String {
    folder.write("elsewhere/core/Cargo.toml", "[package]\nname = \"alibabacloud-runtime\"\n");
    "elsewhere/core".to_owned()
}

#[test]
fn the_folder_of_crates_and_the_runtime_are_where_the_call_says() {
    let folder = Folder::new(&[("ecs-1", r#""x-product": "Ecs""#)]);
    let dependency = |out: &str| {
        let manifest = folder.read(&format!("{out}/ecs/Cargo.toml"));
        let line = manifest.lines().find(|line| line.starts_with("alibabacloud-runtime = "));
        line.expect("it depends on the runtime").to_owned()
    };
    folder.call(&["codegen"]).succeeds("passed 1, failed 0, skipped 0");
    assert!(!dependency("generated").contains("path = "), "no runtime is beside the services");
    let runtime = runtime(&folder);
    folder
        .call(&["codegen", "--out", "a/b", "--runtime", &runtime])
        .succeeds("passed 1, failed 0, skipped 0");
    let line = dependency("a/b");
    assert!(
        line.contains("path = \"../../../elsewhere/core\"") && line.contains("version = "),
        "{line}"
    );
    folder
        .call(&["codegen", "--out", "a/b", "--runtime", "=9.9.1"])
        .succeeds("passed 1, failed 0, skipped 0");
    assert!(dependency("a/b").contains("version = \"=9.9.1\""));
    assert!(!dependency("a/b").contains("path = "));
    folder.call(&["codegen", "--runtime", "specs"]).fails("specs is neither a version nor");

    // The services, too, are where the call says.
    fs::rename(folder.path().join("specs"), folder.path().join("services")).expect("it moves");
    folder
        .call(&["codegen", "--specs", "services", "--out", "c"])
        .succeeds("passed 1, failed 0, skipped 0");
    assert!(folder.read("c/ecs/src/lib.rs").contains("from services/ecs-1"));
}

#[test]
fn the_crate_of_a_service_that_is_gone_is_removed_when_all_are_generated() {
    let folder = three();
    folder.call(&["codegen"]).succeeds("passed 3, failed 0, skipped 0");
    folder.write("generated/notes.txt", "mine");
    folder.write("generated/mine/Cargo.toml", "[package]\nname = \"mine\"\n");
    folder.remove("specs/dbs-2");
    folder.call(&["codegen", "ecs"]).succeeds("passed 1, failed 0, skipped 1");
    assert!(folder.has("generated/dbs-2/Cargo.toml"), "only what is asked for is touched");
    folder.call(&["codegen", "--check"]).fails("generated/ is stale");
    let called = folder.call(&["codegen"]);
    called.succeeds("passed 2, failed 0, skipped 0");
    assert!(called.output.contains("deleted generated/dbs-2/src/lib.rs"), "{}", called.output);
    assert!(!folder.has("generated/dbs-2"), "not even the folder is left");
    assert!(folder.has("generated/notes.txt") && folder.has("generated/mine/Cargo.toml"));
    folder.call(&["codegen", "--check"]).succeeds("passed 2, failed 0, skipped 0");
}

#[test]
fn files_that_the_generator_did_not_write_are_refused() {
    let folder = three();
    folder.call(&["codegen"]).succeeds("passed 3, failed 0, skipped 0");
    folder.write("generated/ecs/src/mine.rs", "fn mine() {}");
    folder
        .call(&["codegen"])
        .fails("generated/ecs/src/mine.rs: the generator did not write this file");
    assert_eq!(folder.read("generated/ecs/src/mine.rs"), "fn mine() {}");
    // Nor is the crate of a service removed that somebody works on.
    folder.remove("specs/ecs-1");
    folder.call(&["codegen"]).fails("generated/ecs/src/mine.rs: ");
    assert!(folder.has("generated/ecs/src/lib.rs") && folder.has("generated/ecs/src/mine.rs"));
}

#[test]
fn what_cargo_leaves_in_the_folder_of_a_crate_is_passed_over() {
    let folder = three();
    folder.call(&["codegen"]).succeeds("passed 3, failed 0, skipped 0");
    folder.write("generated/ecs/Cargo.lock", "# Cargo's");
    folder.write("generated/ecs/target/debug/built", "Cargo's");
    folder.call(&["codegen", "--check"]).succeeds("passed 3, failed 0, skipped 0");
    folder.remove("specs/ecs-1");
    folder.call(&["codegen"]).succeeds("passed 2, failed 0, skipped 0");
    assert!(!folder.has("generated/ecs/src") && folder.has("generated/ecs/Cargo.lock"));
}

#[test]
fn the_crate_of_another_service_is_not_overwritten() {
    let folder = Folder::new(&[("a-1", r#""x-product": "Same""#)]);
    folder.call(&["codegen"]).succeeds("passed 1, failed 0, skipped 0");
    folder.add("b-1", r#""x-product": "Same""#);
    folder.call(&["codegen", "b"]).fails("generated/same is the crate of specs/a-1");
    assert!(folder.read("generated/same/src/lib.rs").contains("from specs/a-1"));
    // A service whose folder has another name now keeps its crate.
    folder.remove("specs/a-1");
    folder.call(&["codegen", "b"]).succeeds("passed 1, failed 0, skipped 0");
    assert!(folder.read("generated/same/src/lib.rs").contains("from specs/b-1"));
}

#[test]
fn packages_styles_and_kinds_of_access_that_are_none_are_located_errors() {
    for (info, message) in [
        (r#""x-product": "P", "x-package": "Upper""#, "`Upper` is not a package"),
        (r#""x-product": "P", "x-package": "alibabacloud-""#, "`alibabacloud-` is not a package"),
        (r#""x-product": "P", "x-package": "../up""#, "`../up` is not a package"),
        (r#""x-product": "P", "x-package": """#, "is not a package"),
        (r#""x-product": "P", "x-package": 3"#, "expected a string, found a number"),
        (r#""x-product": "P", "x-style": "SOAP""#, "the style `SOAP` has no code"),
        (r#""x-product": "P", "x-style": "rpc""#, "the style `rpc` has no code"),
    ] {
        let called = Folder::new(&[("p-1", info)]).call(&["codegen"]);
        called.fails(message);
        assert!(called.errors.contains("specs/p-1/openapi.json:1:"), "{}", called.errors);
    }
    for access in ["\"reads\"", "\"\"", "true"] {
        let folder = Folder::new(&[("p-1", r#""x-product": "P""#)]);
        folder.write("specs/p-1/operations/Ping.json", &ping(&format!("\"x-access\": {access},")));
        let called = folder.call(&["codegen"]);
        called.fails("specs/p-1/operations/Ping.json:1:");
        assert!(called.errors.contains("/post/x-access"), "{}", called.errors);
    }
}

/// What a service publishes, with one operation for each name.
fn metadata(product: &str, operations: &[&str]) -> String {
    let operations =
        operations.iter().map(|name| format!("{name:?}: {{ \"methods\": [\"post\"] }}"));
    let operations: Vec<String> = operations.collect();
    format!(
        r#"{{ "info": {{ "style": "RPC", "product": "{product}", "version": "2026-01-01" }},
             "apis": {{ {} }} }}"#,
        operations.join(", ")
    )
}

#[test]
fn import_writes_a_service_again_and_leaves_what_people_wrote() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    folder.write("bank.json", &metadata("Bank", &["Pay", "Ask"]));
    folder.call(&["import", "bank.json"]).succeeds("passed 2, failed 0, skipped 0");
    assert!(folder.has("specs/bank-2026-01-01/operations/Pay.json"));
    folder.write("specs/bank-2026-01-01/overlays/rules.json", "{}");
    let again = folder.call(&["import", "bank.json"]);
    again.succeeds("passed 2, failed 0, skipped 0");
    assert!(again.output.contains("0 files new, 0 gone, 0 changed"), "{}", again.output);
    let fewer = folder.call(&["import", "bank.json", "--operations", "Ask"]);
    fewer.succeeds("passed 1, failed 0, skipped 1");
    assert!(fewer.output.contains("0 files new, 1 gone, 1 changed"), "{}", fewer.output);
    assert_eq!(folder.read("specs/bank-2026-01-01/overlays/rules.json"), "{}");
    assert!(!folder.has("specs/bank-2026-01-01/operations/Pay.json"));
}

#[test]
fn import_says_which_operations_are_new_gone_or_changed_and_what_that_breaks() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    let bank = |pay: &str, more: &str| {
        let info = r#""info": { "style": "RPC", "product": "Bank", "version": "2026-01-01" }"#;
        format!(r#"{{ {info}, "apis": {{ "Pay": {{ "parameters": [{pay}] }}, {more}: {{}} }} }}"#)
    };
    let parameter = |name: &str, type_: &str, required: bool| {
        format!(
            r#"{{ "name": "{name}", "in": "query", "schema": {{ "type": "{type_}", "required": {required} }} }}"#
        )
    };
    let sum = parameter("Sum", "string", false);
    let to = parameter("To", "string", false);
    folder.write("bank.json", &bank(&format!("{sum}, {to}"), r#""Ask""#));
    let first = folder.call(&["import", "bank.json"]);
    first.succeeds("passed 2, failed 0, skipped 0");
    assert!(first.output.contains("2 operations new: Ask, Pay\n"), "{}", first.output);
    assert!(!first.output.contains("breaking"), "{}", first.output);
    let (sum, from) = (parameter("Sum", "integer", false), parameter("From", "string", true));
    folder.write("bank.json", &bank(&format!("{sum}, {from}"), r#""Tell""#));
    let again = folder.call(&["import", "bank.json"]);
    again.succeeds("passed 2, failed 0, skipped 0");
    let told = "1 operation new: Tell\n1 operation gone: Ask\n1 operation changed: Pay\n4 breaking: Ask is gone, \
                Pay.From is required, Pay.Sum has another type, Pay.To is gone\n";
    assert!(again.output.contains(told), "{}", again.output);
}

#[test]
fn what_became_of_everything_is_told_to_programs_whole_or_not_at_all() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    folder.write("bank.json", &metadata("Bank", &["Pay", "Ask"]));
    let refused = folder.call(&["import", "bank.json", "--json", "specs"]);
    assert_eq!(refused.code, Some(1), "{}", refused.output);
    assert!(!folder.has("specs/bank-2026-01-01/openapi.json"));
    folder
        .call(&["import", "bank.json", "--operations", "Ask", "--json", "told/report.json"])
        .succeeds("passed 1, failed 0, skipped 1");
    let told: Value = serde_json::from_str(&folder.read("told/report.json")).expect("it is JSON");
    let operations =
        json!({ "thing": "operations", "inSource": 2, "carried": 1, "leftOut": 1, "merged": 0 });
    assert_eq!(told["things"][0], operations);
    let pay = json!({ "thing": "operations", "reason": "not asked for", "operation": "Pay", "pointer": "/apis/Pay" });
    assert_eq!(told["leftOut"][0], pay);
    assert_eq!((&told["operations"], &told["complete"]), (&json!(1), &json!(1)));

    folder.write("runtime/Cargo.toml", "[package]");
    folder.write("published/bank.json", &metadata("Bank", &["Pay", "Ask"]));
    folder.write("published/broken.json", "{");
    let corpus = folder.call(&["corpus", "published", "--json", "corpus.json"]);
    assert_eq!(corpus.code, Some(1), "{}", corpus.output);
    let told: Value = serde_json::from_str(&folder.read("corpus.json")).expect("it is JSON");
    assert_eq!(told["documents"][0]["report"]["things"][0]["carried"], 2);
    assert_eq!(told["documents"][1]["outcome"], "failed");
    assert_eq!((&told["passed"], &told["failed"]), (&json!(1), &json!(1)));
}

#[test]
fn import_refuses_a_service_that_people_wrote() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    folder.write("shop.json", &metadata("Shop", &["Pay"]));
    let before = folder.read("specs/shop-2026-01-01/openapi.json");
    folder.call(&["import", "shop.json"]).fails("people wrote this spec");
    assert_eq!(folder.read("specs/shop-2026-01-01/openapi.json"), before);
    assert!(!folder.has("specs/shop-2026-01-01/operations/Pay.json"));
}

#[test]
fn import_of_a_broken_document_changes_nothing() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    let whole = metadata("Bank", &["Pay", "Ask"]);
    folder.write("bank.json", &whole);
    folder.call(&["import", "bank.json"]).succeeds("passed 2, failed 0, skipped 0");
    let read = || {
        ["openapi.json", "operations/Ask.json"]
            .map(|file| folder.read(&format!("specs/bank-2026-01-01/{file}")))
    };
    let before = read();
    let up = whole.replace("2026-01-01", "../shop-2026-01-01");
    for (text, error) in [
        (&whole[..whole.len() / 2], "error[syntax]"),
        ("{ \"openapi\": \"3.2.0\" }", "this is no metadata of a service"),
        (&up, "is no version, such as `2014-05-26`"),
    ] {
        folder.write("bank.json", text);
        folder.call(&["import", "bank.json"]).fails(error);
        assert_eq!(read(), before);
    }
}

#[test]
fn the_commands_of_the_readme_make_a_crate_where_it_says() {
    let readme = fs::read_to_string(root().join("README.md")).expect("it is in the repository");
    let (_, chapter) = readme.split_once("\n## Any other service\n").expect("it has the chapter");
    let lines = |start: &str| -> Vec<Vec<String>> {
        let lines = chapter.lines().filter_map(|line| line.strip_prefix(start));
        lines.map(|line| line.split(' ').map(str::to_owned).collect()).collect()
    };
    let folder = Folder::new(&[]);
    let operations = ["DescribeInstances", "RunInstances", "StopInstances"];
    let text = metadata("Ecs", &operations).replace("2026-01-01", "2014-05-26");
    folder.write("mine/ecs.json", &text);
    folder.write("alibabacloud/runtime/Cargo.toml", "[package]\nname = \"alibabacloud-runtime\"\n");
    for made in lines("mkdir -p ") {
        fs::create_dir(folder.path().join("mine").join(&made[0])).expect("there is room");
    }
    let commands = lines("alibabacloud-codegen ");
    assert_eq!(commands.len(), 2, "{chapter}");
    for (command, last) in
        commands.iter().zip(["passed 2, failed 0, skipped 1", "passed 1, failed 0, skipped 0"])
    {
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        folder.call_in("mine", &arguments).succeeds(last);
    }
    let added = lines("cargo add ");
    let [added] = added.as_slice() else { panic!("{chapter}") };
    let [package, _, path] = added.as_slice() else { panic!("{added:?}") };
    let manifest = folder.read(&format!("mine/{path}/Cargo.toml"));
    assert!(manifest.contains(&format!("\nname = \"{package}\"\n")), "{manifest}");
    assert!(manifest.contains("path = \"../../../alibabacloud/runtime\""), "{manifest}");
}

#[test]
fn corpus_tells_what_became_of_each_document() {
    let folder = Folder::new(&[("shop-2026-01-01", r#""x-product": "Shop""#)]);
    folder.write("runtime/Cargo.toml", "[package]");
    folder.write("published/bank.json", &metadata("Bank", &["Pay", "Ask"]));
    folder.write("published/empty.json", &metadata("Empty", &[]));
    let told = folder.call(&["corpus", "published"]);
    told.succeeds("passed 1, failed 0, skipped 1");
    assert!(told.output.contains("RPC       2 of      2 complete: 100.00 %"), "{}", told.output);
    folder.write("published/broken.json", "{");
    assert_eq!(folder.call(&["corpus", "published"]).code, Some(1));
}
