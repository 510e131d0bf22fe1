# SPDX-License-Identifier: MIT
"""`exrun serve token NAME` makes a token, and its line for the tokens file."""
import hashlib
import re
import subprocess

import pytest

from conftest import EXRUN


def test_the_line_has_the_hash_of_the_token(exrun):
    done = exrun("serve", "token", "site_1.a-b")
    assert done.returncode == 0
    token, line = done.stdout.decode().splitlines()
    assert re.fullmatch(r"exrun_[A-Za-z0-9_-]{43}", token)
    assert line == "site_1.a-b sha256:" + hashlib.sha256(token.encode()).hexdigest()
    assert token.encode() not in done.stderr


def test_each_token_is_another_one(exrun):
    assert len({exrun("serve", "token", "site").stdout for _ in range(8)}) == 8


@pytest.mark.parametrize("words", [[], ["a", "b"], ["a b"], ["a/b"], [""], ["x" * 65], ["é"]])
def test_other_names_are_refused(exrun, words):
    done = exrun("serve", "token", *words)
    assert done.returncode == 64 and done.stdout == b""
    assert b"exrun serve token site" in done.stderr


def test_a_token_that_nobody_sees_is_a_failure(exrun):
    with open("/dev/full", "wb") as full:
        assert subprocess.run([EXRUN, "serve", "token", "site"], stdout=full, stderr=subprocess.DEVNULL, timeout=60).returncode == 74
