"""Application Auto Scaling of ElastiCache for the emulated AWS: its dimensions, tags, and CloudFormation types.

What moto has of the service knows neither. Nothing is ever scaled: targets and policies are kept as asked for.
"""

import json

from moto.applicationautoscaling import models
from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.common_models import CloudFormationModel

from moto_mends import as_flag, as_number, known_only

SERVICE = "elasticache"
GREATEST = {"elasticache:replication-group:NodeGroups": 500, "elasticache:replication-group:Replicas": 5}


def api():
    """The service as its API shows it."""
    are_valid = models._target_params_are_valid

    def with_ours(namespace, r_id, dimension):
        if namespace != SERVICE:
            return are_valid(namespace, r_id, dimension)
        if dimension not in (None, *GREATEST) or not (r_id or "replication-group/").startswith("replication-group/"):
            raise AWSValidationException("Unsupported service namespace, resource type or scalable dimension")
        return True

    models._target_params_are_valid = with_ours
    validate = ApplicationAutoScalingResponse._validate_params

    def validate_all_others(self):
        if self._get_param("ServiceNamespace") != SERVICE:
            validate(self)

    ApplicationAutoScalingResponse._validate_params = validate_all_others
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_with_tags(self):
        answer = register(self)
        backend = self.applicationautoscaling_backend
        target = backend.targets[self._get_param("ScalableDimension")][self._get_param("ResourceId")]
        target.our_tags = {**getattr(target, "our_tags", {}), **(self._get_param("Tags") or {})}
        return answer

    def list_tags_for_resource(self):
        for by_id in self.applicationautoscaling_backend.targets.values():
            for target in by_id.values():
                if target.arn == self._get_param("ResourceARN"):
                    return json.dumps({"Tags": getattr(target, "our_tags", {})})
        return json.dumps({"Tags": {}})

    ApplicationAutoScalingResponse.register_scalable_target = register_with_tags
    ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource


class Resource:
    """What a template's target and policy have in common."""

    def __init__(self, id_):
        self.id = id_

    @property
    def physical_resource_id(self):
        return self.id

    @classmethod
    def cloudformation_type(cls):
        return cls.TYPE

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, *where):
        return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, *where)


class ScalableTarget(Resource, CloudFormationModel):
    __module__ = models.__name__  # moto takes the service from it
    TYPE = "AWS::ApplicationAutoScaling::ScalableTarget"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        p = known_only(
            cloudformation_json["Properties"],
            "MaxCapacity",
            "MinCapacity",
            "ResourceId",
            "ScalableDimension",
            "ServiceNamespace",
            "Tags",
        )
        target = applicationautoscaling_backends[account_id][region_name].register_scalable_target(
            p["ServiceNamespace"],
            p["ResourceId"],
            p["ScalableDimension"],
            as_number(p["MinCapacity"]),
            as_number(p["MaxCapacity"]),
            None,
            None,
        )
        target.our_tags = {t["Key"]: t["Value"] for t in p.get("Tags", [])}
        return cls("|".join([p["ResourceId"], p["ScalableDimension"], p["ServiceNamespace"]]))

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        id_, dimension, namespace = resource_name.split("|")
        backend = applicationautoscaling_backends[account_id][region_name]
        backend.deregister_scalable_target(namespace, id_, dimension)


class ScalingPolicy(Resource, CloudFormationModel):
    __module__ = models.__name__
    TYPE = "AWS::ApplicationAutoScaling::ScalingPolicy"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        p = known_only(
            cloudformation_json["Properties"],
            "PolicyName",
            "PolicyType",
            "ScalingTargetId",
            "TargetTrackingScalingPolicyConfiguration",
        )
        id_, dimension, namespace = p["ScalingTargetId"].split("|")
        body = dict(p["TargetTrackingScalingPolicyConfiguration"])
        for name, read in (
            ("TargetValue", as_number),
            ("ScaleInCooldown", as_number),
            ("ScaleOutCooldown", as_number),
            ("DisableScaleIn", as_flag),
        ):
            if name in body:
                body[name] = read(body[name])
        applicationautoscaling_backends[account_id][region_name].put_scaling_policy(
            p["PolicyName"], namespace, id_, dimension, body, p["PolicyType"]
        )
        return cls("|".join([p["PolicyName"], id_, dimension, namespace]))

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        name, id_, dimension, namespace = resource_name.split("|")
        backend = applicationautoscaling_backends[account_id][region_name]
        backend.delete_scaling_policy(name, namespace, id_, dimension)


def install():
    """Mends moto, and gives the types that it lacks."""
    api()
    return [ScalableTarget, ScalingPolicy]
