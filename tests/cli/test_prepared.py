# SPDX-License-Identifier: MIT
"""`exrun cache warm`: what a profile's command prepares is made once, kept for its toolchain only, and can't be changed by a program."""
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

import pytest

from conftest import EXRUN

MOUNTS = ["/usr", "/bin", "/lib", "/lib64"]
FACT = "echo made by $(id -un) >/prepared/fact && mkdir -p /prepared/a/b && echo deep >/prepared/a/b/c"


@pytest.fixture
def cache():
    """The cache of this test (conftest.own_cache)."""
    return pathlib.Path(os.environ["EXRUN_CACHE"])


@pytest.fixture
def toy(tmp_path):
    """Writes a profile "toy" whose programs are shell scripts and whose command for preparing is @script. Gives its folder."""

    def call(script=FACT, name="toy", **members):
        profile = {"v": 1, "name": name, "title": name, "entry": "main.sh", "endings": ["." + name], "run": ["/bin/sh", "{entry}"],
                   "program": {"name": "sh", "package": "dash"}, "mounts": MOUNTS, "policy": {"base": "common"},
                   "prepare": {"argv": ["/bin/sh", "-c", script], "limits": {"wall_ms": 60000, "cpu_ms": 30000, "disk_bytes": 1 << 30}}, **members}
        folder = tmp_path / "profiles"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.json").write_text(json.dumps(profile))
        return folder

    return call


@pytest.fixture
def warm(exrun):
    def call(folder, *names):
        """Gives the row of the profile and the exit status."""
        done = exrun("cache", "warm", "--json", "--profiles", folder, *(names or ["toy"]))
        assert done.stderr == b"", done
        return json.loads(done.stdout)["profiles"][0], done.returncode

    return call


@pytest.fixture
def script(run):
    def call(folder, source, **members):
        return run({"profile": "toy", "source": source, **members}, "--profiles", folder)

    return call


def folders(cache):
    return sorted(path.name for path in (cache / "prepared").iterdir())


def blocks_sigterm(pid):
    """From then on, exrun reads its signals itself."""
    status = dict(line.split(":\t") for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(status["SigBlk"], 16) & 1 << signal.SIGTERM - 1


def test_a_cell_has_what_was_prepared(toy, warm, script):
    folder = toy()
    assert script(folder, "cat /prepared/fact")["verdict"] == "failed"
    row, status = warm(folder)
    assert (row["state"], status) == ("made", 0) and row["bytes"] > 0 and row["wall_us"] > 0
    assert script(folder, "cat /prepared/fact /prepared/a/b/c")["stdout"] == "made by box\ndeep\n"
    assert warm(folder) == ({"name": "toy", "state": "there"}, 0)


def test_a_program_can_not_change_it(toy, warm, script):
    folder = toy("cp /bin/true /prepared/true && chmod 777 /prepared/true && /prepared/true")
    warm(folder)
    for attempt in ("echo x >/prepared/true", "rm /prepared/true", "touch /prepared/new", "chmod 777 /prepared", "mv /prepared /box/p",
                    "ln /prepared/true /box/t", "mount -o remount,rw /prepared", "umount /prepared", "mkdir /prepared/d"):
        result = script(folder, f"{attempt} 2>/dev/null && echo done")
        assert result["stdout"] == "", (attempt, result)
    assert script(folder, "cmp /prepared/true /bin/true && /prepared/true && stat -c %a /prepared/true")["stdout"] == "555\n"


def test_the_command_sees_no_visitor_s_file(toy, warm, script):
    folder = toy("ls -A /box /tmp /prepared >/box/fact && mv /box/fact /prepared")
    warm(folder)
    assert script(folder, "cat /prepared/fact")["stdout"] == "/box:\nfact\n\n/prepared:\n\n/tmp:\n"


@pytest.mark.parametrize("change", [{"env": {"A": "b"}}, {"etc": {"a": "b"}}, {"mounts": [*MOUNTS, "/etc/alternatives"]}, {"run": ["/bin/sh", "-u", "{entry}"]}])
def test_another_toolchain_has_its_own(toy, warm, script, change, cache):
    warm(toy())
    folder = toy(**change)
    assert script(folder, "cat /prepared/fact")["verdict"] == "failed"
    assert warm(folder)[0]["state"] == "made" and len(folders(cache)) == 2
    assert script(toy(), "cat /prepared/fact")["stdout"] == "made by box\n"


def test_two_folders_of_a_profile_are_kept(toy, warm, cache):
    for number in range(4):
        warm(toy(env={"NUMBER": str(number)}))
    warm(toy(name="toy-two"), "toy-two")
    assert [name.rpartition("-")[0] for name in folders(cache)] == ["toy", "toy", "toy-two"]
    assert warm(toy(env={"NUMBER": "3"}))[0]["state"] == "there"


@pytest.mark.parametrize("script, why", [
    ("exit 3", "the command ended with exit status 3"),
    ("true", "the command left nothing in /prepared"),
    ("ln -s /etc/passwd /prepared/x", "/prepared contains more than files and folders"),
    ("mkfifo /prepared/x", "/prepared contains more than files and folders"),
    ("truncate -s 300M /prepared/x", "/prepared is larger than 256 MiB"),
    ("truncate -s 150M /prepared/x; truncate -s 150M /prepared/y", "/prepared is larger than 256 MiB"),
    ("cd /prepared; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do mkdir d; cd d; done", "/prepared has more than 16 levels"),
    ("rmdir /prepared; mv /prepared /box/p; ln -sT /etc /prepared; true", "the command left nothing in /prepared"),
    ("kill -SEGV $$", 'the command ended as "crashed"'),
])
def test_a_failure_is_told_and_leaves_nothing(toy, warm, cache, script, why):
    row, status = warm(toy(script))
    assert (row["state"], row["why"], status) == ("failed", why, 1)
    assert folders(cache) == []


def test_what_the_command_said_is_shown(toy, exrun):
    done = exrun("cache", "warm", "--profiles", toy("printf 'no\\033[2J header\\n' >&2; exit 1"), "toy")
    assert done.stdout == b"toy: could not be prepared; the command ended with exit status 1\nno?[2J header\n" and done.returncode == 1


@pytest.mark.parametrize("said, shown", [
    (r"no\033[2J header\n", "no?[2J header\n"), (r"no header", "no header"), (r"caf\303\251 \377\n", "café ?\n"), (r"one\n\ntwo\n", "one\n\ntwo\n"), ("", None),
])
def test_what_the_command_said_is_in_the_json(toy, warm, said, shown):
    assert warm(toy(f"printf '{said}' >&2; exit 1"))[0].get("stderr") == shown
    assert "stderr" not in warm(toy(f"printf '{said}' >&2; echo x >/prepared/x"))[0]


def test_the_json_has_only_the_start_of_a_long_output(toy, warm):
    assert warm(toy("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1"))[0]["stderr"] == "x" * 16384


def test_a_limit_of_the_command_is_kept(toy, warm):
    profile = toy("while :; do :; done", prepare={"argv": ["/bin/sh", "-c", "while :; do :; done"], "limits": {"cpu_ms": 200, "wall_ms": 60000}})
    assert warm(profile)[0]["why"] == 'the command ended as "cpu_timeout"'


def test_words_of_the_command_line(exrun, toy):
    folder = toy()
    for words, status, said in [((), 64, b"expected warm"), (("cold",), 64, b"expected warm"), (("warm", "--x"), 64, b"--x")]:
        done = exrun("cache", *words)
        assert done.returncode == status and said in done.stderr, done
    done = exrun("cache", "warm", "--profiles", folder, "lua", "nothing")
    assert done.stdout.startswith(b"lua: has nothing to prepare\nnothing: could not be prepared; there is no profile"), done
    assert done.returncode == 1


def test_a_language_that_is_not_installed_is_no_failure(exrun, toy):
    for name in ("cpp", "go", "java", "rust"):  # ours take half a minute
        toy(name=name)
    folder = toy(run=["no-such-interpreter", "{entry}"])
    done = exrun("cache", "warm", "--profiles", folder)
    assert b"toy: is not installed\n" in done.stdout and done.returncode == 0, done
    assert exrun("cache", "warm", "--profiles", folder, "toy").returncode == 1


def test_a_command_that_does_not_exist_is_told(exrun, toy):
    done = exrun("cache", "warm", "--profiles", toy(prepare={"argv": ["/no/such/command"]}), "toy")
    assert done.returncode == 1 and b"the program /no/such/command" in done.stdout, done


def test_a_full_cache_is_told_and_left_empty(exrun, toy, tmp_path):
    """The disk of the cache is full, not that of the cell."""
    cache = tmp_path / "small"
    cache.mkdir()
    done = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", 'mount -t tmpfs -o mode=700,size=2m none "$1" && "$2" cache warm --profiles "$3" toy; ls -A "$1/prepared"',
                           "sh", cache, EXRUN, toy("head -c 9000000 /dev/zero >/prepared/a")], env={**os.environ, "EXRUN_CACHE": str(cache)}, capture_output=True, timeout=60)
    assert done.stdout == f'toy: could not be prepared; the cache "{cache}" can\'t be used: No space left on device\n'.encode(), done


def test_clean_removes_what_a_killed_clean_left(toy, warm, exrun, cache):
    warm(toy())
    for name in (".old", ".new"):
        (cache / "prepared" / name / "a").mkdir(parents=True)
    assert exrun("clean", "--cache").returncode == 0 and folders(cache) == []


def test_a_signal_ends_the_wait_for_another_maker(toy, exrun, cache):
    """Even if the other one is stopped."""
    maker = subprocess.Popen([EXRUN, "cache", "warm", "--profiles", toy("while :; do sleep 1; done"), "toy"], stdout=subprocess.PIPE)
    while not (cache / "prepared" / ".new").exists():
        assert maker.poll() is None
        time.sleep(0.01)
    maker.send_signal(signal.SIGSTOP)
    waiting = subprocess.Popen([EXRUN, "cache", "warm", "--profiles", toy(), "toy"], stdout=subprocess.PIPE)
    while not blocks_sigterm(waiting.pid):
        assert waiting.poll() is None
        time.sleep(0.01)
    waiting.send_signal(signal.SIGTERM)
    assert waiting.communicate(timeout=60)[0] == b"toy: was cancelled\n"
    maker.send_signal(signal.SIGCONT)
    maker.send_signal(signal.SIGTERM)
    maker.communicate(timeout=60)


def test_doctor_says_what_is_missing(toy, warm, exrun):
    folder = toy(program={"name": "sh", "package": "dash", "version": ["/bin/sh", "-c", "echo 1"]})
    hint = 'run "exrun cache warm" to make it faster'

    def said():
        rows = json.loads(exrun("doctor", "--json", "--profiles", folder).stdout)["profiles"]
        return next(row for row in rows if row["name"] == "toy")

    assert hint in json.dumps(said()).replace('\\"', '"')
    warm(folder)
    assert "cache warm" not in json.dumps(said())


def test_clean_removes_it_with_the_cache_only(toy, warm, exrun, cache, script):
    folder = toy()
    warm(folder)
    assert b"prepared" not in exrun("clean").stdout and len(folders(cache)) == 1
    dry = json.loads(exrun("clean", "--cache", "--dry-run", "--json").stdout)["removed"]["prepared"]
    assert dry["items"] == 1 and dry["bytes"] > 0 and len(folders(cache)) == 1
    assert b"removed 1 prepared folders" in exrun("clean", "--cache").stdout
    assert folders(cache) == [] and script(folder, "ls /prepared")["verdict"] == "failed"


def test_a_maker_that_is_killed_leaves_nothing_that_is_used(toy, warm, exrun, cache, script, tmp_path):
    folder = toy("echo half >/prepared/fact; sleep 50")
    maker = subprocess.Popen([EXRUN, "cache", "warm", "--profiles", folder, "toy"], stdout=subprocess.PIPE)
    while not (cache / "prepared" / ".new").exists():
        assert maker.poll() is None
        time.sleep(0.01)
    (cache / "prepared" / ".new" / "half").write_text("x" * 5000)
    maker.send_signal(signal.SIGKILL)
    maker.communicate()
    assert script(folder, "ls /prepared")["verdict"] == "failed"
    deadline = time.monotonic() + 60
    removed = {}
    while "prepared" not in removed and time.monotonic() < deadline:  # the cell of the killed maker holds the lock until it is gone
        removed = json.loads(exrun("clean", "--json").stdout)["removed"]
    assert removed["prepared"]["items"] == 1 and removed["prepared"]["bytes"] > 0 and folders(cache) == []


def test_a_signal_cancels_it(toy, cache):
    folder = toy("while :; do sleep 1; done")
    maker = subprocess.Popen([EXRUN, "cache", "warm", "--profiles", folder, "toy"], stdout=subprocess.PIPE)
    while not (cache / "prepared" / ".new").exists():
        assert maker.poll() is None
        time.sleep(0.01)
    maker.send_signal(signal.SIGTERM)
    out = maker.communicate(timeout=60)[0]
    assert out.startswith(b"toy: was cancelled") and maker.returncode == -signal.SIGTERM and folders(cache) == []


def test_of_two_makers_one_waits(toy, warm, cache):
    folder = toy()
    states = []
    threads = [threading.Thread(target=lambda: states.append(warm(folder)[0]["state"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(states) == ["made", "there", "there", "there"] and len(folders(cache)) == 1


@pytest.mark.parametrize("spoil", [
    lambda prepared, folder: os.chmod(prepared, 0o755), lambda prepared, folder: os.chmod(folder, 0o777),
    lambda prepared, folder: (folder.rename(prepared.parent / "elsewhere"), folder.symlink_to(prepared.parent / "elsewhere"))])
def test_a_folder_that_others_could_have_made_is_not_used(toy, warm, script, cache, spoil):
    folder = toy()
    warm(folder)
    spoil(cache / "prepared", next((cache / "prepared").iterdir()))
    assert script(folder, "cat /prepared/fact")["stdout"] == ""


def test_without_a_cache_it_says_so(toy, exrun):
    done = exrun("cache", "warm", "--profiles", toy(), "toy", env={**os.environ, "EXRUN_CACHE": ""})
    assert done.returncode == 1 and done.stdout.startswith(b"toy: could not be prepared; the cache is disabled (EXRUN_CACHE, EXRUN_CACHE_BYTES)")


def test_the_directory_above_the_cache_is_made_too(toy, exrun, tmp_path):
    done = exrun("cache", "warm", "--profiles", toy(), "toy", env={**os.environ, "EXRUN_CACHE": str(tmp_path / "new" / "exrun")})
    assert done.returncode == 0 and (tmp_path / "new").stat().st_mode & 0o777 == 0o700, done
