//! Doc comments, kept apart from the tokens that they document, and what their texts point to.
//!
//! As a token, a text is escaped, and read back from its escapes twice before it is printed, which
//! costs more than all the code around it. So tokens have but the number of a comment, and the
//! formatter puts its lines there.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;

use crate::blueprint::links::Links;

/// The doc comments of one file, each the lines that it has.
#[derive(Debug)]
pub(crate) struct Comments<'s> {
    pub(super) links: Links<'s>,
    lines: RefCell<Vec<Vec<String>>>,
}

/// Stands before the number of a comment; no line of a file has it, being a control character.
const MARK: char = '\u{1f}';

impl<'s> Comments<'s> {
    pub(super) fn new(links: Links<'s>) -> Self {
        Self { links, lines: RefCell::default() }
    }

    /// Lines → `#[doc = "…"]`, which becomes a `///` comment for each of them.
    pub(super) fn outer(&self, lines: Vec<String>) -> Option<TokenStream> {
        self.add(lines).map(|number| quote! { #[doc = #number] })
    }

    /// Lines → `#![doc = "…"]`.
    pub(super) fn inner(&self, lines: Vec<String>) -> Option<TokenStream> {
        self.add(lines).map(|number| quote! { #![doc = #number] })
    }

    /// The number of the comment; none for one that says nothing.
    fn add(&self, lines: Vec<String>) -> Option<String> {
        if lines.is_empty() {
            return None;
        }
        let mut all = self.lines.borrow_mut();
        all.push(lines);
        Some(format!("{MARK}{}", all.len() - 1))
    }

    /// What stands on a formatted line before the number of a comment, and the comment's lines.
    pub(crate) fn take<'t>(&mut self, line: &'t str) -> Option<(&'t str, Vec<String>)> {
        let (start, number) = line.split_once(MARK)?;
        let number: usize = number.parse().ok()?;
        self.lines.get_mut().get_mut(number).map(|lines| (start, std::mem::take(lines)))
    }
}
