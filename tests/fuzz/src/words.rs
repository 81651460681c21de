//! What mutants say: keywords, numbers at the edges, and texts that try to become code.

use fastrand::Rng;

/// A letter that no name may have, so that it never is part of an identifier by right. Every hostile
/// text has it.
pub(crate) const CANARY: char = 'Ж';

/// Texts that end a string, a comment, a doc comment, a line, a table or a code block, or hide.
const HOSTILE: &[&str] = &[
    "Ж",
    "\"; fn Ж() {} //",
    "*/ fn Ж() {} /*",
    "\n```\nЖ!();\n```\n",
    "```Ж",
    "~~~\nЖ\n~~~",
    "#[Ж]",
    "#![Ж = \"Ж\"]",
    "\rfn Ж() {}",
    "\u{2028}fn Ж() {}",
    "\u{85}fn Ж() {}",
    "{Ж}",
    "\\",
    "\\\"Ж",
    "'Ж'",
    "r#\"Ж\"#",
    "\"#Ж",
    "\u{202e}Ж\u{2066}",
    "\u{feff}Ж",
    "<script>Ж</script>",
    "    Ж::indented();",
    "\tЖ",
    "- Ж\n- Ж",
    "| Ж | Ж |",
    "--> Ж <!--",
    "../../Ж",
    "/Ж",
    "Ж\0",
    "\u{7f}Ж",
    "\u{1b}[31mЖ",
    "\"\n[dependencies]\nЖ = \"1\"\n",
    "` Ж `` Ж ```",
    "[Ж](Ж)",
    "[Ж]: https://Ж",
    "https://Ж.example/Ж?a=`Ж`",
    "$(Ж)",
    "{{Ж}} {0} {}",
    "&Ж; &#1046;",
    "/// Ж",
    "//! Ж",
    "/* Ж",
    "𐐀Ж\u{301}",
    " ",
    "",
];

/// Names that mean something to Rust, to Cargo or to the generated code.
const NAMES: &[&str] = &[
    "self",
    "Self",
    "crate",
    "super",
    "_",
    "__",
    "type",
    "Type",
    "async",
    "gen",
    "try",
    "fn",
    "r#fn",
    "r#",
    "default",
    "Default",
    "serde",
    "mod",
    "Mod",
    "main",
    "new",
    "New",
    "validate",
    "Unknown",
    "unknown",
    "Option",
    "Vec",
    "String",
    "str",
    "u8",
    "i32",
    "bool",
    "VALUES",
    "as_str",
    "a",
    "A",
    "1a",
    "8Core64GB",
    "a.b",
    "a-b",
    "a_b",
    "aB",
    "<",
    "<=",
    "request",
    "Request",
    "response",
    "context",
    "Context",
    "client",
    "endpoints",
    "operations",
    "types",
    "CON",
    "nul",
    "x",
    "macro_rules",
    "union",
    "raw",
    "safe",
    "dyn",
    "abstract",
    "Result",
    "Ok",
    "Err",
    "Some",
    "None",
    "Box",
    "core",
    "std",
    "alloc",
    "alibabacloud_runtime",
];

/// Numbers at the edges of the types that they go into.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "63",
    "64",
    "65",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "0.1",
    "1.0",
    "1e3",
    "1e400",
    "-1e400",
    "1e-400",
    "0.30000000000000004",
    "123456789012345678901234567890",
    "1000",
    "4294967296",
    "1E+2",
    "5e-324",
];

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "object", "array", "null"];

const FORMATS: &[&str] = &["int32", "int64", "double", "float", "password", "date", "binary"];

/// Where parameters stand, in specs and in metadata, and how they are written.
const PLACES: &[&str] =
    &["querystring", "path", "header", "query", "cookie", "formData", "body", "host"];

const STYLES: &[&str] =
    &["RPC", "ROA", "V3", "form", "repeatList", "flat", "json", "simple", "deepObject"];

/// Keys of `paths`, and paths of metadata.
const PATHS: &[&str] = &[
    "/",
    "/{id}",
    "/a/{id}",
    "/{id}/{id}",
    "/a:b/[c]/{id}",
    "/{requestPath}/*",
    "/*",
    "//",
    "/{",
    "",
];

const METHODS: &[&str] = &["post", "get", "put", "delete", "patch", "head", "options", "POST"];

/// Pointers into answers.
const POINTERS: &[&str] =
    &["/NextToken", "/Things/Thing", "/TotalCount", "/IsTruncated", "/Missing", "", "/", "/~2"];

const PATTERNS: &[&str] = &[
    "^[a-z]*$",
    "^[^a-z]+$",
    "(a|b)*",
    "^(a{1000}){1000}$",
    "\\d",
    "(?i)a",
    "[",
    "(a*)*b",
    "^$",
    "Ж",
    "[Ж-я]{2,5}",
    "^[\\u0400-\\u04ff]+$",
    "\\p{Lu}",
    "a{999999999}",
    "((((((((((a))))))))))",
    "",
];

const REFERENCES: &[&str] = &[
    "#",
    "#/components/schemas/Zone",
    "#/components/schemas/",
    "#/post/x-requirements/allOf/0",
    "Node.json",
    "../schemas/Item.json",
    "#/post",
    "#/properties",
    "#/$defs/A",
    "#/post/parameters/0/content/application~1x-www-form-urlencoded/schema",
    "#/post/parameters/0/content/application~1x-www-form-urlencoded/schema/allOf/0",
    "#/post/parameters/0/content/application~1x-www-form-urlencoded/schema/allOf/1/if",
    "DatabaseType.json",
    "BackupObject.json",
    "../schemas/DatabaseType.json",
    "../schemas/BackupObject.json",
    "../schemas/BackupObjectTable.json",
    "../schemas/BackupPlanContext.json",
    "../schemas/SourceEndpointInstanceType.json",
    "../schemas/Missing.json",
    "../../../etc/passwd",
    "https://example.com/Ж.json",
    "../schemas/./DatabaseType.json",
    "../schemas/..",
    "../schemas/.json",
    "operations/ModifyBackupSourceEndpoint.json",
];

/// Keys that the generator knows, and some that it does not.
const KEYS: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentMediaType",
    "contentSchema",
    "default",
    "dependentRequired",
    "dependentSchemas",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "then",
    "title",
    "type",
    "uniqueItems",
    "x-context",
    "x-envelope",
    "x-name",
    "x-whole-path",
    "x-requirements",
    "x-dependencies",
    "IF",
    "IF a THEN b;",
    "Or(a, NOT b)",
    "a + b <= 5",
    "ZeroOrOne([x-y], Id=='a'|'b');",
    "IF Id LIKE '*a' THEN (",
    "x-effective-when",
    "x-pagination",
    "x-progress",
    "x-wait",
    "x-style",
    "x-access",
    "x-package",
    "x-regions",
    "x-network",
    "security",
    "securitySchemes",
    "scheme",
    "requestBody",
    "encoding",
    "contentType",
    "explode",
    "application/x-www-form-urlencoded",
    "in",
    "name",
    "token",
    "nextToken",
    "hasMore",
    "pageNumber",
    "pageSize",
    "firstPage",
    "totalItems",
    "code",
    "message",
    "put",
    "delete",
    "head",
    "204",
    "deprecated",
    "apis",
    "style",
    "product",
    "version",
    "components",
    "schemas",
    "methods",
    "path",
    "operationType",
    "endpoints",
    "regionId",
    "endpoint",
    "requestId",
    "success",
    "text/plain",
    "application/json",
    "application/octet-stream",
    "x-document",
    "x-idempotency-token",
    "x-relations",
    "x-ram",
    "x-error-codes",
    "example",
    "content",
    "schema",
    "operationId",
    "summary",
    "parameters",
    "responses",
    "post",
    "get",
    "externalDocs",
    "200",
    "403",
    "500",
    "servers",
    "paths",
    "info",
    "SourceEndpointInstanceType",
    "SourceEndpointPort",
    "BackupPlanId",
    "DatabaseType",
    "BackupObjects",
    "BackupGatewayId",
    "SourceEndpointRegion",
];

fn pick(random: &mut Rng, words: &[&'static str]) -> &'static str {
    words[random.usize(..words.len())]
}

/// A text that tries to become code.
pub(crate) fn hostile(random: &mut Rng) -> String {
    let text = pick(random, HOSTILE);
    match random.u8(..32) {
        0 => text.repeat(random.usize(1..2_000)),
        1 => format!("{text}{}", pick(random, HOSTILE)),
        _ => text.to_owned(),
    }
}

/// A text of any kind.
pub(crate) fn text(random: &mut Rng) -> String {
    match random.u8(..10) {
        0..4 => hostile(random),
        4 | 5 => pick(random, NAMES).to_owned(),
        6 => pick(random, TYPES).to_owned(),
        7 => {
            let words = [FORMATS, PLACES, STYLES, PATHS, METHODS, POINTERS];
            let words = words[random.usize(..words.len())];
            pick(random, words).to_owned()
        }
        8 => pick(random, PATTERNS).to_owned(),
        _ => pick(random, REFERENCES).to_owned(),
    }
}

/// What descriptions are made of that look as if they stated rules.
const PHRASES: &[&str] = &[
    "If ",
    "when ",
    "only if ",
    "unless ",
    "A",
    "`b`",
    "**Mode**",
    "this parameter",
    "Ж",
    " is set to ",
    " is ",
    "x",
    " is required",
    " must be specified",
    "You must specify ",
    "at least one of ",
    "only one of ",
    "cannot both be empty",
    " must be less than ",
    "Valid values",
    ": ",
    " to ",
    "1",
    "9",
    ", ",
    " and ",
    " or ",
    ". ",
    "\n",
    "\n- ",
    "> ",
    "(",
    ")",
    "当",
    "如果",
    "为",
    "时",
    "，",
    "、",
    "和",
    "该参数",
    "必填",
    "不能同时",
    "为空",
    "至少填写一个",
    "互斥",
    "大于",
    "。",
    "\u{202e}",
];

/// A description that looks as if it stated rules, and mostly does not.
fn sentences(random: &mut Rng) -> String {
    let length = if random.u8(..32) == 0 { 4_000 } else { 40 };
    (0..random.usize(1..length)).map(|_| pick(random, PHRASES)).collect()
}

/// A key: mostly one that exists.
pub(crate) fn key(random: &mut Rng) -> String {
    match random.u8(..8) {
        0 => hostile(random),
        1 => pick(random, NAMES).to_owned(),
        _ => pick(random, KEYS).to_owned(),
    }
}

/// A number as JSON writes it.
pub(crate) fn number(random: &mut Rng) -> String {
    pick(random, NUMBERS).to_owned()
}

/// What a string of this key is likely to be changed to.
pub(crate) fn text_for(key: Option<&str>, random: &mut Rng) -> String {
    let words = match key {
        Some("type") => TYPES,
        Some("format") => FORMATS,
        Some("pattern") => PATTERNS,
        Some("$ref") => REFERENCES,
        Some("in") => PLACES,
        Some("style" | "x-style") => STYLES,
        Some("path" | "x-whole-path") => PATHS,
        Some("token" | "nextToken" | "hasMore" | "items") => POINTERS,
        Some("x-name") => NAMES,
        Some("description") => return sentences(random),
        _ => return text(random),
    };
    pick(random, words).to_owned()
}
