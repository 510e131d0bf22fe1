"""What all black-box tests share: the binary under test, and how it is called."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve()
EXRUN = BUILD / "exrun"


@pytest.fixture
def exrun():
    """Calls the binary: exrun("run", "--json", "-", input=...) -> CompletedProcess with bytes."""

    def call(*args, input=b"", env=None, timeout=60, **more):
        return subprocess.run([EXRUN, *args], input=input, capture_output=True, timeout=timeout,
                              env={**os.environ, **(env or {})}, **more)

    return call
