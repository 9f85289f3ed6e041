"""The good examples of every rule, before cfn-lint and Terraform: none of them may be refused.

Also the SARIF and JSON that `validate` prints over the bad ones: each has to be found, and the log has
to satisfy the schema of SARIF 2.1.0.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
from out_tree import SCRATCH, Trouble, arguments, run
from terraform_judge import terraform

# What cfn-lint refuses in an example on purpose: another tool's opinion, with the reason why ours differs.
ACCEPTED = {}


def program(binary, *words):
    done = subprocess.run([binary, *words], capture_output=True, text=True, timeout=300)
    if done.returncode not in (0, 1):
        raise Trouble(f"{binary} {' '.join(words)} ended with {done.returncode}: {done.stderr}{done.stdout[:2000]}")
    return json.loads(done.stdout)


def cfn_lint(files):
    command = ["cfn-lint", "--regions", "us-east-1", "--format", "json", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode & ~14:
        raise Trouble(f"cfn-lint ended with {done.returncode}: {done.stderr or done.stdout}")
    faults = 0
    for found in json.loads(done.stdout or "[]"):
        name, rule = Path(found["Filename"]).stem, found["Rule"]["Id"]
        if found["Level"] == "Error" and (name.rsplit("-", 1)[0], rule) not in ACCEPTED:
            faults += 1
            print(f"{found['Filename']}: {rule}: {found['Message'][:300]}")
    return faults


def validate(folder, modules):
    """terraform validate of each text in one folder that is initialised once; other providers are left out."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    main = folder / "main.tf"
    main.write_text('resource "aws_sns_topic" "this" {\n  name = "a"\n}\n')
    code, text = terraform(folder, "init", "-no-color", "-input=false")
    if code:
        raise Trouble(f"terraform init: {text}")
    faults = others = 0
    for name, text in modules:
        foreign = re.search(r'(?m)^(?:resource|data|ephemeral) "(?!aws_|terraform_)', text)
        if foreign or re.search(r'(?m)^module "', text):
            others += 1
            continue
        main.write_text(text)
        _, said = terraform(folder, "validate", "-json")
        errors = [d for d in json.loads(said)["diagnostics"] if d["severity"] == "error"]
        if errors:
            faults += 1
            print(f"{name}: " + "; ".join(f"{d['summary']}: {d['detail'][:200]}" for d in errors) + f"\n{text}")
    return faults, others


def main():
    args = arguments(
        __doc__.splitlines()[0],
        SCRATCH,
        (["--program"], {"required": True, "help": "the program to ask"}),
        (["--sarif-schema"], {"required": True, "type": Path, "help": "the JSON Schema of SARIF 2.1.0"}),
    )
    if not os.environ.get("TF_JUDGE", "").startswith(("real", "stand-in")):
        raise Trouble("no provider to judge with")
    rules = program(args.program, "rules", "--format", "json")
    shutil.rmtree(args.scratch, ignore_errors=True)
    folders = {bad: args.scratch / ("bad" if bad else "good") for bad in (True, False)}
    counts, templates, modules, expected = {}, [], [], {}
    for rule in rules:
        for number, example in enumerate(rule["examples"]):
            bad, language = example["bad"], example["language"]
            name = f"{rule['code']}-{number}"
            if language == "CloudFormation":
                path = folders[bad] / f"{name}.yaml"
            else:
                path = folders[bad] / name / "main.tf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example["text"])
            counts[bad, language] = counts.get((bad, language), 0) + 1
            if bad:
                expected[str(path)] = rule["code"]
            elif language == "CloudFormation":
                templates.append(path)
            else:
                modules.append((name, example["text"]))

    found = {}
    log = {"runs": []}
    for path, code in expected.items():
        # one at a time: a file that can't be read at all must not hide another
        where = path if path.endswith(".yaml") else str(Path(path).parent)
        done = subprocess.run(
            [args.program, "validate", "--format", "sarif", where], capture_output=True, text=True, timeout=60
        )
        log = json.loads(done.stdout)
        jsonschema.Draft7Validator(json.loads(args.sarif_schema.read_text())).validate(log)
        found[path] = {result["ruleId"] for result in log["runs"][0]["results"]}
        if code not in found[path]:
            print(f"{path}: {code} was not found, only {sorted(found[path])}")
    missed = sum(code not in found[path] for path, code in expected.items())

    refused = cfn_lint(templates)
    invalid, others = validate(args.scratch / "module", modules)
    print(
        f"examples: {len(rules)} rules; bad ones: {counts.get((True, 'CloudFormation'), 0)} templates and "
        f"{counts.get((True, 'Terraform'), 0)} modules, {missed} missed; good ones: {len(templates)} templates, "
        f"{refused} faults, and {len(modules) - others} modules ({os.environ['TF_JUDGE']}), {invalid} faults"
    )
    return bool(missed or refused or invalid)


if __name__ == "__main__":
    run(main)
