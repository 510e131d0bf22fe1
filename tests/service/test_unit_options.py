# SPDX-License-Identifier: MIT
"""The service under the options of exrun.service, which `unshare` and `setpriv` set as systemd does: runs are the same as those of the command."""
import os
import re
import sys

import pytest

from conftest import BUILD, EXRUN, ROOT, encoded, only_object

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

UNIT = (BUILD / "packaging/exrun.service").read_text()
RIGHTS = {"profile": "bash", "source": "id; grep -E '^(Cap|NoNewPrivs|Seccomp|Groups)' /proc/self/status; umask; ulimit -c; nice; touch /x; echo x >kept; ls -l kept; cat kept", "artifacts": ["kept"]}
# strict: all that is mounted is read-only, apart from /dev, /proc, /sys and the paths that may be written. Hidden: the homes. New: /tmp and /var/tmp.
AS_UNIT = """set -e
mkdir -p {writable}
for path in {writable}; do mount --rbind "$path" "$path"; done
mount -t tmpfs -o mode=0700 none /root
findmnt -n -l -o TARGET | grep -vE '^/(dev|proc|sys|run/exrun|var/cache/exrun)(/|$)' | while read -r target; do mount -o remount,bind,ro "$target" 2>/dev/null || true; done
umask {umask}
ulimit -c 0
exec setpriv --bounding-set=-all,{capabilities} --inh-caps=-all "$@"
"""


def option(name):
    return re.search(rf"^{name}=(.*)$", UNIT, re.M)[1]


def wrap(*words):
    """ReadWritePaths= and the other options that change what a process may do come from the unit."""
    script = AS_UNIT.format(writable=" ".join(path for path in option("ReadWritePaths").split() if not path.startswith("-")), umask=option("UMask"),
                            capabilities=",".join("+" + name.removeprefix("CAP_").lower() for name in option("CapabilityBoundingSet").split()))
    return {"args": ["unshare", "--mount", "bash", "-c", script, "bash", EXRUN, *map(str, words)], "env": {**os.environ, "EXRUN_CACHE": "/var/cache/exrun"}}


def without_slot(result):
    return re.sub(r"19000\d{5}", "ID", result["stdout"]), result["stderr"], result["verdict"], [one["content"] for one in result["artifacts"]]


def test_a_program_has_the_same_rights_and_filters(start, exrun):
    """One filter more would be the unit's."""
    service = start({"cells": {"running": 2, "keepers": 4}}, wrap=wrap)
    pid = service.process.pid
    assert int(kit.status_of(pid)["CapBnd"], 16).bit_count() <= len(option("CapabilityBoundingSet").split())  # a container can lack some
    assert all(os.statvfs(f"/proc/{pid}/root/{path}").f_flag & os.ST_RDONLY for path in ("usr", "etc", "")) and os.listdir(f"/proc/{pid}/root/root") == []
    kit.wait_until(lambda: kit.run(RIGHTS)["timing"]["cell"] == "ready")
    of_service, of_command = kit.run(RIGHTS), only_object(exrun("run", "--json", "-", input=encoded(RIGHTS)).stdout)
    assert without_slot(of_service) == without_slot(of_command)
    assert re.search(r"^Seccomp_filters:\s+1$", of_service["stdout"], re.M) and "unenforced" not in of_service


@pytest.mark.parametrize("request_, verdict", [
    ({"profile": "c", "source": '#include <stdio.h>\nint main(void) { puts("compiled"); }'}, "ok"), ({"profile": "python", "source": "x = bytearray(2**29)", "limits": {"memory_bytes": 2**26}}, "out_of_memory"),
    ({"profile": "bash", "source": "while :; do :; done", "limits": {"cpu_ms": 300}}, "cpu_timeout"), ({"profile": "bash", "source": "sleep 9", "limits": {"wall_ms": 300}}, "timeout"),
    ({"profile": "bash", "source": "unshare -U true; exit 3"}, "denied"),
], ids=["compile", "memory", "cpu", "wall", "denied"])
def test_limits_are_enforced(start, request_, verdict):
    start({"cells": {"running": 2, "keepers": 4}}, wrap=wrap)
    assert kit.run(request_)["verdict"] == verdict
