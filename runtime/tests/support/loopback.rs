//! A server on this machine that does what a test says, byte by byte, and clients that call it.
//!
//! Knows nothing of the service but its client; whoever compiles this file has it as `crate::service`.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use crate::service::{Client, ClientBuilder, Credentials};

/// Answers request after request, each on a connection of its own.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Up to the empty line.
    pub head: String,
    /// As long as the head says.
    pub body: Vec<u8>,
}

/// What becomes of a request.
#[derive(Clone)]
pub enum Reply {
    /// These bytes are sent, and the connection ends.
    Bytes(Vec<u8>),
    /// These bytes are sent, and the connection is reset.
    Reset(Vec<u8>),
    /// These bytes are sent, and then nothing more, for good.
    Hang(Vec<u8>),
}

impl Server {
    /// Gives the first request the first reply and so on; the last reply is for all that follow.
    ///
    /// # Panics
    ///
    /// When nobody can listen on this machine.
    pub fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
        let address = listener.local_addr().expect("it is bound");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::clone(&seen);
        thread::spawn(move || {
            let mut held = Vec::new();
            for connection in listener.incoming() {
                let mut connection = connection.expect("loopback connects");
                let Some(request) = read(&mut connection) else { continue };
                let position = {
                    let mut requests = requests.lock().expect("no holder panics");
                    requests.push(request);
                    requests.len() - 1
                };
                let reply = replies.get(position).or(replies.last()).expect("there is a reply");
                held.extend(answer(connection, reply));
            }
        });
        Self { address, seen }
    }

    /// Answers every request with a status, headers and a body.
    pub fn answering(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        Self::start(vec![Reply::Bytes(response(status, headers, body))])
    }

    /// Where it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of the requests that came, in their order.
    ///
    /// # Panics
    ///
    /// When the server has.
    pub fn seen(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.head).collect()
    }

    /// The requests that came, in their order.
    ///
    /// # Panics
    ///
    /// When the server has.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("no holder panics").clone()
    }

    /// A client that calls it, with pauses that take no time.
    ///
    /// # Panics
    ///
    /// When loopback endpoints are not accepted.
    pub fn client(&self) -> Client {
        self.builder().build().expect("the settings are acceptable")
    }

    /// The builder of such a client.
    pub fn builder(&self) -> ClientBuilder<Client> {
        builder(&self.endpoint())
    }
}

/// The builder of a client for an endpoint, with keys to be found by whoever looks for them.
pub fn builder(endpoint: &str) -> ClientBuilder<Client> {
    Client::builder()
        .endpoint(endpoint)
        .credentials(credentials())
        .pauses(Duration::ZERO, Duration::ZERO)
}

/// The keys of such a client.
pub fn credentials() -> Credentials {
    Credentials::new("exampleKeyId", SECRET).with_security_token(TOKEN)
}

/// What no text may show has this in it.
pub const PLANTED: &str = "planted";
/// A secret of an access key.
pub const SECRET: &str = "planted-secret";
/// A security token.
pub const TOKEN: &str = "planted-token/+=";
/// A password, with characters that are escaped on the wire and in JSON.
pub const PASSWORD: &str = "planted-password &\"é";

/// A response as bytes.
pub fn response(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Reads a request; `None` when the other side goes away before its end.
///
/// # Panics
///
/// When its length is no number.
pub fn read(connection: &mut TcpStream) -> Option<Request> {
    const END: &[u8] = b"\r\n\r\n";
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let mut more = |bytes: &mut Vec<u8>| {
        let length = connection.read(&mut buffer).ok().filter(|length| *length > 0)?;
        bytes.extend_from_slice(&buffer[..length]);
        Some(())
    };
    let end = loop {
        more(&mut bytes)?;
        if let Some(end) = bytes.windows(END.len()).position(|window| window == END) {
            break end + END.len();
        }
    };
    let mut body = bytes.split_off(end);
    // Headers are Latin-1.
    let head: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = lengths.next().map_or(0, |(_, length)| length.parse().expect("it is a number"));
    while body.len() < length {
        more(&mut body)?;
    }
    Some(Request { head, body })
}

/// Replies; returns the connection when it has to stay open.
fn answer(mut connection: TcpStream, reply: &Reply) -> Option<TcpStream> {
    // Whoever asked may be gone already; what it makes of that is what the test is about.
    match reply {
        Reply::Bytes(bytes) => {
            let _ = connection.write_all(bytes);
            None
        }
        Reply::Reset(bytes) => {
            let _ = connection.write_all(bytes);
            let _ = SockRef::from(&connection).set_linger(Some(Duration::ZERO));
            None
        }
        Reply::Hang(bytes) => {
            let _ = connection.write_all(bytes);
            Some(connection)
        }
    }
}
