//! The words that a made-up API is made of. None of them holds anything that JSON escapes.

use fastrand::Rng;

const VERBS: &[&str] = &[
    "Create",
    "Delete",
    "Describe",
    "List",
    "Modify",
    "Start",
    "Stop",
    "Renew",
    "Configure",
    "Check",
];

const QUALITIES: &[&str] = &[
    "Full",
    "Incremental",
    "Daily",
    "Remote",
    "Local",
    "Cross",
    "Shared",
    "Private",
    "Managed",
    "Scheduled",
    "Manual",
    "Cold",
    "Warm",
    "Regional",
    "Global",
    "Encrypted",
    "Archived",
    "Linked",
    "External",
    "Default",
];

const THINGS: &[&str] = &[
    "BackupPlan",
    "RestoreTask",
    "Gateway",
    "Snapshot",
    "Instance",
    "Endpoint",
    "Bucket",
    "Vault",
    "Policy",
    "Cluster",
    "Volume",
    "Replica",
    "Database",
    "Schema",
    "Table",
    "Account",
    "Certificate",
    "Subscription",
    "Channel",
    "Report",
    "Alert",
    "Session",
    "Network",
    "Route",
    "Template",
];

pub(super) const STRINGS: &[&str] = &[
    "RegionId",
    "ResourceGroupId",
    "InstanceName",
    "HostName",
    "UserName",
    "VpcId",
    "VSwitchId",
    "ZoneId",
    "Comment",
    "DatabaseName",
    "BucketName",
    "Prefix",
    "TimeZone",
    "StartTime",
    "EndTime",
    "OwnerAccount",
    "RoleName",
    "KmsKeyId",
    "Endpoint",
    "Path",
    "ServiceName",
    "OrderId",
    "TaskName",
    "Engine",
    "EngineVersion",
    "Charset",
];

pub(super) const INTEGERS: &[&str] = &[
    "Port",
    "PageNum",
    "PageSize",
    "RetentionDays",
    "MaxConnections",
    "BandwidthLimit",
    "Priority",
    "TimeoutSeconds",
    "RetryCount",
    "StorageSize",
    "BackupRate",
    "Parallelism",
    "Period",
    "Quota",
];

pub(super) const BOOLEANS: &[&str] = &[
    "DryRun",
    "AutoRenew",
    "EnableSsl",
    "ForceRestart",
    "Compress",
    "KeepLogs",
    "AutoPay",
    "IncludeSystem",
    "Overwrite",
    "NotifyOwner",
];

/// The values of enums.
pub(super) const VALUES: &[&str] = &[
    "RDS",
    "ECS",
    "Express",
    "Agent",
    "Standard",
    "Archive",
    "InfrequentAccess",
    "Other",
    "Hourly",
    "Weekly",
    "OnDemand",
    "Prepaid",
    "Postpaid",
    "ReadOnly",
    "ReadWrite",
    "MySQL",
    "PostgreSQL",
];

/// How examples start.
pub(super) const TEXTS: &[&str] =
    &["dbs1h", "rm-bp1p8c29479jv", "cn-hangzhou", "vpc-bp1opxu1zkhn", "shop"];

const STARTS: &[&str] = &[
    "Names the",
    "Identifies the",
    "Tells which",
    "Gives the",
    "Limits the",
    "Decides about the",
    "Holds the",
    "Points to the",
    "Sets the",
];

const MIDDLES: &[&str] = &[
    "that the service uses for this request",
    "of the resource whose configuration changes",
    "under which the result can be found afterwards",
    "that stands at the source of the data",
    "which the console shows beside the resource",
    "that was chosen when the resource was created",
    "for all tasks that start after this call",
];

const ENDS: &[&str] = &[
    "",
    "",
    " Leave it out to keep the current one.",
    " `DescribeBackupPlanList` reports the current one, and `ModifyBackupPlanName` changes it.",
    " The service takes it as it is written here, and tells upper case from lower case.",
    " Whoever has no such resource yet creates one in the console first; it takes effect within a few minutes.",
];

/// The identifier of an operation; no two numbers have the same.
pub(super) fn operation(number: usize) -> String {
    let (verb, rest) = (VERBS[number % VERBS.len()], number / VERBS.len());
    format!("{verb}{}", thing(rest))
}

/// What operations are about; no two numbers have the same.
pub(super) fn thing(number: usize) -> String {
    let (quality, rest) = (QUALITIES[number % QUALITIES.len()], number / QUALITIES.len());
    let (thing, round) = (THINGS[rest % THINGS.len()], rest / THINGS.len());
    let round = if round > 0 { format!("{round}") } else { String::new() };
    format!("{quality}{thing}{round}")
}

/// What an operation does, in a sentence.
pub(super) fn summary(id: &str, random: &mut Rng) -> String {
    format!("Calls `{id}` for the resource {}.", pick(MIDDLES, random))
}

/// What a thing is, in one or two sentences.
pub(super) fn describe(name: &str, random: &mut Rng) -> String {
    let (start, middle, end) = (pick(STARTS, random), pick(MIDDLES, random), pick(ENDS, random));
    format!("{start} `{name}` {middle}.{end}")
}

/// Two or three sentences.
pub(super) fn paragraph(name: &str, random: &mut Rng) -> String {
    let (first, second) = (describe(name, random), pick(MIDDLES, random));
    format!("{first} The call returns at once; ask for the task {second} to see how far it is.")
}

fn pick(words: &[&'static str], random: &mut Rng) -> &'static str {
    words[random.usize(..words.len())]
}
