use crate::diagnostic::Place;
use crate::graph::Property;
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

/// The two logs that an engine delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Log {
    Slow,
    Engine,
}

impl Log {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Slow => "slow-log",
            Self::Engine => "engine-log",
        }
    }
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

impl LogDelivery {
    pub(super) fn place(&self) -> &Place {
        match &self.destination {
            LogDestination::CloudWatchLogs(at) | LogDestination::Firehose(at) => &at.place,
        }
    }

    pub(super) fn lower(&self, log: Log) -> Vec<Property> {
        let (path, word, at) = match &self.destination {
            LogDestination::CloudWatchLogs(at) => (
                "DestinationDetails.CloudWatchLogsDetails.LogGroup",
                "cloudwatch-logs",
                at,
            ),
            LogDestination::Firehose(at) => (
                "DestinationDetails.KinesisFirehoseDetails.DeliveryStream",
                "kinesis-firehose",
                at,
            ),
        };
        [
            (path, "destination", &*at.value),
            ("DestinationType", "destination_type", word),
            ("LogFormat", "log_format", self.format.as_str()),
            ("LogType", "log_type", log.as_str()),
        ]
        .map(|(cfn, tf, text)| Property::both(cfn, tf, text).at(&at.place))
        .into()
    }
}
