"""What tells people of a cache, for the emulated AWS: policies of topics, tags of topics, composite alarms."""

import json
import os

import boto3
import botocore.session
from botocore.validate import ParamValidator
from moto.cloudformation.exceptions import ValidationError
from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.sns.models import Topic, sns_backends


def topics():
    create = Topic.create_from_cloudformation_json.__func__

    def create_topic(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        """moto passes over the tags of a topic."""
        topic = create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
        tags = {t["Key"]: t["Value"] for t in cloudformation_json["Properties"].get("Tags", [])}
        if tags:
            sns_backends[account_id][region_name].tag_resource(topic.arn, tags)
        return topic

    Topic.create_from_cloudformation_json = classmethod(create_topic)


def install(plus):
    """Mends moto, and gives the types that it doesn't know."""
    topics()
    put = CloudWatchBackend.put_metric_alarm

    def put_alarm(self, *more, actions_enabled=None, **named):
        """Actions are enabled where nobody says otherwise."""
        return put(self, *more, actions_enabled=actions_enabled is not False, **named)

    CloudWatchBackend.put_metric_alarm = put_alarm
    # moto keeps both kinds of alarms together, and lacks the name of the second
    CloudWatchResponse.put_composite_alarm = CloudWatchResponse.put_metric_alarm
    Base = plus.Base
    model = botocore.session.Session().get_service_model("cloudwatch")

    class TopicPolicy(Base):
        __module__ = Base.__module__
        TYPE, NAME, ATTRS = "AWS::SNS::TopicPolicy", "Id", ("Id",)

        @classmethod
        def create_from_cloudformation_json(cls, name, j, account_id, region_name, **more):
            properties = plus.dynamic(j["Properties"], account_id, region_name)
            unknown = properties.keys() - {"PolicyDocument", "Topics"}
            if unknown:
                raise ValidationError(
                    message=f"Encountered unsupported property {', '.join(sorted(unknown))}"
                )
            for topic in properties["Topics"]:
                backend = sns_backends[account_id][region_name]
                policy = properties["PolicyDocument"]
                for statement in policy["Statement"]:
                    if statement["Resource"] != topic:
                        raise ValidationError(
                            message=f"Invalid parameter: Policy statement is not of {topic}"
                        )
                backend.get_topic(topic).policy = json.dumps(policy)
            return cls(name, {"Id": name})

        @classmethod
        def delete_from_cloudformation_json(cls, name, j, account_id, region_name):
            pass  # it goes with its topic

    class CompositeAlarm(Base):
        __module__ = Base.__module__
        TYPE, NAME, ATTRS = "AWS::CloudWatch::CompositeAlarm", "AlarmName", ("Arn",)

        @classmethod
        def create_from_cloudformation_json(cls, name, j, account_id, region_name, **more):
            shape = model.operation_model("PutCompositeAlarm").input_shape
            asked = plus.coerce(plus.dynamic(j["Properties"], account_id, region_name), shape)
            asked.setdefault("AlarmName", name)
            report = ParamValidator().validate(asked, shape)
            if report.has_errors():
                raise ValidationError(message=report.generate_report())
            client = boto3.client(
                "cloudwatch",
                endpoint_url=os.environ["MOTO_PLUS_SELF"],
                region_name=region_name,
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
            )
            client.put_composite_alarm(**asked)
            arn = f"arn:aws:cloudwatch:{region_name}:{account_id}:alarm:{asked['AlarmName']}"
            return cls(asked["AlarmName"], {"Arn": arn})

        @classmethod
        def delete_from_cloudformation_json(cls, name, j, account_id, region_name):
            cloudwatch_backends[account_id][region_name].delete_alarms([name])

    return [TopicPolicy, CompositeAlarm]
