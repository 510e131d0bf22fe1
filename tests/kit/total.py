# SPDX-License-Identifier: MIT
"""Adds up what the test runs counted, and prints it as the last line. Fails where anything failed or nothing ran."""
import sys
import xml.etree.ElementTree as tree

tests = bad = skipped = 0
for path in sys.argv[1:]:
    for suite in tree.parse(path).getroot().iter("testsuite"):
        tests += int(suite.get("tests"))
        bad += int(suite.get("failures")) + int(suite.get("errors"))
        skipped += int(suite.get("skipped"))
print(f"{tests - bad - skipped} passed, {bad} failed, {skipped} skipped" if skipped else f"{tests - bad} passed, {bad} failed")
sys.exit(0 if tests and not bad else 1)
