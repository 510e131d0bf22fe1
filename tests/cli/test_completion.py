# SPDX-License-Identifier: MIT
"""The words that bash offers if a person presses Tab."""
import subprocess

import pytest

from conftest import EXRUN, ROOT


def offered(*words):
    """The words offered for the last of the words after "exrun"."""
    script = """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _exrun; printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", script, "bash", ROOT / "packaging/completion.bash", EXRUN, *words], capture_output=True, text=True,
                          check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize("words, expected", [
    (["r"], ["run"]), (["do"], ["doctor"]), (["au"], ["audit"]), (["audit", "--j"], ["--json", "--junit"]), (["stat"], ["status"]), (["status", "--j"], ["--json"]), (["audit", "-p", "lu"], ["lua"]), (["help", "cl"], ["clean"]), (["clean", "--d"], ["--dry-run"]),
    (["run", "--pro"], ["--profile", "--profiles", "--processes"]), (["run", "-p", "py"], ["python"]), (["run", "--profile", "ja"], ["java", "javascript"]),
    (["profile", "s"], ["show"]), (["serve", ""], ["token"]), (["cache", ""], ["warm"]), (["cache", "warm", "lu"], ["lua"]), (["profile", "show", "lu"], ["lua"]), (["run", "READM"], []), (["run", "--mem"], ["--memory"]), (["x", "--y"], []),
])
def test_words_are_offered(words, expected):
    assert sorted(offered(*words)) == sorted(expected)


def test_all_commands_are_offered(exrun):
    assert {"run", "clean", "cache", "doctor", "audit", "profile", "serve", "status", "help", "version"} <= set(offered(""))
