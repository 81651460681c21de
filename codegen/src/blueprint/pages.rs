//! What a request tells of the list that its answers are pages of.

use super::field_type::FieldType;
use crate::findings::Findings;
use crate::model::{Operation, PageTurn, Step};
use crate::naming::Name;

/// How the pages of a list are asked for and read. A way leads from the response to a member.
#[derive(Debug)]
pub(crate) struct Pages<'m> {
    pub(crate) request: &'m Name,
    pub(crate) response: &'m Name,
    pub(crate) item: FieldType<'m>,
    /// The way to the list.
    pub(crate) items: Vec<&'m Name>,
    /// The field that makes repeating a request safe.
    pub(crate) idempotency_token: Option<&'m Name>,
    pub(crate) turn: Turn<'m>,
}

/// How one page leads to the next: fields of the request, and ways.
#[derive(Debug)]
pub(crate) enum Turn<'m> {
    Number {
        page_number: &'m Name,
        page_size: &'m Name,
        first_page: i32,
        full_page: Option<Vec<&'m Name>>,
        total_items: Option<Vec<&'m Name>>,
        total_pages: Option<Vec<&'m Name>>,
    },
    Token {
        token: &'m Name,
        type_: FieldType<'m>,
        next_token: Vec<&'m Name>,
        has_more: Option<Vec<&'m Name>>,
    },
}

impl<'m> Pages<'m> {
    pub(super) fn of(findings: &'m Findings, operation: &Operation) -> Option<Self> {
        let pagination = operation.pagination.as_ref()?;
        let names = findings.names.type_(operation.request);
        let fields = findings.api.fields(operation.request);
        let member = |step: &Step| &findings.names.type_(step.owner).members[step.member];
        let way = |steps: &[Step]| steps.iter().map(member).collect::<Vec<&Name>>();
        let once = operation.idempotency_parameter.as_deref();
        let once = once.and_then(|name| fields.iter().position(|field| field.label() == name));
        let turn = match &pagination.turn {
            PageTurn::Number { page_number, page_size, first_page, full_page, total_pages } => {
                Turn::Number {
                    page_number: &names.members[*page_number],
                    page_size: &names.members[*page_size],
                    first_page: *first_page,
                    full_page: full_page.as_deref().map(way),
                    total_items: pagination.total_items.as_deref().map(way),
                    total_pages: total_pages.as_deref().map(way),
                }
            }
            PageTurn::Token { token, next_token, has_more, .. } => Turn::Token {
                token: &names.members[*token],
                type_: FieldType::of(findings, &fields[*token].type_),
                next_token: way(next_token),
                has_more: has_more.as_deref().map(way),
            },
        };
        Some(Self {
            request: &names.ident,
            response: &findings.names.type_(operation.response).ident,
            item: FieldType::of(findings, &pagination.item),
            items: way(&pagination.items),
            idempotency_token: once.map(|position| &names.members[position]),
            turn,
        })
    }
}
