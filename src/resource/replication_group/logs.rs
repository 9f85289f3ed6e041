use super::Engine;
use crate::diagnostic::Place;
use crate::graph::Property;
use crate::lower::Lowering;
use crate::value::{At, LogGroupName};

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

    pub(super) fn lower(&self, cx: &mut Lowering, log: Log) -> Vec<Property> {
        let (path, word, at) = match &self.destination {
            LogDestination::CloudWatchLogs(at) => {
                cx.word::<LogGroupName>(at);
                (
                    "DestinationDetails.CloudWatchLogsDetails.LogGroup",
                    "cloudwatch-logs",
                    at,
                )
            }
            LogDestination::Firehose(at) => {
                if at.value.is_empty()
                    || at.value.len() > 64
                    || !at
                        .value
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
                {
                    cx.error(
                        "delivery-stream",
                        &at.place,
                        format!("{:?} can't be a Firehose stream", at.value),
                        "1 to 64 letters, digits and any of _.-",
                        "copy the stream's name, not its ARN",
                    );
                }
                (
                    "DestinationDetails.KinesisFirehoseDetails.DeliveryStream",
                    "kinesis-firehose",
                    at,
                )
            }
        };
        vec![
            Property::both(path, "destination", &*at.value),
            Property::both("DestinationType", "destination_type", word),
            Property::both("LogFormat", "log_format", self.format.as_str()),
            Property::both("LogType", "log_type", log.as_str()),
        ]
    }

    /// Whether the engine delivers such a log.
    pub(super) fn check(&self, cx: &mut Lowering, log: Log, engine: &Engine) {
        let Some(fact) = engine.fact() else {
            return;
        };
        let (has, since) = match log {
            Log::Slow => (fact.slow_log, "redis 6.0"),
            Log::Engine => (fact.engine_log, "redis 6.2"),
        };
        if !has {
            cx.error(
                "log-delivery",
                self.place(),
                format!("{engine} delivers no {}", log.as_str()),
                format!("{since} or later, or valkey"),
                "leave it out, or raise the engine version",
            );
        }
    }
}
