# SPDX-License-Identifier: MIT
"""Each input of the fuzzing corpus is tried again, against the promises of its target."""
import re
import subprocess

import pytest

from conftest import BUILD, ROOT

TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in (ROOT / "tests/fuzz").glob("fuzz_*.c"))


@pytest.mark.parametrize("target", TARGETS)
def test_each_input_keeps_the_promises(target):
    corpus = ROOT / "tests/fuzz/corpus" / target
    done = subprocess.run([BUILD / f"tests/fuzz/replay_{target}", corpus], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == f"{len(list(corpus.iterdir()))} inputs\n"


def test_names_say_what_is_wrong():
    names = [path for path in (ROOT / "tests/fuzz/corpus").rglob("*") if path.is_file()]
    assert len(names) >= 100
    assert not [path for path in names if not re.fullmatch(r"[a-z0-9][a-z0-9.+-]*", path.name) or re.fullmatch(r"[0-9a-f]{16,}", path.name)]
