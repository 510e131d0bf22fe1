# SPDX-License-Identifier: MIT
"""exrun's own memory is bounded, whatever a program prints and leaves: it answers from a separate cgroup of 256 MiB."""
import base64
import json
import os
import pathlib
import resource
import subprocess

import pytest

from conftest import EXRUN, GROUP, IS_SANITIZER_BUILD, ROOT, encoded, only_object

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizer's shadow and quarantine are memory, too")
MIB = 1 << 20
MOST = 256 * MIB
V1 = pathlib.Path("/sys/fs/cgroup/memory")


@pytest.fixture
def group():
    """An empty cgroup of 256 MiB beside those of cells."""
    base = (V1 if V1.is_dir() else pathlib.Path("/sys/fs/cgroup")) / GROUP.strip("/")
    folder = base.with_name(base.name + "-memory")
    folder.mkdir()
    for name in ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.max", "memory.swap.max"):
        if (folder / name).exists():
            (folder / name).write_text("0" if name == "memory.swap.max" else str(MOST))
    yield folder
    folder.rmdir()


def run_in(group, request, *words):
    """(the result, exrun's peak in MiB)"""
    entry = group / ("tasks" if V1.is_dir() else "cgroup.procs")
    done = subprocess.run([EXRUN, "run", "--json", *words, "-"], input=encoded(request), capture_output=True, timeout=200,
                          preexec_fn=lambda: entry.write_text(str(os.getpid())))
    assert done.returncode == 0, (done.returncode, done.stderr[-300:], done.stdout[:300])
    peak = next((int((group / name).read_text()) for name in ("memory.max_usage_in_bytes", "memory.peak") if (group / name).exists()), 0)
    return only_object(done.stdout), peak / MIB


def size_of(result):
    """The number of bytes in all parts of the result."""
    def size(text, encoding):
        return len(base64.b64decode(text)) if encoding == "base64" else len(text.encode())
    streams = [(step[name], step["encoding"]) for step in (result, result.get("compile")) if step for name in ("stdout", "stderr")]
    return sum(size(*one) for one in streams + [(one["content"], one["encoding"]) for one in result.get("artifacts", [])])


FLOODS = {"nul": r"\0", "control": r"\1", "quote": '"', "text": "x", "no-text": r"\377"}  # as tr(1) writes bytes


@pytest.mark.parametrize("name", FLOODS)
@pytest.mark.parametrize("at", ["default", "most"])
def test_the_worst_output_needs_bounded_memory(group, at, name):
    """As much output, and as many and as large files, as the limits allow, including bytes that take six in JSON."""
    output, disk = (MIB, 31 * MIB) if at == "default" else (64 * MIB, 64 * MIB)
    source = f"""flood() {{ head -c $1 /dev/zero | tr '\\0' '{FLOODS[name]}'; }}
        flood {output // 2}; flood {output // 2} >&2
        for i in 1 2 3 4 5 6 7 8; do flood {disk // 8} >f$i; done"""
    limits = {} if at == "default" else {"output_bytes": output, "disk_bytes": 1 << 30, "memory_bytes": 1 << 30, "cpu_ms": 30_000, "wall_ms": 60_000}
    result, peak = run_in(group, {"profile": "bash", "source": source, "artifacts": ["f*"], "limits": limits})
    assert result["verdict"] == "ok", result["message"]
    assert len(result["artifacts"]) >= 7 and size_of(result) >= (output + disk) * 3 // 4
    assert peak <= 256, peak
    print(f"{at} {name}: {peak:.0f} MiB")


def test_a_large_request_needs_bounded_memory(group):
    """56 MiB in, 64 MiB of output and 56 MiB of artifacts out."""
    files = [{"path": f"f{n}", "content": "x" * (8 * MIB)} for n in range(7)]
    limits = {"output_bytes": 64 * MIB, "disk_bytes": 1 << 30, "memory_bytes": 1 << 30, "cpu_ms": 30_000, "wall_ms": 60_000}
    result, peak = run_in(group, {"profile": "bash", "source": f"head -c {64 * MIB} /dev/zero", "files": files, "artifacts": ["f*"], "limits": limits})
    assert result["verdict"] == "ok" and len(result["artifacts"]) == 7 and size_of(result) == 120 * MIB
    assert peak <= 256, peak
    print(f"large request: {peak:.0f} MiB")


HIGHEST = {"output_bytes": 64 * MIB, "disk_bytes": 1 << 30, "memory_bytes": 1 << 30, "cpu_ms": 30_000, "wall_ms": 60_000}


@pytest.mark.parametrize("request_", [
    {"stdin": "x" * (71 * MIB)},
    {"stdin": {"encoding": "base64", "content": "eHh4" * (71 * MIB // 4)}},
    {"files": [{"path": f"f{n}", "content": "x" * (8 * MIB)} for n in range(8)], "stdin": "x" * (7 * MIB)},
    {"files": [{"path": f"f{n}", "content": "x" * 60_000} for n in range(1000)]},
    {"source": "# " + "x" * (71 * MIB), "stdin": ""},
], ids=["stdin", "stdin-as-base64", "files", "many-files", "source"])
def test_the_largest_request_needs_bounded_memory(group, request_):
    """71 MiB in, 64 MiB of output and 60 MiB of artifacts out."""
    source = f"head -c {64 * MIB} /dev/zero; head -c {60 * MIB} /dev/zero >artifact\n"
    result, peak = run_in(group, {"profile": "bash", "artifacts": ["artifact"], "limits": HIGHEST, **request_, "source": source + request_.get("source", "")})
    assert result["verdict"] == "ok" and size_of(result) == 124 * MIB, result["message"]
    assert peak <= 256, peak
    print(f"largest request: {peak:.0f} MiB")


@pytest.mark.parametrize("size", ["1G", "65M"])
def test_a_file_of_holes_is_left_out(group, size):
    """A sparse file of 1 GiB in a cell of 128 MiB once made exrun take 3.7 GiB."""
    result, peak = run_in(group, {"profile": "bash", "source": f"truncate -s {size} hole; echo x >small", "artifacts": ["*"],
                                  "limits": {"disk_bytes": 1 << 30}})
    assert [one["path"] for one in result["artifacts"]] == ["main.sh", "small"]
    assert result["artifacts_missed"] == [{"path": "hole", "why": "is larger than what may be sent"}] and peak < 100, peak


def test_small_writes_cost_little(group):
    """If a program writes byte by byte, exrun uses less CPU time than the program, and stores one byte for each."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result, peak = run_in(group, {"profile": "python", "source": "import os\nfor _ in range(300_000): os.write(1, b'x')", "limits": {"cpu_ms": 20_000, "wall_ms": 50_000}})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e6 - result["usage"]["cpu_us"]
    assert result["stdout"] == "x" * 300_000 and peak < 30, peak
    assert own < 0.8 * result["usage"]["cpu_us"], (own, result["usage"])


def test_artifacts_weigh_no_more_than_memory(run):
    """Together they are at most min(disk_bytes, memory_bytes, 64 MiB)."""
    limits = {"disk_bytes": 40 * MIB, "memory_bytes": 16 * MIB}
    result = run({"profile": "bash", "source": "for i in 1 2 3; do truncate -s 7M f$i; done", "artifacts": ["f*"], "limits": limits})
    assert [one["bytes"] for one in result["artifacts"]] == [7 * MIB] * 2 and [one["path"] for one in result["artifacts_missed"]] == ["f3"]


@pytest.mark.parametrize("n_files, is_too_large", [(0, False), (1, False), (7, True)])
def test_a_large_product_needs_bounded_memory(group, tmp_path, n_files, is_too_large):
    """A compiled program of over 60 MiB, whose output is 63 MiB, and that leaves 60 MiB; with other files of 8 MiB."""
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["compile"]["limits"] |= {"output_bytes": 64 * MIB, "disk_bytes": 256 * MIB, "cpu_ms": 30_000, "wall_ms": 60_000}
    (tmp_path / "c.json").write_text(json.dumps(profile))
    source = f"""#include <stdio.h>
        char filling[{60 * MIB}] = {{1}};
        int main(void) {{
            FILE *left = fopen("artifact", "w");
            for (int i = 0; i < {63 * MIB // 4096}; i++) fwrite(filling + 4096, 1, 4096, stdout);
            for (int i = 0; i < {60 * MIB // 4096}; i++) fwrite(filling + 4096, 1, 4096, left);
            return filling[1]; }}"""
    files = [{"path": f"f{n}", "content": "x" * (8 * MIB)} for n in range(n_files)]
    result, peak = run_in(group, {"profile": "c", "source": source, "files": files, "artifacts": ["artifact"],
                                  "limits": {**HIGHEST, "disk_bytes": 512 * MIB}}, "--profiles", tmp_path)
    if is_too_large:
        assert result["verdict"] == "compile_failed" and result["message"].startswith("What was compiled is larger than"), result["message"]
    else:
        assert result["verdict"] == "ok" and result["encoding"] == "base64" and size_of(result) >= 122 * MIB, result["compile"]["stderr"]
    assert peak <= 256, peak
    print(f"product: {peak:.0f} MiB")
