//! The part of a file that a mistake is made in, and what is said of the whole.

use cachewright::diagnostic::Diagnostic;
use cachewright::read::Given;
use cachewright::terraform::SourceFile;
use cachewright::validate;

/// What somebody would write.
#[derive(Clone, Copy)]
pub enum Snippet {
    /// Properties of a replication group, a line each.
    Group(&'static [&'static str]),
    /// Arguments of a replication group, a line each.
    Arguments(&'static [&'static str]),
    /// A whole template.
    Template(&'static str),
    /// A whole module.
    Module(&'static str),
}

impl Snippet {
    /// Everything that is said of it.
    pub fn findings(self) -> Vec<Diagnostic> {
        match self {
            Self::Group(lines) => {
                let mut text = "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: cache\n".to_owned();
                if !lines.iter().any(|line| line.starts_with("CacheNodeType")) {
                    text.push_str("      CacheNodeType: cache.m7g.large\n");
                }
                for line in lines {
                    text.push_str(&format!("      {line}\n"));
                }
                template(&text)
            }
            Self::Arguments(lines) => {
                let mut text = "resource \"aws_elasticache_replication_group\" \"this\" {\n  description = \"cache\"\n".to_owned();
                for (name, value) in [
                    ("replication_group_id", "cache"),
                    ("node_type", "cache.m7g.large"),
                ] {
                    if !lines.iter().any(|line| line.starts_with(name)) {
                        text.push_str(&format!("  {name} = \"{value}\"\n"));
                    }
                }
                for line in lines {
                    text.push_str(&format!("  {line}\n"));
                }
                text.push_str("}\n");
                module(&text)
            }
            Self::Template(text) => template(text),
            Self::Module(text) => module(text),
        }
    }
}

fn template(text: &str) -> Vec<Diagnostic> {
    validate::template("template.yaml", text, &Given::default(), &[]).diagnostics
}

fn module(text: &str) -> Vec<Diagnostic> {
    let file = SourceFile {
        path: "main.tf".into(),
        text: text.into(),
    };
    let load = &mut |folder: &str| Err(folder.to_owned());
    validate::module(".", &[file], &Given::default(), load, &[]).diagnostics
}
