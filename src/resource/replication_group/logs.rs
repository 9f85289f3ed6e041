use crate::value::At;

/// Where a log goes, and how its lines look.
#[derive(Clone, Debug)]
pub struct LogDelivery {
    pub(crate) destination: LogDestination,
    pub(crate) format: LogFormat,
}

#[derive(Clone, Debug)]
pub(crate) enum LogDestination {
    CloudWatchLogs(At<String>),
    Firehose(At<String>),
}

/// How the lines of a log look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// Plain text.
    Text,
}

impl LogFormat {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
        }
    }
}

impl LogDelivery {
    /// To a log group of CloudWatch Logs, by its name.
    #[track_caller]
    #[must_use]
    pub fn cloudwatch_logs(log_group: &str, format: LogFormat) -> Self {
        Self {
            destination: LogDestination::CloudWatchLogs(At::here(log_group)),
            format,
        }
    }

    /// To a Firehose stream, by its name.
    #[track_caller]
    #[must_use]
    pub fn firehose(delivery_stream: &str, format: LogFormat) -> Self {
        Self {
            destination: LogDestination::Firehose(At::here(delivery_stream)),
            format,
        }
    }
}
