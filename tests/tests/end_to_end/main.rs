//! The generated crates as users have them, the repository's own documents, and what only both halves
//! together can show.

mod allocations;
mod blocking;
mod cases;
mod conservation;
mod context;
mod corpus;
mod dependencies;
mod documents;
mod dysmsapi;
mod environment;
mod freshness;
mod fuzz;
mod load;
mod mocked;
mod mutation;
mod operations;
mod oracle;
mod papers;
mod readme;
mod requests;
mod secrets;
mod seeing;
mod session;
mod shown;
mod sts;
mod truth_table;
mod waiting;
