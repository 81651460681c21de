//! Whom the chain takes, beside whom the official Python package takes, in situations that are made up:
//! `tests/vectors/chain.jsonl`. Where the two differ, the line says why.
//!
//! Nothing is sent: a transport says what the servers of a situation say.

use std::collections::BTreeMap;

use alibabacloud_runtime::serde_json::{self, Value, json};
use alibabacloud_runtime::session::Session;

use crate::loopback::{PLANTED, SECRET, TOKEN};
use crate::readme::{code, rows};
use crate::scripted::Reply as Answer;
use crate::service::BoxFuture;
use crate::service::credentials::{DefaultChain, ProvideCredentials as _};
use crate::service::transport::{
    HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind,
};
use crate::sources::{at, home};

const TABLE: &str = include_str!("../vectors/chain.jsonl");

/// Says what the servers of a situation say.
#[derive(Debug)]
struct World(Value);

/// What a server is asked.
struct Asked {
    host: String,
    path: String,
    query: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
    is_put: bool,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        let (_, rest) = request.expose_url().split_once("://").expect("it is a URL");
        let (host, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self {
            host: host.to_owned(),
            path: format!("/{path}"),
            query: pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect(),
            headers: request
                .expose_headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            is_put: request.method().as_str() == "PUT",
        }
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two follow"));
            let digits = std::str::from_utf8(&digits).expect("they are ASCII");
            bytes.push(u8::from_str_radix(digits, 16).expect("they are hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("it is text")
}

fn keys(id: &str, end: &str) -> Value {
    json!({
        "Code": "Success", "AccessKeyId": id, "AccessKeySecret": SECRET, "SecurityToken": TOKEN,
        "Expiration": end,
    })
}

/// What a server does that is of this kind.
fn does(kind: &str, wrap: &dyn Fn(Value) -> Value, id: &str) -> (u16, String) {
    let good = || wrap(keys(id, "2099-01-01T00:00:00Z"));
    let (status, body) = match kind {
        "ok" => (200, good()),
        "refused" => (403, json!({"Code": "Forbidden", "Message": "no"})),
        "garbage" => return (200, "<html>".to_owned()),
        "failed" => {
            let mut failed = good();
            failed["Code"] = json!("Failed");
            (200, failed)
        }
        "empty" => (200, wrap(json!({"Code": "Success"}))),
        "expired" => (200, wrap(keys(id, "2020-01-01T00:00:00Z"))),
        other => panic!("nobody is `{other}`"),
    };
    (status, body.to_string())
}

impl World {
    fn kind(&self, server: &str) -> &str {
        self.0[server].as_str().unwrap_or("off")
    }

    /// What the server says that is asked; none when nobody listens.
    fn says(&self, asked: &Asked) -> Option<(u16, String)> {
        let as_it_is = |keys: Value| keys;
        match &*asked.host {
            "100.100.100.200" => self.metadata(asked),
            "signin.example" => {
                let kind = Some(self.kind("sso")).filter(|kind| *kind != "off")?;
                Some(does(kind, &|keys| json!({"CloudCredential": keys}), "STS.sso"))
            }
            "oauth.aliyun.com" => {
                let kind = Some(self.kind("oauth")).filter(|kind| *kind != "off")?;
                Some(does(kind, &as_it_is, "STS.oauth"))
            }
            host if host.starts_with("sts") => {
                let kind = Some(self.kind("sts")).filter(|kind| *kind != "off")?;
                Some(does(kind, &|keys| json!({"Credentials": keys}), &of_sts(asked)))
            }
            _ => {
                let kind = Some(self.kind("uri")).filter(|kind| *kind != "off")?;
                Some(does(kind, &as_it_is, &format!("STS.server:{}", asked.path)))
            }
        }
    }

    fn metadata(&self, asked: &Asked) -> Option<(u16, String)> {
        let kind = self.kind("metadata");
        let token = asked.headers.get("x-aliyun-ecs-metadata-token").map(String::as_str);
        let role = asked.path.rsplit('/').next().unwrap_or_default();
        Some(match kind {
            "off" => return None,
            "garbage" => (200, "<html>".to_owned()),
            "v1" if asked.is_put => (404, String::new()),
            _ if asked.is_put => (200, "session".to_owned()),
            "v2" | "norole" | "failed" | "expired" if token != Some("session") => {
                (403, String::new())
            }
            "norole" => (404, String::new()),
            _ if role.is_empty() => (200, "web".to_owned()),
            kind => {
                let kind = if matches!(kind, "v1" | "v2") { "ok" } else { kind };
                does(kind, &|keys| keys, &format!("STS.instance:{role}"))
            }
        })
    }
}

/// The id of a key from STS: where it is from, and for what it was asked.
fn of_sts(asked: &Asked) -> String {
    let given = |name: &str| asked.query.get(name).map_or("-", String::as_str);
    let session = given("RoleSessionName");
    let session = if session.starts_with("alibabacloud-rust-") { "*" } else { session };
    let key = asked.headers.get("authorization").map_or("token", |signed| {
        let (_, key) = signed.split_once("Credential=").expect("it says whose it is");
        key.split_once(",SignedHeaders").expect("it says of what it is").0
    });
    format!(
        "STS.{}@{}:{},{session},{},{},{}<{key}",
        asked.headers["x-acs-action"],
        asked.host,
        given("RoleArn").rsplit('/').next().unwrap_or_default(),
        given("DurationSeconds"),
        given("ExternalId"),
        given("Policy").split_whitespace().collect::<String>(),
    )
}

impl Transport for World {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Answer> {
        let answer = match self.says(&Asked::of(&request)) {
            Some((status, body)) => Ok(HttpResponse::new(status, body)),
            None => Err(TransportError::new(TransportErrorKind::Connect, "nobody listens")),
        };
        Box::pin(async { answer })
    }
}

/// Whom our chain takes; null for nobody.
async fn taken(row: &Value) -> Value {
    let text = |value: &Value| value.as_str().expect("it is a text").to_owned();
    let members = |name: &str| row[name].as_object().expect("it is an object").clone();
    let empty = home(&[]);
    let folder = format!("{}/", empty.path().display());
    for (path, content) in members("files") {
        let path = path.replace("~/", &folder);
        std::fs::create_dir_all(std::path::Path::new(&path).parent().expect("it has one"))
            .expect("there is room");
        std::fs::write(path, text(&content).replace("HOME/", &folder)).expect("there is room");
    }
    let mut variables: BTreeMap<String, String> = members("env")
        .into_iter()
        .map(|(name, value)| (name, text(&value).replace("~/", &folder)))
        .collect();
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    variables.insert(home.to_owned(), empty.path().to_string_lossy().into_owned());
    let session = Session::builder()
        .transport(World(row.clone()))
        .clock(|| at(1_750_000_000))
        .pauses(std::time::Duration::ZERO, std::time::Duration::ZERO)
        .build();
    let chain = DefaultChain::with_environment(move |name| variables.get(name).cloned());
    match chain.session(&session).provide().await {
        Ok(credentials) => json!({
            "id": credentials.access_key_id(),
            "token": credentials.security_token().is_some(),
        }),
        Err(error) => {
            assert_eq!(error.tried().count(), 6, "{error}");
            assert!(!format!("{error} {error:?}").contains(PLANTED), "{error}");
            Value::Null
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_chain_takes_whom_the_official_one_takes_unless_a_reason_is_given() {
    let (mut agree, mut differ) = (0, 0);
    let mut wrong = Vec::new();
    for line in TABLE.lines() {
        let row: Value = serde_json::from_str(line).expect("each line is JSON");
        let expected = match row.get("ours") {
            Some(ours) => {
                differ += 1;
                assert_ne!(*ours, row["official"], "{line}");
                assert!(row["because"].as_str().is_some_and(|why| !why.is_empty()), "{line}");
                ours
            }
            None => {
                agree += 1;
                assert!(row.get("because").is_none(), "{line}");
                &row["official"]
            }
        };
        let taken = taken(&row).await;
        if taken != *expected {
            wrong.push(format!("{}: {taken} and not {expected}", row["name"]));
        }
    }
    println!("{agree} situations alike, {differ} otherwise for a reason");
    assert!(agree + differ >= 60, "the table is whole");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands as code in a column of the README's tables of credentials.
fn words(column: usize) -> Vec<&'static str> {
    rows("Credentials").iter().flat_map(|row| code(row[column])).collect()
}

#[test]
fn what_the_readme_says_of_sources_stands_in_the_table() {
    let (mut variables, mut modes, mut types) = (0, 0, 0);
    for word in words(1) {
        if let Some(name) = word.strip_prefix('…').or(word.strip_prefix("ALIBABA_CLOUD")) {
            let name = format!("\"ALIBABA_CLOUD{name}\":");
            assert!(TABLE.contains(&name), "no situation has {name}");
            variables += 1;
        } else if !word.contains(['/', '.']) {
            let name = format!("\\ntype = {word}\\n");
            assert!(TABLE.contains(&name), "no situation has the type `{word}`");
            types += 1;
        }
    }
    for word in words(0) {
        let name = format!(r#"\"mode\": \"{word}\""#);
        assert!(TABLE.contains(&name), "no situation has the mode `{word}`");
        modes += 1;
    }
    println!("{variables} variables, {modes} modes, {types} types");
    assert!(variables > 10 && modes == 10 && types == 6, "{variables}, {modes}, {types}");
}
