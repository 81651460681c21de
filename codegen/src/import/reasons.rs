//! The names of all that is counted, of why something is left out, and of how something is mended.
//!
//! None is for what fits under no other: who leaves something out says why. Knows nothing of who does so.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A service's operations.
    Operation,
    /// What an operation takes.
    Parameter,
    /// A member of an object, at any depth.
    Element,
    /// One of the values that there are.
    Value,
    /// What a value means.
    ValueTitle,
    /// What is asked of a value.
    Constraint,
    /// What holds where nothing is given.
    Default,
    /// A value that the docs show.
    Example,
    /// A sentence for people.
    Text,
    /// How a call may fail.
    ErrorCode,
    /// A host.
    Host,
    /// A member of the metadata that says something else of these.
    Member,
}

impl Thing {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 12] = [
        Self::Operation,
        Self::Parameter,
        Self::Element,
        Self::Value,
        Self::ValueTitle,
        Self::Constraint,
        Self::Default,
        Self::Example,
        Self::Text,
        Self::ErrorCode,
        Self::Host,
        Self::Member,
    ];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operations",
            Self::Parameter => "parameters",
            Self::Element => "elements",
            Self::Value => "values",
            Self::ValueTitle => "titles of values",
            Self::Constraint => "constraints",
            Self::Default => "defaults",
            Self::Example => "examples",
            Self::Text => "texts",
            Self::ErrorCode => "error codes",
            Self::Host => "hosts",
            Self::Member => "other members",
        }
    }
}

/// Why something is not in the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The metadata has it under a key that nobody knows.
    UnknownKey,
    /// It is no object or list where one stands.
    Malformed,
    /// It says nothing.
    Empty,
    /// It has no name, or none that can be sent.
    Nameless,
    /// Calls write this header themselves.
    OwnHeader,
    /// Another operation has its method and path.
    PathTaken,
    /// It is an operation that was not asked for.
    NotAsked,
    /// Nothing that is imported refers to it.
    UnusedType,
    /// Errors are read by their code, message and request id.
    FailureAnswer,
    /// An operation answers one thing in a spec.
    SecondAnswer,
    /// Its type says that nothing can stand there, or that anything can.
    Inside,
    /// Calls go to the first one.
    SecondHost,
    /// Specs have those that the internet reaches.
    VpcHost,
    /// Answers are read as they come.
    Unchecked,
    /// A value of this type cannot meet it or break it.
    Misplaced,
    /// Nobody can meet it, or it says nothing.
    Senseless,
    /// The values say it all.
    BesideValues,
    /// Entries of maps have no limits in a spec.
    InMap,
    /// The pattern cannot be written so that all engines read it alike.
    Pattern,
    /// The value is a text without a form of its own.
    Format,
    /// How such a value is written is not known.
    UnknownStyle,
    /// Such a body is sent when it has a member.
    BodyRequired,
    /// Nobody is shown a value of a secret.
    Secret,
    /// It is an example or a value that its own schema refuses.
    UnfitValue,
    /// It says what marks success, and no more.
    AnswerExample,
    /// Examples stand in schemas.
    ExampleBeside,
    /// It is a default, and answers have what they have.
    DefaultOfAnswer,
    /// The import was asked for no texts.
    TextsNotWanted,
    /// A longer text says it, or another one.
    SecondText,
    /// Only what has a name is described.
    NotOfMember,
    /// No answer that tells of a failure has this status.
    Status,
    /// There is no such value, or what has it is no member.
    ValueTitle,
    /// Answers are their bodies.
    AnswerHeader,
    /// The operation that it would replace is not deprecated.
    InUse,
    /// Calls are made by HTTPS.
    Schemes,
    /// The bodies have one that follows from their schemas.
    ContentTypes,
    /// What is not sent is not sent empty.
    EmptyAllowed,
    /// An answer has it, and a request that lists it may send it.
    ReadOnly,
    /// The caller uploads it, and sends the address.
    FileTransfer,
    /// Which answers end a task is not in the metadata.
    Task,
    /// Prices are no part of calls.
    Charge,
    /// It changes nothing of how a call is made.
    Risk,
    /// Where and how the API is shown.
    Publishing,
}

impl LeftOut {
    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownKey => "under a key that nobody knows",
            Self::Malformed => "not of the kind that its key has",
            Self::Empty => "empty",
            Self::Nameless => "without a name that can be sent",
            Self::OwnHeader => "a header that calls write",
            Self::PathTaken => "the method and path of another one",
            Self::NotAsked => "not asked for",
            Self::UnusedType => "of a type that nothing uses",
            Self::FailureAnswer => "of an answer that tells of a failure",
            Self::SecondAnswer => "of an answer beside that of success",
            Self::Inside => "inside what is not read as an object or a list",
            Self::SecondHost => "a second host of a region",
            Self::VpcHost => "a host inside of VPCs",
            Self::Unchecked => "asked of answers, which are not checked",
            Self::Misplaced => "on what it says nothing of",
            Self::Senseless => "cannot be met, or says nothing",
            Self::BesideValues => "beside a list of the values",
            Self::InMap => "inside of a map",
            Self::Pattern => "a pattern that engines read differently",
            Self::UnknownStyle => "a style that nobody knows",
            Self::Format => "a format that specs do not have",
            Self::BodyRequired => "of a body whose members may all be missing",
            Self::Secret => "of a secret",
            Self::UnfitValue => "refused by its own schema, or no scalar",
            Self::AnswerExample => "the example of a whole answer",
            Self::ExampleBeside => "an example beside a schema",
            Self::DefaultOfAnswer => "a default in an answer",
            Self::TextsNotWanted => "a text, and none are wanted",
            Self::SecondText => "a second text",
            Self::NotOfMember => "of a list's items, a type or a whole body",
            Self::Status => "of a status that no failure has",
            Self::ValueTitle => "the meaning of a value that is not there",
            Self::AnswerHeader => "a header of an answer",
            Self::InUse => "instead of what is not deprecated",
            Self::Schemes => "whether by HTTP or HTTPS",
            Self::ContentTypes => "content types",
            Self::EmptyAllowed => "that a value may be empty",
            Self::ReadOnly => "that a value is only read",
            Self::FileTransfer => "the address of a file to be uploaded",
            Self::Task => "how a task is waited for",
            Self::Charge => "whether a call costs",
            Self::Risk => "how risky a call is",
            Self::Publishing => "about the pages of the documents",
        }
    }

    /// Whether nobody misses a parameter or an element for this reason: calls write it themselves, errors
    /// bring it, or it is of what was not asked for or not used.
    pub fn is_harmless(self) -> bool {
        matches!(self, Self::OwnHeader | Self::FailureAnswer | Self::NotAsked | Self::UnusedType)
    }
}

/// How something was mended: some of it merged into what is carried, some of it carried in another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repair {
    /// A parameter that was listed twice is there once.
    ListedTwice,
    /// A body that its method cannot have travels in the query.
    BodyIntoQuery,
    /// A parameter of a path that the path lacks travels in the query.
    PathIntoQuery,
    /// A parameter that the path has was not listed.
    PathParameterMade,
    /// A parameter of the path was written in brackets.
    PathInBrackets,
    /// A type that nobody knows is any value.
    UnknownType,
    /// A reference leads to nothing.
    DanglingReference,
    /// A type that is made of itself alone is any value.
    EndlessType,
    /// A second body is a member of the first.
    SeveralBodies,
    /// The name is another one in Rust.
    Renamed,
    /// A value had its meaning beside it.
    Gloss,
    /// The scheme is none of the gateway: the key signs, and what the scheme asks for is a parameter.
    OwnScheme,
    /// The text is shown nowhere, since its name is that of a secret.
    Secret,
    /// The text is said to be a date and time, since its example is one.
    Moment,
    /// The value stands in the list already.
    ValueTwice,
    /// A host of the region is listed already, and is the same.
    HostTwice,
    /// A list declares the members of its items itself.
    MembersOfList,
    /// Members are declared beside any others: all are entries of one map.
    MembersOfMap,
    /// What travels as one text and is none is taken for one.
    TakenForText,
    /// A place that nobody knows is the query.
    UnknownPlace,
    /// A list in the description gives its values their names.
    NamedByList,
    /// Values of a list are those of its items.
    ValuesOfItems,
}

impl Repair {
    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ListedTwice => "listed twice",
            Self::BodyIntoQuery => "a body that the method cannot have, moved into the query",
            Self::PathIntoQuery => "not in the path, moved into the query",
            Self::PathParameterMade => "in the path and not listed",
            Self::PathInBrackets => "a parameter of the path in brackets",
            Self::UnknownType => "an unknown type, taken for any value",
            Self::DanglingReference => "a reference to nothing, taken for any value",
            Self::EndlessType => "made of itself alone, taken for any value",
            Self::SeveralBodies => "several bodies, made members of one",
            Self::Renamed => "another name in Rust",
            Self::Gloss => "a value with its meaning beside it",
            Self::OwnScheme => "a scheme of the service itself, signed with the key",
            Self::Secret => "a secret by its name, shown nowhere",
            Self::Moment => "a date and time by its example",
            Self::ValueTwice => "a value that is listed twice",
            Self::HostTwice => "a host that is listed twice",
            Self::MembersOfList => "a list that declares the members of its items",
            Self::MembersOfMap => "members beside any others, made entries of a map",
            Self::TakenForText => "in the path or a header, taken for a text",
            Self::UnknownPlace => "an unknown place, taken for the query",
            Self::NamedByList => "values named as a list in the description has them",
            Self::ValuesOfItems => "values of a list, taken for those of its items",
        }
    }
}
