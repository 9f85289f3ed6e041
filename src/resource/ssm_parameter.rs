//! Parameters of Systems Manager that say how to reach a cache: what applications read at their
//! start instead of a copy that somebody pasted.

use super::endpoint::{Endpoint, tls};
use crate::graph::{Kind, MapShape, Node, Part, Text, Value};
use crate::lower::Lowering;
use crate::value::{At, Id, ParameterName};

/// A parameter of the type `String` for each thing that a client has to know, under one path:
/// `primary-endpoint-address` and `reader-endpoint-address`, or `configuration-endpoint-address`
/// with cluster mode enabled; `port`, `scheme` (`rediss` where the cache speaks TLS) and `url`.
///
/// None holds a secret: a token or password stays where it is kept.
#[derive(Clone, Debug)]
pub struct SsmParameters {
    path: At<String>,
}

impl SsmParameters {
    /// Under that path, such as `/oms/prod/redis`.
    #[track_caller]
    #[must_use]
    pub fn under(path: &str) -> Self {
        Self {
            path: At::here(path),
        }
    }

    /// The parameters, which refer to the cache.
    pub(crate) fn lower(&self, cx: &mut Lowering, cache: &Node, cluster_mode: bool) -> Vec<Node> {
        let path = &self.path.value;
        let level = |text: &str| !text.is_empty();
        let reserved = ["/aws", "/ssm"]
            .iter()
            .any(|it| path.to_ascii_lowercase().starts_with(it));
        let levels = path.strip_prefix('/').unwrap_or_default();
        if !levels.split('/').all(level) || levels.split('/').count() > 14 || reserved {
            cx.error(
                "ssm-parameter-name",
                &self.path.place,
                format!("parameters under {path:?}"),
                "a slash, and 1 to 14 levels with slashes between them, the first neither aws… nor ssm…",
                "name it like /oms/prod/redis",
            );
            return Vec::new();
        }
        if cx.word::<ParameterName>(&self.path).is_none() {
            return Vec::new();
        }
        let endpoint = Endpoint::to_write(cluster_mode);
        let mut parameters = vec![(endpoint.name, endpoint.description, endpoint.address(cache))];
        if !cluster_mode {
            let reader = Endpoint::READER;
            parameters.push((reader.name, reader.description, reader.address(cache)));
        }
        parameters.push(("port", "Port of every node.", endpoint.port(cache)));
        // what a global datastore's primary decides isn't known here
        if let Some(tls) = tls(cache) {
            let scheme = if tls { "rediss" } else { "redis" };
            let parts = [
                Value::text(format!("{scheme}://")),
                endpoint.address(cache),
                Value::text(":"),
                endpoint.port(cache),
            ];
            let parts = parts.into_iter().flat_map(|part| match part {
                Value::Text(text) => text.0,
                Value::Reference(reference) => vec![Part::Reference(reference)],
                _ => Vec::new(),
            });
            parameters.push((
                "scheme",
                "Scheme of the URL, with TLS or without.",
                scheme.into(),
            ));
            parameters.push((
                "url",
                "URL without a user or password.",
                Value::Text(Text(parts.collect())),
            ));
        }
        parameters
            .into_iter()
            .map(|(name, description, value)| self.parameter(cx, name, description, value))
            .collect()
    }

    fn parameter(&self, cx: &Lowering, name: &str, description: &str, value: Value) -> Node {
        let id = Id::known(name);
        let mut node = Node::new(
            Kind::SsmParameter,
            &format!("{}Parameter", id.logical()),
            &id.snake(),
            &self.path.place,
        );
        let place = &self.path.place;
        node.put("Name", "name", format!("{}/{name}", self.path.value))
            .from(place);
        node.put("Description", "description", description);
        node.put("Type", "type", "String");
        node.put("Value", "value", value);
        if !cx.tags.is_empty() {
            node.paragraph(|node| {
                let tags = Value::Map(MapShape::TagMap, cx.tags.clone());
                node.put("Tags", "tags", tags);
            });
        }
        node
    }
}
