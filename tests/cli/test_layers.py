# SPDX-License-Identifier: MIT
"""Each layer of a cell is removed alone, and a probe of the audit notices it, so every check can fail. In a guest only, because without
a layer a probe might reach the machine. The build with layers off is in build/layers-off."""
import json
import os
import resource
import subprocess
import sys

import pytest

from conftest import BUILD, EXRUN, ROOT, SLOWNESS

sys.path.insert(0, str(ROOT / "tests/kit"))
import tables  # noqa: E402

LAYERS_OFF = BUILD / "layers-off/exrun"
# On the machine itself these names are not tests: tests/guest asks for them, and runs them.
IN_GUEST = "EXRUN_IN_GUEST" in os.environ
HIGH = {"RTPRIO": 50, "NICE": 30, "MEMLOCK": 1 << 24, "MSGQUEUE": 819200, "SIGPENDING": 4000, "NOFILE": 4096, "STACK": resource.RLIM_INFINITY, "CORE": resource.RLIM_INFINITY}


def as_a_caller_with_much():
    """Raises limits, groups and a priority that a cell could inherit."""
    for name, value in HIGH.items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
    os.setgroups([4, 27])
    os.nice(-5)


# In mounts of the test, which propagate changes.
SHARED = ["unshare", "--mount", "--propagation", "shared"]
# The same for a user, whose exrun moves to its own mounts, so the shell must stay there.
SHARED_BY_PARENT = "unshare --mount --propagation shared sh -c '\"$@\"; exit $?' sh"
PATIENCE = 100 * max(1, SLOWNESS / 10)


def audit(off, probe, before=()):
    """(outcome, why) of a probe with these layers off."""
    done = subprocess.run([*before, LAYERS_OFF, "audit", "--json", "--only", probe], capture_output=True, timeout=PATIENCE, preexec_fn=as_a_caller_with_much,
                          env={**os.environ, "EXRUN_LAYER_OFF": off})
    return checked(done, probe)


def checked(done, probe):
    assert done.returncode in (0, 1), done
    [row] = json.loads(done.stdout)["probes"]
    assert row["name"] == probe
    return row["outcome"], row.get("why", "")


def is_seen(outcome, why, said):
    return said in why and outcome == ("failed" if said.startswith(("never", '"', "exrun")) else "breached")


def test_every_layer_has_its_row():
    assert tables.SEEN.keys() | tables.UNSEEN.keys() == tables.LAYERS.keys() and not tables.SEEN.keys() & tables.UNSEEN.keys()
    tried = dict(tables.probes())
    assert not [(layer, probe) for layer, (probe, _, _) in tables.SEEN.items() if layer not in tried[probe] and layer not in ("uts-namespace", "noexec")]


if IN_GUEST:
    @pytest.mark.parametrize("layer", tables.SEEN)
    def test_a_layer_that_is_gone_is_seen(layer, exrun):
        """With the layer, the probe is held."""
        probe, off, said = tables.SEEN[layer]
        before = SHARED if layer == "propagation" else ()
        assert audit("", probe, before) == ("held", "")
        try:
            outcome, why = audit(off, probe, before)
            print(f"{layer} -> {probe}: {why}")
            assert is_seen(outcome, why, said), (outcome, why)
        finally:
            exrun("clean")

    def test_landlock_holds_where_the_mounts_do_not():
        assert audit("noexec", "files/execute-what-was-written.sh") == ("held", "")


def test_this_build_has_all_layers(exrun):
    """It does not read the variable, and can't disable a layer."""
    assert b"taken away" not in exrun("--version").stdout
    binary = EXRUN.read_bytes()
    assert b"EXRUN_LAYER_OFF" not in binary and b"front-attack" not in binary and b"artifact-links" not in binary and b"uts-namespace" not in binary
    done = exrun("run", "--json", "-", input=json.dumps({"profile": "bash", "source": "hostname"}).encode(), env={"EXRUN_LAYER_OFF": "names network policy uid"})
    assert json.loads(done.stdout)["stdout"] == "cell\n"
