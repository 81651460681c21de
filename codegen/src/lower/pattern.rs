//! `pattern` → a check, when ECMA 262 and the `regex` crate read it alike.
//!
//! JSON Schema's patterns are ECMA 262; generated code runs the `regex` crate. What the two read
//! differently (`\d`, `.`, `\b`, …) is an error that says how to write it so that they agree.

use regex_syntax::ast::{self, Ast};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::diagnostic::{Code, Sink};
use crate::model::limit::Check;
use crate::source::Spanned;

/// Maps a pattern; reports one that the two would not read alike.
pub(super) fn lower(source: &Spanned<String>, sink: &mut Sink) -> Option<Check> {
    let pattern = &source.value;
    let parsed = ast::parse::Parser::new().parse(pattern).map_err(|error| error.kind().to_string());
    let portable = parsed.and_then(|ast| {
        ast::visit(&ast, Portable).map_err(str::to_owned)?;
        regex::Regex::new(pattern).map_err(|error| error.to_string())
    });
    if let Err(reason) = portable {
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

/// Stops at the first thing that ECMA 262 and the `regex` crate read differently.
struct Portable;

impl ast::Visitor for Portable {
    type Output = ();
    type Err = &'static str;

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        match ast {
            Ast::Flags(_) => Err("flags such as `(?i)` are not ECMA 262"),
            Ast::Dot(_) => Err("write `[^\\n\\r\\u2028\\u2029]` instead of `.`"),
            Ast::ClassPerl(class) => Err(perl(class)),
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                _ => Err("no assertion but `^` and `$` can be used"),
            },
            Ast::Group(group) => match &group.kind {
                ast::GroupKind::CaptureIndex(_) => Ok(()),
                ast::GroupKind::NonCapturing(flags) if flags.items.is_empty() => Ok(()),
                _ => Err("groups are written `(…)` or `(?:…)`"),
            },
            Ast::Literal(literal) if is_bare(literal, "]{}") => {
                Err("write a backslash before `]`, `{` and `}`")
            }
            Ast::Literal(literal) => portable_literal(literal),
            Ast::Repetition(repetition) => match repetition.ast.as_ref() {
                Ast::Repetition(_) => Err("a repetition cannot be repeated without a group"),
                Ast::Assertion(_) => Err("`^` and `$` cannot be repeated"),
                _ => Ok(()),
            },
            Ast::ClassUnicode(class) => unicode(class),
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ast::ClassSetItem::Ascii(_) => Err("classes such as `[:alpha:]` are not ECMA 262"),
            ast::ClassSetItem::Bracketed(_) => Err("a class cannot stand inside a class"),
            ast::ClassSetItem::Perl(class) => Err(perl(class)),
            ast::ClassSetItem::Unicode(class) => unicode(class),
            ast::ClassSetItem::Literal(literal) if is_bare(literal, "][") => {
                Err("write a backslash before `[` and `]` in a class")
            }
            ast::ClassSetItem::Literal(literal) => portable_literal(literal),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(
        &mut self,
        _: &ast::ClassSetBinaryOp,
    ) -> Result<(), Self::Err> {
        Err("`&&`, `--` and `~~` in a class are not ECMA 262")
    }
}

fn perl(class: &ast::ClassPerl) -> &'static str {
    match class.kind {
        ast::ClassPerlKind::Digit => "write `[0-9]` instead of `\\d`, `[^0-9]` instead of `\\D`",
        ast::ClassPerlKind::Space => "write the characters instead of `\\s` or `\\S`",
        ast::ClassPerlKind::Word => {
            "write `[A-Za-z0-9_]` instead of `\\w`, `[^A-Za-z0-9_]` instead of `\\W`"
        }
    }
}

/// Whether it is one of these characters, written without a backslash.
fn is_bare(literal: &ast::Literal, characters: &str) -> bool {
    literal.kind == ast::LiteralKind::Verbatim && characters.contains(literal.c)
}

/// ECMA 262 knows `\p{Lu}` and `\p{Script=Greek}`; what else the `regex` crate reads it does not.
fn unicode(class: &ast::ClassUnicode) -> Result<(), &'static str> {
    match &class.kind {
        ast::ClassUnicodeKind::Named(name) if name.len() <= 2 => Ok(()),
        ast::ClassUnicodeKind::NamedValue { op: ast::ClassUnicodeOpKind::Equal, name, .. }
            if name == "Script" =>
        {
            Ok(())
        }
        _ => Err("write `\\p{Lu}` for a category and `\\p{Script=Greek}` for a script"),
    }
}

fn portable_literal(literal: &ast::Literal) -> Result<(), &'static str> {
    match literal.kind {
        ast::LiteralKind::HexBrace(_) => Err("write `\\xHH` or `\\uHHHH`"),
        ast::LiteralKind::HexFixed(ast::HexLiteralKind::UnicodeLong) => Err("write `\\uHHHH`"),
        ast::LiteralKind::Superfluous => Err("a backslash stands before a plain character"),
        ast::LiteralKind::Octal => Err("write `\\xHH` instead of an octal escape"),
        ast::LiteralKind::Special(ast::SpecialLiteralKind::Bell) => Err("write `\\x07`"),
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
