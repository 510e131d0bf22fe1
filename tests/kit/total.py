# SPDX-License-Identifier: MIT
"""Adds up the results of the test runs, and prints the sum as the last line. Fails if anything failed or nothing ran.

If failed tests ran once more (X-again.xml beside X.xml), the second result counts, and is reported."""
import pathlib
import sys
import xml.etree.ElementTree as tree


def cases(path):
    """The test cases of a file; one that failed, if its suite broke off before the file was whole."""
    try:
        return list(tree.parse(path).getroot().iter("testcase"))
    except (OSError, tree.ParseError) as problem:
        broken = tree.Element("testcase", name=f"the whole suite ({problem})")
        tree.SubElement(broken, "failure")
        return [broken]


def outcomes(path):
    """(classname, name) -> "passed", "failed" or "skipped"; the worst, if a test occurs twice."""
    seen = {}
    for case in cases(path):
        key = case.get("classname"), case.get("name")
        tags = {child.tag for child in case}
        outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        seen[key] = "failed" if seen.get(key) == "failed" else outcome
    return seen


total = []
for path in map(pathlib.Path, sys.argv[1:]):
    first = outcomes(path)
    again = path.with_name(f"{path.stem}-again.xml")
    second = outcomes(again) if again.exists() else {}
    for key, outcome in first.items():
        if outcome == "failed" and second.get(key) == "passed":
            print(f"passed at the second try only: {path}: {'.'.join(filter(None, key))}")
            outcome = "passed"
        elif outcome == "failed":
            print(f"failed: {path}: {'.'.join(filter(None, key))}")
        total.append(outcome)
bad, skipped = total.count("failed"), total.count("skipped")
print(f"{total.count('passed')} passed, {bad} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(0 if total and not bad else 1)
