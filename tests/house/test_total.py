# SPDX-License-Identifier: MIT
"""kit/total.py, whose last line decides what counts as green."""
import subprocess
import sys

import pytest

from conftest import ROOT

WHOLE = '<testsuites><testsuite name="s">%s</testsuite></testsuites>'
PASSED, FAILED = '<testcase classname="c" name="one"/>', '<testcase classname="c" name="one"><failure/></testcase>'
OTHER = '<testcase classname="c" name="two"/>'
# what a suite wrote, what it wrote at its second try -> exit status, last line
RESULTS = {"passed": (WHOLE % PASSED, None, 0, "1 passed, 0 failed"),
           "failed": (WHOLE % (FAILED + OTHER), None, 1, "1 passed, 1 failed"),
           "second try": (WHOLE % (FAILED + OTHER), WHOLE % PASSED, 0, "2 passed, 0 failed"),
           "failed twice": (WHOLE % FAILED, WHOLE % FAILED, 1, "0 passed, 1 failed"),
           "skipped": (WHOLE % (PASSED + '<testcase name="two"><skipped/></testcase>'), None, 0, "1 passed, 0 failed, 1 skipped"),
           "nothing ran": (WHOLE % "", None, 1, "0 passed, 0 failed"),
           "broke off": (WHOLE.split("%s")[0] + PASSED, None, 1, "0 passed, 1 failed"),
           "broke off twice": (WHOLE % FAILED, "", 1, "0 passed, 1 failed"),
           "no file": (None, None, 1, "0 passed, 1 failed")}


@pytest.mark.parametrize("first, again, status, last", RESULTS.values(), ids=RESULTS)
def test_the_sum_of_results(first, again, status, last, tmp_path):
    for name, text in (("s.xml", first), ("s-again.xml", again)):
        if text is not None:
            (tmp_path / name).write_text(text)
    done = subprocess.run([sys.executable, ROOT / "tests/kit/total.py", tmp_path / "s.xml"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (status, last), done.stdout + done.stderr
