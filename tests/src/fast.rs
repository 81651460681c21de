//! A server on this machine that answers fast, many calls at a time.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::loopback::{Request, read};

/// Answers every request with success, on connections that stay open.
pub struct Service {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Service {
    /// Makes the body of each answer from the head of its request.
    ///
    /// # Panics
    ///
    /// When nobody can listen on this machine.
    pub fn start(body: fn(&str) -> String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
        let address = listener.local_addr().expect("it is bound");
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.expect("loopback connects");
                counter.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || {
                    while let Some(Request { head, .. }) = read(&mut connection) {
                        let body = body(&head);
                        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}", body.len());
                        let reply = format!("{head}\r\n\r\n{body}");
                        if connection.write_all(reply.as_bytes()).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { address, connections }
    }

    /// Where it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made to it.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}
