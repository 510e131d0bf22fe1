# SPDX-License-Identifier: MIT
"""The service finds out the versions of the languages while nobody waits for that, and its results name them."""
import contextlib
import json
import os
import pathlib
import signal
import sys
import tempfile

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/cli")]
pytest.register_assert_rewrite("serving", "test_at", "test_program")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401
from test_at import PRINT, PROGRAMS, TRACES, check  # noqa: E402
from test_program import NONE, PROFILES, RUN, TOY, expected  # noqa: E402

LOADED = "has loaded the configuration and the profiles again"


def of_toys():
    """Those of the languages that a test has added."""
    return {name: version for name, version in kit.versions().items() if name not in PROFILES}


def test_every_language_has_its_version(service, exrun):
    kit.wait_until(lambda: kit.versions().keys() == PROFILES.keys(), 120)
    rows = json.loads(exrun("profile", "list", "--json", "--profiles", ROOT / "profiles", timeout=120).stdout)["profiles"]
    assert kit.versions() == {row["name"]: row["version"] for row in rows}
    for name in PROFILES:
        assert kit.run({"profile": name, "source": "x"})["program"] == expected(name)


def test_a_sentence_points_to_its_line(service):
    for language, (entry, *programs) in PROGRAMS.items():
        for source, line in programs:
            check(kit.run({"profile": language, "source": source}), entry, line)


def test_a_false_trace_names_no_other_file(service):
    for language, traces in TRACES.items():
        for trace in traces:
            check(kit.run({"profile": language, "source": PRINT[language], "stdin": trace, "files": [{"path": "lib/" + PROGRAMS[language][0], "content": ""}]}), None, None)


@pytest.fixture
def toys(start, tmp_path):
    """toys({NAME: script}, config) -> a service with languages whose versions these scripts print. It has write()."""
    folder = tmp_path / "profiles"
    folder.mkdir()

    def write(scripts):
        for name, script in scripts.items():
            (folder / f"{name}.json").write_text(json.dumps({**TOY, "name": name, "title": name, "program": {**TOY["program"], "version": script if isinstance(script, list) else ["/bin/sh", "-c", script]}}))

    def call(scripts, config=None):
        write(scripts)
        return start(config, profiles=folder)

    call.write = write
    return call


def run(name="toy"):
    result = kit.run({**RUN, "profile": name})
    assert (result["verdict"], result["stdout"]) == ("ok", "ran\n")
    return result


def test_commands_that_print_no_version(toys):
    """Each is asked about, and the last one, which prints a version, as well."""
    names = {f"none{number:02}": script for number, script in enumerate(NONE.values())}
    toys({**names, "zz": "echo 1.2"})
    kit.wait_until(lambda: of_toys() == {"zz": "1.2"}, 120)
    for name in names:
        assert "program" not in run(name)
    assert run("zz")["program"] == "zz 1.2"


def test_a_command_that_hangs_holds_up_nobody(toys):
    """It hangs while it is asked about: the service becomes ready, programs run, and the next language gets its version."""
    toys({"aa": "sleep 600", "zz": "echo 1.2"}, {"cells": {"keepers": 2, "running": 1}})
    for _ in range(5):
        assert "program" not in run("aa") and run("zz")["stdout"] == "ran\n"
    kit.wait_until(lambda: of_toys() == {"zz": "1.2"}, 60)
    assert run("zz")["program"] == "zz 1.2" and "program" not in run("aa")


def test_the_service_ends_while_a_command_hangs(toys):
    service = toys({"aa": "sleep 600"})
    kit.wait_until(lambda: any(b"sleep\x00600" in cmdline(pid) for pid in kit.processes_of_cells()))
    assert service.stop(seconds=8) == 0  # before the command's own limit


def cmdline(pid):
    with contextlib.suppress(OSError):
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_a_keeper_that_dies_meanwhile_is_not_the_last_one_asked(toys):
    """The version is asked again."""
    toys({"toy": "sleep 3; echo 1.2"})
    kit.wait_until(lambda: any(b"sleep\x003" in cmdline(pid) for pid in kit.processes_of_cells()))
    for pid in kit.processes("exrun-keeper"):
        os.kill(pid, signal.SIGKILL)
    kit.wait_until(lambda: of_toys() == {"toy": "1.2"}, 60)
    kit.wait_until(lambda: run().get("program") == "toy 1.2")


def test_a_command_that_prints_nothing_at_first_is_asked_again(toys, replaceable, monkeypatch):
    """As one whose package is in the middle of its installation. The cache remembers one that prints nothing as long as its program stays the same."""
    monkeypatch.setenv("EXRUN_CACHE", "")
    go = replaceable.path.with_name("go")
    replaceable(f"`[ -e {go} ] && echo 1.2`")
    toys({"toy": [str(replaceable.path)], "zz": "echo 2.3"})
    kit.wait_until(lambda: of_toys() == {"zz": "2.3"})
    go.touch()
    kit.wait_until(lambda: of_toys() == {"toy": "1.2", "zz": "2.3"}, 60)


def test_versions_come_without_a_cache(toys, monkeypatch):
    monkeypatch.setenv("EXRUN_CACHE", "")
    toys({"toy": "echo 1.2", "other": "echo 2.3"})
    kit.wait_until(lambda: of_toys() == {"toy": "1.2", "other": "2.3"})


def test_a_reload_asks_again(toys):
    service = toys({"toy": "echo 1.2", "last": "echo 7.7"})
    kit.wait_until(lambda: of_toys() == {"toy": "1.2", "last": "7.7"})
    toys.write({"toy": "echo 1.3", "first": "echo 0.1"})
    service.process.send_signal(signal.SIGHUP)
    kit.wait_until(lambda: of_toys() == {"toy": "1.3", "first": "0.1", "last": "7.7"})
    kit.wait_until(lambda: run().get("program") == "toy 1.3")


@pytest.fixture
def replaceable():
    """A program that cells see, and that a test replaces: replaceable("1.2")."""
    with tempfile.TemporaryDirectory(prefix="exrun-test-", dir="/usr/local/share") as folder:
        os.chmod(folder, 0o755)

        def call(text):
            new = pathlib.Path(folder) / "new"
            new.write_text(f"#!/bin/sh\necho {text}\n")
            new.chmod(0o755)
            new.rename(call.path)

        call.path = pathlib.Path(folder) / "toy"
        yield call


@pytest.mark.parametrize("floor", [0, 1])
def test_an_upgrade_is_noticed(toys, replaceable, floor):
    """No result names the version from before an upgrade, whether its cell was made ahead or not."""
    replaceable("1.2")
    toys({"toy": [str(replaceable.path)]}, {"cells": {"keepers": 3, "running": 1, "profiles": {"toy": {"floor": floor, "ceiling": floor}}}})
    kit.wait_until(lambda: of_toys() == {"toy": "1.2"})
    for version in ("1.3", "1.2", "1.4"):
        assert run()["program"] == f"toy {of_toys()['toy']}"
        replaceable(version)
        results = [run().get("program") for _ in range(20)]
        assert set(results) <= {None, f"toy {version}"}, results
        kit.wait_until(lambda: of_toys() == {"toy": version} and run().get("program") == f"toy {version}")


def test_an_upgrade_while_the_command_runs(toys, replaceable):
    """What the old program prints is not taken for the new one's version, also not from the cache after a restart."""
    go = replaceable.path.with_name("go")
    replaceable(f"`until [ -e {go} ]; do sleep 0.02; done` 1.2")
    service = toys({"toy": [str(replaceable.path)]})
    kit.wait_until(lambda: any(b"sleep\x000.02" in cmdline(pid) for pid in kit.processes_of_cells()))
    replaceable("1.3")
    go.touch()
    kit.wait_until(lambda: (run(), of_toys() == {"toy": "1.3"})[1], 60)
    assert run()["program"] == "toy 1.3" and service.stop() == 0


def test_an_upgrade_is_noticed_when_a_cell_is_made(toys, replaceable):
    """No run ends: the cells of another program are made."""
    replaceable("1.2")
    toys({"toy": [str(replaceable.path)], "other": "echo 2.3"}, {"cells": {"keepers": 3, "running": 1, "profiles": {"toy": {"floor": 1, "ceiling": 1}, "other": {"floor": 0, "ceiling": 0}}}})
    kit.wait_until(lambda: of_toys() == {"toy": "1.2", "other": "2.3"})
    replaceable("1.3")
    for pid in kit.processes("exrun-keeper"):
        os.kill(pid, signal.SIGKILL)
    kit.wait_until(lambda: of_toys()["toy"] == "1.3", 60)
