# SPDX-License-Identifier: MIT
"""`exrun audit --server`: the probes run in cells of a service, ready and parked."""
import contextlib
import http.server
import json
import re
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import xml.etree.ElementTree

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/service"), str(ROOT / "tests/cli")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import ADMIN, SOCKET, start, wait_until  # noqa: E402, F401
from test_audit import plant  # noqa: E402
from test_warm import change, profiles, shim  # noqa: E402, F401

KEEPS_JAVA = ""
SERVER = ["--server", f"unix:{ADMIN}"]


def audit(*words, status=0, json_=True):
    """The printed object, and its rows by name and cell."""
    done = subprocess.run([EXRUN, "audit", *(["--json"] if json_ else []), *SERVER, *map(str, words)], capture_output=True, timeout=500)
    rows = json.loads(done.stdout or b"{}").get("probes", []) if json_ else []
    assert done.returncode == status, ([{**row, "tries": 0} for row in rows if row["outcome"] not in ("held", "not_run")], done.stderr)
    return (json.loads(done.stdout), {(row["name"], row.get("cell")): row for row in rows}) if json_ else done.stdout.decode()


@pytest.fixture
def planted(tmp_path):
    """A probe of a warm language, one that can't have a parked cell, one of a compiled language, and one that can have no cell that waits."""
    folder = tmp_path / "probes"
    folder.mkdir()
    plant(folder, "a-warm.sh", "echo held\n")
    plant(folder, "b-small.pl", "print \"held\\n\";\n", limits="memory=32M")
    plant(folder, "c-cold.c", "int puts(const char *);\nint main(void) { return puts(\"held\") < 0; }\n")
    plant(folder, "d-shows.sh", "echo held\n", limits="memory=64M")
    path = folder / "planted/c-cold.c"
    path.write_text(re.sub(r"^# ", "// ", path.read_text(), flags=re.M))
    return ["--probes", folder, "--only", "planted"]


A, B, C, D = (f"planted/{name}" for name in ("a-warm.sh", "b-small.pl", "c-cold.c", "d-shows.sh"))


def test_each_probe_runs_in_each_kind_of_cell(start, profiles, planted):
    start(profiles=profiles)
    answer, rows = audit("--profiles", profiles, *planted)
    assert {key: row["outcome"] for key, row in rows.items()} == {(A, "ready"): "held", (A, "parked"): "held", (B, "ready"): "held", (B, "parked"): "not_run", (C, "ready"): "held",
                                                                      (D, None): "held", (D, "parked"): "not_run"}
    assert "lower than the limit of the interpreters" in rows[B, "parked"]["why"]
    assert answer["total"]["probes"] == 7 and answer["holds"] is True
    starts = kit.call("GET", "/v1/status", address=ADMIN).json["starts"]
    assert starts["parked"] == 1 and starts["ready"] == 3 and starts["cold"] == 1


def test_the_other_reports_name_the_cell(start, profiles, planted):
    start(profiles=profiles)
    text = audit("--profiles", profiles, *planted, "--tap", json_=False)
    assert [line.split(" # ")[0] for line in text.splitlines()[2:]] == [f"ok 1 - {A} (ready)", f"ok 2 - {A} (parked)", f"ok 3 - {B} (ready)", f"ok 4 - {B} (parked)", f"ok 5 - {C} (ready)", f"ok 6 - {D}", f"ok 7 - {D} (parked)"]
    [suite] = xml.etree.ElementTree.fromstring(audit("--profiles", profiles, *planted, "--junit", json_=False))
    assert [case.get("name") for case in suite] == [f"{A} (ready)", f"{A} (parked)", f"{B} (ready)", f"{B} (parked)", f"{C} (ready)", D, f"{D} (parked)"]
    assert suite.get("skipped") == "2" and suite.get("failures") == "0"


@pytest.mark.parametrize("only", ["processes/[cdpst]*.py", "files/[dlp]*.py", "files/start*.py", "languages/lua*", "network/*neighbour.py", "information/*.sh", "control/exit*", "control/compiler-d*"])
def test_the_corpus_is_held(start, profiles, only):
    start(profiles=profiles)
    _, rows = audit("--profiles", profiles, "--only", only)
    assert rows and {row["outcome"] for (_, cell), row in rows.items() if cell == "ready"} == {"held"}
    assert all(row["outcome"] == "held" or row["why"].startswith("the service refused it (422): /limits/") for row in rows.values())
    assert {cell for _, cell in rows} == ({"ready"} if only.startswith("control/compiler") else {"ready", "parked"})


def test_a_breach_is_reported_with_its_cell(start, profiles, tmp_path):
    """The probe breaks out if it is parked, and can see it."""
    folder = tmp_path / "probes"
    folder.mkdir()
    plant(folder, "sees.sh", 'grep -q park.so /proc/$$/maps && echo BREACH: it is there; echo held\n')
    start(profiles=profiles)
    text = audit("--profiles", profiles, "--probes", folder, "--only", "planted", status=1, json_=False)
    assert "\nBREACHED planted/sees.sh (parked): it printed" in text and "1 of 2 probes were not held" in text and "(ready)" not in text


def test_a_probe_has_the_markers_of_the_audit(start, profiles, tmp_path):
    folder = tmp_path / "probes"
    folder.mkdir()
    plant(folder, "reads.sh", 'read -r line; [[ $line == /tmp/exrun-audit-* && @PORT@ -gt 0 && ! -e $line/secret ]] && echo held\n', reads="DIR")
    start(profiles=profiles)
    _, rows = audit("--profiles", profiles, "--probes", folder, "--only", "planted")
    assert len(rows) == 2


def test_interpreters_that_do_not_wait_are_a_failure(start, profiles, planted):
    """The profile asks for it, but its check fails."""
    change(profiles, "bash", warm={"how": "park", "check": "exit $((3 + $(grep -c park.so /proc/$$/maps)))"})
    start(profiles=profiles)
    _, rows = audit("--profiles", profiles, *planted, status=1)
    assert rows[A, "ready"]["outcome"] == "held"
    assert rows[A, "parked"]["outcome"] == "failed" and "exit status" in rows[A, "parked"]["why"]


def test_profiles_of_the_service_that_are_not_warm(start, profiles, tmp_path, planted):
    """The audit has the shipped ones."""
    mine = tmp_path / "mine"
    shutil.copytree(profiles, mine)
    change(mine, "bash", warm="none")
    start(profiles=mine)
    _, rows = audit("--profiles", profiles, *planted)
    assert rows[A, "ready"]["outcome"] == "held"
    assert rows[A, "parked"]["outcome"] == "not_run" and "no interpreters that wait" in rows[A, "parked"]["why"]


@contextlib.contextmanager
def altered(folder, content=lambda text: text, status=lambda text: text):
    """The option for a service that changes its answers to runs and about its status, and nothing else."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def pass_on(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))) or None
            answer = kit.call(self.command, self.path, body, {name: value for name, value in self.headers.items() if name in ("Content-Type", "Exrun-Cell")}, address=ADMIN)
            text = (content if self.command == "POST" else status)(answer.content)
            self.wfile.write(f"HTTP/1.1 {answer.status} X\r\nContent-Length: {len(text)}\r\n\r\n".encode() + text)

        do_GET = do_POST = pass_on

        def log_message(self, *_):
            pass

    path = folder / "socket"
    with socketserver.ThreadingUnixStreamServer(str(path), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield ["--server", f"unix:{path}"]
        finally:
            server.shutdown()
            thread.join()


def test_another_cell_than_asked_for_is_a_failure(start, profiles, planted, tmp_path):
    start(profiles=profiles)
    with altered(tmp_path, lambda text: text.replace(b'"cell":"parked"', b'"cell":"cold"')) as server:
        _, rows = audit("--profiles", profiles, *planted, *server, status=1)
    assert {key for key, row in rows.items() if row["outcome"] == "failed"} == {(A, "parked")}
    assert rows[A, "parked"]["why"] == 'its cell was "cold" instead of "parked"'


def test_what_a_cell_left_behind_is_a_breach(start, profiles, planted, tmp_path):
    start(profiles=profiles)
    left = []

    def content(text):
        left.append(1)
        return text

    with altered(tmp_path, content, lambda text: text.replace(b'"unreclaimed":0', b'"unreclaimed":%d' % len(left))) as server:
        _, rows = audit("--profiles", profiles, *planted, *server, status=1)
    assert [row["why"] for row in rows.values() if row["outcome"] == "breached"] == ["a cell of the service left something behind during the audit"]


def test_an_answer_that_is_not_a_result_is_a_failure(start, profiles, planted, tmp_path):
    start(profiles=profiles)
    with altered(tmp_path, lambda text: b"{}") as server:
        _, rows = audit("--profiles", profiles, *planted, *server, status=1)
    assert rows[A, "ready"]["why"] == "the answer was not a result"


@pytest.mark.parametrize("address, status, says", [
    ("unix:/nowhere/socket", 69, "no service listens"), (f"unix:{SOCKET}", 64, "is not an administrator's socket"), ("/run/exrun/admin.sock", 64, "is not unix:PATH"),
    ("unix:", 64, "is not unix:PATH"), ("127.0.0.1:80", 64, "is not unix:PATH"), ("unix:/" + "x" * 200, 71, "too long"),
])
def test_a_wrong_socket_is_an_error(start, address, status, says):
    start()
    done = subprocess.run([EXRUN, "audit", "--server", address], capture_output=True, timeout=60)
    assert done.returncode == status and says in done.stderr.decode() and done.stdout == b"", done


def test_a_signal_ends_it(start, profiles, tmp_path):
    folder = tmp_path / "probes"
    folder.mkdir()
    plant(folder, "sleeps.sh", "sleep 60\n")
    start(profiles=profiles)
    with subprocess.Popen([EXRUN, "audit", *SERVER, "--profiles", profiles, "--probes", folder, "--only", "planted"], stdout=subprocess.PIPE) as process:
        wait_until(lambda: kit.call("GET", "/v1/status", address=ADMIN).json["running"]["now"] > 0)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    wait_until(lambda: kit.call("GET", "/v1/status", address=ADMIN).json["running"]["now"] == 0, 5)


def test_a_disabled_profile_and_a_small_service_are_skipped(start, profiles, tmp_path):
    start({"cells": {"running": 1}}, profiles=profiles)
    assert kit.call("POST", "/v1/profiles/lua", {"disabled": True}, address=ADMIN).status == 200
    _, rows = audit("--profiles", profiles, "--only", "languages/lua*", status=69)
    assert {row["why"] for row in rows.values()} == {"the profile is disabled in the service"}
    _, rows = audit("--profiles", profiles, "--only", "network/locks*neighbour.py", status=69)
    assert {row["why"] for row in rows.values()} == {"the service runs fewer programs at the same time (1)"}


def test_a_missing_language_is_not_run(start, profiles, tmp_path):
    change(profiles, "lua", run=["no-such-program", "{entry}"])
    start(profiles=profiles)
    _, rows = audit("--profiles", profiles, "--only", "languages/lua*", status=69)
    assert {row["why"] for row in rows.values()} == {"the program no-such-program is not installed"}
