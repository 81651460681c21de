//! `pattern` → a check, when ECMA 262 and the `regex` crate read it alike.
//!
//! JSON Schema's patterns are ECMA 262; generated code runs the `regex` crate. What the two read
//! differently (`\d`, `.`, `\b`, …) is an error that says how to write it so that they agree.

use std::borrow::Cow;

use regex_syntax::ast::{self, Ast};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::diagnostic::{Code, Sink};
use crate::model::limit::Check;
use crate::source::Spanned;

/// Maps a pattern; reports one that the two would not read alike.
pub(super) fn check(source: &Spanned<String>, sink: &mut Sink) -> Option<Check> {
    let pattern = &source.value;
    if let Err(reason) = read(pattern) {
        sink.error_with_help(
            Code::InvalidPattern,
            source.origin,
            format!("the pattern cannot be used: {reason}"),
            "specs/README.md says which part of ECMA 262 a pattern may use",
        );
        return None;
    }
    Some(characters(pattern).unwrap_or_else(|| Check::Pattern(pattern.clone())))
}

/// Whether a pattern is one that the two read alike.
pub(crate) fn is_portable(pattern: &str) -> bool {
    read(pattern).is_ok()
}

fn read(pattern: &str) -> Result<(), String> {
    let parsed = ast::parse::Parser::new().parse(pattern).map_err(|error| error.kind().to_string());
    ast::visit(&parsed?, Portable).map_err(Cow::into_owned)?;
    regex::Regex::new(pattern).map(drop).map_err(|error| error.to_string())
}

/// Why a pattern is refused.
type Reason = Cow<'static, str>;

fn refused(reason: impl Into<Reason>) -> Result<(), Reason> {
    Err(reason.into())
}

/// A character as both can write it.
fn escaped(character: char) -> String {
    match u32::from(character) {
        code @ ..=0xFF => format!("\\x{code:02X}"),
        code @ ..=0xFFFF => format!("\\u{code:04X}"),
        _ => character.to_string(),
    }
}

/// Stops at the first thing that ECMA 262 and the `regex` crate read differently.
struct Portable;

impl ast::Visitor for Portable {
    type Output = ();
    type Err = Reason;

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        match ast {
            Ast::Flags(_) => refused("flags such as `(?i)` are not ECMA 262"),
            Ast::Dot(_) => refused("write `[^\\n\\r\\u2028\\u2029]` instead of `.`"),
            Ast::ClassPerl(class) => refused(perl(class)),
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                _ => refused("no assertion but `^` and `$` can be used"),
            },
            Ast::Group(group) => match &group.kind {
                ast::GroupKind::CaptureIndex(_) => Ok(()),
                ast::GroupKind::NonCapturing(flags) if flags.items.is_empty() => Ok(()),
                _ => refused("groups are written `(…)` or `(?:…)`"),
            },
            Ast::Literal(literal) if is_bare(literal, "]{}") => {
                refused("write a backslash before `]`, `{` and `}`")
            }
            Ast::Literal(literal) => portable_literal(literal),
            Ast::Repetition(repetition) => match repetition.ast.as_ref() {
                Ast::Repetition(_) => refused("a repetition cannot be repeated without a group"),
                Ast::Assertion(_) => refused("`^` and `$` cannot be repeated"),
                _ => Ok(()),
            },
            Ast::ClassUnicode(class) => unicode(class),
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ast::ClassSetItem::Ascii(_) => refused("classes such as `[:alpha:]` are not ECMA 262"),
            ast::ClassSetItem::Bracketed(_) => refused("a class cannot stand inside a class"),
            ast::ClassSetItem::Perl(class) => refused(perl_in_class(class)),
            ast::ClassSetItem::Unicode(class) => unicode(class),
            ast::ClassSetItem::Literal(literal) if is_bare(literal, "][") => {
                refused("write a backslash before `[` and `]` in a class")
            }
            ast::ClassSetItem::Literal(literal) => portable_literal(literal),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(
        &mut self,
        _: &ast::ClassSetBinaryOp,
    ) -> Result<(), Self::Err> {
        refused("`&&`, `--` and `~~` in a class are not ECMA 262")
    }
}

/// What ECMA 262 takes for white space.
const SPACE: &str = r"\t\n\x0B\f\r \xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

fn perl(class: &ast::ClassPerl) -> String {
    let (name, characters) = letters(class);
    if class.negated {
        let name = name.to_ascii_uppercase();
        format!("write `[^{characters}]` instead of `\\{name}`")
    } else {
        format!("write `[{characters}]` instead of `\\{name}`")
    }
}

/// A class in a class is not ECMA 262, so its characters stand there alone.
fn perl_in_class(class: &ast::ClassPerl) -> String {
    let (name, characters) = letters(class);
    if class.negated {
        let name = name.to_ascii_uppercase();
        format!("a class says what it has: `\\{name}` has all but `{characters}`")
    } else {
        format!("write `{characters}` instead of `\\{name}`")
    }
}

/// The letter of a class, and what stands in it.
fn letters(class: &ast::ClassPerl) -> (char, &'static str) {
    match class.kind {
        ast::ClassPerlKind::Digit => ('d', "0-9"),
        ast::ClassPerlKind::Space => ('s', SPACE),
        ast::ClassPerlKind::Word => ('w', "A-Za-z0-9_"),
    }
}

/// Whether it is one of these characters, written without a backslash.
fn is_bare(literal: &ast::Literal, characters: &str) -> bool {
    literal.kind == ast::LiteralKind::Verbatim && characters.contains(literal.c)
}

/// ECMA 262 knows `\p{Lu}` and `\p{Script=Greek}`; what else the `regex` crate reads it does not.
fn unicode(class: &ast::ClassUnicode) -> Result<(), Reason> {
    match &class.kind {
        ast::ClassUnicodeKind::Named(name) if name.len() <= 2 => Ok(()),
        ast::ClassUnicodeKind::NamedValue { op: ast::ClassUnicodeOpKind::Equal, name, .. }
            if name == "Script" =>
        {
            Ok(())
        }
        _ => refused("write `\\p{Lu}` for a category and `\\p{Script=Greek}` for a script"),
    }
}

fn portable_literal(literal: &ast::Literal) -> Result<(), Reason> {
    match literal.kind {
        ast::LiteralKind::HexBrace(_)
        | ast::LiteralKind::HexFixed(ast::HexLiteralKind::UnicodeLong) => {
            refused(format!("write `{}`", escaped(literal.c)))
        }
        // Where a pattern stands between two `/`, that is the only way to write one.
        ast::LiteralKind::Superfluous if literal.c == '/' => Ok(()),
        ast::LiteralKind::Superfluous => {
            refused(format!("write `{0}` instead of `\\{0}`: it is a plain character", literal.c))
        }
        ast::LiteralKind::Octal => refused("write `\\xHH` instead of an octal escape"),
        ast::LiteralKind::Special(ast::SpecialLiteralKind::Bell) => refused("write `\\x07`"),
        _ => Ok(()),
    }
}

/// The check that a pattern of the form `^[…]*$` or `^[…]+$` amounts to.
fn characters(pattern: &str) -> Option<Check> {
    let hir: Hir = regex_syntax::parse(pattern).ok()?;
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let [start, middle, end] = parts.as_slice() else { return None };
    let anchored = matches!(start.kind(), HirKind::Look(Look::Start))
        && matches!(end.kind(), HirKind::Look(Look::End));
    let HirKind::Repetition(repetition) = middle.kind() else { return None };
    let ranges = match repetition.sub.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().map(|range| (range.start(), range.end())).collect()
        }
        _ => return None,
    };
    if !anchored || repetition.max.is_some() {
        return None;
    }
    let min = repetition.min.into();
    Some(Check::Characters { pattern: pattern.to_owned(), ranges, min })
}
