"""What a deployment left behind to tell people with: topics, alarms and dashboards, for left_behind.py."""

import json

# What an alarm is; not its state, nor when it came about.
ALARM = (
    "AlarmDescription",
    "ActionsEnabled",
    "OKActions",
    "AlarmActions",
    "InsufficientDataActions",
    "MetricName",
    "Namespace",
    "Statistic",
    "ExtendedStatistic",
    "Period",
    "Unit",
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "Threshold",
    "ComparisonOperator",
    "TreatMissingData",
    "AlarmRule",
)


def pages(client, operation, result):
    return [thing for page in client.get_paginator(operation).paginate() for thing in page.get(result, [])]


def topics(world):
    for topic in pages(world.sns, "list_topics", "Topics"):
        arn = topic["TopicArn"]
        tags = world.sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
        about = world.sns.get_topic_attributes(TopicArn=arn)["Attributes"]
        yield arn, {**about, "Name": arn.rsplit(":", 1)[-1], "Tags": tags}


def alarms(world):
    for kind in ("MetricAlarms", "CompositeAlarms"):
        for alarm in pages(world.cloudwatch, "describe_alarms", kind):
            tags = world.cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
            yield alarm["AlarmName"], {**alarm, "Name": alarm["AlarmName"], "Tags": tags}


def dashboards(world):
    for entry in pages(world.cloudwatch, "list_dashboards", "DashboardEntries"):
        name = entry["DashboardName"]
        body = world.cloudwatch.get_dashboard(DashboardName=name)["DashboardBody"]
        yield name, {"Name": name, "Body": json.loads(body)}


def inventory(world):
    return {"Topic": dict(topics(world)), "Alarm": dict(alarms(world)), "Dashboard": dict(dashboards(world))}


def topic_facts(topic, world, template):
    policy = json.loads(topic["Policy"])
    return {
        "KmsMasterKeyId": topic.get("KmsMasterKeyId"),
        "DisplayName": topic.get("DisplayName") or None,
        # each topic begins with one of the account's own
        "Policy": None if policy.get("Id") == "__default_policy_ID" else policy,
    }


def queries(alarm):
    """The metrics of an alarm that asks for more than one, by their ids."""
    for query in alarm.get("Metrics", []):
        asked = query.get("MetricStat", {})
        metric = asked.get("Metric", {})
        yield {
            **{k: query.get(k) for k in ("Id", "Expression", "Label", "Period")},
            "ReturnData": bool(query.get("ReturnData", True)),
            **{k: asked.get(k) for k in ("Stat", "Unit")},
            "Every": asked.get("Period"),
            "Metric": [metric.get("Namespace"), metric.get("MetricName")],
            "Dimensions": sorted((d["Name"], d["Value"]) for d in metric.get("Dimensions", [])),
        }


def alarm_facts(alarm, world, template):
    found = {name: alarm.get(name) or None for name in ALARM}
    found["Threshold"] = alarm.get("Threshold")  # which may be 0
    found["Dimensions"] = sorted((d["Name"], d["Value"]) for d in alarm.get("Dimensions", []))
    found["Metrics"] = sorted(queries(alarm), key=lambda q: q["Id"])
    return found


FACTS = {
    "Topic": topic_facts,
    "Alarm": alarm_facts,
    "Dashboard": lambda dashboard, world, template: {"Body": dashboard["Body"]},
}
