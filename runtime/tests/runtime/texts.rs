//! What others say in an answer, shown: secrets of the request struck out however they are spelled,
//! bounded, on one line, and in time.

use std::time::Duration;

use crate::deadlines::within;
use crate::guarded::call;
use crate::loopback::{PASSWORD, SECRET, TOKEN, builder};
use crate::service::error::ServiceError;
use crate::service::transport::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::service::{BoxFuture, Error, ErrorKind};
use fastrand::Rng;
use serde_json::json;

/// How long a call may take.
const DEADLINE: Duration = Duration::from_secs(1);

/// What a text holds at most, and some room for what stands around it.
const BOUND: usize = (8 << 10) + 512;

/// Answers every request with the same response.
#[derive(Debug, Clone)]
struct Given(HttpResponse);

impl Transport for Given {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let response = self.0.clone();
        Box::pin(async { Ok(response) })
    }
}

/// The error of a call that is answered like this.
async fn answered(what: &str, response: HttpResponse) -> Error {
    let client = builder("https://dbs.example").transport(Given(response)).timeout(DEADLINE);
    let client = client.max_attempts(1).build().expect("the settings are acceptable");
    within(DEADLINE, what, call(&client)).await.expect_err("it is answered with an error")
}

async fn service_error(what: &str, status: u16, body: impl Into<Vec<u8>>) -> ServiceError {
    match answered(what, HttpResponse::new(status, body)).await.into_kind() {
        ErrorKind::Service(error) => *error,
        other => panic!("{what}: {other:?}"),
    }
}

/// What becomes of a message.
async fn message(what: &str, message: &str) -> String {
    let body = json!({ "Code": "Refused", "Message": message }).to_string();
    service_error(what, 400, body).await.message.expect("there is one")
}

fn utf8(found: char, byte: fn(&u8) -> String) -> String {
    found.to_string().as_bytes().iter().map(byte).collect()
}

fn utf16(found: char, unit: fn(&u16) -> String) -> String {
    found.encode_utf16(&mut [0; 2]).iter().map(unit).collect()
}

/// Ways to spell a character.
const SPELLINGS: [fn(char) -> String; 14] = [
    |found| found.to_string(),
    |found| utf8(found, |byte| format!("%{byte:02X}")),
    |found| utf8(found, |byte| format!("%{byte:02x}")),
    |found| utf8(found, |byte| format!("%25{byte:02X}")),
    |found| utf16(found, |unit| format!("\\u{unit:04x}")),
    |found| utf16(found, |unit| format!("\\u{unit:04X}")),
    |found| utf16(found, |unit| format!("\\\\u{unit:04x}")),
    |found| utf16(found, |unit| format!("%u{unit:04X}")),
    |found| format!("\\u{{{:x}}}", u32::from(found)),
    |found| format!("&#{};", u32::from(found)),
    |found| format!("&#x{:x};", u32::from(found)),
    |found| format!("&#X{:05X};", u32::from(found)),
    |found| format!("&amp;#{};", u32::from(found)),
    |found| match found {
        ' ' => "+".to_owned(),
        '"' => "&quot;".to_owned(),
        '&' => "&amp;".to_owned(),
        '+' => "&plus;".to_owned(),
        '/' => "\\/".to_owned(),
        '=' => "&equals;".to_owned(),
        'é' => "&eacute;".to_owned(),
        other => other.to_string(),
    },
];

#[tokio::test]
async fn a_secret_is_found_however_its_characters_are_spelled() {
    for secret in [PASSWORD, SECRET, TOKEN] {
        for spelling in SPELLINGS {
            let spelled: String = secret.chars().map(spelling).collect();
            let shown = message("one spelling", &format!("<b>{spelled}</b>")).await;
            assert_eq!(shown, "<b>[REDACTED]</b>", "{spelled}");
        }
    }
    let mut random = Rng::with_seed(13);
    for _ in 0..100 {
        let spelled: String =
            PASSWORD.chars().map(|found| random.choice(SPELLINGS).expect("some")(found)).collect();
        let shown = message("mixed spellings", &format!("{spelled},{spelled}")).await;
        assert_eq!(shown, "[REDACTED],[REDACTED]", "{spelled}");
        // The same in a page, where it is the excerpt that shows it.
        let error = service_error("a page", 502, format!("<p>{spelled}</p>")).await;
        assert_eq!(error.excerpt.as_deref(), Some("<p>[REDACTED]</p>"), "{spelled}");
    }
}

#[tokio::test]
async fn other_texts_stay_as_they_are() {
    let harmless = "100% of 'a&b' \\ &#9731; %E2%98%83 \\u2603 plan+ planning: % %2 \\u00 &# &x; é";
    assert_eq!(message("harmless", harmless).await, harmless);
}

#[tokio::test]
async fn the_beginning_of_a_secret_that_a_limit_cuts_is_struck_out() {
    for end in 7..PASSWORD.len() - 2 {
        // By whoever wrote the message.
        for dots in ["", "…", "..."] {
            let cut = format!("it is {}{dots}", &PASSWORD[..end]);
            assert_eq!(message("cut", &cut).await, format!("it is [REDACTED]{dots}"), "{cut}");
        }
        // By the size of a response, in the middle of a character's spelling, too.
        let body = format!("<p>{}", PASSWORD.replace('"', "%22").replace('é', "%C3%A9"));
        for body in [&body.as_bytes()[..3 + end], &body.as_bytes()[..body.len() - 1]] {
            let response = HttpResponse::new(200, body).cut();
            let ErrorKind::Decode(error) = answered("too long", response).await.into_kind() else {
                panic!("it is cut");
            };
            assert_eq!(error.excerpt.as_deref(), Some("<p>[REDACTED]"));
        }
    }
    assert!(message("ellipsis", "planted-passw… is wrong").await.starts_with("[REDACTED]… is"));
    // By the bound of a text: wherever that lies, nothing of the password is shown.
    for before in (8 << 10) - 40..(8 << 10) + 4 {
        let shown = message("bounded", &format!("{}{PASSWORD}", "x".repeat(before))).await;
        assert!(shown.len() <= 8 << 10, "{} bytes", shown.len());
        assert!(!shown.contains("plan"), "{}", &shown[before - 8..]);
    }
}

#[tokio::test]
async fn a_megabyte_of_message_takes_no_time_and_little_room() {
    let megabyte = |text: &str| text.repeat((1 << 20) / text.len());
    for (what, text) in [
        ("of one letter", megabyte("x")),
        ("of passwords", megabyte(PASSWORD)),
        ("of what nearly is one", megabyte("plante")),
        ("of spelled passwords", megabyte("planted-password+&#38;%22\\u00e9 ")),
        ("of nested spellings", megabyte("&amp;amp;amp;%252525\\\\\\\\u005c")),
        ("of signs that start spellings", megabyte("%&\\+")),
    ] {
        for name in ["Code", "Message", "RequestId", "HostId", "Recommend"] {
            let body = json!({ "Code": "c", name: text }).to_string();
            let error = service_error(&format!("a {name} {what}"), 400, body).await;
            let shown = format!("{error}");
            assert!(shown.len() < 2 * BOUND, "{name} {what}: {} bytes", shown.len());
        }
        let body = json!({ "ErrCode": "c", "ErrMessage": text }).to_string();
        let error = service_error(&format!("a message in a success {what}"), 200, body).await;
        assert!(format!("{error}").len() < BOUND, "{what}");
        let body = json!({ "RequestId": "R", "NeedPrecheck": text }).to_string();
        let error = answered(&format!("a member {what}"), HttpResponse::new(200, body)).await;
        assert!(error.to_string().len() < BOUND, "{what}");
        let error = answered(&format!("a page {what}"), HttpResponse::new(502, text)).await;
        assert!(error.to_string().len() < 2 << 10, "{what}");
    }
}

#[tokio::test]
async fn texts_are_shown_on_one_line_in_the_order_in_which_they_stand() {
    let odd = "a\r\nb\u{1b}[2Jc\u{202e}d\u{2066}e\u{2028}f\u{85}g\u{200b}h\u{feff}i\u{7f}";
    let body = json!({ "Code": odd, "Message": odd, "RequestId": odd });
    let error = service_error("odd characters", 400, body.to_string()).await;
    assert_eq!(error.message.as_deref(), Some(odd), "whoever asks for the text has it");
    let clean = "a  b [2Jc d e f g h i ";
    let shown =
        format!("the service refused the call: {clean}: {clean} (HTTP 400, request {clean})");
    assert_eq!(error.to_string(), shown);
    let body = json!({ "NeedPrecheck": odd }).to_string();
    let decode = answered("an odd member", HttpResponse::new(200, body)).await;
    for shown in [format!("{error:?}"), format!("{decode}"), format!("{decode:?}")] {
        let is_odd = |found: &char| odd.contains(*found) && !found.is_ascii_graphic();
        assert_eq!(shown.chars().find(is_odd), None, "{shown}");
    }
}

#[tokio::test]
async fn a_denial_names_what_is_denied() {
    for detail in [
        json!({ "AuthAction": "dbs:ModifyBackupSourceEndpoint", "Other": [1] }),
        json!({ "authAction": "dbs:ModifyBackupSourceEndpoint" }),
        json!(r#"{"AuthAction":"dbs:ModifyBackupSourceEndpoint"}"#),
    ] {
        let body = json!({ "Code": "NoPermission", "Message": "You are not authorized.",
            "RequestId": "R", "Recommend": "https://example.com", "AccessDeniedDetail": detail });
        let error = answered("a denial", HttpResponse::new(403, body.to_string())).await;
        let shown = "the service refused the call: NoPermission: You are not authorized. \
                     (denied: dbs:ModifyBackupSourceEndpoint) (HTTP 403, request R)";
        assert_eq!(error.to_string(), shown);
        assert_eq!(error.recommend(), Some("https://example.com"));
        assert!(error.access_denied_detail().is_some_and(|detail| detail.contains("uthAction")));
    }
    let detail = json!({ "Code": "c", "AccessDeniedDetail": { "AuthAction": PASSWORD } });
    let error = service_error("a denial with a secret", 403, detail.to_string()).await;
    assert_eq!(error.denied_action.as_deref(), Some("[REDACTED]"));
}

#[tokio::test]
async fn no_bytes_make_reading_an_answer_panic() {
    let seeds = [
        format!(r#"{{"Success":false,"ErrCode":"c","ErrMessage":"{PASSWORD}","RequestId":"R"}}"#),
        format!(r#"{{"AccessDeniedDetail":{{"AuthAction":"{SECRET}"}},"Code":1e3,"x":[{{}}]}}"#),
        format!("<RequestId>R</RequestId>{}", "&#x70;%70\\u0070\\\\u{70}&plus;%u0070".repeat(9)),
    ];
    let mut random = Rng::with_seed(21);
    for _ in 0..1_000 {
        let mut body = random.choice(&seeds).expect("there are some").as_bytes().to_vec();
        for _ in 0..random.usize(..6) {
            let position = random.usize(..body.len().max(1));
            match random.u8(..4) {
                _ if body.is_empty() => {}
                0 => body[position] = random.u8(..),
                1 => drop(body.remove(position)),
                2 => body.insert(position, *random.choice(b"{}[]\":,\\%&#u;").expect("some")),
                _ => body.truncate(position + 1),
            }
        }
        let status = *random.choice(&[200, 204, 302, 400, 503]).expect("some");
        let mut response = HttpResponse::new(status, body);
        if random.bool() {
            response = response.cut();
        }
        let client = builder("https://dbs.example").transport(Given(response)).max_attempts(1);
        let client = client.build().expect("the settings are acceptable");
        if let Err(error) = client.modify_backup_source_endpoint(crate::guarded::request()).await {
            let shown = error.to_string();
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
        }
    }
}
