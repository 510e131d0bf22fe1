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


def test_the_page_is_installed(installed, tmp_path):
    web, config = installed / "share/exrun/web", tmp_path / "exrun.json"
    assert {path.name: path.read_bytes() for path in web.iterdir()} == {path.name: path.read_bytes() for path in (ROOT / "web/dist").iterdir()}
    config.write_text('{"listen": [{"address": "127.0.0.1:7878", "auth": "none", "page": true}]}')
    config.chmod(0o600)
    done = subprocess.run([installed / "bin/exrun", "serve", "--check", "--config", config, "--profiles", installed / "share/exrun/profiles"], capture_output=True, timeout=60, cwd="/",
                          env={**os.environ, "EXRUN_WEB": str(web)})
    assert done.returncode == 0, done


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
    assert [line[1:4] for line in lines] == [["/run/exrun", "0755", "root"], ["/run/exrun/slots", "0700", "root"], ["/var/cache/exrun", "0700", "root"], ["/var/log/exrun", "0750", "root"]]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here to check its units; they are compared as text")
def test_systemd_takes_the_units(installed, tmp_path):
    for folder, names in (("system", ("exrun-clean.service", "exrun-clean.timer", "exrun.service", "exrun.socket")), ("user", ("exrun.service",))):
        (tmp_path / folder).mkdir()
        for name in names:
            text = (installed / f"lib/systemd/{folder}/{name}").read_text()
            assert "@" not in text
            (tmp_path / folder / name).write_text(text.replace("/usr/local/bin/exrun", "/bin/true"))
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", *map(str, (tmp_path / folder).iterdir())], capture_output=True, timeout=60,
                              env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
        assert done.returncode == 0 and b"exrun" not in done.stderr, done


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here to judge its units")
def test_the_unit_s_exposure_does_not_grow(installed):
    """8.1 of 10: all other options that systemd counts would install a filter, or take what cells need. The exit status says whether a unit exceeds the threshold."""
    unit = installed / "lib/systemd/system/exrun.service"
    for threshold, status in ((81, 0), (80, 1)):
        done = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--no-pager", f"--threshold={threshold}", unit], capture_output=True, text=True, timeout=60)
        assert done.returncode == status, done.stdout + done.stderr


# Options of systemd.exec(5) that install a filter of system calls, each by the names that systemd's source gives such a function (src/core/execute.c).
# Cells would inherit it.
FILTERS = ("SystemCallFilter", "SystemCallArchitectures", "SystemCallLog", "SystemCallErrorNumber", "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID",
           "MemoryDenyWriteExecute", "LockPersonality", "ProtectClock", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "PrivateDevices", "DynamicUser")


def options(path):
    """(name, value) of each line of a unit."""
    return [tuple(line.split("=", 1)) for line in path.read_text().splitlines() if re.match(r"[A-Z]\w*=", line)]


@pytest.mark.parametrize("folder", ["system", "user"])
def test_no_unit_of_the_service_installs_a_filter(installed, folder):
    found = dict(options(installed / f"lib/systemd/{folder}/exrun.service"))
    assert not set(found) & {*FILTERS, "NoNewPrivileges", "User", "MemoryMax"}
    decided = {"Type": "notify", "Delegate": "yes", "KillMode": "mixed", "OOMPolicy": "continue", "WatchdogSec": "30", "TimeoutStopSec": "45", "LimitCORE": "0"}
    assert {name: found.get(name) for name in decided} == decided
    assert (found.get("TasksMax"), found.get("ProtectSystem")) == (("infinity", "strict") if folder == "system" else (None, None))


@pytest.mark.skipif(not shutil.which("systemd-tmpfiles"), reason="systemd is not here to read its files")
def test_systemd_takes_the_user_and_the_folders(installed, tmp_path):
    """Both are made below another root."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/group").write_text("root:x:0:\nadm:x:4:\n")
    (tmp_path / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}", installed / "lib/sysusers.d/exrun.conf"], check=True, timeout=60)
    assert re.search(r"^exrun:[^:]*:\d+:\d+:Clients of exrun's service:/nonexistent:/usr/sbin/nologin$", (tmp_path / "etc/passwd").read_text(), re.M)
    assert re.search(r"^exrun:[^:]*:\d+:$", (tmp_path / "etc/group").read_text(), re.M)
    subprocess.run(["systemd-tmpfiles", "--create", "--boot", f"--root={tmp_path}", installed / "lib/tmpfiles.d/exrun.conf"], check=True, timeout=60)
    assert {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("run/exrun", "run/exrun/slots", "var/log/exrun")} == {"run/exrun": 0o755, "run/exrun/slots": 0o700, "var/log/exrun": 0o750}


def test_logrotate_takes_its_file(tmp_path):
    """A missing file is not a mistake, so nothing is rotated here."""
    done = subprocess.run(["logrotate", "--debug", "--state", tmp_path / "state", ROOT / "packaging/debian/exrun.logrotate"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "error" not in done.stderr, done
    text = (ROOT / "packaging/debian/exrun.logrotate").read_text()
    assert re.search(r"^/var/log/exrun/\*\.jsonl \{\n", text) and re.search(r"^    create 0640 root adm$", text, re.M)
    # Reloading is SIGHUP, at which the service opens the file again.
    assert re.search(r"^    postrotate\n(?:        #.*\n)*        \[ ! -d /run/systemd/system \] \|\| systemctl try-reload-or-restart exrun\.service\n    endscript$", text, re.M)
    assert "ExecReload=/bin/kill -HUP $MAINPID" in (ROOT / "packaging/exrun.service.in").read_text() or "Type=notify-reload" in (ROOT / "packaging/exrun.service.in").read_text()


def test_the_socket_is_the_clients_and_stays_while_the_service_is_replaced(installed):
    text = next(installed.rglob("exrun.socket")).read_text()
    assert set(re.findall(r"^(\w+=.*)$", text.split("[Socket]")[1].split("[Install]")[0], re.M)) == {
        "ListenStream=/run/exrun/exrun.sock", "SocketGroup=exrun", "SocketMode=0660", "DirectoryMode=0755", "Backlog=1024", "RemoveOnStop=yes"}


def test_the_manual_of_the_service_says_what_it_understands():
    text = (ROOT / "docs/man/exrun-serve.8").read_text()
    signals = text.split(".SH SIGNALS")[1].split(".SH ")[0]
    assert {"SIGTERM", "SIGINT", "SIGHUP"} <= set(re.findall(r"SIG[A-Z]+", signals)) and len(signals.split()) > 60
    options = set(re.findall(r"--[a-z]+", subprocess.run([BUILD / "exrun", "serve", "--help"], capture_output=True, text=True, timeout=60, check=True).stdout)) - {"--help"}
    assert options and not {option for option in options if option.replace("-", "\\-") not in text and option not in text}


def test_completion_is_installed(installed):
    assert "complete -F _exrun exrun" in (installed / "share/bash-completion/completions/exrun").read_text()


def test_manual_and_documents_are_installed(installed):
    assert {path.name for path in (installed / "share/man").rglob("*.*")} >= {"exrun.1", "exrun-profile.5", "exrun-serve.8"}
    assert {"README.md", "CHANGELOG.md", "architecture.md", "policy.md", "security.md", "service.md"} <= {path.name for path in (installed / "share/doc/exrun").iterdir()}
    assert (installed / "include/exrun/exrun.h").exists() and list(installed.rglob("libexrun.so.0"))
