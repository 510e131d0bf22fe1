# SPDX-License-Identifier: MIT
"""Every layer of a cell is taken away by itself, and a probe of the audit sees it: no check is one that can't fail. In a guest only, for
without a layer a probe may reach the machine; the build with holes lies in build/holes."""
import json
import os
import resource
import subprocess
import sys

import pytest

from conftest import BUILD, EXRUN, ROOT, SLOWNESS

sys.path.insert(0, str(ROOT / "tests/kit"))
import tables  # noqa: E402

HOLES = BUILD / "holes/exrun"
# On the machine itself these are no tests: tests/guest asks for their names, and runs them.
IN_GUEST = "EXRUN_IN_GUEST" in os.environ
HIGH = {"RTPRIO": 50, "NICE": 30, "MEMLOCK": 1 << 24, "MSGQUEUE": 819200, "SIGPENDING": 4000, "NOFILE": 4096, "STACK": resource.RLIM_INFINITY, "CORE": resource.RLIM_INFINITY}


def as_a_caller_with_much():
    """Limits and groups that a cell could be left."""
    for name, value in HIGH.items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
    os.setgroups([4, 27])


def audit(holes, *patterns):
    """{probe: (outcome, why)} of the build with holes."""
    found = {}
    for pattern in patterns:
        done = subprocess.run([HOLES, "audit", "--json", "--only", pattern], capture_output=True, timeout=100 * max(1, SLOWNESS / 10), preexec_fn=as_a_caller_with_much,
                              env={**os.environ, "EXRUN_HOLE": holes})
        assert done.returncode in (0, 1), done
        found |= {row["name"]: (row["outcome"], row.get("why", "")) for row in json.loads(done.stdout)["probes"]}
    return found


def test_every_layer_has_its_row():
    assert tables.SEEN.keys() | tables.UNSEEN.keys() == tables.LAYERS.keys() and not tables.SEEN.keys() & tables.UNSEEN.keys()
    tried = dict(tables.probes())
    assert not [(layer, probe) for layer, (probe, _, _) in tables.SEEN.items() if layer not in tried[probe] and layer not in ("uts-namespace", "noexec")]


if IN_GUEST:
    @pytest.mark.parametrize("layer", tables.SEEN)
    def test_a_layer_that_is_gone_is_seen(layer, exrun):
        """With it the probe is held."""
        probe, holes, said = tables.SEEN[layer]
        assert audit("", probe) == {probe: ("held", "")}
        try:
            [(outcome, why)] = audit(holes, probe).values()
            print(f"{layer} -> {probe}: {why}")
            assert said in why and outcome == ("failed" if said.startswith(("never", '"')) else "breached"), (outcome, why)
        finally:
            exrun("clean")

    def test_landlock_holds_where_the_mounts_do_not():
        assert audit("noexec", "files/execute-what-was-written.sh") == {"files/execute-what-was-written.sh": ("held", "")}


def test_this_build_has_no_holes(exrun):
    """Neither the question nor an effect."""
    assert b"holes" not in exrun("--version").stdout
    binary = EXRUN.read_bytes()
    assert b"EXRUN_HOLE" not in binary and b"artifact-links" not in binary and b"uts-namespace" not in binary
    done = exrun("run", "--json", "-", input=json.dumps({"profile": "bash", "source": "hostname"}).encode(), env={"EXRUN_HOLE": "names network policy uid"})
    assert json.loads(done.stdout)["stdout"] == "cell\n"
