//! What a rule sees of a graph: answers that are `None` for whatever can't be known.

use crate::diagnostic::{Diagnostic, Level, Place};
use crate::graph::{Entry, Graph, Kind, Language, Node, Part, Property, Reference, Source, Value};
use crate::stage::Stage;

use super::secret;

/// A graph, looked at by one rule, and what the rule has to say.
#[derive(Debug)]
pub struct Check<'g> {
    graph: &'g Graph,
    findings: Vec<Finding>,
}

/// What one rule says about one place.
#[derive(Clone, Debug)]
pub struct Finding {
    message: String,
    place: Place,
    origin: Option<Place>,
    resource: Option<String>,
    environment: Option<String>,
    allowed: String,
    help: String,
    level: Option<Level>,
    /// What stands at the place is a secret.
    sensitive: bool,
    /// Texts that nobody may read, wherever a rule puts them.
    secrets: Vec<String>,
}

/// The shortest text that is taken out of a message: a shorter one would take words apart.
const SECRET: usize = 4;

impl Finding {
    /// What would be allowed.
    pub fn allowed(&mut self, allowed: impl Into<String>) -> &mut Self {
        self.allowed = allowed.into();
        self
    }

    /// One thing to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Another place than that of the setting or the resource, where there is one.
    pub fn at(&mut self, place: Option<&Place>) -> &mut Self {
        if let Some(place) = place {
            self.place = place.clone();
        }
        self
    }

    /// Another weight than the rule's own, such as a warning for what is merely unknown.
    pub fn level(&mut self, level: Level) -> &mut Self {
        self.level = Some(level);
        self
    }

    /// What stands at the place is a secret: no report shows it.
    pub fn secret(&mut self) -> &mut Self {
        self.sensitive = true;
        self
    }

    pub(super) fn into_diagnostic(mut self, code: &'static str, level: Level) -> Diagnostic {
        for secret in &self.secrets {
            for text in [&mut self.message, &mut self.allowed, &mut self.help] {
                *text = text.replace(secret, "…");
            }
        }
        Diagnostic {
            level: self.level.unwrap_or(level),
            code,
            message: self.message,
            environment: self.environment,
            place: Some(self.place),
            origin: self.origin,
            resource: self.resource,
            sensitive: self.sensitive,
            allowed: self.allowed,
            help: self.help,
        }
    }
}

impl<'g> Check<'g> {
    pub(crate) fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            findings: Vec::new(),
        }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The whole graph.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// What it is for, where somebody says so.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.graph.stage
    }

    /// The region, where it is known.
    #[must_use]
    pub fn region(&self) -> Option<&'g str> {
        self.graph.region.as_deref()
    }

    /// Whether what CloudFormation does is of interest: in a definition and in a template.
    #[must_use]
    pub fn is_cloudformation(&self) -> bool {
        self.graph.source != Source::Read(Language::Terraform)
    }

    /// Whether what Terraform does is of interest: in a definition and in a module.
    #[must_use]
    pub fn is_terraform(&self) -> bool {
        self.graph.source != Source::Read(Language::CloudFormation)
    }

    /// Everything of a kind.
    #[must_use]
    pub fn all(&self, kind: Kind) -> Vec<Resource<'g>> {
        self.graph
            .nodes
            .iter()
            .filter(|node| node.kind == kind)
            .map(|node| Resource {
                graph: self.graph,
                node,
            })
            .collect()
    }

    /// What a value refers to, where that is in the same graph.
    #[must_use]
    pub fn referred(&self, value: &Value) -> Option<Resource<'g>> {
        let Value::Reference(Reference::Node {
            kind,
            logical_id,
            label,
            ..
        }) = value
        else {
            return None;
        };
        self.graph
            .nodes
            .iter()
            .find(|node| {
                node.kind == *kind && node.logical_id == *logical_id && node.label == *label
            })
            .map(|node| Resource {
                graph: self.graph,
                node,
            })
    }

    /// Says that something is wrong with a setting.
    pub fn report(&mut self, setting: &Setting<'g>, message: impl Into<String>) -> &mut Finding {
        let place = setting
            .property
            .place
            .as_ref()
            .unwrap_or(&setting.resource.node.place)
            .clone();
        let sensitive = self.is_secret(setting.property);
        let mut secrets = Vec::new();
        if sensitive {
            literals(setting.value(), &mut secrets);
        }
        self.push(Finding {
            message: message.into(),
            place,
            origin: setting.property.origin.clone(),
            resource: Some(setting.resource.name()),
            environment: None,
            allowed: String::new(),
            help: String::new(),
            level: None,
            sensitive,
            secrets,
        })
    }

    /// Says that something is wrong with a setting of that name, or with the whole resource where
    /// the setting isn't there.
    pub fn report_at(
        &mut self,
        resource: &Resource<'g>,
        name: &str,
        message: impl Into<String>,
    ) -> &mut Finding {
        match resource.setting(name) {
            Some(setting) => self.report(&setting, message),
            None => self.report_resource(resource, message),
        }
    }

    /// Says that something is wrong with a name that is data: a tag, an engine parameter.
    pub fn report_entry(
        &mut self,
        setting: &Setting<'g>,
        entry: &Entry,
        message: impl Into<String>,
    ) -> &mut Finding {
        let finding = self.report(setting, message);
        if secret::is_secret_name(&entry.name) {
            finding.sensitive = true;
            let text = entry.value.literal().filter(|text| text.len() >= SECRET);
            finding.secrets.extend(text.map(str::to_owned));
        }
        if let Some(place) = &entry.place {
            finding.place = place.clone();
        }
        finding
    }

    /// Says that something is wrong with the very name of a name that is data.
    pub fn report_name(
        &mut self,
        setting: &Setting<'g>,
        entry: &Entry,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.report_entry(setting, entry, message)
            .at(entry.name_place.as_ref())
    }

    /// Says that something is wrong with a whole resource.
    pub fn report_resource(
        &mut self,
        resource: &Resource<'g>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.push(Finding {
            message: message.into(),
            place: resource.node.place.clone(),
            origin: None,
            resource: Some(resource.name()),
            environment: None,
            allowed: String::new(),
            help: String::new(),
            level: None,
            sensitive: false,
            secrets: Vec::new(),
        })
    }

    /// Says that something is wrong at a place: an input, an output, a workload.
    pub fn report_place(&mut self, place: &Place, message: impl Into<String>) -> &mut Finding {
        self.push(Finding {
            message: message.into(),
            place: place.clone(),
            origin: None,
            resource: None,
            environment: None,
            allowed: String::new(),
            help: String::new(),
            level: None,
            sensitive: false,
            secrets: Vec::new(),
        })
    }

    /// Whether a setting holds a secret, by its name or because an input that nobody may see is
    /// in it.
    fn is_secret(&self, property: &Property) -> bool {
        let names = [&property.cloudformation, &property.terraform];
        let by_name = names
            .into_iter()
            .flatten()
            .any(|name| secret::is_secret_name(name));
        by_name
            || self.graph.inputs.iter().any(|input| {
                input.no_echo && property.inputs.iter().any(|name| name == input.id.as_str())
            })
    }

    fn push(&mut self, mut finding: Finding) -> &mut Finding {
        if self.graph.source == Source::Definition {
            finding.environment = Some(self.graph.environment.clone());
            // a definition has one cache: its environment says enough
            finding.resource = None;
        }
        let at = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[at]
    }
}

/// The texts of a value that are long enough to be a secret.
fn literals(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Text(text) => {
            let literal = text.literal().filter(|text| text.len() >= SECRET);
            into.extend(literal.map(str::to_owned));
        }
        Value::List(values) => values.iter().for_each(|value| literals(value, into)),
        _ => {}
    }
}

/// A resource, with what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'g> {
    graph: &'g Graph,
    /// Everything about it.
    pub node: &'g Node,
}

/// A setting of a resource.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'g> {
    resource: Resource<'g>,
    /// Everything about it.
    pub property: &'g Property,
}

impl<'g> Setting<'g> {
    /// What it is set to.
    #[must_use]
    pub fn value(&self) -> &'g Value {
        &self.property.value
    }

    /// Whether it is empty, which Terraform's provider takes for nothing at all. What belongs to
    /// a serverless cache is newer, and taken at its word.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        if self.resource.graph.source != Source::Read(Language::Terraform)
            || self.resource.node.kind == Kind::ServerlessCache
        {
            return false;
        }
        match self.value() {
            Value::Text(text) => text.literal() == Some(""),
            Value::List(values) => values.is_empty(),
            _ => false,
        }
    }

    /// Whether it is empty because the input that it comes from has an empty default: whoever
    /// uses the module says more.
    #[must_use]
    pub fn is_left_open(&self) -> bool {
        self.is_nothing() && !self.property.inputs.is_empty()
    }

    /// Its name in the language of its file; CloudFormation's for a definition.
    #[must_use]
    pub fn name(&self) -> &'g str {
        let (first, second) = match self.resource.graph.source {
            Source::Read(Language::Terraform) => {
                (&self.property.terraform, &self.property.cloudformation)
            }
            _ => (&self.property.cloudformation, &self.property.terraform),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }
}

impl<'g> Resource<'g> {
    /// Its logical id, or its Terraform address.
    #[must_use]
    pub fn name(&self) -> String {
        match self.graph.source {
            Source::Read(Language::Terraform) => self.node.address(),
            _ => self.node.logical_id.clone(),
        }
    }

    /// What a setting is called in the language of the file: `CacheNodeType` is `node_type` in
    /// Terraform. For messages.
    #[must_use]
    pub fn word(&self, name: &'g str) -> &'g str {
        if self.graph.source != Source::Read(Language::Terraform) {
            return name;
        }
        crate::vocabulary::setting(self.node.kind, Language::CloudFormation, name)
            .map(|setting| setting.terraform)
            .filter(|word| !word.is_empty())
            .unwrap_or(name)
    }

    /// The setting of that name: CloudFormation's, or Terraform's where CloudFormation has none.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<Setting<'g>> {
        let named = |property: &&'g Property| {
            property.cloudformation.as_deref() == Some(name)
                || (property.terraform.as_deref() == Some(name))
        };
        self.node
            .properties
            .iter()
            .find(named)
            .map(|property| Setting {
                resource: *self,
                property,
            })
    }

    /// Whether one of its settings refers to a node of the graph.
    #[must_use]
    pub fn mentions(&self, node: &Node) -> bool {
        any_mentions(&self.node.properties, node)
    }

    /// Several settings of one object each: log deliveries, shards, metrics.
    #[must_use]
    pub fn objects(&self, name: &str) -> &'g [Vec<Property>] {
        match self.setting(name).map(|setting| setting.value()) {
            Some(Value::Objects(objects)) => objects,
            _ => &[],
        }
    }

    /// The setting of that name within one of several objects.
    #[must_use]
    pub fn within(&self, object: &'g [Property], name: &str) -> Option<Setting<'g>> {
        object
            .iter()
            .find(|property| {
                property.cloudformation.as_deref() == Some(name)
                    || property.terraform.as_deref() == Some(name)
            })
            .map(|property| Setting {
                resource: *self,
                property,
            })
    }

    /// Whether a setting is certainly not there. To Terraform's provider an empty text or list
    /// is nothing at all; but where it is a variable's default, somebody else may say more.
    #[must_use]
    pub fn is_absent(&self, name: &str) -> bool {
        match self.setting(name) {
            None => !self.node.partial,
            Some(setting) => setting.is_nothing() && !setting.is_left_open(),
        }
    }

    /// Whether a setting is certainly there, whatever it is set to. A variable of Terraform's that
    /// nobody has given yet may turn out to be `null`, which is nothing.
    #[must_use]
    pub fn is_present(&self, name: &str) -> bool {
        self.setting(name).is_some_and(|setting| {
            let may_be_null = self.graph.source == Source::Read(Language::Terraform)
                && matches!(setting.value(), Value::Reference(Reference::Input(_)));
            *setting.value() != Value::Unknown && !may_be_null && !setting.is_nothing()
        })
    }

    /// A text, where it is known in full and there is one.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'g str> {
        let setting = self.setting(name)?;
        setting.text().filter(|_| !setting.is_nothing())
    }

    /// A text, where it is known in full; the default where the setting certainly isn't there.
    #[must_use]
    pub fn text_or(&self, name: &str, default: &'g str) -> Option<&'g str> {
        if self.is_absent(name) {
            Some(default)
        } else {
            self.text(name)
        }
    }

    /// Yes or no, where it is known.
    #[must_use]
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.setting(name)?.value() {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Yes or no, where it is known; the default where the setting certainly isn't there.
    #[must_use]
    pub fn bool_or(&self, name: &str, default: bool) -> Option<bool> {
        if self.is_absent(name) {
            Some(default)
        } else {
            self.bool(name)
        }
    }

    /// A whole number, where it is known.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.setting(name)?.value() {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// A whole number, where it is known; the default where the setting certainly isn't there.
    #[must_use]
    pub fn integer_or(&self, name: &str, default: i64) -> Option<i64> {
        if self.is_absent(name) {
            Some(default)
        } else {
            self.integer(name)
        }
    }

    /// The values of a list, where the list itself is known; single ones may still be unknown.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&'g [Value]> {
        match self.setting(name)?.value() {
            Value::List(values) => Some(values),
            _ => None,
        }
    }

    /// Names that are data, with their texts: tags, engine parameters, dimensions.
    #[must_use]
    pub fn entries(&self, name: &str) -> Option<&'g [Entry]> {
        match self.setting(name)?.value() {
            Value::Map(_, entries) => Some(entries),
            _ => None,
        }
    }

    /// The text of one of several names that are data, where it is known.
    #[must_use]
    pub fn entry(&self, name: &str, key: &str) -> Option<&'g str> {
        self.entries(name)?
            .iter()
            .find(|entry| entry.name == key)?
            .value
            .literal()
    }
}

impl<'g> Setting<'g> {
    /// Whether somebody says it: a definition's defaults follow from what it says elsewhere,
    /// and are right where that is.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.resource.graph.source != Source::Definition || self.property.place.is_some()
    }

    /// A text, where it is known in full.
    #[must_use]
    pub fn text(&self) -> Option<&'g str> {
        match self.value() {
            Value::Text(text) => text.literal(),
            _ => None,
        }
    }

    /// The resource that has it.
    #[must_use]
    pub fn resource(&self) -> Resource<'g> {
        self.resource
    }
}

fn any_mentions(properties: &[Property], node: &Node) -> bool {
    let mut values = properties.iter().map(|property| &property.value);
    values.any(|value| value_mentions(value, node))
}

fn value_mentions(value: &Value, node: &Node) -> bool {
    let is_it = |reference: &Reference| match reference {
        Reference::Node {
            kind,
            logical_id,
            label,
            ..
        } => *kind == node.kind && *logical_id == node.logical_id && *label == node.label,
        _ => false,
    };
    match value {
        Value::Reference(reference) => is_it(reference),
        Value::Text(text) => text.0.iter().any(|part| match part {
            Part::Reference(reference) => is_it(reference),
            _ => false,
        }),
        Value::List(values) => values.iter().any(|value| value_mentions(value, node)),
        Value::Objects(objects) => objects.iter().any(|object| any_mentions(object, node)),
        _ => false,
    }
}
