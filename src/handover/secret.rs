//! How a secret is fetched where it is kept, and which one it is.

use super::cache::{Cache, Named, named};
use super::quote::Sh;
use crate::graph::SecretStore;

/// A secret by reference, as commands and env files name it.
pub(super) struct Secret {
    /// Secrets Manager's, else a parameter of Systems Manager.
    pub manager: bool,
    /// Its name or ARN; what stands in its place until it is filled in.
    pub id: String,
    /// The name of the parameter of the stack and of Terraform's variable, where the deployment
    /// gives it.
    pub input: Option<(String, String)>,
    pub json_key: Option<String>,
    /// A version of a parameter of Systems Manager.
    pub version: Option<String>,
}

impl Secret {
    pub fn of(cache: &Cache<'_>, store: &SecretStore) -> Self {
        let (id, input) = match named(cache.graph, store) {
            Named::Literal(id) => (id, None),
            Named::Input(id) => (
                format!("REQUIRED-{}", id.snake().replace('_', "-")),
                Some((id.logical(), id.snake())),
            ),
        };
        let (manager, json_key, version) = match store {
            SecretStore::SecretsManager { json_key, .. } => (true, json_key.clone(), None),
            SecretStore::ParameterStore { version, .. } => (false, None, version.clone()),
        };
        Self {
            manager,
            id,
            input,
            json_key,
            version,
        }
    }

    /// The command that prints the value, of the secret that a shell's variable names.
    pub fn fetch(&self, region: &Sh, variable: &str) -> String {
        if self.manager {
            let json = match &self.json_key {
                Some(key) => format!(" |\n  jq -r {}", Sh(format!(".[\"{key}\"]"))),
                None => String::new(),
            };
            format!(
                "aws secretsmanager get-secret-value --region {region} \\\n  \
                 --secret-id \"${variable}\" --query SecretString --output text{json}"
            )
        } else {
            format!(
                "aws ssm get-parameter --region {region} --name \"${variable}\" \\\n  \
                 --with-decryption --query Parameter.Value --output text"
            )
        }
    }
}
