# SPDX-License-Identifier: MIT
"""SIGHUP: the service loads its configuration and its profiles again, and every request still gets one answer."""
import contextlib
import json
import os
import random
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
import serving as kit  # noqa: E402
from events import Stream  # noqa: E402

BASH = json.loads((ROOT / "profiles/bash.json").read_text())
LOADED, KEPT = "has loaded the configuration and the profiles again", "goes on with the configuration and the profiles that it has"
# Waits until its client ends it, so that no test depends on a time.
SLEEP = {"profile": "own", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
LARGE = "#" * 100_000  # read by the worker


class Reloaded:
    """A service with a configuration and a folder of profiles that change. Its profile "own" is bash with an argument that tells which version it is."""

    def __init__(self, folder, config):
        self.folder, self.profiles = folder, folder / "profiles"
        self.profiles.mkdir()
        self.write_profile("own", 1)
        self.service = kit.Service(EXRUN, folder, config, profiles=self.profiles)
        self.pool = ThreadPoolExecutor(40)

    def write_profile(self, name, version, **more):
        profile = {**BASH, "name": name, "endings": [f".{name}"], "env": {**BASH["env"], "VERSION": str(version)}, **more}
        self.write(self.profiles / f"{name}.json", json.dumps(profile))

    def write_config(self, config):
        self.write(self.folder / "exrun.json", json.dumps(config))

    def write(self, path, text):
        path.write_text(text)
        path.chmod(0o600)

    @property
    def log(self):
        return self.service.log.read_text()

    def hang_up(self, n=1):
        for _ in range(n):
            self.service.process.send_signal(signal.SIGHUP)

    def reload(self, ending=LOADED):
        """Reloads, and waits until the front has heard of it: it reads the warden's messages in their order."""
        before = self.log.count(ending)
        self.hang_up()
        kit.wait_until(lambda: self.log.count(ending) > before)

    def later(self, request):
        """Sends a request, and waits until its run waits or runs."""
        pending = self.pool.submit(kit.call, "POST", "/v1/runs", request)
        kit.wait_until(lambda: pending.done() or state_of(request["id"]))
        return pending


def state_of(name):
    answer = kit.call("GET", f"/v1/runs/{name}")
    return answer.json["state"] if answer.status == 202 else None


def status():
    with contextlib.closing(kit.Connection(kit.ADMIN)) as connection:
        return kit.ask(connection, "GET", "/v1/status").json


def version(profile="own", **more):
    return kit.run({"profile": profile, "source": "echo $VERSION", **more})["stdout"].strip()


def profiles():
    return {one["name"]: one["limits"]["max"]["wall_ms"] for one in kit.call("GET", "/v1/profiles").json["profiles"]}


def keepers():
    return set(kit.processes("exrun-keeper"))


@pytest.fixture
def start(tmp_path):
    started = []

    def call(config=None):
        started.append(Reloaded(tmp_path, config))
        started[-1].service.wait_until_ready()
        kit.wait_until(lambda: "listening on" in started[-1].log)
        return started[-1]

    yield call
    for one in started:
        # Before it ends, because the filter refuses a system call with which the sanitizer's thread ends.
        assert one.service.process.poll() is not None or not ("ended" in one.log or "killed" in one.log), one.log
        assert one.service.stop() == 0, one.log
        one.pool.shutdown()


def test_a_changed_profile(start):
    one = start()
    front = kit.processes("exrun-front")
    assert version() == "1"
    one.write_profile("own", 2)
    assert version() == "1"
    one.reload()
    kit.wait_until(lambda: version() == "2")
    assert {version() for _ in range(20)} == {"2"}
    kit.wait_until(lambda: kit.run({"profile": "own", "source": ""})["timing"]["cell"] == "ready")
    assert kit.processes("exrun-front") == front and one.log.count("listening on") == 1
    assert status()["restarts"] == {"front": 0, "keepers": 0}


def test_every_keeper_is_replaced(start):
    one = start({"cells": {"running": 2, "keepers": 9}})
    kit.wait_until(lambda: status()["keepers"]["absent"] == 0)
    children = {pid for pid in keepers() if kit.status_of(pid)["PPid"] == str(one.service.process.pid)}
    one.reload()
    kit.wait_until(lambda: not children & keepers() and status()["keepers"]["absent"] == 0)
    assert status()["restarts"] == {"front": 0, "keepers": 0}
    assert version() == "1"


def test_a_new_profile_and_one_that_is_gone(start):
    one = start()
    assert kit.call("POST", "/v1/runs", {"profile": "another", "source": ""}).status == 422
    one.write_profile("another", 7)
    one.reload()
    kit.wait_until(lambda: "another" in profiles())
    assert version("another") == "7" and version() == "1"
    (one.profiles / "own.json").unlink()
    one.reload()
    kit.wait_until(lambda: "own" not in profiles())
    answer = kit.call("POST", "/v1/runs", {"profile": "own", "source": ""})
    assert answer.status == 422 and answer.json["pointer"] == "/profile"
    assert version("another") == "7"
    assert {profile["name"] for profile in status()["profiles"]} == set(profiles())


def test_changed_limits(start):
    one = start()
    longest = profiles()["own"]
    request = {"profile": "own", "source": "echo x", "limits": {"wall_ms": longest}}
    assert kit.run(request)["stdout"] == "x\n"
    one.write_profile("own", 1, limits={"max": {"wall_ms": longest - 1}})
    one.reload()
    kit.wait_until(lambda: profiles()["own"] == longest - 1)
    answer = kit.call("POST", "/v1/runs", request)
    assert answer.status == 422 and answer.json["pointer"] == "/limits/wall_ms"
    assert kit.run({**request, "limits": {"wall_ms": longest - 1}})["stdout"] == "x\n"


def find_sleep():
    return next((pid for pid in kit.processes_of_cells() if kit.status_of(pid).get("Name", "").strip() == "sleep"), None)


def test_a_run_in_progress_ends_with_its_old_profile(start):
    """Its large answer is written by the worker, when the front uses its third list of profiles. The old profile still finds the line of the mistake."""
    one = start({"cells": {"running": 3}})
    pending = one.later({**SLEEP, "source": "echo $VERSION\nhead -c 200000 /dev/zero | tr '\\0' x\nsleep 60\nnothing\n", "id": "old"})
    kit.wait_until(find_sleep)
    one.write_profile("own", 2)
    one.write_profile("aaa", 2, errors={})
    one.reload()
    kit.wait_until(lambda: version() == "2")
    (one.profiles / "own.json").unlink()
    one.reload()
    kit.wait_until(lambda: "own" not in profiles())
    assert state_of("old") == "running"
    os.kill(find_sleep(), signal.SIGKILL)
    result = pending.result(60).json
    assert result["verdict"] == "failed" and result["stdout"] == "1\n" + "x" * 200_000 and "Look at line" in result["message"], result["message"]


def test_runs_that_wait_get_the_new_profile(start):
    """Nothing runs until the new configuration allows it."""
    one = start({"cells": {"running": 0}, "queue": {"wait_ms": 300_000}})
    waiting = [one.later({"profile": "own", "source": "echo $VERSION" + padding, "id": f"w{number}"}) for number, padding in enumerate(["", "\n" + LARGE] * 5)]
    one.write_profile("own", 2)
    one.write_profile("aaa", 3)  # comes first in the list, so that numbers of profiles change
    one.write_config({"cells": {"running": 2}})
    one.reload()
    assert {pending.result(60).json["stdout"] for pending in waiting} == {"2\n"}


def test_runs_that_wait_for_a_deleted_profile_are_told_so(start):
    one = start({"cells": {"running": 0}, "queue": {"wait_ms": 300_000}})
    gone = [one.later({"profile": "own", "source": "", "id": f"g{number}"}) for number in range(4)]
    stream = Stream({"profile": "own", "source": ""})
    beyond = one.later({"profile": "bash", "source": "", "id": "beyond", "limits": {"wall_ms": 5000}})
    other = one.later({"profile": "bash", "source": "echo well", "id": "other"})
    (one.profiles / "own.json").unlink()
    one.write(one.profiles / "bash.json", json.dumps({**BASH, "limits": {"default": {"wall_ms": 3000}, "max": {"wall_ms": 4000}}}))
    one.reload()
    for pending in gone:
        answer = pending.result(60)
        assert answer.status == 422 and answer.json["pointer"] == "/profile" and "there is no profile" in answer.json["detail"]
    assert stream.next("queued") and stream.next("problem").data == answer.json and not list(stream)
    assert beyond.result(60).status == 422 and beyond.result().json["pointer"] == "/limits/wall_ms"
    assert state_of("other") == "queued" and status()["queue"]["length"] == 1
    one.write_config({"cells": {"running": 1}})
    one.reload()
    assert other.result(60).json["stdout"] == "well\n"


@pytest.mark.parametrize("name, text, reason", ids=range(6), argvalues=[
    ("own.json", "{", "own.json"), ("own.json", json.dumps({**BASH, "name": "own", "more": 1}), "/more"), ("another.json", json.dumps({**BASH, "name": "another", "run": []}), "/run"),
    ("../exrun.json", json.dumps({"cells": {"running": -1}}), "exrun.json:/cells/running"), ("../exrun.json", "[", "exrun.json"),
    ("../exrun.json", json.dumps({"cells": {"profiles": {"nope": {}}}}), "/cells/profiles/nope"),
])
def test_what_is_wrong_changes_nothing(start, name, text, reason):
    one = start()
    before = profiles(), status()["running"]["most"], one.log
    one.write(one.profiles / name, text)
    one.reload(KEPT)
    said = one.log.removeprefix(before[2])
    assert reason in said and said.splitlines()[-1] == f"exrun: {KEPT}" and LOADED not in said
    assert (profiles(), status()["running"]["most"]) == before[:2] and version() == "1"
    one.write_config({})
    (one.profiles / "another.json").unlink(missing_ok=True)
    one.write_profile("own", 2)
    one.reload()
    kit.wait_until(lambda: version() == "2")


def test_a_file_that_others_can_write_changes_nothing(start):
    one = start()
    one.write_profile("own", 2)
    (one.profiles / "own.json").chmod(0o666)
    one.reload(KEPT)
    assert "own.json" in one.log and version() == "1"


def be_gone(one):
    one.profiles.rename(one.folder / "moved")


def be_unreadable(one):
    one.profiles.chmod(0)  # the process that loads the profiles has no capabilities


@pytest.mark.parametrize("be, reason", [(be_gone, "No such file or directory"), (be_unreadable, "Permission denied")], ids=["gone", "unreadable"])
def test_without_its_folder_of_profiles_it_goes_on_with_those_that_it_has(start, be, reason):
    """It doesn't fall back to the usual folders."""
    one = start()
    before = profiles()
    be(one)
    one.reload(KEPT)
    assert f"exrun: {one.profiles}: can't be searched for profiles: {reason}\n" in one.log and LOADED not in one.log
    assert profiles() == before and version() == "1"
    if not one.profiles.exists():
        (one.folder / "moved").rename(one.profiles)
    one.profiles.chmod(0o700)
    one.write_profile("own", 2)
    one.reload()
    kit.wait_until(lambda: version() == "2")


def test_without_its_folder_of_profiles_it_does_not_start(exrun, tmp_path):
    for words, env in ((["--profiles", tmp_path / "none"], {}), ([], {"EXRUN_PROFILES": str(tmp_path / "none")})):
        for more in ([], ["--check"]):
            done = exrun("serve", *words, *more, env=env)
            assert done.returncode == 66 and done.stderr.decode() == f"exrun: {tmp_path}/none: can't be searched for profiles: No such file or directory\n", done
    (tmp_path / "closed").mkdir(mode=0)
    done = exrun("serve", "--profiles", tmp_path / "closed")
    assert done.returncode == 78 and done.stderr.decode() == f"exrun: {tmp_path}/closed: can't be searched for profiles: Permission denied\n", done


def test_a_profile_that_is_a_link_to_nothing_is_named(start, exrun):
    one = start()
    (one.profiles / "own.json").rename(one.folder / "own.json")
    (one.profiles / "own.json").symlink_to("../gone.json")
    one.reload(KEPT)
    assert f"exrun: {one.profiles}/own.json: is a symbolic link to a file that does not exist\n" in one.log and version() == "1"
    of_folder = ["--profiles", one.profiles]
    for words in (["serve", "--check", *of_folder], ["run", *of_folder, "-p", "own", "/dev/null"], ["profile", "show", "own", *of_folder]):
        done = exrun(*words)
        assert done.returncode == 78 and f"{one.profiles}/own.json: is a symbolic link".encode() in done.stderr, done
    (one.profiles / "own.json").unlink()
    (one.profiles / "own.json").symlink_to("../own.json")
    one.reload()
    assert version() == "1"


def test_bounds_change_and_what_can_t_is_named(start):
    one = start({"cells": {"running": 2, "keepers": 6}, "queue": {"length": 9, "bytes": 2**27}})
    one.write_config({"cells": {"running": 3, "keepers": 6, "memory_bytes": 2**33, "profiles": {"own": {"floor": 2, "ceiling": 3}}}, "queue": {"length": 5, "bytes": 2**28},
                      "http": {"body_bytes": 1000}})
    one.reload()
    kit.wait_until(lambda: status()["running"]["most"] == 3)
    seen = status()
    assert (seen["running"]["most_memory_bytes"], seen["queue"]["most"], seen["queue"]["most_bytes"]) == (2**33, 5, 2**28)
    assert [(profile["floor"], profile["ceiling"]) for profile in seen["profiles"] if profile["name"] == "own"] == [(2, 3)]
    assert kit.call("POST", "/v1/runs", b" " * 1001).status == 413
    assert "start the service again" not in one.log
    one.write_config({"cells": {"running": 3, "keepers": 8}, "queue": {"length": 6}})
    one.reload()
    kit.wait_until(lambda: status()["queue"]["most"] == 6)
    assert sum(status()["keepers"].values()) == 6
    assert '"cells.keepers" stays 6; start the service again to change it' in one.log and version() == "1"


def test_a_front_that_is_started_again_has_the_newest(start):
    """It also gets the listeners of the new configuration."""
    one = start({"cells": {"running": 2, "keepers": 6}})
    one.write_profile("own", 2)
    one.write_config({"cells": {"running": 3, "keepers": 8}, "listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"unix:{one.folder}/other.sock", "admin": True}]})
    one.reload()
    kit.wait_until(lambda: version() == "2")
    front, = kit.processes("exrun-front")
    os.kill(front, signal.SIGKILL)
    kit.wait_until(lambda: kit.processes("exrun-front") not in ([front], []))
    one.service.wait_until_ready()
    assert version() == "2" and kit.call("GET", "/v1/status").status == 403
    assert kit.call("GET", "/v1/status", address=f"{one.folder}/other.sock").status == 200
    assert status()["running"]["most"] == 3 and sum(status()["keepers"].values()) == 6
    one.write_profile("own", 3)
    one.reload()
    kit.wait_until(lambda: version() == "3")
    one.service.log.write_text("")  # it says that the front was killed


def test_many_hangups_end_with_the_last_change(start):
    """Most of them come while it loads: it has many profiles to load after the one that changes."""
    one = start({"cells": {"running": 2, "keepers": 4}})
    for number in range(150):
        one.write_profile(f"z{number}", 1)
    for number in range(2, 302):
        one.write_profile("own", number)
        one.hang_up(2)
    kit.wait_until(lambda: version() == "301")
    assert version() == "301"


def test_a_hangup_while_it_is_draining(start):
    """The reload before comes into force, and the keepers that the accepted runs need are started. The one during the drain is refused."""
    one = start({"cells": {"running": 0}, "queue": {"wait_ms": 300_000}})
    waiting = [one.later({"profile": "own", "source": "sleep 0.1; echo $VERSION", "id": f"w{number}"}) for number in range(8)]
    one.write_profile("own", 2)
    one.write_config({"cells": {"running": 2}})
    one.reload()
    one.service.process.send_signal(signal.SIGTERM)
    kit.wait_until(lambda: "ends after the accepted runs" in one.log)
    one.write_profile("own", 3)
    one.hang_up(2)
    assert {pending.result(60).json["stdout"] for pending in waiting} == {"2\n"}
    assert one.service.process.wait(60) == 0
    assert one.log.count(LOADED) == 1


def test_a_hangup_during_the_drain_is_refused(start):
    one = start()
    running = one.later({**SLEEP, "id": "last"})
    one.service.process.send_signal(signal.SIGTERM)
    kit.wait_until(lambda: "ends after the accepted runs" in one.log)
    one.reload("does not load the configuration again, because the service is ending")
    with contextlib.closing(kit.Connection()) as connection:
        assert kit.ask(connection, "DELETE", "/v1/runs/last").status == 204
    assert running.result(60).json["verdict"] == "cancelled"
    assert one.service.process.wait(60) == 0 and LOADED not in one.log


def test_an_end_while_it_loads(start):
    one = start()
    one.hang_up()
    assert one.service.stop() == 0, one.log


def test_no_process_has_more_descriptors_after_it(start):
    one = start({"cells": {"running": 1, "keepers": 2}})

    def of(name):
        found = [pid for pid in kit.processes(name) if kit.status_of(pid).get("PPid") == str(one.service.process.pid)]
        return found and len(os.listdir(f"/proc/{found[0]}/fd"))

    kit.wait_until(lambda: status()["keepers"]["absent"] == 0)
    before = len(os.listdir(f"/proc/{one.service.process.pid}/fd")), of("exrun-front")  # perhaps with the end of a connection, so it can be one too many
    for number in range(2, 8):
        one.write_profile("own", number)
        one.reload()
        kit.wait_until(lambda: version() == str(number))
    kit.wait_until(lambda: len(os.listdir(f"/proc/{one.service.process.pid}/fd")) <= before[0] and of("exrun-front") <= before[1])


def test_every_request_has_one_answer_while_profiles_change(start):
    """Profiles change, come and go; clients send small and large requests, and get the answer of one of the versions."""
    one = start({"cells": {"running": 3}, "queue": {"wait_ms": 300_000}})
    stop, seen = threading.Event(), {}

    def client(first):
        for number in range(first, 10**9, 6):
            if stop.is_set():
                return
            profile = ("own", "bash", "comes")[number % 3]
            padding = "\n" + LARGE if number % 2 else ""
            output = "head -c 100000 /dev/zero | tr '\\0' x" if number % 5 == 0 else ":"
            answer = kit.call("POST", "/v1/runs", {"profile": profile, "source": f"echo $1; {output}{padding}", "args": [f"n{number}"], "id": f"r{number}"})
            if answer.status == 200:
                result = answer.json
                assert result["verdict"] == "ok" and result["id"] == f"r{number}" and result["stdout"].startswith(f"n{number}\n"), result
            else:
                assert (answer.status, answer.json.get("pointer"), profile) == (422, "/profile", "comes"), answer.content
            seen[profile, answer.status] = seen.get((profile, answer.status), 0) + 1

    chance = random.Random(5)
    clients = [one.pool.submit(client, first) for first in range(6)]
    for number in range(10 if IS_SANITIZER_BUILD else 30):
        one.write_profile("own", number)
        if chance.random() < 0.5:
            one.write_profile("comes", number)
        else:
            (one.profiles / "comes.json").unlink(missing_ok=True)
        one.reload()
        total = sum(seen.values())
        kit.wait_until(lambda: sum(seen.values()) >= total + chance.choice([0, 3, 12]) or any(future.done() for future in clients))
    stop.set()
    for future in clients:
        future.result(120)
    assert seen["own", 200] > 10 and seen["comes", 200] and seen["comes", 422], seen
    assert status()["restarts"] == {"front": 0, "keepers": 0}
