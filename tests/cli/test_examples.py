# SPDX-License-Identifier: MIT
"""The table that newcomers see first."""
import importlib.util
import json
import os
import subprocess

from conftest import BUILD, ROOT

HAS_ONE_CACHE = True  # the same programs, again and again
TABLE = ROOT / "examples/table.py"


def load():
    spec = importlib.util.spec_from_file_location("table", TABLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_table(**env):
    return subprocess.run(["/usr/bin/python3", TABLE], capture_output=True, text=True, timeout=200,
                          env={**os.environ, "EXRUN_BUILD": str(BUILD), **env})


def test_all_examples_end_as_said():
    done = run_table()
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert len(done.stdout.splitlines()) == 1 + len(load().EXAMPLES)


def test_each_language_has_a_good_and_a_bad_one():
    table = load()
    names = {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
    assert set(table.PROFILES.values()) == names
    for ending in table.PROFILES:
        verdicts = {verdict for name, (verdict, _) in table.EXAMPLES.items() if name.endswith(ending)}
        assert "ok" in verdicts and len(verdicts) > 1, ending
    assert {path.name for path in TABLE.parent.iterdir() if path.name != "library"} == {*table.EXAMPLES, "table.py"} | ({"__pycache__"} if (
        TABLE.parent / "__pycache__").exists() else set())


def test_missing_languages_are_named(tmp_path):
    profile = json.loads((ROOT / "profiles/lua.json").read_text())
    (tmp_path / "lua.json").write_text(json.dumps({**profile, "run": ["no-such-lua", "{entry}"]}))
    done = run_table(EXRUN_PROFILES=str(tmp_path))
    assert done.returncode == 0 and "hello.lua" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("lua: not here: ") and "apt-get install lua5.4" in done.stdout
