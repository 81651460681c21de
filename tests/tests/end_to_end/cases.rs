//! Every case of `ModifyBackupSourceEndpoint` that the documented requirements tell apart.

use std::fmt;

use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
use alibabacloud_dbs::types::{BackupObject, BackupPlanContext};

/// 6 instance types, 8 database types and one unknown, 2^10 sets of optional parameters.
pub const COUNT: usize = 6 * 9 * 1024;

/// How many cases break no requirement, worked out with pencil and paper: an instance type that asks
/// for k of the ten parameters leaves 2^(10 - k) sets, a database type that asks for d more leaves
/// 1/2^d of them, and the nine columns of database types add up to 3.375 (for `Agent`, which asks for
/// one less with MSSQL, to 3.625). `RDS`, `DDS` and `Other` ask for 3, `ECS` and `Agent` for 4,
/// `Express` for 5: 3.375 * (3 * 128 + 64 + 32) + 3.625 * 64.
pub const VALID: usize = 1852;

const INSTANCE_TYPES: [&str; 6] = ["RDS", "ECS", "Express", "Agent", "DDS", "Other"];

const DATABASES: [Option<&str>; 9] = [
    None,
    Some("MySQL"),
    Some("MSSQL"),
    Some("Oracle"),
    Some("MariaDB"),
    Some("PostgreSQL"),
    Some("DRDS"),
    Some("MongoDB"),
    Some("Redis"),
];

type Give = fn(ModifyBackupSourceEndpointRequest) -> ModifyBackupSourceEndpointRequest;

/// The optional parameters that have requirements, and how a caller gives each.
const PARAMETERS: [(&str, Give); 10] = [
    ("SourceEndpointRegion", |request| request.source_endpoint_region("cn-hangzhou")),
    ("SourceEndpointInstanceID", |request| request.source_endpoint_instance_id("rm-1")),
    ("SourceEndpointIP", |request| request.source_endpoint_ip("192.0.2.1")),
    ("SourceEndpointPort", |request| request.source_endpoint_port(3306)),
    ("SourceEndpointDatabaseName", |request| request.source_endpoint_database_name("test")),
    ("SourceEndpointUserName", |request| request.source_endpoint_user_name("test")),
    ("SourceEndpointPassword", |request| request.source_endpoint_password("test")),
    ("BackupGatewayId", |request| request.backup_gateway_id(21_321_323_213)),
    ("BackupObjects", |request| request.backup_objects([BackupObject::new().db_name("test")])),
    ("SourceEndpointOracleSID", |request| request.source_endpoint_oracle_sid("test")),
];

/// One request and what is known of its backup plan.
#[derive(Clone, Copy)]
pub struct Case {
    /// The wire value of `SourceEndpointInstanceType`.
    pub instance_type: &'static str,
    /// The wire value of the plan's `DatabaseType`, if it is known.
    pub database: Option<&'static str>,
    /// Which of the ten parameters are given, one bit each.
    given: u16,
}

impl Case {
    /// The request, made as a user of the crate makes it.
    pub fn request(&self) -> ModifyBackupSourceEndpointRequest {
        let request =
            ModifyBackupSourceEndpointRequest::new("dbs1h****usfa", self.instance_type.into());
        PARAMETERS
            .into_iter()
            .filter(|(name, _)| self.gives(name))
            .fold(request, |request, (_, give)| give(request))
    }

    /// What is known of the backup plan.
    pub fn context(&self) -> BackupPlanContext {
        match self.database {
            Some(database) => BackupPlanContext::new().database_type(database.into()),
            None => BackupPlanContext::new(),
        }
    }

    /// Whether the request gives this parameter.
    pub fn gives(&self, parameter: &str) -> bool {
        PARAMETERS
            .iter()
            .position(|(name, _)| *name == parameter)
            .is_some_and(|bit| self.given & (1 << bit) != 0)
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = self.database.unwrap_or("unknown");
        let given: Vec<_> =
            PARAMETERS.iter().map(|(name, _)| *name).filter(|name| self.gives(name)).collect();
        write!(formatter, "{}, database {database}, given {given:?}", self.instance_type)
    }
}

/// All [`COUNT`] cases.
pub fn all() -> impl Iterator<Item = Case> {
    of(&INSTANCE_TYPES, &DATABASES)
}

/// The cases of these instance types and databases.
pub fn of(
    instance_types: &'static [&'static str],
    databases: &'static [Option<&'static str>],
) -> impl Iterator<Item = Case> {
    instance_types.iter().flat_map(move |instance_type| {
        databases.iter().flat_map(move |database| {
            (0..1 << PARAMETERS.len()).map(move |given| Case {
                instance_type,
                database: *database,
                given,
            })
        })
    })
}

/// Puts every case through `judge`, which says what is wrong with it, and fails with the first few
/// answers.
///
/// Whoever calls this says how many cases there are: a loop over nothing finds nothing wrong.
pub fn check(
    cases: impl Iterator<Item = Case>,
    count: usize,
    mut judge: impl FnMut(&Case) -> Option<String>,
) {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for case in cases {
        seen += 1;
        wrong.extend(judge(&case).map(|answer| format!("{case:?}: {answer}")));
    }
    assert_eq!(seen, count);
    let first = wrong.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {seen} cases disagree:\n{first}", wrong.len());
}
