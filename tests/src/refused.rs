//! What the compiler refuses of the generated crates, each beside the nearest program that it takes: a
//! program that is refused for another reason would have a neighbour that is refused as well.
//!
//! # A form with all its members, and without one
//!
//! ```no_run
//! use alibabacloud_dbs::operations::modify_backup_source_endpoint::When;
//!
//! let _ = When::Agent {
//!     backup_plan_id: "dbs1h****usfa".into(),
//!     source_endpoint_region: "cn-hangzhou".into(),
//!     source_endpoint_ip: "192.0.2.10".into(),
//!     source_endpoint_port: 3306,
//!     backup_gateway_id: 160_813,
//! };
//! ```
//!
//! ```compile_fail,E0063
//! use alibabacloud_dbs::operations::modify_backup_source_endpoint::When;
//!
//! let _ = When::Agent {
//!     backup_plan_id: "dbs1h****usfa".into(),
//!     source_endpoint_region: "cn-hangzhou".into(),
//!     source_endpoint_ip: "192.0.2.10".into(),
//!     source_endpoint_port: 3306,
//! };
//! ```
//!
//! # A context for an operation whose rules ask for it, and for another
//!
//! ```no_run
//! use alibabacloud_dbs::Client;
//! use alibabacloud_dbs::operations::ModifyBackupSourceEndpointRequest;
//! use alibabacloud_dbs::types::BackupPlanContext;
//!
//! fn call(client: &Client, request: ModifyBackupSourceEndpointRequest) {
//!     drop(client.modify_backup_source_endpoint(request).context(BackupPlanContext::new()));
//! }
//! ```
//!
//! ```compile_fail,E0277
//! use alibabacloud_dbs::Client;
//! use alibabacloud_dbs::operations::DescribeRegionsRequest;
//! use alibabacloud_dbs::types::BackupPlanContext;
//!
//! fn call(client: &Client, request: DescribeRegionsRequest) {
//!     drop(client.describe_regions(request).context(BackupPlanContext::new()));
//! }
//! ```
//!
//! ```no_run
//! use alibabacloud_dbs::Client;
//! use alibabacloud_dbs::operations::DescribeRegionsRequest;
//!
//! fn call(client: &Client, request: DescribeRegionsRequest) {
//!     drop(client.describe_regions(request));
//! }
//! ```
