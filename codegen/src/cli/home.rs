//! Where the folders of services and of crates are, unless a call says it.
//!
//! Looked up from the current folder while the program runs: a copy of a repository works on itself.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::Specs;

/// A folder of services.
#[derive(Debug)]
pub(super) struct Home {
    /// The folder that the folder of services is in.
    pub(super) root: PathBuf,
    /// The name of the folder of services, below `root`.
    name: String,
    /// The service in whose folder the call is made, if it is made in one.
    here: Option<String>,
}

impl Home {
    /// The folder that a call names, or else `specs` in the current folder or the nearest one above
    /// that has it.
    pub(super) fn find(named: Option<&Path>) -> io::Result<Self> {
        let folder = match named {
            Some(named) => fs::canonicalize(named).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", named.display()))
            })?,
            None => nearest("specs")?,
        };
        let (Some(root), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(io::Error::other("the folder of services has to have a name"));
        };
        if !folder.is_dir() {
            return Err(io::Error::other(format!("{} is no folder of services", folder.display())));
        }
        let current = env::current_dir()?;
        let below = current.strip_prefix(&folder).ok().and_then(|below| below.components().next());
        let here = below.map(|service| service.as_os_str().to_string_lossy().into_owned());
        let name = name.to_string_lossy().into_owned();
        Ok(Self { root: root.to_owned(), name, here })
    }

    /// The names of the services, sorted.
    pub(super) fn services(&self) -> io::Result<Vec<String>> {
        let mut services = Vec::new();
        for entry in fs::read_dir(self.root.join(&self.name))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() && !name.starts_with('.') {
                services.push(name);
            }
        }
        services.sort();
        if services.is_empty() {
            let message = format!("`{}` has no folder with an `openapi.json`", self.name);
            return Err(io::Error::other(message));
        }
        Ok(services)
    }

    /// The service that a call names: its folder, or as much of it as no other one shares.
    pub(super) fn service(&self, asked: &str) -> io::Result<String> {
        let services = self.services()?;
        if services.iter().any(|service| service == asked) {
            return Ok(asked.to_owned());
        }
        let short = |service: &&String| {
            service.strip_prefix(asked).is_some_and(|rest| rest.starts_with('-'))
        };
        let meant: Vec<&String> = services.iter().filter(short).collect();
        match meant.as_slice() {
            [service] => Ok((*service).clone()),
            [] => Err(io::Error::other(format!(
                "`{}` has no service `{asked}`; there is {}",
                self.name,
                services.join(", ")
            ))),
            several => {
                let several: Vec<&str> = several.iter().map(|service| service.as_str()).collect();
                Err(io::Error::other(format!("`{asked}` may be {}", several.join(" or "))))
            }
        }
    }

    /// The specs of a service, whose name [`Self::services`] tells.
    pub(super) fn read(&self, service: &str) -> io::Result<Specs> {
        Specs::read(&self.root, &self.source(service))
    }

    /// How diagnostics and generated headers name a service's folder.
    pub(super) fn source(&self, service: &str) -> String {
        format!("{}/{service}", self.name)
    }

    /// The one service that a verb is about: the one that the call names, or else the one in whose
    /// folder it is made, or else the only one for which `fits` holds.
    pub(super) fn choose(
        &self,
        asked: Option<&str>,
        fits: impl Fn(&Specs) -> bool,
    ) -> io::Result<Specs> {
        if let Some(asked) = asked.or(self.here.as_deref()) {
            return self.read(&self.service(asked)?);
        }
        let services = self.services()?;
        if let [only] = services.as_slice() {
            return self.read(only);
        }
        let mut fitting = Vec::new();
        for service in &services {
            let specs = self.read(service)?;
            if fits(&specs) {
                fitting.push((service, specs));
            }
        }
        match fitting.len() {
            1 => Ok(fitting.remove(0).1),
            0 => Err(io::Error::other(format!(
                "none of {} has it; `--service NAME` chooses one",
                services.join(", ")
            ))),
            _ => {
                let names: Vec<&str> =
                    fitting.iter().map(|(service, _)| service.as_str()).collect();
                let message = format!("it may be {}; say `--service NAME`", names.join(" or "));
                Err(io::Error::other(message))
            }
        }
    }

    /// The specs of the service that has an operation, unless the call names another one.
    pub(super) fn with_operation(&self, asked: Option<&str>, operation: &str) -> io::Result<Specs> {
        let path = format!("operations/{operation}.json");
        let has_it = |specs: &Specs| specs.files().iter().any(|file| file.path == path);
        self.choose(asked, has_it).map_err(|error| {
            io::Error::new(error.kind(), format!("operation `{operation}`: {error}"))
        })
    }
}

/// A folder of this name in the current folder, or in the nearest one above that has it.
pub(super) fn nearest(name: &str) -> io::Result<PathBuf> {
    let current = env::current_dir()?;
    let found = current.ancestors().map(|folder| folder.join(name)).find(|folder| folder.is_dir());
    found.ok_or_else(|| {
        let message =
            format!("neither here nor above is a folder `{name}`; `--specs DIR` names one");
        io::Error::other(message)
    })
}

/// The way from one folder to another, both absolute and without links, with `/` between its parts;
/// the whole path where there is no common start.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let starts_apart = !from.is_empty() && shared == 0;
    let up = if starts_apart { 0 } else { from.len() - shared };
    let down = if starts_apart { to.as_slice() } else { &to[shared..] };
    let down = down.iter().map(|part| match part {
        Component::RootDir => String::new(),
        part => part.as_os_str().to_string_lossy().into_owned(),
    });
    let parts: Vec<String> = std::iter::repeat_n("..".to_owned(), up).chain(down).collect();
    parts.join("/")
}
