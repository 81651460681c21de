//! What a request tells of the list that its answers are pages of.

use super::field_type::FieldType;
use crate::findings::Findings;
use crate::model::{Operation, Step};
use crate::naming::Name;

/// How the pages of a list are asked for and read.
#[derive(Debug)]
pub(crate) struct Pages<'m> {
    pub(crate) request: &'m Name,
    pub(crate) response: &'m Name,
    pub(crate) item: FieldType<'m>,
    /// Fields of the request.
    pub(crate) page_number: &'m Name,
    pub(crate) page_size: &'m Name,
    pub(crate) first_page: i32,
    /// The field that makes repeating a request safe.
    pub(crate) token: Option<&'m Name>,
    /// From the response to the list.
    pub(crate) items: Vec<&'m Name>,
    pub(crate) full_page: Option<Vec<&'m Name>>,
    pub(crate) total_items: Option<Vec<&'m Name>>,
    pub(crate) total_pages: Option<Vec<&'m Name>>,
}

impl<'m> Pages<'m> {
    pub(super) fn of(findings: &'m Findings, operation: &Operation) -> Option<Self> {
        let pagination = operation.pagination.as_ref()?;
        let names = findings.names.type_(operation.request);
        let member = |step: &Step| &findings.names.type_(step.owner).members[step.member];
        let path = |steps: &[Step]| steps.iter().map(member).collect::<Vec<&Name>>();
        let mut fields = findings.api.fields(operation.request).iter().zip(&names.members);
        let token = operation.idempotency_parameter.as_deref();
        Some(Self {
            request: &names.ident,
            response: &findings.names.type_(operation.response).ident,
            item: FieldType::of(findings, &pagination.item),
            page_number: &names.members[pagination.page_number],
            page_size: &names.members[pagination.page_size],
            first_page: pagination.first_page,
            token: fields.find(|(field, _)| token == Some(field.label())).map(|(_, ident)| ident),
            items: path(&pagination.items),
            full_page: pagination.full_page.as_deref().map(path),
            total_items: pagination.total_items.as_deref().map(path),
            total_pages: pagination.total_pages.as_deref().map(path),
        })
    }
}
