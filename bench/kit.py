# SPDX-License-Identifier: MIT
"""A service for a measurement, and the figures of its times."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"
SOCKET = "/run/exrun/exrun.sock"
# A bare program has the environment that it has in a cell (INTERFACE.md): LANG alone makes bash look for 28 files more.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/box", "TMPDIR": "/tmp", "LANG": "C.UTF-8", "TZ": "UTC", "USER": "box"}


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


@contextlib.contextmanager
def service(folder, config, profiles):
    path = folder / "exrun.json"
    path.write_text(json.dumps(config))
    path.chmod(0o600)
    process = subprocess.Popen([EXRUN, "serve", "--config", path, "--profiles", profiles], stderr=subprocess.DEVNULL)
    while True:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.connect(SOCKET)
            break
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(1)  # the first cells are made meanwhile
    yield process
    process.terminate()
    process.wait(60)
