//! What a request takes for each value of the required enum on which most turns.

use crate::bound::Subject;
use crate::model::{Api, OperationId, TypeId};
use crate::rules::guide::table::{Cell, Column, Table};
use crate::rules::logic::space::Space;

/// A request for one value of the enum.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    /// The position of the value among those of the enum.
    pub(crate) variant: usize,
    /// The parameters that are required then, the enum itself left out, in the order of the fields.
    pub(crate) members: Vec<usize>,
}

/// The forms of an operation: the parameter whose values they are for, and one form for each value.
#[derive(Debug)]
pub(crate) struct Forms {
    pub(crate) decider: usize,
    /// The enum.
    pub(crate) kind: TypeId,
    /// In the order of the enum's values, those left out that this request cannot have.
    pub(crate) forms: Vec<Form>,
}

/// Reads the forms off the requirement table; there are none where all values would have the same.
pub(in crate::rules) fn of(
    space: &Space<'_>,
    api: &Api,
    id: OperationId,
    table: &Table,
) -> Option<Forms> {
    let decider = space.find(table.decider.as_deref()?)?;
    if !space.is_required(decider) {
        return None;
    }
    let fields = api.fields(api.operation(id).request);
    let kind = fields[decider.index()].type_.named()?;
    let variant = |column: &Column| {
        api.values(kind).iter().position(|known| column.is_for(&known.wire.value))
    };
    let required = |column: usize| {
        let rows =
            table.rows.iter().filter(|(_, cells)| cells.get(column) == Some(&Cell::Required));
        let names = rows.map(|(name, _)| name.as_str());
        let positions = names.filter_map(|name| space.find(name)).map(Subject::index);
        positions.filter(|index| *index != decider.index()).collect::<Vec<usize>>()
    };
    let columns = table.columns.iter().enumerate();
    let forms = columns
        .map(|(index, column)| Some(Form { variant: variant(column)?, members: required(index) }));
    let forms: Vec<Form> = forms.collect::<Option<_>>()?;
    let always = fields.iter().filter(|field| field.required).count() - 1;
    let asks = forms.iter().any(|form| form.members.len() > always);
    let differ = forms.iter().any(|form| form.members != forms[0].members);
    (asks && differ).then_some(Forms { decider: decider.index(), kind, forms })
}
