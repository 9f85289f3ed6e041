"""What the commands of a makefile and a runbook ask beyond making a cache: for the emulated AWS.

Termination protection; stack policies, for replication groups; two change sets before there is a stack; a
change of a replication group in place where the API can change it; snapshots, failovers, events and sizes.
Nothing takes time here: what AWS would still be making is there at once.
"""

import datetime
import json
from fnmatch import fnmatchcase

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, cloudformation_backends
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult


def termination_protection():
    delete = CloudFormationBackend.delete_stack

    def protect(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
        return ActionResult({"StackId": stack.stack_id})

    def delete_stack(self, name_or_stack_id):
        for stack in self.stacks.values():
            if name_or_stack_id in (stack.stack_id, stack.name) and getattr(
                stack, "enable_termination_protection", False
            ):
                raise ValidationError(
                    message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
                )
        return delete(self, name_or_stack_id)

    CloudFormationResponse.update_termination_protection = protect
    CloudFormationBackend.delete_stack = delete_stack


def reviewed_stacks():
    create = CloudFormationBackend.create_change_set

    def create_change_set(self, stack_name, *more, **named):
        """The second change set of a stack that nobody has executed one of is for the same stack."""
        for stack_id, stack in list(self.stacks.items()):
            if stack.name == stack_name and stack.status == "REVIEW_IN_PROGRESS":
                del self.stacks[stack_id]
        return create(self, stack_name, *more, **named)

    CloudFormationBackend.create_change_set = create_change_set
    # a change set without changes is made, and says so
    CloudFormationResponse._validate_different_update = lambda *_: None


def heeded(resource, action, account_id, region_name):
    """Refuses what the policy of the resource's stack denies."""
    for stack in cloudformation_backends[account_id][region_name].stacks.values():
        name = getattr(resource, "logical_resource_id", None)
        if not stack.policy or stack.resource_map._parsed_resources.get(name) is not resource:
            continue
        said = {
            statement["Effect"]
            for statement in json.loads(stack.policy)["Statement"]
            if any(fnmatchcase(action, a) for a in listed(statement["Action"]))
            and any(fnmatchcase(f"LogicalResourceId/{name}", r) for r in listed(statement["Resource"]))
        }
        if "Allow" not in said or "Deny" in said:
            raise ValidationError(message=f"Action denied by stack policy: {action} of {name}")


def listed(value):
    return value if isinstance(value, list) else [value]


def replication_groups(plus):
    replace = plus.ReplicationGroup.update_from_cloudformation_json.__func__
    modifiable = set(plus.MODEL.operation_model("ModifyReplicationGroup").input_shape.members)

    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        """In place where the API can change what changes; a change of tags is one of the API, too."""
        state = plus.State.of(account_id, region_name)
        group = state.d["rg"].get(original_resource.pid.lower())
        new = cls.params(original_resource.pid, cloudformation_json, account_id, region_name)
        tags = new.pop("Tags", None)
        old = group["_in"] if group else {}
        changed = {k for k in new.keys() | old.keys() if new.get(k) != old.get(k)}
        if not group or not changed <= modifiable & new.keys():
            heeded(original_resource, "Update:Replace", account_id, region_name)
            return replace(
                cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
            )
        heeded(original_resource, "Update:Modify", account_id, region_name)
        request = {k: new[k] for k in changed}
        if "AuthToken" in request:
            request["AuthTokenUpdateStrategy"] = "ROTATE"
        if request:
            state.call("ModifyReplicationGroup", {"ReplicationGroupId": original_resource.pid, **request})
        if tags:
            state.put_tags(group["ARN"], tags)
        return cls.done(state, new, {"ReplicationGroup": group}, {})

    plus.ReplicationGroup.update_from_cloudformation_json = classmethod(update)


def operations(plus):
    State, error = plus.State, plus.err

    def snapshots(self):
        return self.d.setdefault("snapshot", {})

    def create(self, p):
        name = p["SnapshotName"]
        if name in snapshots(self):
            raise error("SnapshotAlreadyExistsFault", name)
        if "ReplicationGroupId" in p:
            group = self.get("rg", p["ReplicationGroupId"])
        else:
            member = p.get("CacheClusterId")
            group = next((g for g in self.d["rg"].values() if member in g["MemberClusters"]), None)
            if group is None:
                raise error("CacheClusterNotFound", member)
        i = group["_in"]
        snapshots(self)[name] = {
            "SnapshotName": name,
            "ReplicationGroupId": group["ReplicationGroupId"],
            "SnapshotStatus": "available",
            "SnapshotSource": "manual",
            "CacheNodeType": i.get("CacheNodeType"),
            "Engine": i.get("Engine"),
            "NodeSnapshots": [
                {"NodeGroupId": n["NodeGroupId"], "SnapshotCreateTime": datetime.datetime.now(datetime.UTC)}
                for n in group["NodeGroups"]
            ],
            "ARN": self.arn("snapshot", name),
            **({"CacheClusterId": p["CacheClusterId"]} if "CacheClusterId" in p else {}),
        }
        return {"Snapshot": snapshots(self)[name]}

    def describe(self, p):
        name, group = p.get("SnapshotName"), p.get("ReplicationGroupId")
        if name and name not in snapshots(self):
            raise error("SnapshotNotFoundFault", name)
        found = [
            s
            for s in snapshots(self).values()
            if name in (None, s["SnapshotName"])
            and group in (None, s["ReplicationGroupId"])
            and p.get("SnapshotSource", "user") in ("user", "manual")
        ]
        return {"Snapshots": found}

    def delete(self, p):
        if p["SnapshotName"] not in snapshots(self):
            raise error("SnapshotNotFoundFault", p["SnapshotName"])
        return {"Snapshot": {**snapshots(self).pop(p["SnapshotName"]), "SnapshotStatus": "deleting"}}

    def make(self, p):
        if p.get("SnapshotName") and p["SnapshotName"] not in snapshots(self):
            raise error("SnapshotNotFoundFault", p["SnapshotName"])
        return create_group(self, p)

    def end(self, p):
        """With its last snapshot, if one is asked for."""
        if p.get("FinalSnapshotIdentifier"):
            create(self, {**p, "SnapshotName": p["FinalSnapshotIdentifier"]})
        return delete_group(self, p)

    def fail_over(self, p):
        group = self.get("rg", p["ReplicationGroupId"])
        shard = next((s for s in group["NodeGroups"] if s["NodeGroupId"] == p["NodeGroupId"]), None)
        if shard is None:
            raise error("NodeGroupNotFoundFault", p["NodeGroupId"])
        if group["AutomaticFailover"] != "enabled" or len(shard["NodeGroupMembers"]) < 2:
            raise error(
                "InvalidReplicationGroupState",
                "automatic failover is off, or there is nothing to fail over to",
            )
        first, second, *_ = shard["NodeGroupMembers"]
        first["CurrentRole"], second["CurrentRole"] = second["CurrentRole"], first["CurrentRole"]
        return {"ReplicationGroup": group}

    def sizes(self, p):
        self.get("rg", p["ReplicationGroupId"])
        return {"ScaleUpModifications": [], "ScaleDownModifications": []}

    create_group, delete_group = State.CreateReplicationGroup, State.DeleteReplicationGroup
    for operation, does in {
        "CreateSnapshot": create,
        "DescribeSnapshots": describe,
        "DeleteSnapshot": delete,
        "CreateReplicationGroup": make,
        "DeleteReplicationGroup": end,
        "TestFailover": fail_over,
        "DescribeEvents": lambda self, p: {"Events": []},
        "ListAllowedNodeTypeModifications": sizes,
    }.items():
        setattr(State, operation, does)
        setattr(plus.ElastiCacheResponse, plus.snake(operation), plus.handler(operation))


def install(plus):
    """Adds everything to moto, and to `plus`, the emulator's module."""
    termination_protection()
    reviewed_stacks()
    replication_groups(plus)
    operations(plus)
