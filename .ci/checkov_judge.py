"""checkov over what production gets, in both languages. A failed check must have been accepted by name."""

import json
from pathlib import Path

from checkov_report import checks
from out_tree import Trouble, arguments, environments, run


def main():
    args = arguments(__doc__.splitlines()[0], (["--accepted"], {"type": Path, "required": True}))
    accepted = json.loads(args.accepted.read_text())
    production = [e for e in environments(args.out) if e.stage == "prod"]
    if not production:
        raise Trouble(f"no prod environment under {args.out}")
    failed = sorted(check for check in checks(production) if not check.passed)

    faults = 0
    used = [set() for _ in accepted]
    for check in failed:
        matching = [
            n
            for n, a in enumerate(accepted)
            if a["check_id"] == check.check_id
            and a["language"] in ("*", check.language)
            and (a["environments"] == "*" or check.environment in a["environments"])
        ]
        for n in matching:
            used[n].add(check.environment)
        if not matching:
            faults += 1
            print(f"{check.environment} ({check.language}): {check.check_id} {check.text}: {check.resource}")
    for acceptance, names in zip(accepted, used, strict=True):
        stale = [] if acceptance["environments"] == "*" and names else set(acceptance["environments"]) - names
        if stale:
            faults += 1
            where = ", ".join(sorted(stale))
            print(
                f"{args.accepted}: {acceptance['check_id']} is accepted for {where} but does not fail there"
            )
    count = f"{len(failed)} failed checks, {faults} not accepted or stale"
    print(f"checkov: {len(production)} environments in both languages, {count}")
    return bool(faults)


if __name__ == "__main__":
    run(main)
