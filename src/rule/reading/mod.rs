//! What the readers of templates and modules say of the text itself.

use super::Rule;

mod duplicate_key;
mod reference_cycle;
mod reference_unknown;
mod schema;
mod template_function;
mod template_metadata;
mod template_parameter_constraint;
mod template_parameter_unknown_given;
mod template_shape;
mod template_transform;
mod template_version_number;
mod terraform_argument_removed;
mod terraform_comment;
mod terraform_module_input;
mod terraform_module_missing;
mod terraform_module_not_seen;
mod terraform_variable_undeclared;
mod unreadable;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &duplicate_key::RULE,
    &reference_cycle::RULE,
    &reference_unknown::RULE,
    &schema::RULE,
    &template_function::RULE,
    &template_metadata::RULE,
    &template_parameter_constraint::RULE,
    &template_parameter_unknown_given::RULE,
    &template_shape::RULE,
    &template_transform::RULE,
    &template_version_number::RULE,
    &terraform_argument_removed::RULE,
    &terraform_comment::RULE,
    &terraform_module_input::RULE,
    &terraform_module_missing::RULE,
    &terraform_module_not_seen::RULE,
    &terraform_variable_undeclared::RULE,
    &unreadable::RULE,
];
