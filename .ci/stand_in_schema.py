"""Adds to a provider's schema what the stand-in lacks: `data "aws_cloudformation_export"`, and
`resource "aws_route53_record"` as far as a name with one answer goes.

The attributes are those of the AWS provider's documentation. The fakes are what the stand-in's
data sources and ephemeral resources answer: a secret must hold the JSON that the configurations decode.
"""

import json
import sys

from world import secret_string

COMPUTED = {"type": "string", "computed": True}
EXPORT = {
    "version": 0,
    "block": {
        "attributes": {
            "id": COMPUTED,
            "name": {"type": "string", "required": True},
            "value": COMPUTED,
            "exporting_stack_id": COMPUTED,
        }
    },
}
RECORD = {
    "version": 2,
    "block": {
        "attributes": {
            "id": {**COMPUTED, "optional": True},
            "fqdn": COMPUTED,
            "allow_overwrite": {"type": "bool", "optional": True, "computed": True},
            "name": {"type": "string", "required": True},
            "records": {"type": ["set", "string"], "optional": True},
            "ttl": {"type": "number", "optional": True},
            "type": {"type": "string", "required": True},
            "zone_id": {"type": "string", "required": True},
        }
    },
}


def main(schema, fakes, merged_schema, merged_fakes):
    with open(schema) as file:
        document = json.load(file)
    if document["provider_version"] >= "6":  # 6.x can set the region of anything
        EXPORT["block"]["attributes"]["region"] = {**COMPUTED, "optional": True}
    document["data_source_schemas"].setdefault("aws_cloudformation_export", EXPORT)
    document["resource_schemas"].setdefault("aws_route53_record", RECORD)
    with open(merged_schema, "w") as file:
        json.dump(document, file)
    with open(fakes) as file:
        document = json.load(file)
    for read in ("data", "ephemeral"):
        secret = document.setdefault(f"{read}.aws_secretsmanager_secret_version", {})
        secret["secret_string"] = secret_string("any")
    document["data.aws_cloudformation_export"] = {
        "value": "subnet-0b00000000000000a,subnet-0b00000000000000b"
    }
    with open(merged_fakes, "w") as file:
        json.dump(document, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
