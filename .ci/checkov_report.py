"""What checkov says of environments, in both languages.

checkov exits 0 on a file that it can't parse, so its report is read and not its exit code:
parsing errors are trouble, and so is an environment of which it looked at nothing.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from out_tree import Trouble

# check type in checkov's report: folder under an environment
LANGUAGES = {"cloudformation": "cloudformation", "terraform": "terraform"}


@dataclass(frozen=True, order=True)
class Check:
    """What one check comes to for one resource."""

    check_id: str
    environment: str
    language: str
    resource: str
    text: str
    passed: bool


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


def checks(environments):
    """Every check of every environment. With several folders each report repeats those before it: a set."""
    folders = {e.folder.resolve(): e for e in environments}

    def where(path):
        for folder, environment in folders.items():
            if folder in Path(path).resolve().parents:
                return environment.name
        raise Trouble(f"checkov looked at {path}, which is in no environment")

    found = set()
    for report in scan(folders):
        if "results" not in report:  # a folder in which there was nothing to check
            continue
        results, language = report["results"], report["check_type"]
        if results["parsing_errors"]:
            raise Trouble(f"checkov can't parse {', '.join(results['parsing_errors'])}")
        for kind, passed in (("passed_checks", True), ("failed_checks", False)):
            for check in results[kind]:
                found.add(
                    Check(
                        check["check_id"],
                        where(check["file_abs_path"]),
                        language,
                        check["resource"],
                        check["check_name"],
                        passed,
                    )
                )
    looked = {(check.environment, check.language) for check in found}
    for environment in environments:
        for language in LANGUAGES:
            if (environment.name, language) not in looked:
                raise Trouble(f"checkov looked at nothing in the {language} of {environment.name}")
    return found
