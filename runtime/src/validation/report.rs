//! The report that a generated validator fills.

use super::limits::check_fields;
use super::{Violation, ViolationKind, Violations};
use crate::field::{Fields, Limit, Value, Walk};

/// Collects what is wrong with a request; allocates nothing while nothing is.
#[derive(Debug)]
#[must_use]
pub struct Report {
    violations: Vec<Violation>,
}

impl Report {
    /// Walks over the request and reports every value that breaks a limit of its own field.
    pub fn on(request: &impl Fields) -> Self {
        let mut violations = Vec::new();
        check_fields(request, &mut violations);
        Self { violations }
    }

    /// Reports a parameter that has to be given and is not.
    #[cold]
    pub fn required(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(parameter, ViolationKind::Required, sentence);
    }

    /// Reports a parameter that is given and must not be.
    #[cold]
    pub fn not_allowed(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(parameter, ViolationKind::NotAllowed, sentence);
    }

    /// Reports parameters that do not go together, at the first of them.
    #[cold]
    pub fn combination(&mut self, parameter: &'static str, sentence: &'static str) {
        self.add(parameter, ViolationKind::Combination, sentence);
    }

    fn add(&mut self, parameter: &'static str, kind: ViolationKind, sentence: &'static str) {
        let violation = Violation { field: parameter, path: None, kind, sentence, found: None };
        self.violations.push(violation);
    }

    /// Ends the report.
    ///
    /// # Errors
    ///
    /// Everything that was reported, sorted as the request's fields are.
    pub fn finish(
        mut self,
        operation: &'static str,
        request: &impl Fields,
    ) -> Result<(), Violations> {
        if self.violations.is_empty() {
            return Ok(());
        }
        let mut names = Names(Vec::new());
        request.walk(&mut names);
        self.violations
            .sort_by_key(|violation| names.0.iter().position(|name| *name == violation.field));
        Err(Violations { operation, violations: self.violations })
    }
}

struct Names(Vec<&'static str>);

impl Walk for Names {
    fn field(&mut self, name: &'static str, _: &'static [Limit], _: Value<'_>) {
        self.0.push(name);
    }
}
