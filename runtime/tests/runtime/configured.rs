//! What a client takes from the machine that it runs on, and the switch that turns all of it off.

use std::path::Path;
use std::time::Duration;
use std::{env, fs};

use crate::loopback::PLANTED;
use crate::process;
use crate::scripted::Reply;
use crate::service::operations::CreateGetDbListFromAgentTaskRequest as Request;
use crate::service::transport::{HttpRequest, HttpResponse, Transport};
use crate::service::{BoxFuture, Client};
use alibabacloud_runtime::session::Session;

/// Says where a request would go, and with whose key.
#[derive(Debug)]
struct Tell;

impl Transport for Tell {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Reply> {
        let header = |name| {
            let mut headers = request.expose_headers();
            headers.find(|(found, _)| *found == name).map_or("", |(_, value)| value).to_owned()
        };
        let authorization = header("authorization");
        let key = authorization.split(['=', ',']).nth(1).unwrap_or_default();
        println!("calls {} as {key}", header("host"));
        Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
    }
}

/// Not a test of its own: builds a client as it is told, and calls.
#[tokio::test]
#[ignore = "run by other tests, in a process of its own"]
async fn child() {
    let told = |name: &str| env::var(name).ok();
    let mut session = Session::builder().transport(Tell);
    if let Some(profile) = told("SESSION_PROFILE") {
        session = session.profile(profile);
    }
    let session = session.build();
    let mut builder = Client::builder().session(&session).timeout(Duration::from_secs(5));
    if let Some(region) = told("REGION") {
        builder = builder.region(region);
    }
    if let Some(endpoint) = told("ENDPOINT") {
        builder = builder.endpoint(endpoint);
    }
    if let Some(profile) = told("PROFILE") {
        builder = builder.profile(profile);
    }
    if told("NOTHING").is_some() {
        builder = builder.no_environment().transport(Tell);
    }
    if let Some(millis) = told("TIMEOUT") {
        let millis = millis.parse().expect("it is a number");
        builder = builder.timeout(Duration::from_millis(millis));
    }
    match builder.build() {
        Err(error) => println!("refused: {error} {error:?}"),
        Ok(client) => {
            match client.create_get_db_list_from_agent_task(Request::new(160_813)).await {
                Ok(_) => println!("answered"),
                Err(error) => println!("failed: {error} {error:?}"),
            }
        }
    }
}

const PROFILES: &str = r#"{"current": "main", "profiles": [
    {"name": "default", "mode": "AK", "access_key_id": "of-default",
     "access_key_secret": "planted", "region_id": "cn-beijing"},
    {"name": "main", "mode": "AK", "access_key_id": "of-main",
     "access_key_secret": "planted", "region_id": "ap-south-1"},
    {"name": "work", "mode": "AK", "access_key_id": "of-work",
     "access_key_secret": "planted", "region_id": "ap-northeast-1"},
    {"name": "bare", "mode": "AK", "access_key_id": "of-bare",
     "access_key_secret": "planted", "region_id": ""}]}"#;

/// A home folder whose profile file says this.
fn home(profiles: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("there is room");
    let folder = home.path().join(".aliyun");
    fs::create_dir(&folder).expect("there is room");
    fs::write(folder.join("config.json"), profiles).expect("there is room");
    home
}

/// Runs the child with these variables and nothing else; no secret is in what it prints.
fn run(home: &Path, variables: &[(&str, &str)]) -> String {
    let mut variables = variables.to_vec();
    variables.push(("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"));
    let shown = process::run(module_path!(), "child", home, &variables);
    assert!(!shown.contains(PLANTED), "{shown}");
    shown
}

const REGION: &str = "ALIBABA_CLOUD_REGION_ID";
const PROFILE: &str = "ALIBABA_CLOUD_PROFILE";

#[test]
fn the_region_is_the_one_in_code_then_the_variable_s_then_the_profile_s() {
    let home = home(PROFILES);
    for (variables, host, key) in [
        (vec![], "ap-south-1", "of-main"),
        (vec![(PROFILE, "work")], "ap-northeast-1", "of-work"),
        (vec![(REGION, "cn-beijing")], "cn-hangzhou", "of-main"),
        (vec![(REGION, "")], "ap-south-1", "of-main"),
        (vec![(REGION, "ap-south-1"), ("REGION", "cn-shanghai")], "cn-hangzhou", "of-main"),
        (vec![("REGION", "cn-shanghai")], "cn-hangzhou", "of-main"),
        // Named in code: for the region and for the credentials.
        (vec![("PROFILE", "work")], "ap-northeast-1", "of-work"),
        (vec![("PROFILE", "work"), (PROFILE, "main")], "ap-northeast-1", "of-work"),
        (vec![("SESSION_PROFILE", "work")], "ap-northeast-1", "of-work"),
        (vec![("SESSION_PROFILE", "work"), ("PROFILE", "main")], "ap-south-1", "of-main"),
        (vec![("SESSION_PROFILE", "work"), (REGION, "cn-beijing")], "cn-hangzhou", "of-work"),
        // Who names an endpoint needs no region.
        (vec![("ENDPOINT", "dbs.example.com"), (PROFILE, "bare")], "dbs.example.com", "of-bare"),
    ] {
        let host = match host {
            host if host.contains('.') => host.to_owned(),
            region => format!("dbs-api.{region}.aliyuncs.com"),
        };
        let shown = run(home.path(), &variables);
        assert!(shown.contains(&format!("calls {host} as {key}\n")), "{variables:?}: {shown}");
        assert!(shown.contains("answered"), "{variables:?}: {shown}");
    }
}

#[test]
fn a_file_that_is_named_goes_before_the_usual_one() {
    let (usual, other) = (home("not read"), home(PROFILES));
    let file = other.path().join(".aliyun/config.json");
    let file = file.to_str().expect("it is Unicode");
    let shown = run(usual.path(), &[("ALIBABA_CLOUD_CONFIG_FILE", file)]);
    assert!(shown.contains("calls dbs-api.ap-south-1.aliyuncs.com as of-main\n"), "{shown}");
}

#[test]
fn without_a_region_each_way_to_name_one_is_told_and_what_it_lacks() {
    let ways = "refused: name a region with `.region(…)`, by `ALIBABA_CLOUD_REGION_ID` or as \
                `region_id` of a profile of the command line tool, or a host with `.endpoint(…)`: \
                `ALIBABA_CLOUD_REGION_ID` is not set; ";
    let nothing = tempfile::tempdir().expect("there is room");
    let broken = home("{\"profiles\": [{\"region_id\": planted");
    let (profiles, disabled) = (home(PROFILES), "ALIBABA_CLOUD_CLI_PROFILE_DISABLED");
    for (home, variables, lack) in [
        (&nothing, vec![], "cannot read `HOME/.aliyun/config.json`: "),
        (&profiles, vec![(disabled, "true")], "`ALIBABA_CLOUD_CLI_PROFILE_DISABLED` is `true`"),
        (&profiles, vec![(PROFILE, "no")], "`HOME/.aliyun/config.json` has no profile `no`"),
        (
            &profiles,
            vec![(PROFILE, "bare")],
            "profile `bare` of `HOME/.aliyun/config.json` has no `region_id`",
        ),
        (&broken, vec![], "`HOME/.aliyun/config.json` is no profile file, line 1, column 29"),
    ] {
        let shown = run(home.path(), &variables);
        let home = home.path().to_str().expect("it is Unicode");
        let expected = format!("{ways}{}", lack.replace("HOME", home));
        assert!(shown.contains(&expected), "{variables:?}: {shown}\nbut {expected}");
    }
}

#[test]
fn a_region_that_has_no_host_is_refused_whoever_names_it() {
    let home = home(PROFILES);
    let shown = run(home.path(), &[(REGION, "nowhere")]);
    assert!(shown.contains("refused: no host is known for the region `nowhere`"), "{shown}");
}

#[test]
#[cfg(unix)]
fn a_pipe_that_nobody_fills_is_not_waited_for_longer_than_a_call_may_take() {
    let home = tempfile::tempdir().expect("there is room");
    let pipe = home.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("there is `mkfifo`");
    assert!(made.success());
    let file = pipe.to_str().expect("it is Unicode");
    let shown = run(home.path(), &[("ALIBABA_CLOUD_CONFIG_FILE", file), ("TIMEOUT", "20")]);
    assert!(shown.contains("it was not there to be read within 20ms"), "{shown}");
}

/// All that names something, each of which would be seen.
const ALL: [(&str, &str); 8] = [
    (REGION, "cn-beijing"),
    ("ALIBABA_CLOUD_ACCESS_KEY_ID", "of-variable"),
    ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "planted"),
    ("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:9/"),
    // None of them names a proxy, so that whoever looks at it is refused.
    ("HTTPS_PROXY", "no url"),
    ("https_proxy", "no url"),
    ("ALL_PROXY", "no url"),
    ("NOTHING", "1"),
];

#[test]
fn one_switch_turns_off_all_that_reads_variables_and_files() {
    let home = home(PROFILES);
    let shown = run(home.path(), &ALL);
    let help = "refused: name a region with `.region(…)` or a host with `.endpoint(…)` ";
    assert!(shown.contains(help), "{shown}");

    for (name, value) in [("REGION", "cn-beijing"), ("ENDPOINT", "https://dbs.example.com")] {
        let mut variables = ALL.to_vec();
        variables.extend([(name, value), ("PROFILE", "work")]);
        let shown = run(home.path(), &variables);
        let none = "failed: there are no credentials: after `.no_environment()` nobody looks for \
                    any; bring them with `.credentials(…)`";
        assert!(shown.contains(none) && !shown.contains("calls "), "{shown}");
    }
}

/// Not a test of its own: a client without a transport of its own finds no proxy.
#[test]
#[ignore = "run by other tests, in a process of its own"]
fn child_with_the_built_in_transport() {
    let builder = || Client::builder().endpoint("https://dbs.example.invalid");
    let session = Session::builder().no_environment().build();
    for (name, builder) in [
        ("plain", builder()),
        ("off", builder().no_environment()),
        ("session", builder().session(&session)),
        ("client", builder().session(&Session::builder().build()).no_environment()),
    ] {
        match builder.build() {
            Ok(_) => println!("{name}: built"),
            Err(error) => println!("{name}: {error}"),
        }
    }
}

#[test]
fn one_switch_turns_off_the_proxies_too() {
    let home = home(PROFILES);
    let test = "child_with_the_built_in_transport";
    let shown = process::run(module_path!(), test, home.path(), &ALL);
    assert!(shown.contains("plain: `HTTPS_PROXY` names no proxy"), "{shown}");
    for name in ["off", "session", "client"] {
        assert!(shown.contains(&format!("{name}: built")), "{name}: {shown}");
    }
}
