//! Other generators of Rust from OpenAPI, as their documents say to run them.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::corpus::{OPENAPI_3_0, OPENAPI_3_1};
use crate::process::{Cost, run};

/// Another generator.
#[derive(Debug)]
pub(crate) struct Peer {
    /// Its program on the `PATH`.
    pub(crate) program: &'static str,
    /// The document that it reads; conditions make some of them stop.
    document: &'static str,
    /// Its arguments, with `{in}` and `{out}` for the document and a folder.
    arguments: &'static [&'static str],
}

/// Those that are measured where they are found.
pub(crate) const PEERS: &[Peer] = &[
    Peer {
        program: "openapi-to-rust",
        document: OPENAPI_3_1,
        arguments: &["generate", "{in}", "--output-dir", "{out}", "--quiet"],
    },
    Peer {
        program: "oas3-gen",
        document: OPENAPI_3_1,
        arguments: &["generate", "client-mod", "--input", "{in}", "--output", "{out}"],
    },
    Peer {
        program: "ploidy",
        document: OPENAPI_3_0,
        arguments: &["generate", "rust", "{in}", "{out}", "--name", "corpus"],
    },
    Peer {
        program: "cargo-progenitor",
        document: OPENAPI_3_0,
        arguments: &[
            "progenitor",
            "--input",
            "{in}",
            "--output",
            "{out}",
            "--name",
            "corpus",
            "--version",
            "0.1.0",
        ],
    },
];

impl Peer {
    /// Where it writes to.
    pub(crate) fn output(&self, corpus: &Path) -> std::path::PathBuf {
        corpus.join(self.program)
    }

    /// Generates from a made-up API.
    pub(crate) fn generate(&self, corpus: &Path) -> io::Result<Cost> {
        let output = self.output(corpus);
        if output.exists() {
            fs::remove_dir_all(&output)?;
        }
        let (input, output) = (corpus.join(self.document), output.to_string_lossy().into_owned());
        let input = input.to_string_lossy();
        let arguments = self.arguments.iter();
        let arguments =
            arguments.map(|argument| argument.replace("{in}", &input).replace("{out}", &output));
        let (cost, _) = run(Command::new(self.program).args(arguments).current_dir(corpus))?;
        Ok(cost)
    }
}
