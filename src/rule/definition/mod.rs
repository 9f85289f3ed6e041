//! What only a definition can say wrong: it is refused while it is lowered, and never reaches a
//! graph.

use super::Rule;

mod access_order;
mod auth_token_rotation_order;
mod client_settings;
mod client_twice;
mod dynamic_reference;
mod egress_empty;
mod environment_name;
mod environment_twice;
mod final_snapshot;
mod id;
mod id_collision;
mod input_twice;
mod key_family;
mod kms_key_twice;
mod lookup_twice;
mod migration_path;
mod name_twice;
mod output_reader;
mod output_security_group;
mod output_unreadable;
mod prefix_list_id;
mod record_name;
mod record_reader;
mod region_unknown;
mod replication_group_id_twice;
mod scaling_described;
mod scaling_twice;
mod secret_part;
mod security_group_vpc;
mod setting_lost;
mod ssm_parameter_name;
mod stack_name;
mod terraform_state;
mod terraform_state_twice;
mod text_normalization;
mod text_nul;
mod topic_twice;
mod transit_encryption_order;
mod user_passwords_write_only;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &access_order::RULE,
    &auth_token_rotation_order::RULE,
    &client_settings::RULE,
    &client_twice::RULE,
    &dynamic_reference::RULE,
    &egress_empty::RULE,
    &environment_name::RULE,
    &environment_twice::RULE,
    &final_snapshot::RULE,
    &id::RULE,
    &id_collision::RULE,
    &input_twice::RULE,
    &key_family::RULE,
    &kms_key_twice::RULE,
    &lookup_twice::RULE,
    &migration_path::RULE,
    &name_twice::RULE,
    &output_reader::RULE,
    &output_security_group::RULE,
    &output_unreadable::RULE,
    &prefix_list_id::RULE,
    &record_name::RULE,
    &record_reader::RULE,
    &region_unknown::RULE,
    &replication_group_id_twice::RULE,
    &scaling_described::RULE,
    &scaling_twice::RULE,
    &secret_part::RULE,
    &security_group_vpc::RULE,
    &setting_lost::RULE,
    &ssm_parameter_name::RULE,
    &stack_name::RULE,
    &terraform_state::RULE,
    &terraform_state_twice::RULE,
    &text_normalization::RULE,
    &text_nul::RULE,
    &topic_twice::RULE,
    &transit_encryption_order::RULE,
    &user_passwords_write_only::RULE,
];
