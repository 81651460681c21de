//! The tables of the package's README, for tests that compare them with what they are about.

const README: &str = include_str!("../../README.md");

/// The rows of the tables below a heading, as cells, without the heads of the tables.
pub fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, section) = README.split_once(&format!("\n## {heading}\n")).expect("it is a section");
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let lines: Vec<&str> = section.lines().collect();
    let heads = |position: usize| {
        let below = lines.get(position + 1);
        lines[position].starts_with("|-") || below.is_some_and(|line| line.starts_with("|-"))
    };
    let rows = (0..lines.len()).filter(|at| lines[*at].starts_with('|') && !heads(*at));
    rows.map(|at| lines[at].trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What stands in a text as code.
pub fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
