"""Holds what `cachewright diff` says of CloudFormation against the resource schemas that cfn-lint carries.

For every property of every kind that the product knows, a template in which that property alone changes is
compared, and the verdict is held against the schema: a create-only property replaces the resource, a conditionally
create-only one may, any other one doesn't. The languages' own tables decide nothing here. What the product knows
better is listed with its reason, and what is listed has to disagree.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import cfnlint.data.schemas

REPLACES = {"replaced", "kept", "lost"}
HARMLESS = {"nothing", "in-place", "window", "interruption", "rolling"}


def schemas():
    """The resource schemas, by type; the first that has a type is as good as any."""
    found = {}
    for path in sorted(Path(cfnlint.data.schemas.__path__[0], "resources").glob("*.json")):
        schema = json.loads(path.read_text())
        found.setdefault(schema.get("typeName"), schema)
    return found


def kinds(vocabulary):
    """The CloudFormation types that the product knows, from its vocabulary."""
    lines = [line for line in vocabulary.read_text().splitlines() if not line.startswith("#")]
    return sorted({line.split(",")[0] for line in lines if line.startswith("AWS::")})


def values(schema, property_schema):
    """Two values of a property's type."""
    seen = 0
    while "$ref" in property_schema and seen < 8:
        property_schema = schema["definitions"][property_schema["$ref"].rsplit("/", 1)[1]]
        seen += 1
    of = property_schema.get("type", "object")
    of = of[0] if isinstance(of, list) else of
    if of == "string" and len(property_schema.get("enum", [])) > 1:
        return property_schema["enum"][:2]
    return {
        "string": ("one", "two"),
        "integer": (2, 3),
        "number": (2, 3),
        "boolean": (False, True),
        "array": (["one"], ["two"]),
        "object": ({"Name": "one"}, {"Name": "two"}),
    }[of]


def expected(schema, name):
    """What the schema says: it replaces, it may, or it doesn't."""
    pointer = f"/properties/{name}"
    within = lambda key: [p for p in schema.get(key, []) if p == pointer or p.startswith(pointer + "/")]
    if pointer in schema.get("createOnlyProperties", []):
        return "replaces"
    if within("createOnlyProperties") or within("conditionalCreateOnlyProperties"):
        return "may replace"
    return "in place"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--vocabulary", type=Path, default=Path("src/vocabulary/settings.csv"))
    arguments.add_argument("--reviewed", type=Path, required=True)
    arguments.add_argument("--scratch", type=Path, required=True)
    asked = arguments.parse_args()
    reviewed = json.loads(asked.reviewed.read_text())
    found, problems, looked_at = {}, [], 0
    known = schemas()
    asked.scratch.mkdir(parents=True, exist_ok=True)
    for kind in kinds(asked.vocabulary):
        schema = known.get(kind)
        if schema is None:
            problems.append(f"{kind}: cfn-lint has no schema of it")
            continue
        read_only = set(schema.get("readOnlyProperties", []))
        names = [name for name in schema["properties"] if f"/properties/{name}" not in read_only]
        paths = []
        for side in (0, 1):
            resources = {
                f"Of{name}": {"Type": kind, "Properties": {name: values(schema, schema["properties"][name])[side]}}
                for name in names
            }
            path = asked.scratch / f"{kind.replace('::', '-')}-{side}.json"
            path.write_text(json.dumps({"Resources": resources}))
            paths.append(str(path))
        ran = subprocess.run([asked.program, "diff", *paths, "--format", "json"], capture_output=True, text=True)
        if ran.returncode != 0:
            problems.append(f"{kind}: diff ended with {ran.returncode}: {ran.stdout}{ran.stderr}")
            continue
        verdicts = {}
        for environment in json.loads(ran.stdout)["environments"]:
            for change in environment["changes"]:
                entry = change["cloudformation"]
                verdicts.setdefault(change["subject"].removeprefix("Of"), []).append(entry["verdict"])
        for name in names:
            looked_at += 1
            said = set(verdicts.get(name, []))
            wanted = expected(schema, name)
            agrees = bool(said) and {
                "replaces": said <= REPLACES,
                "may replace": said <= REPLACES | {"unknown"},
                "in place": said <= HARMLESS,
            }[wanted]
            if not agrees:
                found[f"{kind}.{name}"] = f"the schema says {wanted}, diff says {', '.join(sorted(said)) or 'nothing'}"
    for name, how in sorted(found.items()):
        if not reviewed.get(name, "").strip():
            problems.append(f"{name}: {how}")
    for name in sorted(set(reviewed) - set(found)):
        problems.append(f"{name} is reviewed, and agrees: take it off the list")
    print(f"{looked_at} properties looked at, {len(found)} disagreements, {len(reviewed)} reviewed")
    for problem in problems:
        print(f"  {problem}")
    if looked_at < 200:
        print(f"  only {looked_at} properties: that can't be all")
        problems.append("too few")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
