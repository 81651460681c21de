//! Credentials from the file that the official SDKs share, in INI form.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::{Credentials, chain};

/// The official SDKs do not agree on the file's name.
const NAMES: [&str; 2] = ["credentials", "credentials.ini"];

pub(super) fn credentials(environment: &Environment<'_>) -> Result<Credentials, String> {
    let path = path(environment)?;
    let text = chain::read(&path)?;
    let profile = environment.profile();
    of_section(&text, profile.as_ref().map_or("default", |name| name.as_str()), &path)
}

fn path(environment: &Environment<'_>) -> Result<PathBuf, String> {
    if let Some(path) = environment.get("ALIBABA_CLOUD_CREDENTIALS_FILE") {
        return Ok(PathBuf::from(path.as_str()));
    }
    let [first, second] = NAMES.map(|name| environment.below_home(&[".alibabacloud", name]));
    let (first, second) = (first?, second?);
    Ok(if !first.exists() && second.exists() { second } else { first })
}

fn of_section(text: &str, name: &str, path: &Path) -> Result<Credentials, String> {
    let path = path.display();
    let Some(section) = section(text, name) else {
        return Err(format!("`{path}` has no section `[{name}]`"));
    };
    let required = |key: &str| {
        let value = section.iter().find(|(found, value)| *found == key && !value.is_empty());
        let lack = || format!("section `[{name}]` of `{path}` has no `{key}`");
        value.map(|(_, value)| *value).ok_or_else(lack)
    };
    let with_token = match required("type")? {
        "access_key" => false,
        "sts" => true,
        other => {
            return Err(format!(
                "section `[{name}]` of `{path}` has the type `{other}`; known are `access_key` and `sts`"
            ));
        }
    };
    let credentials = Credentials::new(required("access_key_id")?, required("access_key_secret")?);
    if with_token {
        Ok(credentials.with_security_token(required("security_token")?))
    } else {
        Ok(credentials)
    }
}

/// The keys and values of a section; comments start a line or follow white space.
fn section<'t>(text: &'t str, name: &str) -> Option<Vec<(&'t str, &'t str)>> {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| heading(line) == Some(name))?;
    let inside = lines.take_while(|line| heading(line).is_none());
    let pairs = inside.filter(|line| !line.starts_with(['#', ';']));
    let pairs = pairs.filter_map(|line| line.split_once('='));
    Some(pairs.map(|(key, value)| (key.trim(), without_comment(value.trim()))).collect())
}

fn heading(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.split_once(']').map(|(name, _)| name.trim())
}

fn without_comment(value: &str) -> &str {
    let comment = [" #", "\t#", " ;", "\t;"].iter().filter_map(|mark| value.find(mark)).min();
    comment.map_or(value, |start| value[..start].trim_end())
}
