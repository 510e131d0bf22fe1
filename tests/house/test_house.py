# SPDX-License-Identifier: MIT
"""The house keeps its own rules: who may include whom, which side may do what, and that the map in main.c is true."""
import re
import subprocess

import pytest

from conftest import BUILD, ROOT

# Each layer may include itself and those to its left (HOUSE.md: includes go one way).
LAYERS = ["sandbox/base", "sandbox/plan", "sandbox/cell", "sandbox/run", "runner"]
SOURCES = sorted(path.relative_to(ROOT) for side in ("sandbox", "runner") for path in (ROOT / side).rglob("*.[ch]"))


def layer(path):
    return next(n for n, name in enumerate(LAYERS) if str(path).startswith(name + "/"))


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_includes_go_one_way(path):
    for included in re.findall(r'#include "((?:sandbox|runner)/[^"]+)"', (ROOT / path).read_text()):
        assert layer(included) <= layer(path), f"{path} includes {included}"


@pytest.mark.parametrize("library, forbidden", [
    ("sandbox/libsandbox.a", r"json_\w+"),
    ("runner/librunner.a", r"mount|umount2?|setns|unshare|clone3?|pivot_root|seccomp_\w+|cap_\w+|set(res)?[ug]id"),
])
def test_sides_keep_apart(library, forbidden):
    symbols = subprocess.run(["nm", "--undefined-only", BUILD / library], capture_output=True, text=True, check=True)
    used = set(re.findall(r" U (\w+)", symbols.stdout))
    assert used, library
    assert not {name for name in used if re.fullmatch(forbidden, name)}


def test_map_in_main_is_true():
    text = (ROOT / "runner/main.c").read_text()
    named = {name for line in re.findall(r"^ \*   (\S+\.c(?:, \S+\.c)*)", text, re.M) for name in line.split(", ")}
    folders = {folder: {path.name for path in (ROOT / folder).glob("*.c")} for folder in
               [*LAYERS[1:4], "runner/input", "runner/output", "runner/library", "runner/audit", "runner/command"]}
    assert named
    for name in named:
        assert any(name.split("/")[-1] in files for files in folders.values()), name


def test_every_file_opens_with_its_licence_and_title():
    for path in SOURCES:
        lines = (ROOT / path).read_text().splitlines()
        assert lines[0] == "/* SPDX-License-Identifier: MIT */", path
        assert lines[1].startswith("/* ") and len(lines[1]) > 10, path
