//! What the examples share: arguments of the form `--name value`, pauses, and how a program ends.

use std::error::Error;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use alibabacloud_dbs::ClientBuilder;

/// What a program prints, or why it cannot.
pub type Outcome = Result<String, Box<dyn Error>>;

/// Arguments of the form `--name value`.
pub struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// Takes the arguments of a program apart.
    pub fn parse(
        mut arguments: impl Iterator<Item = String>,
        known: &[&str],
    ) -> Result<Self, Box<dyn Error>> {
        let mut found = Vec::new();
        while let Some(argument) = arguments.next() {
            let name = argument.strip_prefix("--").filter(|name| known.contains(name));
            let usage = || format!("`{argument}` is none of `--{}`", known.join("`, `--"));
            let name = name.ok_or_else(usage)?.to_owned();
            let value = arguments.next().ok_or_else(|| format!("`{argument}` needs a value"))?;
            found.push((name, value));
        }
        Ok(Self(found))
    }

    /// The value of an argument that may be missing.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The value of an argument that may not.
    pub fn required<T: FromStr>(&self, name: &str) -> Result<T, Box<dyn Error>>
    where
        T::Err: Error + 'static,
    {
        let value = self.get(name).ok_or_else(|| format!("`--{name}` is missing"))?;
        Ok(value.parse()?)
    }

    /// `--pause` in seconds, or five.
    #[allow(dead_code, reason = "only the examples that wait for something need it")]
    pub fn pause(&self) -> Result<Duration, Box<dyn Error>> {
        Ok(Duration::from_secs(self.get("pause").map_or(Ok(5), str::parse)?))
    }

    /// Passes `--region` and `--endpoint` on.
    pub fn connect<C>(&self, mut client: ClientBuilder<C>) -> ClientBuilder<C> {
        if let Some(region) = self.get("region") {
            client = client.region(region);
        }
        match self.get("endpoint") {
            Some(endpoint) => client.endpoint(endpoint),
            None => client,
        }
    }
}

/// Prints the outcome.
pub fn exit(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
