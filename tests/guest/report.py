# SPDX-License-Identifier: MIT
"""A pytest plugin for the guest: only the chosen tests, in their order, and a line of JSON as each of them ends."""
import json
import pathlib

RESULTS = pathlib.Path("/run/results")
whole = {}


def pytest_collection_modifyitems(config, items):
    wanted = {line: at for at, line in enumerate((RESULTS / "select").read_text().splitlines())}
    items[:] = sorted((item for item in items if item.nodeid in wanted), key=lambda item: wanted[item.nodeid])


def pytest_runtest_logreport(report):
    one = whole.setdefault(report.nodeid, {"id": report.nodeid, "outcome": "passed", "text": "", "seconds": 0})
    one["seconds"] += report.duration
    if report.outcome != "passed":
        one["outcome"] = "failed" if report.outcome == "failed" or one["outcome"] == "failed" else "skipped"
        one["text"] += str(report.longrepr)
    if report.when == "teardown":
        with open(RESULTS / "results.jsonl", "a") as out:
            out.write(json.dumps(one) + "\n")
