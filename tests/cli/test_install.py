# SPDX-License-Identifier: MIT
"""`meson install` puts each file in its place, and an installed exrun runs without its source tree."""
import json
import os
import re
import shutil
import subprocess

import pytest

from conftest import BUILD, ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An installation in a temporary directory."""
    destination = tmp_path_factory.mktemp("installed")
    subprocess.run(["meson", "install", "--no-rebuild", "--quiet", "-C", BUILD, "--destdir", destination], check=True, capture_output=True, timeout=60)
    return destination / "usr/local"


def test_profiles_are_installed(installed):
    names = {path.name for path in (ROOT / "profiles").glob("*.json")}
    assert {path.name for path in (installed / "share/exrun/profiles").iterdir()} == names
    for path in (installed / "share/exrun/profiles").iterdir():
        assert path.stat().st_mode & 0o022 == 0


def test_it_runs(installed):
    done = subprocess.run([installed / "bin/exrun", "run", "--json", "--profiles", installed / "share/exrun/profiles", "-"],
                          input=b'{"profile": "bash", "source": "echo installed"}', capture_output=True, timeout=60, cwd="/")
    assert json.loads(done.stdout)["stdout"] == "installed\n", done


def test_systemd_units_are_installed(installed):
    service = (installed / "lib/systemd/system/exrun-clean.service").read_text()
    timer = (installed / "lib/systemd/system/exrun-clean.timer").read_text()
    assert "ExecStart=/usr/local/bin/exrun clean\n" in service and "@" not in service
    assert "OnUnitActiveSec=" in timer and "WantedBy=timers.target" in timer
    lines = [line.split() for line in (installed / "lib/tmpfiles.d/exrun.conf").read_text().splitlines() if line and line[0] != "#"]
    assert [line[1:4] for line in lines] == [["/run/exrun", "0700", "root"], ["/run/exrun/slots", "0700", "root"], ["/var/cache/exrun", "0700", "root"]]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here to check its units; they are compared as text")
def test_systemd_takes_the_units(installed, tmp_path):
    for name in ("exrun-clean.service", "exrun-clean.timer"):
        text = (installed / f"lib/systemd/system/{name}").read_text()
        (tmp_path / name).write_text(re.sub("/usr/local/bin/exrun", "/bin/true", text))
    done = subprocess.run(["systemd-analyze", "verify", *map(str, tmp_path.glob("exrun-clean.*"))], capture_output=True, timeout=60,
                          env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
    assert done.returncode == 0 and b"exrun" not in done.stderr, done


def test_completion_is_installed(installed):
    assert "complete -F _exrun exrun" in (installed / "share/bash-completion/completions/exrun").read_text()


def test_manual_and_documents_are_installed(installed):
    assert {path.name for path in (installed / "share/man").rglob("*.*")} >= {"exrun.1", "exrun-profile.5"}
    assert {"README.md", "CHANGELOG.md", "architecture.md", "policy.md", "security.md", "service.md"} <= {path.name for path in (installed / "share/doc/exrun").iterdir()}
    assert (installed / "include/exrun/exrun.h").exists() and list(installed.rglob("libexrun.so.0"))
