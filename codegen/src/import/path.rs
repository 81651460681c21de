//! Templates of paths.

/// The names between braces, in their order.
pub(super) fn names(template: &str) -> Vec<String> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

/// The template with braces around declared parameters that stand in brackets.
pub(super) fn in_braces(template: &str, is_declared: impl Fn(&str) -> bool) -> String {
    let segments = template.split('/').map(|segment| {
        let name = segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match name.filter(|name| is_declared(name)) {
            Some(name) => format!("{{{name}}}"),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The template without the names of its parameters: two that are equal so are one path.
pub(super) fn shape(template: &str) -> String {
    let mut parts = template.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    shape
}
