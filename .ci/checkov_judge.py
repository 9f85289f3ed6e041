"""checkov over what production gets, in both languages. A failed check must have been accepted by name.

checkov exits 0 on a file that it can't parse, so its report is read and not its exit code:
parsing errors fail, and so does an environment of which it looked at nothing.
"""

import json
import subprocess
from pathlib import Path

from out_tree import Trouble, arguments, environments, run

# check type in checkov's report: folder under an environment
LANGUAGES = {"cloudformation": "cloudformation", "terraform": "terraform"}


def reports(text):
    """Every report in checkov's output: it prints one document per folder, each a report or a list of them."""
    decoder, at, text = json.JSONDecoder(), 0, text.strip()
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        yield from document if isinstance(document, list) else [document]
        while at < len(text) and text[at].isspace():
            at += 1


def scan(folders):
    command = ["checkov", "--skip-download", "--compact", "--output", "json"]
    command += ["--framework", *LANGUAGES]
    for folder in folders:
        command += ["--directory", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise Trouble(f"checkov ended with {done.returncode}: {done.stderr or done.stdout}")
    return list(reports(done.stdout))


def main():
    args = arguments(__doc__.splitlines()[0], (["--accepted"], {"type": Path, "required": True}))
    accepted = json.loads(args.accepted.read_text())
    production = {e.folder.resolve(): e for e in environments(args.out) if e.stage == "prod"}
    if not production:
        raise Trouble(f"no prod environment under {args.out}")

    def where(path):
        return next((e for f, e in production.items() if f in Path(path).resolve().parents), None)

    # With several folders each report repeats those before it, so findings are gathered into sets.
    looked, failed = set(), set()
    for report in scan(production):
        if "results" not in report:  # a folder in which there was nothing to check
            continue
        results, language = report["results"], report["check_type"]
        if results["parsing_errors"]:
            raise Trouble(f"checkov can't parse {', '.join(results['parsing_errors'])}")
        for kind in ("passed_checks", "failed_checks"):
            for check in results[kind]:
                environment = where(check["file_abs_path"])
                looked.add((environment.name, language))
                if kind == "failed_checks":
                    failed.add(
                        (
                            check["check_id"],
                            environment.name,
                            language,
                            check["resource"],
                            check["check_name"],
                        )
                    )
    for environment in production.values():
        for language in LANGUAGES:
            if (environment.name, language) not in looked:
                raise Trouble(f"checkov looked at nothing in the {language} of {environment.name}")

    faults = 0
    used = [set() for _ in accepted]
    for check, name, language, resource, text in sorted(failed):
        matching = [
            n
            for n, a in enumerate(accepted)
            if a["check_id"] == check
            and a["language"] in ("*", language)
            and (a["environments"] == "*" or name in a["environments"])
        ]
        for n in matching:
            used[n].add(name)
        if not matching:
            faults += 1
            print(f"{name} ({language}): {check} {text}: {resource}")
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
