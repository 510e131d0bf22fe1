# SPDX-License-Identifier: MIT
"""If both streams are the same file, the program's output comes in the order in which it was written."""
import subprocess

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

ALTERNATING = {
    "bash": "for i in {1..200}; do echo out $i; echo err $i >&2; done",
    "python": "import sys\nfor i in range(1, 201):\n    print('out', i)\n    print('err', i, file=sys.stderr)",
    "c": '#include <stdio.h>\nint main(void) { for (int i = 1; i <= 200; i++) { printf("out %d\\n", i); fprintf(stderr, "err %d\\n", i); } }',
    "perl": 'for (1 .. 200) { print "out $_\\n"; print STDERR "err $_\\n" }',
}
EXPECTED = "".join(f"out {i}\nerr {i}\n" for i in range(1, 201))
SUFFIX = {"bash": "sh", "python": "py", "c": "c", "perl": "pl"}


@pytest.mark.parametrize("profile", ALTERNATING if not IS_SANITIZER_BUILD else ["bash"])
def test_a_request_can_join_the_streams(run, profile):
    result = run({"profile": profile, "source": ALTERNATING[profile], "stderr": "stdout"}, timeout=60)
    assert (result["verdict"], result["stdout"], result["stderr"]) == ("ok", EXPECTED, ""), result


@pytest.mark.parametrize("profile", ALTERNATING if not IS_SANITIZER_BUILD else ["bash"])
def test_a_shell_can_join_the_streams(profile, tmp_path):
    (tmp_path / f"order.{SUFFIX[profile]}").write_text(ALTERNATING[profile])
    done = subprocess.run([EXRUN, "run", "--profiles", ROOT / "profiles", tmp_path / f"order.{SUFFIX[profile]}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    assert done.stdout.decode() == EXPECTED
    with open(tmp_path / "both", "wb") as both:
        subprocess.run([EXRUN, "run", "--profiles", ROOT / "profiles", tmp_path / f"order.{SUFFIX[profile]}"], stdout=both, stderr=both, timeout=60, check=True)
    assert (tmp_path / "both").read_text() == EXPECTED


def test_streams_stay_apart_otherwise(run):
    for more in ({}, {"stderr": "separate"}):
        result = run({"profile": "bash", "source": "echo a; echo b >&2", **more})
        assert (result["stdout"], result["stderr"]) == ("a\n", "b\n")


def test_the_sentence_is_about_the_joined_stream(run):
    result = run({"profile": "python", "source": "print('x')\n1 / 0", "stderr": "stdout"})
    assert result["message"] == "The program divided by zero. Look at line 2." and result["stderr"] == "", result


def test_another_value_is_refused(exrun):
    done = exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "", "stderr": "file"}')
    assert done.returncode == 65 and b"/stderr" in done.stdout and b'must be \\"separate\\" or \\"stdout\\"' in done.stdout, done
