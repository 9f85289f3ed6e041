"""What a deployment asked of ElastiCache, as facts that can be compared with another's.

A fact is (operation or thing, its name, parameter) -> value as canonical JSON text, in which physical
ids are replaced by what they stand for.
"""

import json

from out_tree import Trouble

# Lists whose order says nothing; that of NodeGroupConfiguration and of zones does.
UNORDERED = {
    "SubnetIds",
    "SecurityGroupIds",
    "Tags",
    "ParameterNameValues",
    "LogDeliveryConfigurations",
    "UserGroupIds",
    "UserIds",
}
# The parameter by which a call names its thing, and the CloudFormation type that may leave it to be generated.
NAMES = {
    "CacheSubnetGroupName": (
        "AWS::ElastiCache::SubnetGroup",
        "CreateCacheSubnetGroup",
        "CacheSubnetGroupDescription",
    ),
    "CacheParameterGroupName": (
        "AWS::ElastiCache::ParameterGroup",
        "CreateCacheParameterGroup",
        "Description",
    ),
    "ReplicationGroupId": (
        "AWS::ElastiCache::ReplicationGroup",
        "CreateReplicationGroup",
        "ReplicationGroupDescription",
    ),
    # these two are always named, but named they are
    "UserId": ("AWS::ElastiCache::User", "CreateUser", "UserName"),
    "UserGroupId": ("AWS::ElastiCache::UserGroup", "CreateUserGroup", "Engine"),
}


def of_type(type_, template):
    return [r for r in template["Resources"].values() if r["Type"] == type_]


def in_order(values):
    return sorted(values, key=lambda v: json.dumps(v, sort_keys=True))


def call_facts(calls, template, world):
    """What was asked of ElastiCache; `calls` as the emulator recorded them."""
    calls = [c for c in calls if not c["op"].startswith(("Describe", "List"))]
    # A name that the template leaves to CloudFormation can't be equal: the thing's description stands for it.
    for name, (type_, create, description) in NAMES.items():
        if any(name not in r["Properties"] for r in of_type(type_, template)):
            for call in calls:
                if call["op"] == create:
                    world.known(
                        call["params"][name], f'name of "{call["params"][description]}"'.replace('"', "'")
                    )
    # The provider sends parameters in portions, CloudFormation all at once.
    merged = {}
    for call in calls:
        subject = next(
            (world.normalise(call["params"][n]) for n in reversed(NAMES) if n in call["params"]), ""
        )
        seen = merged.setdefault((call["op"], json.loads(subject or '""')), {})
        for parameter, value in call["params"].items():
            if parameter == "ParameterNameValues":
                value = seen.get(parameter, []) + value
            elif parameter in seen and seen[parameter] != value:
                raise Trouble(f"{call['op']} of {subject} is called twice with different {parameter}")
            seen[parameter] = value
    facts = {}
    for (operation, subject), parameters in merged.items():
        for parameter, value in parameters.items():
            value = json.loads(world.normalise(value))
            value = in_order(value) if parameter in UNORDERED else value
            if parameter == "AuthenticationMode" and "Passwords" in value:
                value["Passwords"] = in_order(value["Passwords"])
            facts[operation, subject, parameter] = json.dumps(value, sort_keys=True)
    return facts
