"""What changing an argument does, asked of the real provider: in place, or a replacement?

For each case there is a resource with the old value, all of them applied at once into an emulated account, and then
one plan with the new values. What the plan says of each is held against the table that `cachewright diff` goes by.
How many of its rows no case asks for is counted.
"""

import collections
import csv
import json
import os
import shutil
from pathlib import Path

from emulator import Emulator
from force_new_cases import CASES, IN_PLACE, PORT, REPLACES, SURROUNDINGS
from out_tree import SCRATCH, Trouble, arguments, run
from terraform_judge import OVERRIDE, terraform
from world import FAMILIES, boto, tail

REGION = "us-east-1"
PROVIDER = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
    "provider": {"aws": {"region": REGION}},
}


def of_its_own(value, name, number):
    """What no other case may have."""
    if value == PORT:
        return 1000 + number
    return value.replace("{}", name) if isinstance(value, str) else value


def label(case):
    return f"case-{case.name.replace('_', '-')}"


def resources(changed):
    """Every resource, with its old values or as it is changed."""
    found = collections.defaultdict(dict)
    for kind, pair in SURROUNDINGS.items():
        found[kind].update(zip(("spare", "other"), pair, strict=True))
    for kind, (_, base, cases) in CASES.items():
        for number, case in enumerate(cases):
            settings = {**base, **case.stays, **case.old, **(case.new if changed else {})}
            found[kind][label(case)] = {
                key: of_its_own(value, case.name.replace("_", "-"), number)
                for key, value in settings.items()
                if value is not None
            }
    return {**PROVIDER, "resource": found}


def answers(table):
    """{(CloudFormation's type, Terraform's argument): what the table says that a change of it does}"""
    with open(table) as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {(row["cfn_resource"], row["tf_attribute"]): row["tf_effective"] for row in rows}


def faults(says, table):
    """Every case in which the provider and the table differ."""
    for kind, (cloudformation, _, cases) in CASES.items():
        for case in cases:
            name = f"{kind}.{label(case)}"
            answer, plan = table.get((cloudformation, case.argument)), says.get(name)
            if plan is None:
                yield f"{name}: the plan changes nothing, so the case asks nothing"
            elif answer is None:
                yield f"{name}: the table has no row for {case.argument}"
            elif plan != (case.says or (REPLACES if answer.startswith("ForceNew") else IN_PLACE)):
                yield f"{name}: the provider says {plan!r}, the table {answer!r}"


def planned(folder, environment):
    """{address: what the plan does to it}, of what it changes at all."""
    code, text = terraform(folder, "plan", "-input=false", "-no-color", "-out=plan", environment=environment)
    if code:
        raise Trouble(f"terraform plan failed:\n{text[-4000:]}")
    _, text = terraform(folder, "show", "-json", "plan", environment=environment)
    return {
        change["address"]: REPLACES if "delete" in change["change"]["actions"] else IN_PLACE
        for change in json.loads(text)["resource_changes"]
        if change["change"]["actions"] != ["no-op"]
    }


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--moto-plus"], {"type": Path, "required": True, "help": "the emulator's program"}),
        (["--facts"], {"type": Path, "required": True, "help": "what changing a property does"}),
    )
    if not os.environ.get("TF_JUDGE", "").startswith("real"):
        raise Trouble("the stand-in knows nothing of replacements: this needs the real provider")
    shutil.rmtree(args.scratch, ignore_errors=True)
    folder = args.scratch / "module"
    folder.mkdir(parents=True)
    (folder / "ci_override.tf").write_text(OVERRIDE)
    main_tf = folder / "main.tf.json"
    with Emulator(args.moto_plus, args.scratch / "emulator", REGION) as emulator:
        client = boto().client("elasticache", region_name=REGION, endpoint_url=emulator.endpoint)
        for family in FAMILIES:
            client.create_cache_parameter_group(
                CacheParameterGroupName=f"default.{family}",
                CacheParameterGroupFamily=family,
                Description=f"Default of {family}",
            )
        # what two of the cases restore from
        client.create_replication_group(
            ReplicationGroupId="source",
            ReplicationGroupDescription="Snapshots are taken of it",
            Engine="redis",
            CacheNodeType="cache.m7g.large",
            NumCacheClusters=1,
        )
        for name in ("one", "other"):
            client.create_snapshot(ReplicationGroupId="source", SnapshotName=name)
        main_tf.write_text(json.dumps(resources(changed=False), indent=2))
        for words in (
            ["init", "-input=false", "-no-color"],
            ["apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=100"],
        ):
            code, text = terraform(folder, *words, environment=emulator.environment, timeout=240)
            (args.scratch / f"{words[0]}.log").write_text(text)
            if code:
                raise Trouble(f"terraform {words[0]} failed:\n{tail(args.scratch / f'{words[0]}.log')}")
        main_tf.write_text(json.dumps(resources(changed=True), indent=2))
        says = planned(folder, emulator.environment)
    table = answers(args.facts)
    found = list(faults(says, table))
    for fault in found:
        print(fault)
    cases = [(kind, case.argument) for kind, _, cases in CASES.values() for case in cases]
    asked = set(cases) & table.keys()
    settable = {row for row, answer in table.items() if answer and answer != "n/a"}
    print(
        f"terraform ({os.environ['TF_JUDGE']}): {len(cases)} changes planned, {len(asked)} of {len(settable)} rows "
        f"of the table asked for, {len(found)} faults"
    )
    return bool(found)


if __name__ == "__main__":
    run(main)
