# SPDX-License-Identifier: MIT
"""The compile cache: the same program is compiled once, and no truncated, changed or planted file is ever run."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, ROOT

SOURCE = '#include <stdio.h>\n#warning careful\nint main(void) { puts("%s"); return 0; }\n'


@pytest.fixture
def cache():
    """The cache of this test (conftest.own_cache)."""
    return pathlib.Path(os.environ["EXRUN_CACHE"])


@pytest.fixture
def compiled(run):
    """Runs a C program that prints a word. Gives (its stdout, True if it came from the cache)."""

    def call(word="hello", *args, **members):
        result = run({"profile": "c", "source": SOURCE % word, **members}, *args)
        assert result["verdict"] == "ok" and "careful" in result["compile"]["stderr"], json.dumps(result)
        return result["stdout"].strip(), result["compile"]["cached"]

    return call


def entries(cache):
    """The compiled programs, and what a test has put there. Versions of languages are kept beside them."""
    return sorted(path for path in cache.iterdir() if path.name != "versions")


def test_a_program_is_compiled_once(compiled, cache):
    assert compiled() == ("hello", False)
    assert compiled() == ("hello", True)
    assert compiled() == ("hello", True)
    assert len(entries(cache)) == 1


def test_the_run_s_members_do_not_compile_again(compiled):
    assert compiled() == ("hello", False)
    assert compiled(args=["a"], stdin="x", env={"A": "b"}, limits={"wall_ms": 4000}, labels={"a": "b"}, id="x") == ("hello", True)


def test_the_compiler_s_members_compile_again(compiled, tmp_path):
    assert compiled() == ("hello", False)
    assert compiled("other") == ("other", False)
    assert compiled(files=[{"path": "a.h", "content": "1"}]) == ("hello", False)
    assert compiled(files=[{"path": "a.h", "content": "2"}]) == ("hello", False)
    assert compiled(files=[{"path": "b.h", "content": "1"}]) == ("hello", False)
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    waiting = {"how": "park", "argv": profile["compile"]["argv"][:1]}
    for change in ({"argv": [*profile["compile"]["argv"], "-O2"]}, {"env": {"GCC_COLORS": ""}}, {"warm": waiting}, {"warm": {**waiting, "argv": [*waiting["argv"], "-O2"]}}):
        mine = {**profile, **({"env": change["env"]} if "env" in change else {"compile": {**profile["compile"], **change}})}
        (tmp_path / "c.json").write_text(json.dumps(mine))
        assert compiled("hello", "--profiles", tmp_path) == ("hello", False)
        assert compiled("hello", "--profiles", tmp_path) == ("hello", True)
    assert compiled() == ("hello", True)


def test_another_compiler_compiles_again(compiled, tmp_path_factory):
    """The command is the same, but its file has changed."""
    wrapper = pathlib.Path(f"/opt/exrun-test-{os.urandom(4).hex()}/cc")
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["compile"]["argv"][0] = str(wrapper)
    profile["mounts"].append(str(wrapper.parent))
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "c.json").write_text(json.dumps(profile))
    wrapper.parent.mkdir(mode=0o755)
    try:
        for text in ('exec gcc "$@"', 'exec gcc -g "$@"'):
            wrapper.write_text(f"#!/bin/sh\n{text}\n")
            wrapper.chmod(0o755)
            assert compiled("hello", "--profiles", folder) == ("hello", False)
            assert compiled("hello", "--profiles", folder) == ("hello", True)
    finally:
        wrapper.unlink()
        wrapper.parent.rmdir()


def test_a_link_to_another_compiler_compiles_again(compiled, tmp_path_factory):
    """The link then names another compiler of the same size and time, as reproducibly built archives unpack them."""
    place = pathlib.Path(f"/opt/exrun-test-{os.urandom(4).hex()}")
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["compile"]["argv"][0] = f"{place}/now/cc"
    profile["mounts"].append(str(place))
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "c.json").write_text(json.dumps(profile))
    place.mkdir(mode=0o755)
    try:
        for level in "12":
            wrapper = place / level / "cc"
            wrapper.parent.mkdir(mode=0o755)
            wrapper.write_text(f'#!/bin/sh\nexec gcc -g{level} "$@"\n')
            wrapper.chmod(0o755)
            os.utime(wrapper, (1_700_000_000, 1_700_000_000))
        for level in "12":
            (place / "next").symlink_to(level)
            (place / "next").rename(place / "now")
            assert compiled("hello", "--profiles", folder) == ("hello", False)
            assert compiled("hello", "--profiles", folder) == ("hello", True)
    finally:
        shutil.rmtree(place)


def test_the_same_compiler_on_another_mount_is_the_same(compiled):
    """File systems with anonymous device numbers, such as overlayfs and btrfs, get another one at each mount. A cache must survive a reboot."""
    assert compiled() == ("hello", False)
    request = json.dumps({"profile": "c", "source": SOURCE % "hello"}).encode()
    other = "stat -c %d /usr/local/include && mount -t overlay -o lowerdir=/usr/local/include:/sys/fs/cgroup none /usr/local/include && stat -c %d /usr/local/include && exec \"$@\""
    done = subprocess.run(["unshare", "--mount", "sh", "-c", other, "sh", EXRUN, "run", "--json", "-"], input=request, capture_output=True, timeout=60)
    if b"overlay" in done.stderr:
        pytest.skip("there is no overlayfs here")
    before, after, answer = done.stdout.split(b"\n", 2)
    assert before != after and json.loads(answer)["compile"]["cached"] is True, done


def test_a_compile_error_is_not_kept(run, cache):
    for _ in range(2):
        result = run({"profile": "c", "source": "int main(void) { return x; }"})
        assert result["verdict"] == "compile_failed" and result["compile"]["cached"] is False
    assert entries(cache) == []


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_bytes(b""),
    lambda path: os.truncate(path, path.stat().st_size - 1),
    lambda path: os.truncate(path, 100),
    lambda path: os.truncate(path, path.stat().st_size + 1),
    *(lambda path, at=at: flip(path, at) for at in (0, 8, 40, 72, 100, 5000, -1)),
    lambda path: path.chmod(0o644),
    lambda path: path.chmod(0o602),
    lambda path: os.chown(path, 1_900_000_000, 0),
    lambda path: (path.rename(path.with_name("x")), path.symlink_to("x")),
    lambda path: (path.unlink(), os.mkfifo(path, 0o600)),
    lambda path: path.write_bytes(random.randbytes(path.stat().st_size)),
], ids=["empty", "short", "head", "long", "magic", "digest", "key", "size", "product", "later", "last", "readable", "writable", "of-a-cell",
        "link", "fifo", "noise"])
def test_a_spoilt_entry_is_not_used(spoil, compiled, cache):
    assert compiled() == ("hello", False)
    spoil(entries(cache)[0])
    assert compiled() == ("hello", False)
    assert compiled() == ("hello", True)


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_an_entry_under_another_name_is_not_used(compiled, cache):
    assert compiled("one") == ("one", False)
    first = entries(cache)[0]
    assert compiled("two") == ("two", False)
    second = next(path for path in entries(cache) if path != first)
    second.write_bytes(first.read_bytes())
    assert compiled("two") == ("two", False)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755])
def test_a_directory_that_others_can_enter_is_not_used(mode, compiled, cache):
    cache.mkdir()
    cache.chmod(mode)
    assert compiled() == compiled() == ("hello", False)
    assert entries(cache) == []


def test_a_missing_cache_is_not_an_error(compiled, tmp_path, monkeypatch):
    for path in ("", "/proc/none", str(tmp_path / "a/b/c")):
        monkeypatch.setenv("EXRUN_CACHE", path)
        assert compiled() == compiled() == ("hello", False)


@pytest.mark.parametrize("size, works", [("1G", True), ("64M", True), ("512K", True), ("100000000", True), ("abc", False), ("-1", False),
                                         ("1e9", False), ("0", False), ("1T", False), ("99999999999999999999999G", False)])
def test_only_sizes_enable_the_cache(size, works, compiled, exrun, monkeypatch):
    monkeypatch.setenv("EXRUN_CACHE_BYTES", size)
    compiled()
    assert compiled() == ("hello", works)
    row = next(row for row in json.loads(exrun("doctor", "--json").stdout)["facilities"] if row["name"] == "cache")
    assert (row["there"] != "no") is works, row


def test_a_link_is_not_used_even_with_a_slash(compiled, cache, monkeypatch):
    cache.mkdir(mode=0o700)
    link = cache.with_name("link")
    link.symlink_to(cache)
    for path in (link, f"{link}/"):
        monkeypatch.setenv("EXRUN_CACHE", str(path))
        assert compiled() == compiled() == ("hello", False)


def test_a_directory_named_like_an_entry_stays(compiled, exrun, cache):
    compiled("one")
    (cache / ("a" * 64)).mkdir()
    done = exrun("clean", "--cache", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["removed"]["compiled"]["items"] == 1
    assert entries(cache) == [cache / ("a" * 64)]


def test_the_longest_unused_go_first(compiled, cache, monkeypatch):
    compiled("size")
    size = entries(cache)[0].stat().st_blocks * 512
    monkeypatch.setenv("EXRUN_CACHE_BYTES", str(size * 9 // 2))
    entries(cache)[0].unlink()
    for word in "abcd":
        compiled(word)
        time.sleep(0.02)
    assert compiled("a") == ("a", True)  # used again, so "b" is the oldest
    compiled("e")
    assert len(entries(cache)) <= 4 and sum(path.stat().st_blocks * 512 for path in entries(cache)) <= size * 9 // 2
    assert compiled("a") == ("a", True)
    assert compiled("e") == ("e", True)
    assert compiled("b") == ("b", False)


def test_eight_writers_share_the_cache(compiled, cache):
    with ThreadPoolExecutor(8) as pool:
        assert {word for word, _ in pool.map(lambda _: compiled("same"), range(16))} == {"same"}
        words = [f"word{n % 5}" for n in range(40)]
        assert [word for word, _ in pool.map(compiled, words)] == words
    assert len(entries(cache)) == 6
    assert compiled("same") == ("same", True)


def test_killed_writers_leave_nothing(compiled, exrun, cache):
    request = json.dumps({"profile": "c", "source": SOURCE % "killed" + "/* " + "x" * 200_000 + " */"}).encode()
    began = time.monotonic()
    compiled("how long")
    whole = time.monotonic() - began
    for n in range(24):
        with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            process.stdin.write(request)
            process.stdin.close()
            time.sleep(whole * (0.4 + n / 20))
            process.send_signal(signal.SIGKILL)
    for path in entries(cache):
        assert len(path.name) == 64 and path.stat().st_nlink == 1
    assert len(entries(cache)) <= 2
    assert exrun("clean").returncode == 0
    assert compiled("how long") == ("how long", True)


def test_clean_removes_only_entries(compiled, exrun, cache):
    compiled("one")
    compiled("two")
    (cache / "notes.txt").write_text("not ours")
    dry = exrun("clean", "--cache", "--dry-run")
    assert dry.returncode == 0 and b"would remove 2 compiled programs" in dry.stdout and len(entries(cache)) == 3
    assert b"compiled" not in exrun("clean").stdout and len(entries(cache)) == 3
    done = exrun("clean", "--cache")
    assert done.returncode == 0 and b"removed 2 compiled programs" in done.stdout
    assert list(cache.iterdir()) == [cache / "notes.txt"]
    assert json.loads(exrun("clean", "--cache", "--json").stdout)["removed"]["compiled"] == {"items": 0, "bytes": 0}
    assert compiled("one") == ("one", False)
