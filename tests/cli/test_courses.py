# SPDX-License-Identifier: MIT
"""Programs of a beginner's course, as people really write them, print the same in a cell as in the bare interpreter. This finds system
calls and files that a policy or a profile forgot: time zones, locales, semaphores, user names, /proc/self, threads, sub-processes."""
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

COURSES = ROOT / "tests/courses"
PROGRAMS = sorted(path for path in COURSES.rglob("*") if path.is_file())
NOBODY = 65534
STATUS = {"bash/errors.sh": 6}  # all others end with 0


def profile_of(path):
    return json.loads((ROOT / f"profiles/{path.parent.name}.json").read_text())


def words(argv, profile, memory_mib):
    filled = [word.replace("{entry}", profile["entry"]).replace("{memory_mib}", str(memory_mib)) for word in argv if word != "{args}"]
    return [shutil.which(filled[0], path="/usr/local/bin:/usr/bin:/bin") or filled[0], *filled[1:]]


@pytest.fixture
def folder():
    """A directory that the user "nobody" may work in."""
    name = tempfile.mkdtemp(prefix="course-", dir="/var/tmp")
    os.chown(name, NOBODY, NOBODY)
    yield pathlib.Path(name)
    shutil.rmtree(name)


def run_bare(path, folder, compiled):
    """Runs the command of the profile without a cell. @compiled: the output of the profile's compiler, or None."""
    profile = profile_of(path)
    shutil.copy(path, folder / profile["entry"])
    if compiled is not None:
        (folder / profile["compile"]["produces"]).write_bytes(compiled)
        (folder / profile["compile"]["produces"]).chmod(0o755)
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TMPDIR": "/tmp", "LANG": "C.UTF-8", "TZ": "UTC", "USER": "nobody",
           **profile.get("env", {})}
    own = [word for word in words(profile["run"], profile, 256) if "/etc/exrun/" not in word]  # files that only a cell has
    return subprocess.run(own, cwd=folder, env=env, user=NOBODY, group=NOBODY, extra_groups=[], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=60, umask=0o022)


def without_addresses(text):
    return re.sub(r"\b0x[0-9a-f]{6,}\b", "0x...", text)


def test_each_language_has_ten_programs():
    languages = {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
    for language in languages:
        assert sum(path.parent.name == language for path in PROGRAMS) >= 10, language


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """The same profiles, whose compilers may take as long as any, because others run at the same time."""
    folder = tmp_path_factory.mktemp("profiles")
    for language in {path.parent.name for path in PROGRAMS}:
        profile = json.loads((ROOT / f"profiles/{language}.json").read_text())
        if "compile" in profile:
            profile["compile"]["limits"] |= {"wall_ms": 60_000, "cpu_ms": 30_000}
        (folder / f"{language}.json").write_text(json.dumps(profile))
    return folder


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="what languages need is the same in both builds; the plain one is asked")
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_cell_prints_the_same_as_the_interpreter(path, run, folder, patient):
    produces = profile_of(path).get("compile", {}).get("produces")
    result = run({"profile": path.parent.name, "source": path.read_text(), "artifacts": [produces] if produces else [],
                  "limits": {"wall_ms": 30_000, "cpu_ms": 15_000, "memory_bytes": 256 << 20, "processes": 64}}, "--profiles", patient, timeout=240)
    assert result["verdict"] in ("ok", "failed"), result
    [compiled] = [base64.b64decode(one["content"]) for one in result["artifacts"]] if produces else [None]
    bare = run_bare(path, folder, compiled)
    told = f"--- bare\n{bare.stdout.decode()}\n{bare.stderr.decode()}\n--- cell\n{result['stdout']}\n{result['stderr']}\n{result['message']}"
    assert bare.returncode == STATUS.get(str(path.relative_to(COURSES)), 0) and bare.stdout.count(b"\n") >= 3, told
    assert without_addresses(result["stdout"]) == without_addresses(bare.stdout.decode()), told
    assert result["exit_code"] == bare.returncode, told
    assert result["limits_hit"] == [] and "denied" not in result, told
