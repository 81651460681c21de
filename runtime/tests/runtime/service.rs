//! A service with three operations, written by hand as the generator would write it.
//!
//! Knows the runtime's macros and nothing of specs: what is tested here compiles neither the generator
//! nor a generated crate.

use alibabacloud_runtime::client as core;

pub use alibabacloud_runtime::client::Builder as ClientBuilder;
pub use alibabacloud_runtime::credentials::Credentials;
pub use alibabacloud_runtime::error::{Error, ErrorKind};
pub use alibabacloud_runtime::meta::{
    Access, Answer, EnvelopeMembers, Method, Network, OperationMeta,
};
pub use alibabacloud_runtime::query::Query;
pub use alibabacloud_runtime::{BoxFuture, ExposeSecret, Fields};
pub use alibabacloud_runtime::{credentials, error, transport};

/// The service's client.
#[derive(Debug, Clone)]
pub struct Client(core::Client);

impl Client {
    /// Starts with the hosts below and the default credentials.
    pub fn builder() -> core::Builder<Self> {
        core::Builder::new(endpoints::ENDPOINTS).api("2019-03-06", &envelope::ENVELOPE)
    }

    /// A call of any operation.
    pub fn request(&self, action: &str) -> alibabacloud_runtime::generic::GenericCall {
        self.0.request(action)
    }
}

impl From<core::Client> for Client {
    fn from(core: core::Client) -> Self {
        Self(core)
    }
}

pub mod blocking {
    //! The client for programs without `async`.

    use alibabacloud_runtime::{blocking, client, error};

    use super::endpoints::ENDPOINTS;
    use super::envelope::ENVELOPE;

    /// Does what the other client does, with calls that are made by `send`.
    #[derive(Debug, Clone)]
    pub struct Client(pub(super) blocking::Client);

    impl Client {
        /// Starts with the same hosts and credentials.
        pub fn builder() -> client::Builder<Self> {
            client::Builder::new(ENDPOINTS).api("2019-03-06", &ENVELOPE)
        }

        /// A call of any operation.
        pub fn request(&self, action: &str) -> blocking::GenericCall {
            self.0.request(action)
        }
    }

    impl TryFrom<client::Client> for Client {
        type Error = error::Error;

        fn try_from(core: client::Client) -> Result<Self, error::Error> {
            blocking::Client::new(core).map(Self)
        }
    }
}

pub mod endpoints {
    //! The service's hosts: regions with one in a VPC and without, in no order.

    use alibabacloud_runtime::meta::{Endpoint, Network};

    pub const ENDPOINTS: &[Endpoint] = &[
        Endpoint {
            host: "dbs-api.cn-hangzhou.aliyuncs.com",
            network: Network::Public,
            regions: &["cn-beijing", "cn-hangzhou", "cn-hongkong", "cn-shanghai"],
        },
        Endpoint {
            host: "dbs-api.ap-south-1.aliyuncs.com",
            network: Network::Public,
            regions: &["ap-south-1"],
        },
        Endpoint {
            host: "dbs-api.ap-northeast-1.aliyuncs.com",
            network: Network::Public,
            regions: &["ap-northeast-1"],
        },
        Endpoint {
            host: "dbs-api-vpc.cn-beijing.aliyuncs.com",
            network: Network::Vpc,
            regions: &["cn-beijing"],
        },
        Endpoint {
            host: "dbs-api-vpc.ap-northeast-1.aliyuncs.com",
            network: Network::Vpc,
            regions: &["ap-northeast-1"],
        },
    ];
}

pub mod envelope {
    //! Names that only some services have, and all ways to say how a call went.

    use alibabacloud_runtime::meta::{EnvelopeMembers, Marker};

    const GOOD: &[&str] = &["200", "OK", "Success"];

    pub const ENVELOPE: EnvelopeMembers = EnvelopeMembers {
        request_id: &["RequestId"],
        code: &["ErrCode", "ErrorCode"],
        message: &["ErrMessage"],
        success: &[
            Marker { member: "Success", good: &["true"] },
            Marker { member: "ErrCode", good: GOOD },
            Marker { member: "ErrorCode", good: GOOD },
            Marker { member: "Code", good: GOOD },
        ],
    };
}

pub mod types {
    //! What requests are made of.

    /// A list of these travels as one JSON text.
    #[derive(Default)]
    #[must_use]
    #[non_exhaustive]
    pub struct BackupObject {
        pub db_name: Option<String>,
    }

    alibabacloud_runtime::private::fields! {
        BackupObject + PartialEq:
        optional db_name: impl Into<String> = "DBName",
    }

    alibabacloud_runtime::private::object! {
        BackupObject
    }

    /// What a task is doing.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum TaskState {
        Running,
        Done,
        Skipped,
        Failed,
        Unknown(alibabacloud_runtime::UnknownValue),
    }

    alibabacloud_runtime::private::open_enum! {
        TaskState:
        Running = "running",
        Done = "done",
        Skipped = "skipped",
        Failed = "failed",
    }

    /// An enum that is open to values that nobody has heard of.
    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SourceEndpointInstanceType {
        Rds,
        Other,
        Unknown(alibabacloud_runtime::UnknownValue),
    }

    alibabacloud_runtime::private::open_enum! {
        SourceEndpointInstanceType:
        Rds = "RDS",
        Other = "Other",
    }
}

pub mod operations {
    //! A request with a rule, a secret and JSON text; one that does no more than it must; and one whose
    //! answers tell of tasks.

    pub use create_get_db_list_from_agent_task::*;
    pub use list_tasks::*;
    pub use modify_backup_source_endpoint::*;

    pub mod create_get_db_list_from_agent_task {
        use alibabacloud_runtime::meta::{Access, Answer, Method};
        use alibabacloud_runtime::private::validation::{Checked, Limit, NoContext, Report};

        #[must_use]
        #[non_exhaustive]
        pub struct CreateGetDbListFromAgentTaskRequest {
            pub backup_gateway_id: i64,
            pub client_token: Option<String>,
        }

        alibabacloud_runtime::private::fields! {
            CreateGetDbListFromAgentTaskRequest + PartialEq:
            required backup_gateway_id: i64 = "BackupGatewayId",
            optional client_token: impl Into<String> = "ClientToken",
        }

        impl Checked for CreateGetDbListFromAgentTaskRequest {
            type Context = NoContext;

            fn check(&self, _: &NoContext, note: &mut Report<'_>) {
                note.limits("ClientToken", &self.client_token, &[Limit::MaxLength(64)]);
            }
        }

        #[derive(Default)]
        #[non_exhaustive]
        pub struct CreateGetDbListFromAgentTaskResponse {
            pub http_status_code: Option<i32>,
            pub request_id: Option<String>,
            pub err_code: Option<String>,
            pub success: Option<bool>,
            pub err_message: Option<String>,
            pub task_id: Option<i64>,
        }

        alibabacloud_runtime::private::received! {
            CreateGetDbListFromAgentTaskResponse + PartialEq:
            http_status_code: i32 = "HttpStatusCode",
            request_id: impl Into<String> = "RequestId",
            err_code: impl Into<String> = "ErrCode",
            success: bool = "Success",
            err_message: impl Into<String> = "ErrMessage",
            task_id: i64 = "TaskId",
        }

        alibabacloud_runtime::private::operation! {
            fn create_get_db_list_from_agent_task(CreateGetDbListFromAgentTaskRequest) -> CreateGetDbListFromAgentTaskResponse;
            summary: "Starts a task.",
            action: "CreateGetDBListFromAgentTask", version: "2019-03-06",
            envelope: &super::super::envelope::ENVELOPE, answer: Answer::Object,
            method: Method::Post, path: "/",
            ram_action: Some("dbs:CreateGetDBListFromAgentTask"), access: Access::Write,
            idempotency_parameter: Some("ClientToken"),
        }
    }

    pub mod list_tasks {
        use alibabacloud_runtime::SecretString;
        use alibabacloud_runtime::meta::{Access, Answer, Method};
        use alibabacloud_runtime::private::validation::{Checked, Limit, NoContext, Report};

        use super::super::types::TaskState;

        #[must_use]
        #[non_exhaustive]
        pub struct ListTasksRequest {
            pub plan: String,
            pub password: Option<SecretString>,
            pub client_token: Option<String>,
        }

        alibabacloud_runtime::private::fields! {
            ListTasksRequest:
            required plan: impl Into<String> = "Plan",
            optional password: impl Into<SecretString> = "Password",
            optional client_token: impl Into<String> = "ClientToken",
        }

        impl Checked for ListTasksRequest {
            type Context = NoContext;

            fn check(&self, _: &NoContext, note: &mut Report<'_>) {
                note.limits("Plan", &self.plan, &[Limit::MaxLength(8)]);
            }
        }

        #[derive(Default)]
        #[non_exhaustive]
        pub struct ListTasksResponse {
            pub request_id: Option<String>,
            pub progress: Option<i32>,
            pub note: Option<String>,
            pub items: Vec<Task>,
        }

        alibabacloud_runtime::private::received! {
            ListTasksResponse + PartialEq:
            request_id = "RequestId",
            progress = "Progress",
            note = "Note",
            items = "Items",
        }

        #[derive(Default)]
        #[non_exhaustive]
        pub struct Task {
            pub state: Option<TaskState>,
            pub end: Option<i64>,
        }

        alibabacloud_runtime::private::receive! {
            Task + PartialEq:
            state = "State",
            end = "End",
        }

        alibabacloud_runtime::private::operation! {
            fn list_tasks(ListTasksRequest) -> ListTasksResponse;
            summary: "Lists tasks.",
            action: "ListTasks", version: "2019-03-06",
            envelope: &super::super::envelope::ENVELOPE, answer: Answer::Object,
            method: Method::Post, path: "/",
            ram_action: None, access: Access::Read,
            idempotency_parameter: Some("ClientToken"),
        }

        alibabacloud_runtime::private::waits! {
            ListTasksRequest, idempotency_token: client_token;
            /// Waits until all tasks have ended well.
            fn wait_until_all_done:
            name: "all_done", items: All ["Items"],
            success: [["State"] = ["done", "skipped"], ["End"]],
            failure: [["State"] = ["failed"]],
            pause: 10, timeout: 600;
            /// Waits until one task has ended well.
            fn wait_until_any_done:
            name: "any_done", items: Any ["Items"],
            success: [["State"] = ["done"]],
            failure: [["State"] = ["failed"]],
            pause: 10, timeout: 600;
            /// Waits until the first task has ended well.
            fn wait_until_first_done:
            name: "first_done", items: First ["Items"],
            success: [["State"] = ["done"]],
            failure: [["State"] = ["failed"]],
            pause: 10, timeout: 600;
            /// Waits until there is a note, and all is done.
            fn wait_until_noted:
            name: "noted",
            success: [["Progress"] = ["100"], ["Note"]],
            failure: [],
            pause: 10, timeout: 600;
        }
    }

    pub mod modify_backup_source_endpoint {
        use alibabacloud_runtime::SecretString;
        use alibabacloud_runtime::meta::{Access, Answer, Method};
        use alibabacloud_runtime::private::validation::{Checked, NoContext, Report};

        use super::super::types::{BackupObject, SourceEndpointInstanceType};

        #[must_use]
        #[non_exhaustive]
        pub struct ModifyBackupSourceEndpointRequest {
            pub backup_plan_id: String,
            pub source_endpoint_instance_type: SourceEndpointInstanceType,
            pub source_endpoint_ip: Option<String>,
            pub source_endpoint_port: Option<i32>,
            pub source_endpoint_password: Option<SecretString>,
            pub backup_objects: Option<Vec<BackupObject>>,
            pub client_token: Option<String>,
        }

        alibabacloud_runtime::private::fields! {
            ModifyBackupSourceEndpointRequest:
            required backup_plan_id: impl Into<String> = "BackupPlanId",
            required source_endpoint_instance_type: SourceEndpointInstanceType = "SourceEndpointInstanceType",
            optional source_endpoint_ip: impl Into<String> = "SourceEndpointIP",
            optional source_endpoint_port: i32 = "SourceEndpointPort",
            optional source_endpoint_password: impl Into<SecretString> = "SourceEndpointPassword",
            optional backup_objects: impl Into<Vec<BackupObject>> = json_text "BackupObjects",
            optional client_token: impl Into<String> = "ClientToken",
        }

        impl Checked for ModifyBackupSourceEndpointRequest {
            type Context = NoContext;

            fn check(&self, _: &NoContext, note: &mut Report<'_>) {
                if !matches!(self.source_endpoint_instance_type, SourceEndpointInstanceType::Other)
                {
                    return;
                }
                for (name, is_absent) in [
                    ("SourceEndpointIP", self.source_endpoint_ip.is_none()),
                    ("SourceEndpointPort", self.source_endpoint_port.is_none()),
                    ("BackupObjects", self.backup_objects.is_none()),
                ] {
                    if is_absent {
                        note.required(name, "`Other` requires an address, a port and objects");
                    }
                }
            }
        }

        #[derive(Default)]
        #[non_exhaustive]
        pub struct ModifyBackupSourceEndpointResponse {
            pub http_status_code: Option<i32>,
            pub request_id: Option<String>,
            pub err_code: Option<String>,
            pub success: Option<bool>,
            pub err_message: Option<String>,
            pub need_precheck: Option<bool>,
            pub backup_plan_id: Option<String>,
        }

        alibabacloud_runtime::private::received! {
            ModifyBackupSourceEndpointResponse + PartialEq:
            http_status_code: i32 = "HttpStatusCode",
            request_id: impl Into<String> = "RequestId",
            err_code: impl Into<String> = "ErrCode",
            success: bool = "Success",
            err_message: impl Into<String> = "ErrMessage",
            need_precheck: bool = "NeedPrecheck",
            backup_plan_id: impl Into<String> = "BackupPlanId",
        }

        alibabacloud_runtime::private::operation! {
            fn modify_backup_source_endpoint(ModifyBackupSourceEndpointRequest) -> ModifyBackupSourceEndpointResponse;
            summary: "Changes where a plan reads from.",
            action: "ModifyBackupSourceEndpoint", version: "2019-03-06",
            envelope: &super::super::envelope::ENVELOPE, answer: Answer::Object,
            method: Method::Post, path: "/",
            ram_action: Some("dbs:ModifyBackupSourceEndpoint"), access: Access::Write,
            idempotency_parameter: Some("ClientToken"),
        }
    }
}
