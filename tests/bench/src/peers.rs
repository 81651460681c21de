//! Other generators of Rust from OpenAPI, as their documents say to run them.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::corpus::{OPENAPI_3_0, OPENAPI_3_1};
use crate::process::{Cost, on_path, run};

/// Another generator.
#[derive(Debug)]
pub(crate) struct Peer {
    /// Its program on the `PATH`.
    pub(crate) program: &'static str,
    /// The document that it reads; conditions make some of them stop.
    document: &'static str,
    /// Its arguments, with `{in}` and `{out}` for the document and a folder.
    arguments: &'static [&'static str],
    output: Output,
}

/// What a peer writes.
#[derive(Debug)]
enum Output {
    /// A module, whose dependencies a file beside it lists.
    Module,
    /// A module, whose dependencies its documents list.
    ModuleWith(&'static str),
    /// A crate.
    Crate,
}

/// Those that are measured where they are found.
const PEERS: &[Peer] = &[
    Peer {
        program: "openapi-to-rust",
        document: OPENAPI_3_1,
        arguments: &["generate", "{in}", "--output-dir", "{out}", "--quiet"],
        output: Output::Module,
    },
    Peer {
        program: "oas3-gen",
        document: OPENAPI_3_1,
        arguments: &["generate", "client-mod", "--input", "{in}", "--output", "{out}"],
        output: Output::ModuleWith(
            "[dependencies]\n\
             anyhow = \"1\"\n\
             http = \"1\"\n\
             oas3-gen-support = \"0.29\"\n\
             reqwest = { version = \"0.13\", features = [\"form\", \"json\", \"query\"] }\n\
             serde = { version = \"1\", features = [\"derive\"] }\n\
             serde_json = \"1\"\n\
             serde_with = \"3\"\n\
             validator = { version = \"0.20\", features = [\"derive\"] }\n",
        ),
    },
    Peer {
        program: "ploidy",
        document: OPENAPI_3_0,
        arguments: &["generate", "rust", "{in}", "--output", "{out}", "--name", "corpus"],
        output: Output::Crate,
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
        output: Output::Crate,
    },
];

/// Those that are on the `PATH`.
pub(crate) fn present() -> impl Iterator<Item = &'static Peer> {
    PEERS.iter().filter(|peer| on_path(peer.program).is_some())
}

impl Peer {
    /// Generates from a made-up API into a new folder.
    pub(crate) fn generate(&self, corpus: &Path, to: &Path) -> io::Result<Cost> {
        let (input, output) = (corpus.join(self.document), to.to_string_lossy());
        let input = input.to_string_lossy();
        let arguments = self.arguments.iter();
        let arguments =
            arguments.map(|argument| argument.replace("{in}", &input).replace("{out}", &output));
        let (cost, _) = run(Command::new(self.program).args(arguments).current_dir(corpus))?;
        Ok(cost)
    }

    /// The file that is compiled first, of those that it writes.
    pub(crate) fn root(&self) -> &'static str {
        match self.output {
            Output::Module | Output::ModuleWith(_) => "mod.rs",
            Output::Crate => "src/lib.rs",
        }
    }

    /// What turns on all that was generated, beside its dependencies.
    pub(crate) fn features(&self) -> &'static [&'static str] {
        match self.output {
            Output::Module | Output::ModuleWith(_) => &["--features", "api"],
            Output::Crate => &[],
        }
    }

    /// Makes a workspace of one crate in `folder` out of what was generated `from` a made-up API;
    /// without its feature `api` a module is not part of it, so that dependencies can be compiled
    /// alone.
    pub(crate) fn workspace(&self, folder: &Path, from: &Path) -> io::Result<()> {
        let dependencies = match self.output {
            Output::Module => fs::read_to_string(from.join("REQUIRED_DEPS.toml"))?,
            Output::ModuleWith(dependencies) => dependencies.to_owned(),
            Output::Crate => {
                let name = from.file_name().unwrap_or_default().to_string_lossy();
                let manifest = format!("[workspace]\nmembers = [\"{name}\"]\nresolver = \"3\"\n");
                return fs::write(folder.join("Cargo.toml"), manifest);
            }
        };
        let manifest = format!(
            "[package]\nname = \"corpus\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [workspace]\n\n[features]\napi = []\n\n{dependencies}"
        );
        let path = from.join("mod.rs");
        let library = format!("#[cfg(feature = \"api\")]\n#[path = {path:?}]\npub mod api;\n");
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), library)
    }
}
