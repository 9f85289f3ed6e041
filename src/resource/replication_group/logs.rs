use crate::diagnostic::Place;
use crate::graph::{Property, Value};
use crate::lower::Lowering;
use crate::resource::log_group::LogGroup;
use crate::value::{At, Names};

/// Where a log goes, and how its lines look.
#[derive(Clone, Debug)]
pub struct LogDelivery {
    pub(crate) destination: LogDestination,
    pub(crate) format: LogFormat,
}

#[derive(Clone, Debug)]
pub(crate) enum LogDestination {
    CloudWatchLogs(At<String>),
    LogGroup(Box<LogGroup>, Place),
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

    /// To a log group of CloudWatch Logs that is made.
    #[track_caller]
    #[must_use]
    pub fn log_group(group: LogGroup, format: LogFormat) -> Self {
        Self {
            destination: LogDestination::LogGroup(Box::new(group), Place::here()),
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
            LogDestination::LogGroup(_, place) => place,
        }
    }

    pub(super) fn names<'a>(&'a self, names: &mut Names<'a>) {
        if let LogDestination::LogGroup(group, _) = &self.destination {
            group.names(names);
        }
    }

    pub(super) fn lower(&self, cx: &mut Lowering, log: Log) -> Vec<Property> {
        const TO_LOGS: (&str, &str) = (
            "DestinationDetails.CloudWatchLogsDetails.LogGroup",
            "cloudwatch-logs",
        );
        const TO_FIREHOSE: (&str, &str) = (
            "DestinationDetails.KinesisFirehoseDetails.DeliveryStream",
            "kinesis-firehose",
        );
        let place = self.place();
        let ((path, word), destination) = match &self.destination {
            LogDestination::CloudWatchLogs(at) => (TO_LOGS, Value::text(&*at.value)),
            LogDestination::Firehose(at) => (TO_FIREHOSE, Value::text(&*at.value)),
            LogDestination::LogGroup(group, _) => (TO_LOGS, group.lower(cx, log.as_str(), place)),
        };
        [
            (path, "destination", destination),
            ("DestinationType", "destination_type", word.into()),
            ("LogFormat", "log_format", self.format.as_str().into()),
            ("LogType", "log_type", log.as_str().into()),
        ]
        .map(|(cfn, tf, value)| Property::both(cfn, tf, value).at(place))
        .into()
    }
}
