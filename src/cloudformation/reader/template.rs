//! The sections of a template, and whether they have the shape that CloudFormation wants.

use std::collections::HashMap;

use super::tree::{Mark, Member, Tree, What, is_loop};
use crate::diagnostic::Diagnostic;

/// A name, where it stands, and what it names.
pub(super) type Named<'t> = (&'t str, Mark, &'t Tree);

/// A template by its sections.
pub(super) struct Template<'t> {
    pub file: &'t str,
    pub root: &'t Tree,
    pub parameters: Vec<Named<'t>>,
    pub mappings: Vec<Named<'t>>,
    pub conditions: Vec<Named<'t>>,
    pub resources: Vec<Resource<'t>>,
    pub outputs: Vec<Named<'t>>,
    pub transforms: Vec<&'t str>,
    /// There may be resources that can't be seen here.
    pub is_open: bool,
    /// There may be conditions that can't be seen here.
    pub has_open_conditions: bool,
}

/// A resource of a template.
pub(super) struct Resource<'t> {
    pub id: &'t str,
    pub mark: Mark,
    pub tree: &'t Tree,
    pub of: &'t str,
}

/// How much is said about one template; nobody reads more.
pub(super) const FINDINGS: usize = 1000;

const SECTIONS: [&str; 12] = [
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Globals",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
];

const ATTRIBUTES: [&str; 10] = [
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
    // a custom resource's
    "Version",
];

const PARAMETER: [&str; 11] = [
    "AllowedPattern",
    "AllowedValues",
    "ConstraintDescription",
    "Default",
    "Description",
    "MaxLength",
    "MaxValue",
    "MinLength",
    "MinValue",
    "NoEcho",
    "Type",
];

const OUTPUT: [&str; 4] = ["Condition", "Description", "Export", "Value"];

const CONDITION: [&str; 5] = ["Condition", "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"];

/// The code of everything that is said here.
const CODE: &str = "template-shape";

pub(super) fn shape(
    file: &str,
    mark: Mark,
    message: impl Into<String>,
    allowed: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::error(CODE, message)
        .at(&mark.place(file))
        .allowed(allowed)
        .help(help)
}

impl<'t> Template<'t> {
    /// The sections of a template whose root is an object.
    pub fn new(
        file: &'t str,
        root: &'t Tree,
        members: &'t [Member],
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let transforms = transforms(root);
        let mut template = Self {
            file,
            root,
            parameters: section(file, root, "Parameters", findings),
            mappings: section(file, root, "Mappings", findings),
            conditions: section(file, root, "Conditions", findings),
            resources: Vec::new(),
            outputs: section(file, root, "Outputs", findings),
            is_open: transforms.iter().any(|name| makes_resources(name))
                || root.get("Fn::Transform").is_some(),
            has_open_conditions: root.get("Fn::Transform").is_some(),
            transforms,
        };
        template.sections(members, findings);
        template.declarations(findings);
        let resources = section(file, root, "Resources", findings);
        template.is_open |= resources.iter().any(|(name, ..)| is_open_name(name));
        template.has_open_conditions |= template
            .conditions
            .iter()
            .any(|(name, ..)| is_open_name(name));
        template.conditions.retain(|(name, ..)| !is_open_name(name));
        template.outputs.retain(|(name, ..)| !is_open_name(name));
        let told = !root.get("Resources").is_none_or(is_object);
        if resources.is_empty() && !template.is_open && !told {
            findings.push(shape(
                file,
                root.member("Resources")
                    .map_or(root.mark, |section| section.mark),
                "the template has no resources",
                "a section Resources with at least one resource",
                "add the section, or correct its name and its indentation",
            ));
        }
        let parameters: HashMap<&str, Mark> = template
            .parameters
            .iter()
            .map(|(name, mark, _)| (*name, *mark))
            .collect();
        for (id, mark, tree) in resources {
            if is_open_name(id) {
                continue;
            }
            if let Some(first) = parameters.get(id) {
                findings.push(
                    Diagnostic::error(
                        "duplicate-key",
                        format!("{id:?} is a resource here and a parameter elsewhere"),
                    )
                    .at(&mark.place(file))
                    .allowed("each name for one thing")
                    .help(format!(
                        "rename one of them; the parameter is at {}",
                        first.place(file)
                    )),
                );
            }
            if let Some(of) = template.resource(id, mark, tree, findings) {
                template.resources.push(Resource { id, mark, tree, of });
            }
        }
        for name in [
            "Parameters",
            "Mappings",
            "Conditions",
            "Resources",
            "Outputs",
        ] {
            if let Some(section) = root.member(name) {
                nulls(file, (name, section.mark), &section.value, findings);
            }
        }
        template
    }

    /// Reports what isn't a section.
    fn sections(&self, members: &[Member], findings: &mut Vec<Diagnostic>) {
        if let Some(version) = self.root.get("AWSTemplateFormatVersion")
            && version.text() != Some("2010-09-09")
        {
            findings.push(shape(
                self.file,
                version.mark,
                "no such version of the template format",
                "2010-09-09, the only one there is",
                "write 2010-09-09, or leave it out",
            ));
        }
        if self.has_macro() {
            return;
        }
        for member in members {
            if !SECTIONS.contains(&&*member.name) && member.name != "Fn::Transform" {
                findings.push(shape(
                    self.file,
                    member.mark,
                    format!("{} isn't a section of a template", member.name),
                    SECTIONS.join(", "),
                    "correct its name or its indentation",
                ));
            }
        }
    }

    /// Reports parameters, mappings, conditions and outputs that don't have their shape.
    fn declarations(&self, findings: &mut Vec<Diagnostic>) {
        let file = self.file;
        let mut report = |mark: Mark, message: String, allowed: &str, help: &str| {
            findings.push(shape(file, mark, message, allowed, help));
        };
        for (name, mark, tree) in &self.parameters {
            let Some(members) = tree.members() else {
                let message = format!("the parameter {name} is {}", tree.noun());
                report(
                    tree.mark,
                    message,
                    "an object with a Type",
                    "correct its indentation",
                );
                continue;
            };
            for member in members {
                if !PARAMETER.contains(&&*member.name) && !self.has_macro() {
                    let message = format!("a parameter has nothing called {}", member.name);
                    report(
                        member.mark,
                        message,
                        &PARAMETER.join(", "),
                        "correct its name",
                    );
                }
            }
            let types = "String, Number, CommaDelimitedList, List<Number>, or one of AWS's own, \
                         such as AWS::EC2::VPC::Id or List<AWS::EC2::Subnet::Id>";
            match tree.get("Type").map(|of| (of, of.text())) {
                None => report(
                    *mark,
                    format!("the parameter {name} has no Type"),
                    types,
                    "say what it holds; String takes any text",
                ),
                Some((_, Some(of))) if is_parameter_type(of) => {}
                Some((of, _)) => {
                    let said = of.scalar().unwrap_or_default();
                    let message = format!("{said:?} isn't a type of parameters");
                    report(of.mark, message, types, "say String; it takes any text");
                }
            }
        }
        for (name, _, tree) in &self.mappings {
            let objects = |tree: &Tree| {
                tree.members().is_some_and(|members| {
                    members
                        .iter()
                        .all(|member| is_object(&member.value) || is_open_name(&member.name))
                })
            };
            if !objects(tree) && *name != "Fn::Transform" {
                report(
                    tree.mark,
                    format!("the mapping {name} isn't an object of objects"),
                    "two levels of keys, and a value for each pair",
                    "add the level that is missing",
                );
            }
        }
        for (name, _, tree) in &self.conditions {
            let is_function = tree.members().is_some_and(
                |members| matches!(members, [member] if CONDITION.contains(&&*member.name)),
            );
            if !is_function && !is_open_name(name) && !self.has_macro() {
                report(
                    tree.mark,
                    format!("the condition {name} is none"),
                    "one of Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition",
                    "compare something: !Equals [!Ref Name, value]",
                );
            }
        }
        for (name, mark, tree) in &self.outputs {
            if is_open_name(name) {
                continue;
            }
            match tree.members() {
                None => report(
                    tree.mark,
                    format!("the output {name} is {}", tree.noun()),
                    "an object with a Value",
                    "correct its indentation",
                ),
                Some(_) if self.has_macro() || tree.get("Fn::Transform").is_some() => {}
                Some(_) if tree.get("Value").is_none() => {
                    report(
                        *mark,
                        format!("the output {name} has no Value"),
                        "a Value",
                        "say what it tells",
                    );
                }
                Some(members) => {
                    for member in members {
                        if !OUTPUT.contains(&&*member.name) {
                            let message = format!("an output has nothing called {}", member.name);
                            report(member.mark, message, &OUTPUT.join(", "), "correct its name");
                        }
                    }
                }
            }
        }
    }

    /// A macro of somebody's own may change everything.
    pub fn has_macro(&self) -> bool {
        self.transforms
            .iter()
            .any(|name| !name.starts_with("AWS::"))
    }

    /// Reports what is wrong with a resource as a whole, and tells its type.
    fn resource(
        &self,
        id: &str,
        mark: Mark,
        tree: &'t Tree,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<&'t str> {
        let file = self.file;
        let Some(members) = tree.members() else {
            if !matches!(tree.what, What::Null) {
                findings.push(shape(
                    file,
                    tree.mark,
                    format!("the resource {id} is {}", tree.noun()),
                    "an object with Type and Properties",
                    "correct its indentation",
                ));
            }
            return None;
        };
        if !self.is_open {
            for member in members {
                if !ATTRIBUTES.contains(&&*member.name) && member.name != "Fn::Transform" {
                    findings.push(shape(
                        file,
                        member.mark,
                        format!("a resource has nothing called {}", member.name),
                        ATTRIBUTES.join(", "),
                        "put it into Properties, or correct its name",
                    ));
                }
            }
        }
        if let Some(properties) = tree.get("Properties")
            && !matches!(properties.what, What::Object(_) | What::Null)
        {
            findings.push(shape(
                file,
                properties.mark,
                format!("the properties of {id} are {}", properties.noun()),
                "an object",
                "write each property as a name and a value",
            ));
        }
        match tree.get("Type").map(|of| (of, of.text())) {
            Some((_, Some(of))) => Some(of),
            Some((of, None)) => {
                findings.push(shape(
                    file,
                    of.mark,
                    format!("the type of {id} is {}", of.noun()),
                    "a text, such as AWS::ElastiCache::ReplicationGroup",
                    "write the type out: it can't be computed",
                ));
                None
            }
            None if tree.get("Fn::Transform").is_some() => None,
            None => {
                findings.push(shape(
                    file,
                    mark,
                    format!("the resource {id} has no Type"),
                    "a Type, such as AWS::ElastiCache::ReplicationGroup",
                    "say what it is",
                ));
                None
            }
        }
    }
}

fn is_parameter_type(name: &str) -> bool {
    matches!(
        name,
        "String" | "Number" | "CommaDelimitedList" | "List<Number>"
    ) || name.starts_with("AWS::")
        || name.starts_with("List<AWS::")
}

fn is_object(tree: &Tree) -> bool {
    matches!(tree.what, What::Object(_))
}

/// Something whose names are only known when CloudFormation has put it in.
pub(super) fn is_open_name(name: &str) -> bool {
    is_loop(name) || name == "Fn::Transform"
}

fn section<'t>(
    file: &str,
    root: &'t Tree,
    name: &str,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Named<'t>> {
    let Some(tree) = root.get(name) else {
        return Vec::new();
    };
    match &tree.what {
        What::Object(members) => members
            .iter()
            .map(|member| (&*member.name, member.mark, &member.value))
            .collect(),
        What::Null => Vec::new(),
        _ => {
            findings.push(shape(
                file,
                tree.mark,
                format!("the section {name} is {}", tree.noun()),
                "an object: a name and a value each",
                "correct its indentation; a dash begins a list",
            ));
            Vec::new()
        }
    }
}

/// The names of the transforms.
fn transforms(root: &Tree) -> Vec<&str> {
    let Some(tree) = root.get("Transform") else {
        return Vec::new();
    };
    let items = match &tree.what {
        What::List(items) => items.iter().collect(),
        _ => vec![tree],
    };
    items
        .into_iter()
        .filter_map(|item| {
            item.text()
                .or_else(|| item.get("Name").and_then(Tree::text))
        })
        .collect()
}

/// Whether a transform adds resources that the template doesn't show.
fn makes_resources(transform: &str) -> bool {
    transform != "AWS::LanguageExtensions"
}

/// Reports every value that isn't there: CloudFormation takes no null.
fn nulls(file: &str, named: (&str, Mark), tree: &Tree, findings: &mut Vec<Diagnostic>) {
    let (name, mark) = named;
    match &tree.what {
        What::Null => findings.push(shape(
            file,
            mark,
            format!("{name} is null"),
            "a value; CloudFormation takes no null",
            "give it a value, or leave it out",
        )),
        What::List(items) => {
            for item in items {
                nulls(file, (name, item.mark), item, findings);
            }
        }
        What::Object(members) => {
            for member in members {
                // what is in there is for others to read
                if member.name != "Metadata" {
                    nulls(file, (&member.name, member.mark), &member.value, findings);
                }
            }
        }
        What::Bool(..) | What::Number(_) | What::Text(_) => {}
    }
}
