#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes docs/messages.md: every sentence that a visitor can read, and a program that causes it. The programs are rows of tests/cli/test_sentences.py;
each is run. tests/cli/test_sentences.py compares the page with its own runs.

    tests/kit/messages.py >docs/messages.md        with EXRUN_BUILD, or build/"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/cli")]
# Rows of test_sentences.py, by the part of the page that they are an example for.
PARTS = {
    "The program ended by itself": ["ok", "exit-3", "exit-137"],
    "A limit ended the program": ["endless-loop", "sleeper", "hog", "flood", "denied"],
    "The program went on after a limit": ["fork-limit-and-fine", "fork-limit", "too-many-files"],
    "The program crashed": ["c-segv", "c-zero", "c-assert", "go-deadlock", "kill-9-self"],
    "The program could not be compiled": ["c-compile", "go-compile", "c-no-main", "go-main-in-another-package", "c-two-mains-in-a-file", "c-folder",
                                           "c-larger-than-stored", "c-huge-array", "go-latin-1"],
    "The language can't read the program": ["bash-crlf", "php-no-tag", "py-latin-1"],
    "The language's own error names a line": [
        "py-syntax", "py-name", "php-extension", "py-module", "py-file", "py-readonly", "py-network", "py-input", "py-recursion", "php-memory-behind-half-a-line",
        "py-threads", "py-open-files", "py-not-executable", "bash-command", "rust-index", "rust-overflow", "py-zero", "php-null", "node-rejection", "py-uncaught", "php-uncaught", "node-uncaught"],
}
HEAD = """# Sentences for the visitor

Each result has one `message` for the person who wrote the program. The message says how the program
ended. If the language's own error names a line of the program, the message names it, too. It asks
at most one question about the likely cause. `tests/kit/messages.py` generates this page and runs
each program below.
"""


def rows():
    import test_sentences
    return {row[0]: row[1] for row in [*test_sentences.SAID, *test_sentences.RECURSIONS]}


def message(request):
    build = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build"))
    done = subprocess.run([build / "exrun", "run", "--json", "-"], input=json.dumps(request).encode(), capture_output=True, timeout=120, check=True)
    return json.loads(done.stdout)["message"]


# A program that a test makes with a profile of its own.
FOREIGN = """
If a compiled program is made for another system, or names a loader that doesn't exist here, the
sentence is: The compiled program can't be started here. Is it made for a different system?
"""


def notes(request):
    """Returns the words of a table behind the source."""
    limits = [f"{key} {value}" for key, value in request.get("limits", {}).items()]
    files = [f"and the file {file['path']}" for file in request.get("files", [])]
    return ", ".join([*limits, *files, *(["in Latin-1"] if isinstance(request["source"], dict) else [])])


def source(request):
    text = request["source"]
    return base64.b64decode(text["content"]).decode("latin-1") if isinstance(text, dict) else text


def cell(text):
    return text.replace("\r", " ␍").replace("\n", " ⏎ ").replace("|", "\\|")


def page():
    known, out = rows(), [HEAD]
    for part, names in PARTS.items():
        out.append(f"\n## {part}\n| sentence | program | language |\n| --- | --- | --- |\n")
        for name in names:
            request = known[name]
            more = notes(request)
            out.append(f"| {cell(message(request))} | `{cell(source(request))}`{f' ({more})' if more else ''} | {request['profile']} |\n")
        if part == "The program could not be compiled":
            out.append(FOREIGN)
    return "".join(out)


def sentences():
    """{name of the row: sentence} as the page has them."""
    text = (ROOT / "docs/messages.md").read_text()
    told = re.findall(r"^\| (?!sentence|---)(.*?) \| `", text, re.M)
    return dict(zip([name for names in PARTS.values() for name in names], told, strict=True))


if __name__ == "__main__":
    print(page(), end="")
