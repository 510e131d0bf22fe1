# SPDX-License-Identifier: MIT
"""The service's log: a JSON line for each run, refusal, start, end and reload."""
import contextlib
import grp
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SMALL = {"cells": {"running": 1, "keepers": 3}}
NAMES = {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def lines(path):
    """All lines. Each must be whole, printable, and of the contract."""
    data = path.read_bytes()
    assert data.endswith(b"\n") or not data
    assert all(byte == 10 or 0x20 <= byte < 0x7f for byte in data)
    found = [json.loads(line) for line in data.decode().splitlines()]
    assert all(list(one)[:3] == ["at", "v", "event"] and AT.fullmatch(one["at"]) and one["v"] == 1 for one in found)
    return found


def whole(path):
    """All lines that are there, while the service writes."""
    data = path.read_bytes()
    return [json.loads(line) for line in data[:data.rfind(b"\n") + 1].decode().splitlines()]


def of(path, event, **members):
    return [one for one in whole(path) if one["event"] == event and members.items() <= one.items()]


def wait_for(path, event, n=1, **members):
    return kit.wait_until(lambda: (found := of(path, event, **members)) and len(found) >= n and found)


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "log"
    folder.mkdir(mode=0o755)
    return folder / "runs.jsonl"


@pytest.fixture
def logged(start, path):
    return start({**SMALL, "log": {"path": str(path)}})


def test_a_line_for_each_run(logged, path):
    began = time.time()
    request = {"profile": "bash", "source": "echo a secret; echo and an error >&2; exit 3", "id": "first", "args": ["argument-x"], "env": {"NAME_X": "value-x"}, "stdin": "input-x",
               "labels": {"client": "visitor 7", "example": "loops/1"}}
    result = kit.run(request)
    kit.run({**HELLO, "id": "second", "labels": {"client": "visitor 7"}})
    kit.run({**HELLO, "id": "third", "labels": {"client": "visitor 8"}})
    kit.run({**HELLO, "id": "fourth"})
    # A line waits until its run's cell is reclaimed, so the lines can have another order.
    found = {line["id"]: line for line in wait_for(path, "run", 4)}
    first, second, third, fourth = (found[name] for name in ("first", "second", "third", "fourth"))
    assert logged.stop() == 0
    lines(path)
    assert list(first) == ["at", "v", "event", "id", "principal", "profile", "example", "client", "verdict", "limits_hit", "denied", "cell", "wall_us", "queue_us", "prepare_us", "run_us",
                           "cpu_us", "memory_peak_bytes", "output_bytes", "request_bytes", "reclaim_us"]
    assert (first["id"], first["principal"], first["profile"], first["example"], first["verdict"], first["limits_hit"], first["denied"]) == ("first", f"unix:{kit.SOCKET}", "bash", "loops/1", "failed", [], None)
    timing, usage = result["timing"], result["usage"]
    assert [first[name] for name in ("queue_us", "prepare_us", "run_us", "cpu_us", "memory_peak_bytes", "cell")] == [
        timing["queue_us"], timing["prepare_us"], timing["run_us"], usage["cpu_us"], usage["memory_peak_bytes"], timing["cell"]]
    assert 0 < first["reclaim_us"] < 60_000_000 and "reclaim_us" not in timing
    assert first["wall_us"] >= first["queue_us"] + first["run_us"] and first["output_bytes"] == len("a secret\nand an error\n") and first["request_bytes"] == len(json.dumps(request))
    assert began - 1 < time.mktime(time.strptime(first["at"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone < time.time() + 1
    # A client has the same name each time, and not its own.
    assert re.fullmatch("[0-9a-f]{16}", first["client"]) and first["client"] == second["client"] != third["client"] and fourth["client"] is None and fourth["example"] is None
    text = path.read_text()
    assert not [word for word in ("secret", "error >", "argument-x", "NAME_X", "value-x", "input-x", "visitor", "echo") if word in text]


def test_a_run_that_had_no_cell_or_lost_its_keeper(start, path):
    start({**SMALL, "cells": {"running": 1, "keepers": 2, "profiles": {name: {"floor": 0, "ceiling": 0} for name in NAMES}}, "log": {"path": str(path)}})
    with ThreadPoolExecutor(2) as pool:
        for name in ("runs", "waits"):
            pool.submit(kit.run, {"profile": "bash", "source": "sleep 60", "id": name, "limits": {"wall_ms": 60_000}})
            kit.wait_until(lambda: kit.call("GET", f"/v1/runs/{name}").status == 202)
        kit.wait_until(lambda: kit.call("DELETE", "/v1/runs/waits").status == 204)
        waits = wait_for(path, "run")[0]
        assert (waits["id"], waits["cell"], waits["reclaim_us"]) == ("waits", None, None)
        kit.wait_until(lambda: any(b"sleep" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes() for pid in kit.processes_of_cells()))  # a keeper's question has a cell, too
        busy = kit.wait_until(lambda: {int(kit.status_of(pid).get("PPid", 0)) for pid in kit.processes_of_cells()} & set(kit.processes("exrun-keeper")))
        for pid in busy:
            os.kill(pid, signal.SIGKILL)
        runs = wait_for(path, "run", 2)[1]
        assert (runs["id"], runs["verdict"], runs["reclaim_us"]) == ("runs", "error", None)


def test_the_key_of_the_clients_is_drawn_at_each_start(start, path):
    names = []
    for _ in range(2):
        one = start({**SMALL, "log": {"path": str(path)}})
        kit.run({**HELLO, "labels": {"client": "visitor 7"}})
        one.stop()
        names.append(of(path, "run")[-1]["client"])
    assert names[0] != names[1]


def test_a_limit_and_a_denied_call(logged, path):
    kit.run({"profile": "bash", "source": "while :; do :; done", "limits": {"cpu_ms": 100}})
    assert wait_for(path, "run")[0]["verdict"] == "cpu_timeout" and of(path, "run")[0]["limits_hit"] == ["cpu"]
    kit.run({"profile": "python", "source": "import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)"})
    denied = wait_for(path, "run", 2)[1]
    assert (denied["verdict"], denied["denied"]) == ("denied", "ptrace")


def test_a_run_whose_client_leaves(logged, path):
    with contextlib.closing(kit.Connection()) as connection:
        connection.request("POST", "/v1/runs", json.dumps({"profile": "bash", "source": "sleep 60", "id": "left", "limits": {"wall_ms": 60_000}}), {"Content-Type": "application/json"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/left").status == 202)
    assert wait_for(path, "run")[0]["verdict"] == "cancelled"


def test_what_clients_choose_is_escaped(logged, path):
    text = "\x1b[2J\x7f\n{\"event\": \"run\"}\r\u009b31m\u202e\U0001f600"
    kit.run({**HELLO, "labels": {"example": text}})
    found = wait_for(path, "run")
    assert [one["example"] for one in found] == [text]
    assert logged.stop() == 0
    assert [one["example"] for one in lines(path) if one["event"] == "run"] == [text]


def test_refusals(start, path, tmp_path):
    tokens = tmp_path / "tokens"
    made = subprocess.run([EXRUN, "serve", "token", "site"], capture_output=True, text=True, check=True).stdout
    token = re.search(r"^[\w-]{30,}$", made, re.M)[0]
    tokens.write_text(re.search(r"^site sha256:\w+", made, re.M)[0] + " profiles=php\n")
    tokens.chmod(0o600)
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    one = start({**SMALL, "listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"127.0.0.1:{port}", "tokens_file": str(tokens)}], "log": {"path": str(path)}})

    def ask(**headers):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            return kit.ask(connection, "POST", "/v1/runs", HELLO, headers).status

    assert ask() == 401
    assert ask(Authorization="Bearer wrong-secret") == 401
    assert ask(Host="elsewhere.example") == 421
    assert ask(Origin="https://elsewhere.example") == 403
    assert ask(Authorization=f"Bearer {token}") == 403
    assert kit.call("POST", "/v1/runs", {**HELLO, "profile": "no-such-language"}).status == 422
    assert kit.call("POST", "/v1/runs", b"{").status == 400
    assert kit.call("GET", "/nowhere/at-all").status == 404
    assert kit.call("GET", "/v1/status").status == 403
    found = wait_for(path, "refusal", 9)
    assert one.stop() == 0
    lines(path)
    tcp, unix = f"127.0.0.1:{port}", f"unix:{kit.SOCKET}"
    # The readiness probe of the test can have been refused before.
    assert [(line["status"], line["listener"], line["principal"]) for line in found if line["reason"] != "no program can be started at the moment"] == [
        (401, tcp, None), (401, tcp, None), (421, tcp, None), (403, tcp, None), (403, tcp, "site"), (422, unix, unix), (400, unix, unix), (404, unix, unix), (403, unix, unix)]
    assert found[-9]["reason"] == "a token is necessary (Authorization: Bearer TOKEN)"
    text = path.read_text()
    assert not [word for word in ("wrong-secret", token, "elsewhere", "no-such-language", "at-all") if word in text]


def test_refusals_of_runs_that_wait(start, path):
    one = start({"cells": {"running": 1, "keepers": 3}, "queue": {"length": 1, "wait_ms": 500}, "log": {"path": str(path)}})
    sleep = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
    with ThreadPoolExecutor(3) as pool:
        running = pool.submit(kit.call, "POST", "/v1/runs", {**sleep, "id": "runs"})
        kit.wait_until(lambda: (answer := kit.call("GET", "/v1/runs/runs")).status == 202 and answer.json["state"] == "running")
        assert kit.call("POST", "/v1/runs", {**sleep, "id": "waits"}).status == 503
        assert kit.call("DELETE", "/v1/runs/runs").status == 204
        assert running.result(60).json["verdict"] == "cancelled"
    assert wait_for(path, "refusal", id="waits")[0]["status"] == 503
    assert one.stop() == 0
    assert [line["id"] for line in lines(path) if line["event"] == "run"] == ["runs"]


def test_a_connection_without_a_place(start, path):
    start({**SMALL, "http": {"connections": 1}, "log": {"path": str(path)}})
    with contextlib.closing(kit.Connection()) as first, contextlib.closing(kit.Connection()) as second:
        kit.take_the_only_place(first)
        second.connect()
        assert second.sock.recv(12) == b"HTTP/1.1 503"
    assert wait_for(path, "refusal", reason="too many connections")[0]["listener"] == f"unix:{kit.SOCKET}"


def test_many_refusals_are_counted(logged, path):
    """A client can't fill the disk by requests that cost it nothing."""
    began, n = time.monotonic(), 3000
    before = len(of(path, "refusal"))
    with contextlib.closing(kit.Connection()) as connection:
        for _ in range(n):
            assert kit.ask(connection, "GET", "/nowhere").status == 404
    seconds = time.monotonic() - began
    kit.wait_until(lambda: len(of(path, "refusal")) - before + sum(one["n"] for one in of(path, "refusals")) == n)
    # 20 a second, and up to 20 more at both ends.
    assert len(of(path, "refusal")) - before <= 20 * (seconds + 2)


def test_starts_and_ends(logged, path):
    kit.wait_for_versions()
    assert len(of(path, "front_start")) == 1 and {one["slot"] for one in of(path, "keeper_start")} == {0, 1, 2}
    os.kill(kit.processes("exrun-keeper")[0], signal.SIGKILL)
    assert wait_for(path, "keeper_end")[0]["signal"] == 9
    wait_for(path, "keeper_start", 4)
    os.kill(kit.processes("exrun-front")[0], signal.SIGKILL)
    assert wait_for(path, "front_end") == [{**of(path, "front_end")[0], "signal": 9}]
    # The keepers leave with their front, and are reported by the next one.
    wait_for(path, "front_start", 2)
    wait_for(path, "keeper_end", 4)
    kit.wait_until(kit.is_ready)
    kit.run(HELLO)
    wait_for(path, "run")
    assert logged.stop() == 0
    ends = [one for one in lines(path) if one["event"].endswith("_end")]
    # The filter refuses a system call with which the sanitizer's thread ends.
    assert [one["exit_status"] for one in ends[-4:] if not (IS_SANITIZER_BUILD and one["event"] == "front_end")] == [0] * (4 - IS_SANITIZER_BUILD) and {one["event"] for one in ends[-4:]} == {"front_end", "keeper_end"}
    assert len(of(path, "drain")) == 1 and len(of(path, "front_end")) == len(of(path, "front_start")) == 2
    # A keeper can leave in the moment in which its front does. Its end is lost with that front, if it was sent there, and it is started again.
    assert len(of(path, "keeper_start")) - len(of(path, "keeper_end")) in (0, 1)


def test_a_file_that_the_service_creates(logged, path):
    kit.run(HELLO)
    info = path.stat()
    assert stat.S_IMODE(info.st_mode) == 0o640 and info.st_uid == 0 and info.st_gid == grp.getgrnam("adm").gr_gid


def test_only_the_front_and_the_warden_have_it(logged, path):
    kit.wait_for_versions()

    def has_it(pid):
        return [fd for fd in os.listdir(f"/proc/{pid}/fd") if os.readlink(f"/proc/{pid}/fd/{fd}").endswith("runs.jsonl")]

    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {"profile": "bash", "source": "sleep 60", "id": "run", "limits": {"wall_ms": 60_000}})
        kit.wait_until(lambda: any(one["Name"].strip() == "sleep" for _, one in kit.all_processes()))
        others = [pid for pid in [*kit.processes("exrun-keeper"), *kit.processes_of_cells()] if has_it(pid)]
        kit.call("DELETE", "/v1/runs/run")
        pending.result(60)
    assert not others
    [front] = kit.processes("exrun-front")
    [fd] = has_it(front)
    with open(f"/proc/{front}/fdinfo/{fd}") as info:
        flags = int(re.search(r"^flags:\s+(\d+)", info.read(), re.M)[1], 8)
    assert flags & os.O_APPEND and flags & os.O_ACCMODE == os.O_WRONLY


def test_a_renamed_file(logged, path):
    """logrotate renames the file, and sends SIGHUP."""
    kit.run({**HELLO, "id": "first"})
    wait_for(path, "run", id="first")
    old = path.rename(path.with_suffix(".1"))
    kit.run({**HELLO, "id": "second"})
    wait_for(old, "run", id="second")
    logged.process.send_signal(signal.SIGHUP)
    kit.wait_until(path.exists)
    wait_for(path, "reload", ok=True)
    kit.run({**HELLO, "id": "third"})
    wait_for(path, "run", id="third")
    assert logged.stop() == 0
    assert [one["id"] for one in lines(old) + lines(path) if one["event"] == "run"] == ["first", "second", "third"]


def test_a_renamed_file_and_a_configuration_that_is_wrong(logged, path, tmp_path):
    kit.run(HELLO)
    wait_for(path, "run")
    (tmp_path / "exrun.json").write_text('{"drain_ms": "long"}')
    old = path.rename(path.with_suffix(".1"))
    logged.process.send_signal(signal.SIGHUP)
    kit.wait_until(path.exists)
    [line] = wait_for(path, "reload")
    assert not line["ok"] and line["reason"].startswith(f"{tmp_path}/exrun.json:/drain_ms: must be a whole number")
    assert lines(old)


def test_a_file_that_can_t_be_opened_again(logged, path, tmp_path):
    """The old one stays, and the reason is told."""
    kit.run({**HELLO, "id": "first"})
    old = path.rename(path.with_suffix(".1"))
    path.symlink_to(tmp_path / "elsewhere")
    logged.process.send_signal(signal.SIGHUP)
    [told] = wait_for(old, "log")
    assert not told["ok"] and told["reason"] == "Too many levels of symbolic links"
    assert "the log can't be opened: Too many levels of symbolic links; goes on with the file that it has" in logged.log.read_text()
    assert wait_for(old, "reload")[0]["reason"].endswith('runs.jsonl" is a symbolic link')
    kit.run({**HELLO, "id": "second"})
    wait_for(old, "run", id="second")
    assert not (tmp_path / "elsewhere").exists()


def test_another_path(logged, path, tmp_path):
    second = path.with_name("second.jsonl")
    (tmp_path / "exrun.json").write_text(json.dumps({**SMALL, "log": {"path": str(second)}}))
    logged.process.send_signal(signal.SIGHUP)
    wait_for_file = kit.wait_until(lambda: second.exists() and of(second, "reload"))
    assert wait_for_file[0]["ok"]
    kit.run(HELLO)
    wait_for(second, "run")


def test_a_log_that_is_switched_off_and_on(logged, path, tmp_path):
    def reload(config):
        before = logged.log.read_text().count("has loaded")
        (tmp_path / "exrun.json").write_text(json.dumps(config))
        logged.process.send_signal(signal.SIGHUP)
        kit.wait_until(lambda: logged.log.read_text().count("has loaded") > before)

    for name, config in {"on": {"log": {"path": str(path)}}, "off": {}, "again": {"log": {"path": str(path)}}}.items():
        reload({**SMALL, **config})
        kit.run({**HELLO, "id": name})
        assert name == "off" or wait_for(path, "run", id=name)
    assert logged.stop() == 0
    assert [line["id"] for line in lines(path) if line["event"] == "run"] == ["on", "again"]


def full_line(name):
    """A line of a file that was cut off."""
    return json.dumps({"at": "2026-01-01T00:00:00.000Z", "v": 1, "event": "run", "id": name}, separators=(",", ":"))


@pytest.mark.parametrize("before, kept", [
    (full_line("a") + "\n" + full_line("b")[:40], full_line("a") + "\n"),
    (full_line("a") + "\n" + '{"a', full_line("a") + "\n"),
    (full_line("b")[:-1], ""),
    (full_line("a") + "\n", full_line("a") + "\n"),
    (full_line("a") + "\nan operator's note", full_line("a") + "\nan operator's note"),  # not ours
])
def test_a_line_that_was_cut_off_by_a_kill(start, path, before, kept):
    path.write_text(before)
    path.chmod(0o640)
    one = start({**SMALL, "log": {"path": str(path)}})
    assert one.stop() == 0
    assert path.read_text().startswith(kept + '{"at":')
    assert "operator" in before or [line["id"] for line in lines(path) if line["event"] == "run"] == ["a"] * kept.count("\n")


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k,mode=0755", "small", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk(start, small_disk):
    """Runs go on, lines that don't fit into the buffer are dropped and counted, and every line of the file is whole."""
    path, filler = small_disk / "runs.jsonl", small_disk / "filler"
    one = start({**SMALL, "log": {"path": str(path)}})
    kit.run({**HELLO, "id": "before"})
    wait_for(path, "run", id="before")
    with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    # The rest of the file's last page takes some lines, and then a part of one.
    for i in range(30):
        kit.run({**HELLO, "id": f"full-{i}"})
    assert status()["log_dropped"] == 0
    assert len(of(path, "run")) < 31
    filler.unlink()
    wait_for(path, "run", 31)
    kit.run({**HELLO, "id": "after"})
    wait_for(path, "run", id="after")
    assert one.stop() == 0
    # A line is written when the run's cell is reclaimed, which a later run's can be first.
    assert sorted(line["id"] for line in lines(path) if line["event"] == "run") == sorted(["before", *(f"full-{i}" for i in range(30)), "after"])


def test_a_disk_that_stays_full(start, small_disk, tmp_path):
    path = small_disk / "runs.jsonl"
    one = start({**SMALL, "log": {"path": str(path)}, "queue": {"length": 1}})
    (small_disk / "filler").write_bytes(b"")
    with contextlib.suppress(OSError), open(small_disk / "filler", "wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    # Each line has an example of 200 control characters, which take six bytes each.
    request = json.dumps({"profile": "bash", "source": ":", "labels": {"example": "\x01" * 200}}).encode()
    with contextlib.closing(kit.Connection()) as connection:
        kit.wait_until(lambda: kit.ask(connection, "POST", "/v1/runs", request).json["verdict"] == "ok" and status()["log_dropped"] > 0, 240)
    metrics = kit.call("GET", "/metrics", address=kit.ADMIN).content.decode()
    assert int(re.search(r"^exrun_log_dropped_total (\d+)$", metrics, re.M)[1]) > 0
    done = subprocess.run([EXRUN, "status"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^log       \d+ lines were dropped", done, re.M)
    (small_disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    dropped = wait_for(path, "dropped")
    assert one.stop() == 0
    assert dropped[0]["n"] > 0 and lines(path)


def check(folder, config):
    file = folder / "exrun.json"
    file.write_text(json.dumps(config))
    file.chmod(0o600)
    return subprocess.run([EXRUN, "serve", "--check", "--config", file, "--profiles", ROOT / "profiles"], capture_output=True, text=True)


def others_can_write(path):
    path.parent.chmod(0o777)


def others_can_write_to_it(path):
    path.touch()
    path.chmod(0o666)


def somebody_owns_it(path):
    path.touch(mode=0o640)
    os.chown(path, 1000, 1000)


def somebody_owns_the_directory(path):
    os.chown(path.parent, 1000, 1000)


def others_can_replace_the_directory(path):
    path.parent.parent.chmod(0o777)


def somebody_s_link_leads_there(path):
    """To a directory of root's, in which it would be a new file."""
    path.parent.rename(path.parent.with_name("of_root"))
    path.parent.symlink_to(path.parent.with_name("of_root"))
    os.chown(path.parent, 1000, 1000, follow_symlinks=False)


@pytest.mark.parametrize("spoil, said", [
    (others_can_replace_the_directory, "or a directory above it is not owned by root or you, or others can write to it"),
    (somebody_s_link_leads_there, "or a directory above it is not owned by root or you, or others can write to it"),
    (others_can_write, "or a directory above it is not owned by root or you, or others can write to it"),
    (others_can_write_to_it, "or a directory above it is not owned by root or you, or others can write to it"),
    (somebody_owns_it, "or a directory above it is not owned by root or you, or others can write to it"),
    (somebody_owns_the_directory, "or a directory above it is not owned by root or you, or others can write to it"),
    (lambda path: path.symlink_to("/etc/passwd"), "is a symbolic link"),
    (lambda path: path.mkdir(), "is not a regular file"),
    (os.mkfifo, "is not a regular file"),
    (lambda path: path.parent.rmdir(), "can't be opened: No such file or directory"),
])
def test_a_path_that_can_t_be_used(path, tmp_path, spoil, said):
    assert check(tmp_path, {"log": {"path": str(path)}}).returncode == 0
    assert not path.exists()
    spoil(path)
    done = check(tmp_path, {"log": {"path": str(path)}})
    assert done.returncode == 78 and f'{tmp_path}/exrun.json:/log/path: "{path}" {said}' in done.stderr, done.stderr
    started = subprocess.run([EXRUN, "serve", "--config", tmp_path / "exrun.json", "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=120)
    assert started.returncode == 78 and said in started.stderr, started.stderr


def test_a_link_of_root_may_lead_to_the_directory(path, tmp_path):
    path.parent.rename(tmp_path / "other")
    path.parent.symlink_to("other")
    assert check(tmp_path, {"log": {"path": str(path)}}).returncode == 0
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    (tmp_path / "other").rename(tmp_path / "shared/other")
    path.parent.unlink()
    path.parent.symlink_to("shared/other")
    assert check(tmp_path, {"log": {"path": str(path)}}).returncode == 0
    # The way behind the link counts, too.
    (tmp_path / "shared").chmod(0o777)
    assert check(tmp_path, {"log": {"path": str(path)}}).returncode == 78


def test_without_a_path_and_without_the_directory_there_is_no_log(start, tmp_path):
    assert not os.path.exists("/var/log/exrun")
    one = start(SMALL)
    kit.run(HELLO)
    assert one.stop() == 0
    assert "{" not in one.log.read_text()


def test_the_usual_file(start):
    """Only this service sees the directory."""
    def wrap(*arguments):
        prepare = "mount -t tmpfs -o mode=755 none /var/log && mkdir -m 755 /var/log/exrun && exec \"$@\""
        return {"args": ["unshare", "--mount", "--propagation", "private", "sh", "-c", prepare, "sh", EXRUN, *arguments]}

    one = start(SMALL, wrap=wrap)
    path = pathlib.Path(f"/proc/{one.process.pid}/root/var/log/exrun/runs.jsonl")
    kit.run(HELLO)
    assert wait_for(path, "run")[0]["verdict"] == "ok"
