//! How the applications' clients use a cache: what their env files say beside the endpoint.

use crate::diagnostic::Place;

/// How many connections a client keeps, and how long it waits. The hand-over's env file and the
/// snippets of the runbook say it; nothing of it reaches AWS.
///
/// ```
/// use cachewright::prelude::*;
/// let settings = ClientSettings::new()
///     .max_connections(100)
///     .min_idle_connections(10)
///     .socket_timeout(3)
///     .connect_timeout(5);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClientSettings {
    max_connections: u16,
    min_idle_connections: u16,
    socket_timeout: u16,
    connect_timeout: u16,
    place: Place,
}

impl ClientSettings {
    /// At most 50 connections of each process, none kept idle, 5 seconds for an answer and 5 to
    /// connect.
    #[track_caller]
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "a default has no place in a definition"
    )]
    pub fn new() -> Self {
        Self {
            max_connections: 50,
            min_idle_connections: 0,
            socket_timeout: 5,
            connect_timeout: 5,
            place: Place::here(),
        }
    }

    /// The connections that one process opens at most, 1 or more. All processes together have to
    /// stay below the `maxclients` of a node.
    #[must_use]
    pub fn max_connections(mut self, connections: u16) -> Self {
        self.max_connections = connections;
        self
    }

    /// The connections that one process keeps open with nothing to do, at most as many as it
    /// opens; none unless told otherwise.
    #[must_use]
    pub fn min_idle_connections(mut self, connections: u16) -> Self {
        self.min_idle_connections = connections;
        self
    }

    /// The seconds that a client waits for an answer, 1 or more.
    #[must_use]
    pub fn socket_timeout(mut self, seconds: u16) -> Self {
        self.socket_timeout = seconds;
        self
    }

    /// The seconds that a client waits for a connection, 1 or more.
    #[must_use]
    pub fn connect_timeout(mut self, seconds: u16) -> Self {
        self.connect_timeout = seconds;
        self
    }

    /// What no client can do with them, and what to do instead.
    pub(crate) fn problem(&self) -> Option<(String, &'static str)> {
        if self.max_connections == 0 {
            return Some(("a client with 0 connections".into(), "1 or more"));
        }
        if self.min_idle_connections > self.max_connections {
            return Some((
                format!(
                    "{} idle connections of at most {}",
                    self.min_idle_connections, self.max_connections
                ),
                "at most as many as the client opens",
            ));
        }
        if self.socket_timeout == 0 || self.connect_timeout == 0 {
            return Some(("a time-out of 0 seconds".into(), "1 second or more"));
        }
        None
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn numbers(&self) -> [u16; 4] {
        [
            self.max_connections,
            self.min_idle_connections,
            self.socket_timeout,
            self.connect_timeout,
        ]
    }
}
