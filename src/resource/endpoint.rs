//! The endpoints of a cache, in the words of both languages.

use crate::graph::{Node, Value};

/// Where a cache is reached.
pub(super) struct Endpoint {
    /// `primary-endpoint-address`, as the outputs are called.
    pub name: &'static str,
    pub description: &'static str,
    /// CloudFormation's attribute, without what follows the dot.
    cloudformation: [&'static str; 2],
    terraform: &'static str,
}

impl Endpoint {
    const PRIMARY: Self = Self {
        name: "primary-endpoint-address",
        description: "Address of the primary, to write to.",
        cloudformation: ["PrimaryEndPoint.Address", "PrimaryEndPoint.Port"],
        terraform: "primary_endpoint_address",
    };
    const CONFIGURATION: Self = Self {
        name: "configuration-endpoint-address",
        description: "Address from which clients learn the shards.",
        cloudformation: [
            "ConfigurationEndPoint.Address",
            "ConfigurationEndPoint.Port",
        ],
        terraform: "configuration_endpoint_address",
    };
    /// The replicas, to read from; only with cluster mode disabled.
    pub const READER: Self = Self {
        name: "reader-endpoint-address",
        description: "Address of the replicas, to read from.",
        cloudformation: ["ReaderEndPoint.Address", "ReaderEndPoint.Port"],
        terraform: "reader_endpoint_address",
    };

    /// The one to write to.
    pub fn to_write(cluster_mode: bool) -> Self {
        if cluster_mode {
            Self::CONFIGURATION
        } else {
            Self::PRIMARY
        }
    }

    pub fn address(&self, cache: &Node) -> Value {
        cache.attribute(Some(self.cloudformation[0]), self.terraform)
    }

    pub fn port(&self, cache: &Node) -> Value {
        cache.attribute(Some(self.cloudformation[1]), "port")
    }
}

/// Whether clients may speak TLS to it, where the cache itself says so.
pub(super) fn tls(cache: &Node) -> Option<bool> {
    let mut properties = cache.properties.iter();
    let said =
        properties.find(|it| it.cloudformation.as_deref() == Some("TransitEncryptionEnabled"))?;
    match said.value {
        Value::Bool(tls) => Some(tls),
        _ => None,
    }
}
