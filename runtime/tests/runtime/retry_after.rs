//! How long a service wants to be left alone, in every form in which it can be said: on a transport that
//! needs no network, in time that passes only while everybody waits.

use std::time::Duration;

use crate::scripted::{Scripted, builder, client, request, status};
use crate::service::transport::{HttpResponse, TransportError, TransportErrorKind};
use crate::service::{Client, Error, ErrorKind};
use tokio::time::Instant;

async fn fails(client: &Client) -> Error {
    client.create_get_db_list_from_agent_task(request()).await.expect_err("it fails for good")
}

#[tokio::test(start_paused = true)]
async fn a_service_is_left_alone_for_as_long_as_it_wants() {
    let busy = HttpResponse::new(429, "").with_header("X-Acs-Retry-After", "1234");
    let transport = Scripted::new([Ok(busy), status(200)]);
    let client = client(&transport);
    client.create_get_db_list_from_agent_task(request()).await.expect("the second is answered");
    assert_eq!(transport.pauses(), [Duration::from_millis(1234)]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_longer_than_the_call_may_take_ends_it_at_once() {
    for wish in ["30000", "18446744073709551615"] {
        let busy = HttpResponse::new(429, "").with_header("x-acs-retry-after", wish);
        let transport = Scripted::new([Ok(busy)]);
        let started = Instant::now();
        let error = fails(&client(&transport)).await;
        let ErrorKind::Service(inner) = error.kind() else { panic!("{error:?}") };
        assert_eq!(
            inner.retry_after.map(|wish| wish.as_millis().to_string()).as_deref(),
            Some(wish)
        );
        assert_eq!((started.elapsed(), error.attempts()), (Duration::ZERO, 1));
    }
    for nonsense in ["soon", "-1", "1.5", "", "99999999999999999999"] {
        let busy = HttpResponse::new(429, "").with_header("x-acs-retry-after", nonsense);
        let error = fails(&client(&Scripted::new([Ok(busy)]))).await;
        assert_eq!(error.attempts(), 3, "`{nonsense}` is no wish");
    }
}

/// The pause after a 503 with these headers, and how many attempts are made in all.
async fn pause_after(headers: &[(&str, &str)]) -> (Option<Duration>, usize) {
    let busy = headers.iter().fold(HttpResponse::new(503, ""), |response, (name, value)| {
        response.with_header(*name, *value)
    });
    let transport = Scripted::new([Ok(busy), status(200)]);
    // Pauses of our own take no time.
    let client = builder(&transport).pauses(Duration::ZERO, Duration::ZERO).build();
    let client: Client = client.expect("the settings are acceptable");
    // Whether it succeeds is the number of attempts.
    let _ = client.create_get_db_list_from_agent_task(request()).await;
    (transport.pauses().first().copied(), transport.attempts())
}

#[tokio::test(start_paused = true)]
async fn what_http_says_of_when_to_come_back_counts_like_what_the_service_says() {
    let date = ("Date", "Fri, 27 Nov 2026 09:59:50 GMT");
    let seconds = Duration::from_secs;
    for (headers, pause) in [
        (vec![("Retry-After", "1")], seconds(1)),
        (vec![("retry-after", " 29 ")], seconds(29)),
        (vec![("retry-after", "0")], seconds(0)),
        (vec![("Retry-After", "Fri, 27 Nov 2026 10:00:00 GMT"), date], seconds(10)),
        (vec![("Retry-After", "Friday, 27-Nov-26 10:00:00 GMT"), date], seconds(10)),
        (vec![("Retry-After", "Fri Nov 27 10:00:00 2026"), date], seconds(10)),
        (
            vec![
                ("Retry-After", "Sun Nov  1 10:00:00 2026"),
                ("date", "Sun, 01 Nov 2026 09:59:59 GMT"),
            ],
            seconds(1),
        ),
        // The service's own header says it to the millisecond.
        (vec![("Retry-After", "9"), ("x-acs-retry-after", "1234")], Duration::from_millis(1234)),
        (vec![("Retry-After", "9"), ("x-acs-retry-after", "soon")], seconds(9)),
    ] {
        assert_eq!(pause_after(&headers).await, (Some(pause), 2), "{headers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_no_time_to_come_back_changes_nothing() {
    let date = ("date", "Fri, 27 Nov 2026 09:59:50 GMT");
    for nonsense in [
        "",
        "soon",
        "-1",
        "+1",
        "1.5",
        "1 s",
        "0x1",
        "99999999999999999999",
        "Fri, 27 Nov 2026 09:59:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 99 Nov 2026 10:00:00 GMT",
        "2026-11-27T10:00:00Z",
        "Fri, 27 Nov 99999 10:00:00 GMT",
    ] {
        let pause = pause_after(&[("retry-after", nonsense), date]).await;
        assert_eq!(pause, (Some(Duration::ZERO), 2), "`{nonsense}`");
    }
}

#[tokio::test(start_paused = true)]
async fn no_call_waits_past_its_end() {
    let date = ("date", "Fri, 27 Nov 2026 09:59:50 GMT");
    for late in ["30", "86400", "18446744073709551615", "Thu, 01 Jan 2099 00:00:00 GMT"] {
        let started = Instant::now();
        let pause = pause_after(&[("retry-after", late), date]).await;
        assert_eq!((pause, started.elapsed()), ((None, 1), Duration::ZERO), "{late}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_that_breaks_off_says_when_to_come_back_too() {
    let began = HttpResponse::new(503, "").with_header("retry-after", "7");
    let error = TransportError::new(TransportErrorKind::Incomplete, "on purpose");
    let transport = Scripted::new([Err(error.with_response(&began)), status(200)]);
    let call = client(&transport).create_get_db_list_from_agent_task(request());
    call.await.expect("the second is answered");
    assert_eq!(transport.pauses(), [Duration::from_secs(7)]);
}
