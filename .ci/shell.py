"""What a piece of shell runs, word by word, read by shfmt's parser. Nothing is run here.

A value that only a run can tell (the output of a command, a variable that nobody set) is UNKNOWN.
"""

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from out_tree import Trouble

UNKNOWN = "unknown"


@dataclass
class Command:
    """One command: its words, its here-document if it has one, and the folder it runs in."""

    words: list
    line: int
    folder: Path
    stdin: str | None = None
    redirects: list = field(default_factory=list)

    def __str__(self):
        return " ".join(self.words)


def syntax(text, dialect):
    done = subprocess.run(
        ["shfmt", "-ln", dialect, "--to-json"], input=text, capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise Trouble(done.stderr.strip().removeprefix("<standard input>:"))
    return json.loads(done.stdout)


class Reader:
    """Goes through a syntax tree in the order of the text and keeps the variables that it has seen."""

    def __init__(self, folder, variables):
        self.folder, self.variables, self.found = folder, dict(variables), []

    def part(self, node, quoted):
        kind = node["Type"]
        if kind == "Lit":
            text = node.get("Value", "")
            return re.sub(r'\\([$`"\\\n])' if quoted else r"\\(.|\n)", unescape, text, flags=re.S)
        if kind == "SglQuoted":
            return node.get("Value", "")
        if kind == "DblQuoted":
            return "".join(self.part(p, True) for p in node.get("Parts", []))
        if kind == "ParamExp":
            return self.variables.get(node["Param"]["Value"], UNKNOWN)
        if kind == "ArithmExp":
            return "1"
        self.visit(node)  # the commands in a $(…)
        return UNKNOWN

    def word(self, node, quoted=False):
        return "".join(self.part(p, quoted) for p in node.get("Parts", []))

    def here(self, node):
        """A here-document; one that is JSON stays so: a value without quotes gets them."""
        text = ""
        for p in node.get("Parts", []):
            value = self.part(p, True)
            inside = len(re.findall(r'(?<!\\)"', text)) % 2
            bare = p["Type"] == "CmdSubst" and not inside and text.lstrip().startswith("{")
            text += json.dumps(value) if bare else value
        return text

    def call(self, statement, node):
        words = [self.word(w) for w in node.get("Args", [])]
        for assigned in node.get("Assigns", []):
            value = self.word(assigned["Value"]) if assigned.get("Value") else ""
            self.variables[assigned["Name"]["Value"]] = value
        if words and words[0] == "export":
            self.variables.update(w.split("=", 1) for w in words[1:] if "=" in w)
        command = Command(words, node["Pos"]["Line"], self.folder)
        for redirect in statement.get("Redirs", []):
            if redirect.get("Hdoc"):
                command.stdin = self.here(redirect["Hdoc"])
            elif redirect.get("Word"):
                command.redirects.append((redirect["Op"], self.word(redirect["Word"])))
        if not words:
            return
        self.found.append(command)
        if words[0] == "cd" and len(words) == 2 and UNKNOWN not in words[1]:
            self.folder = self.folder / words[1]

    def visit(self, node):
        if isinstance(node, list):
            for child in node:
                self.visit(child)
        elif isinstance(node, dict):
            inner = node.get("Cmd")
            if isinstance(inner, dict) and inner.get("Type") == "CallExpr":
                self.call(node, inner)
                return
            for child in node.values():
                self.visit(child)


def unescape(match):
    return "" if match[1] == "\n" else match[1]


def commands(text, dialect, folder, variables=()):
    """Every command in `text`, those of substitutions too."""
    reader = Reader(folder, variables)
    reader.visit(syntax(text, dialect)["Stmts"])
    return reader.found
