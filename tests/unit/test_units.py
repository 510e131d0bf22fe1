# SPDX-License-Identifier: MIT
"""Each unit test program is one test here, so that one command counts all."""
import subprocess

import pytest

from conftest import BUILD, ROOT

UNITS = sorted(path.stem for path in (ROOT / "tests" / "unit").glob("test_*.c"))


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_passes(unit):
    done = subprocess.run([BUILD / "tests" / unit], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
