"""The report of `cachewright controls` against checkov: what either says of a check, the other says too.

What checkov doesn't report for a language of an environment isn't compared: it looks for other kinds
there, or has no such check.
"""

import json
import subprocess
from collections import Counter
from pathlib import Path

from checkov_report import checks
from out_tree import Trouble, arguments, environments, run

# Where both differ on purpose: the check, the language, the environments, what each says, and why.
DIFFERENT = [
    {
        "check_id": "CKV_AWS_31",
        "language": "terraform",
        "environments": ["everything/compatible", "everything/ephemeral-secure-string"],
        "checkov": "failed",
        "ours": "passed",
        "reason": "checkov doesn't know auth_token_wo, and a write-only token is a token.",
    },
]


def controls(program):
    """{environment: {(check, language): outcome}} of every environment of a program."""
    command = [str(program), "controls", "--tool", "checkov", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise Trouble(f"{' '.join(command)} ended with {done.returncode}: {done.stderr or done.stdout[:2000]}")
    return {
        environment["environment"]: {
            (control["control"], language): control[language]["outcome"]
            for control in environment["controls"]
            for language in ("cloudformation", "terraform")
        }
        for environment in json.loads(done.stdout)["environments"]
    }


def judge(found, ours):
    """Every difference that isn't explained, and how many answers were compared."""
    failed = {}
    for check in found:
        place = (check.check_id, check.environment, check.language)
        failed[place] = failed.get(place, False) or not check.passed
    faults, compared, used = [], Counter(), [set() for _ in DIFFERENT]
    for (check_id, environment, language), fails in sorted(failed.items()):
        if environment not in ours:
            raise Trouble(f"the report on controls has no {environment}")
        outcome = ours[environment].get((check_id, language))
        if outcome is None:  # a check of something that isn't in the table
            continue
        said = "failed" if fails else "passed"
        compared[said] += 1
        if outcome == said:
            continue
        known = [
            n
            for n, one in enumerate(DIFFERENT)
            if (one["check_id"], one["language"], one["checkov"], one["ours"])
            == (check_id, language, said, outcome)
            and environment in one["environments"]
        ]
        for n in known:
            used[n].add(environment)
        if not known:
            faults.append(f"{environment} ({language}): {check_id} {said}, says checkov; controls: {outcome}")
    for one, names in zip(DIFFERENT, used, strict=True):
        for environment in sorted(set(one["environments"]) - names):
            faults.append(f"{one['check_id']} should differ in the {one['language']} of {environment}")
    return faults, compared


def main():
    args = arguments(
        __doc__.splitlines()[0],
        (["--program"], {"type": Path, "required": True, "help": "the program of the tree"}),
        (["--more"], {"nargs": 2, "action": "append", "default": [], "metavar": ("TREE", "PROGRAM")}),
    )
    found, ours, names = set(), {}, set()
    for tree, program in [(args.out, args.program), *args.more]:
        there = environments(tree)
        names.update(environment.name for environment in there)
        found.update(checks(there))
        ours.update(controls(program))
    faults, compared = judge(found, ours)
    if not compared["passed"] or not compared["failed"]:
        raise Trouble(f"too little was compared: {dict(compared)}")
    for fault in faults:
        print(fault)
    count = f"{compared['passed']} passed and {compared['failed']} failed checks, {len(faults)} faults"
    print(f"controls: {len(names)} environments in both languages, {count}")
    return bool(faults)


if __name__ == "__main__":
    run(main)
