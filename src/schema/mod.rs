//! The JSON Schemas of every kind in both languages, and what holds the emitted
//! bytes against them. The validators are compiled with the crate, by `build.rs`.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

use crate::graph::{Kind, Language};
use crate::vocabulary::{self, Shape};
use crate::{cloudformation, terraform};

/// A schema and its validator.
struct Schema {
    name: &'static str,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "tests read what a schema says of itself")
    )]
    text: &'static str,
    is_valid: fn(&Value) -> bool,
    errors: fn(&Value) -> Vec<Refusal>,
}

/// What a schema refuses.
struct Refusal {
    /// Where in the value: names and positions, each after a slash.
    path: String,
    text: String,
    what: What,
}

/// The kinds of refusals that differ in how much they say about what somebody else wrote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// Something must not be there.
    Unexpected,
    /// A text in place of a number, and the like.
    Type,
    Other,
}

include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

fn errors<'a>(errors: impl Iterator<Item = ValidationError<'a>>) -> Vec<Refusal> {
    errors
        .map(|error| {
            let what = match error.kind() {
                ValidationErrorKind::AdditionalProperties { .. } => What::Unexpected,
                ValidationErrorKind::Type { .. } => What::Type,
                _ => What::Other,
            };
            let text = match error.kind() {
                ValidationErrorKind::AdditionalProperties { unexpected } => {
                    format!("{} isn't a setting of this kind", unexpected.join(", "))
                }
                // a long value would hide what is wrong with it
                _ => {
                    let text = error.to_string();
                    if text.len() > 200 {
                        error.masked().to_string()
                    } else {
                        text
                    }
                }
            };
            Refusal {
                path: error.instance_path().to_string(),
                text,
                what,
            }
        })
        .collect()
}

fn schema(name: &str) -> Option<&'static Schema> {
    let at = SCHEMAS
        .binary_search_by(|schema| schema.name.cmp(name))
        .ok()?;
    Some(&SCHEMAS[at])
}

/// What is wrong with emitted bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The resource that it is in, as `Type.name`; empty for the file as a whole.
    pub resource: String,
    /// The property of the resource, in the file's own vocabulary; empty for the resource as a whole.
    pub property: String,
    /// Where in its settings: names and positions, each after a slash; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// One thing to do, where it isn't to change the setting itself.
    pub help: Option<&'static str>,
}

impl Violation {
    fn whole(message: impl Into<String>) -> Self {
        Self {
            resource: String::new(),
            property: String::new(),
            path: String::new(),
            message: message.into(),
            help: None,
        }
    }
}

fn hold(name: &str, resource: &str, value: &Value, violations: &mut Vec<Violation>) {
    let Some(schema) = schema(name) else {
        violations.push(Violation::whole(format!("{resource}: no schema of {name}")));
        return;
    };
    // most are right, and saying so is much cheaper than looking for what is wrong
    if (schema.is_valid)(value) {
        return;
    }
    violations.extend(
        (schema.errors)(value)
            .into_iter()
            .map(|refusal| violation(resource, refusal)),
    );
}

fn violation(resource: &str, refusal: Refusal) -> Violation {
    let Refusal { path, text, .. } = refusal;
    Violation {
        resource: resource.to_owned(),
        property: path.split('/').nth(1).unwrap_or_default().to_owned(),
        message: if path.is_empty() {
            text
        } else {
            format!("{path}: {text}")
        },
        path,
        help: None,
    }
}

/// Holds the settings of a resource that anybody wrote against the schema of its type, as far as a
/// schema can know: a value of a wrong type, and in CloudFormation a setting that there isn't. What a
/// language converts by itself is let be. Words, ranges and combinations are for rules to judge, who
/// know what AWS takes beyond what this program prints.
#[must_use]
pub fn check_settings(language: Language, of: &str, settings: &Value) -> Vec<Violation> {
    let name = match language {
        Language::CloudFormation => format!("cloudformation/{}", of.replace("::", "-")),
        Language::Terraform => format!("terraform/resource.{of}"),
    };
    let Some(schema) = schema(&name) else {
        return Vec::new();
    };
    let settings = &as_taken(language, of, settings);
    if (schema.is_valid)(settings) {
        return Vec::new();
    }
    let matters = |refusal: &Refusal| match refusal.what {
        What::Type => !settings.pointer(&refusal.path).is_some_and(converts),
        // of ElastiCache's own kinds a rule knows every setting
        What::Unexpected => {
            language == Language::CloudFormation && !of.starts_with("AWS::ElastiCache::")
        }
        What::Other => false,
    };
    (schema.errors)(settings)
        .into_iter()
        .filter(matters)
        .map(|refusal| {
            let stands = settings.pointer(&refusal.path).unwrap_or(&Value::Null);
            let block = refusal.what == What::Type && is_block(stands);
            // never the value: it may be a secret
            let text = match refusal.what {
                What::Type => {
                    let wanted = refusal.text.rsplit("is not of ").next().unwrap_or_default();
                    let name = refusal.path.trim_start_matches('/').replace('/', ".");
                    format!("{name} is {}, and not of {wanted}", what_it_is(stands))
                }
                What::Unexpected | What::Other => refusal.text.clone(),
            };
            let mut violation = violation(of, refusal);
            violation.message = text;
            if block && language == Language::Terraform {
                let name = &violation.property;
                violation.message = format!("{name} is a map, and stands here as a block");
                violation.help = Some("write an equals sign behind its name");
            }
            violation
        })
        .collect()
}

const fn what_it_is(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Blocks of one name are a list of objects.
fn is_block(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|blocks| !blocks.is_empty() && blocks.iter().all(Value::is_object))
}

/// Settings as a language takes them: texts of numbers and booleans are what they say, and one
/// object is a list of one.
fn as_taken(language: Language, of: &str, settings: &Value) -> Value {
    let kind = match language {
        Language::CloudFormation => Kind::of_cloudformation(of),
        Language::Terraform => Kind::of_terraform(of),
    };
    let mut settings = computed(settings);
    let (Some(kind), Value::Object(members)) = (kind, &mut settings) else {
        return settings;
    };
    if language == Language::Terraform {
        // as if it weren't there
        members.retain(|_, value| !value.is_null());
    }
    for (name, value) in members {
        let shape = vocabulary::setting(kind, language, name).map(|setting| setting.shape);
        let taken = match (shape, &*value) {
            (Some(Shape::Bool), Value::String(text)) => {
                text.to_ascii_lowercase().parse().ok().map(Value::Bool)
            }
            (Some(Shape::Integer), Value::String(text)) => {
                text.parse::<i64>().ok().map(Value::from)
            }
            (Some(Shape::Text), Value::Bool(_) | Value::Number(_)) => {
                Some(Value::String(value.to_string()))
            }
            (None | Some(Shape::Objects), Value::Object(object))
                if language == Language::CloudFormation && !is_computed(object) =>
            {
                // security group rules have no row of their own in the group
                name.starts_with("SecurityGroup").then(|| json!([value]))
            }
            _ => None,
        };
        if let Some(taken) = taken {
            *value = taken;
        }
    }
    settings
}

/// One of CloudFormation's functions.
fn is_computed(members: &Map<String, Value>) -> bool {
    let mut names = members.keys();
    matches!(
        (names.next(), names.next()),
        (Some(name), None) if name == "Ref" || name.starts_with("Fn::")
    )
}

/// Every function of CloudFormation as one that the schemas know to be computed.
fn computed(value: &Value) -> Value {
    match value {
        Value::Object(members) => match members.keys().next() {
            Some(_) if is_computed(members) => json!({ "Fn::Sub": value.to_string() }),
            _ => members
                .iter()
                .map(|(name, member)| (name.clone(), computed(member)))
                .collect(),
        },
        Value::Array(items) => items.iter().map(computed).collect(),
        scalar => scalar.clone(),
    }
}

/// Whether a scalar may stand for one of another type: `"true"`, `"6379"`, `7.0`.
fn converts(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => {
            matches!(&*text.to_ascii_lowercase(), "true" | "false")
                || text.parse::<f64>().is_ok()
                || text.contains("{{resolve:")
        }
        // what isn't there is the reader's to report
        Value::Null => true,
        Value::Array(_) | Value::Object(_) => false,
    }
}

/// The longest template that can be deployed without an S3 bucket, in bytes.
pub const TEMPLATE_BODY_LIMIT: usize = 51_200;

/// Holds a template's bytes against the schemas and CloudFormation's limits.
#[must_use]
pub fn check_template(text: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    if text.len() > TEMPLATE_BODY_LIMIT {
        violations.push(Violation {
            help: Some("let clients share a security group or a prefix list, and shorten descriptions"),
            ..Violation::whole(format!(
                "the template is {} bytes long; {TEMPLATE_BODY_LIMIT} can be deployed without an S3 bucket",
                text.len()
            ))
        });
    }
    let template = match cloudformation::read(text) {
        Ok(template) => template,
        Err(error) => {
            violations.push(Violation::whole(error.to_string()));
            return violations;
        }
    };
    hold("cloudformation/template", "", &template, &mut violations);
    let none = json!({});
    for (logical_id, resource) in template["Resources"].as_object().into_iter().flatten() {
        let kind = resource["Type"].as_str().unwrap_or_default();
        hold(
            &format!("cloudformation/{}", kind.replace("::", "-")),
            &format!("{kind}.{logical_id}"),
            resource.get("Properties").unwrap_or(&none),
            &mut violations,
        );
    }
    violations
}

const META_ARGUMENTS: [&str; 5] = ["lifecycle", "depends_on", "count", "for_each", "provider"];

/// Holds a `.tf` file's bytes against the schemas.
#[must_use]
pub fn check_terraform(text: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    let blocks = match terraform::read(text) {
        Ok(blocks) => blocks,
        Err(error) => {
            violations.push(Violation::whole(error.to_string()));
            return violations;
        }
    };
    for mut block in blocks {
        let address = block.labels.join(".");
        match (block.kind.as_str(), block.labels.as_slice()) {
            ("resource" | "data" | "ephemeral", [kind, _]) => {
                if let Value::Object(members) = &mut block.body {
                    let mut meta = serde_json::Map::new();
                    for name in META_ARGUMENTS {
                        if let Some(value) = members.remove(name) {
                            meta.insert(name.to_owned(), value);
                        }
                    }
                    if !meta.is_empty() {
                        hold(
                            "terraform/meta-arguments",
                            &address,
                            &Value::Object(meta),
                            &mut violations,
                        );
                    }
                }
                let name = format!("terraform/{}.{kind}", block.kind);
                hold(&name, &address, &block.body, &mut violations);
            }
            ("provider", [kind]) => {
                hold(
                    &format!("terraform/provider.{kind}"),
                    &address,
                    &block.body,
                    &mut violations,
                );
            }
            ("variable" | "output", [_]) | ("terraform" | "locals", []) => {
                hold(
                    &format!("terraform/{}", block.kind),
                    &address,
                    &block.body,
                    &mut violations,
                );
            }
            (kind, labels) => violations.push(Violation::whole(format!(
                "line {}: a block `{kind}` with {} labels",
                block.line,
                labels.len()
            ))),
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Kind;

    #[test]
    fn every_schema_says_where_it_comes_from() {
        for schema in &SCHEMAS {
            let text: Value = serde_json::from_str(schema.text).unwrap();
            let comment = text["$comment"].as_str().unwrap_or_default();
            assert!(comment.contains("read 2026-"), "{}: {comment}", schema.name);
        }
    }

    /// Kinds that nothing prints; what others write of them is for rules to judge.
    const ONLY_READ: [Kind; 3] = [
        Kind::CacheCluster,
        Kind::ServerlessCache,
        Kind::GlobalReplicationGroup,
    ];

    #[test]
    fn every_kind_has_a_schema_in_each_language() {
        for kind in Kind::ALL
            .into_iter()
            .filter(|kind| !ONLY_READ.contains(kind))
        {
            let cloudformation = format!(
                "cloudformation/{}",
                kind.cloudformation().replace("::", "-")
            );
            let is_both = !kind.cloudformation().is_empty();
            assert!(
                !is_both || schema(&cloudformation).is_some(),
                "{cloudformation}"
            );
            let terraform = format!("terraform/resource.{}", kind.terraform());
            assert!(schema(&terraform).is_some(), "{terraform}");
        }
    }

    /// The table of newer arguments is what the schemas say.
    #[test]
    fn arguments_that_newer_providers_have_are_known_as_such() {
        for (argument, since) in terraform::SINCE {
            let mut known = SCHEMAS
                .iter()
                .filter(|schema| schema.name.starts_with("terraform/resource."))
                .filter_map(|schema| {
                    let schema: Value = serde_json::from_str(schema.text).unwrap();
                    schema["properties"].get(argument).cloned()
                })
                .peekable();
            assert!(known.peek().is_some(), "{argument}");
            for property in known {
                assert_eq!(property["x-since"], *since, "{argument}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_found_and_what_is_computed_is_let_be() {
        let good = r#"{"Resources": {"G": {"Type": "AWS::ElastiCache::SubnetGroup", "Properties": {"Description": "x", "SubnetIds": {"Ref": "Ids"}}}}}"#;
        assert_eq!(check_template(good), []);
        let bad = good.replace(r#"{"Ref": "Ids"}"#, "7");
        let found = check_template(&bad);
        assert_eq!(
            (found.len(), found[0].property.as_str()),
            (1, "SubnetIds"),
            "{found:?}"
        );
        assert_eq!(check_template("{").len(), 1);
        let tf = "resource \"aws_elasticache_subnet_group\" \"this\" {\n  name = \"a\"\n  subnet_ids = var.ids\n}\n";
        assert_eq!(check_terraform(tf), []);
        assert_eq!(
            check_terraform(&tf.replace("subnet_ids", "subnets")).len(),
            2
        );
        assert_eq!(check_terraform("resource \"x\" {\n}\n").len(), 1);
    }
}
