# SPDX-License-Identifier: MIT
"""The contents of the Debian packages, and their life on a machine: installed, run, upgraded, removed, purged."""
import json
import os
import re
import subprocess

import pytest

from conftest import BUILD, ROOT

pytestmark = pytest.mark.skipif("-fsanitize" in (BUILD / "build.ninja").read_text(), reason="packages are built from the tree, whatever this build is")


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run([ROOT / "packaging/deb", folder], check=True, timeout=900, stdout=subprocess.DEVNULL, env={**os.environ, "DEB_BUILD_OPTIONS": "noautodbgsym"})
    return folder


@pytest.fixture(scope="module")
def life(packages):
    """The lines seen at each step: {"install": [line, ...], ...}."""
    done = subprocess.run([ROOT / "tests/kit/package_life.sh", packages], capture_output=True, text=True, timeout=900)
    steps = re.split(r"^== (\w+)\n", done.stdout, flags=re.M)
    seen = {name: text.splitlines() for name, text in zip(steps[1::2], steps[2::2])}
    assert done.returncode == 0 and "end" in seen, (done.stderr, seen)
    return seen


def test_names_and_versions_are_right(packages):
    [version] = re.findall(r"^  version: '([0-9.]+)',", (ROOT / "meson.build").read_text(), re.M)
    names = {path.name for path in packages.iterdir()}
    assert names == {f"{name}_{version}-1_amd64.deb" for name in ("exrun", "libexrun0", "libexrun-dev")}


def test_lintian_finds_no_error(packages):
    done = subprocess.run(["lintian", "--fail-on", "error", "--allow-root", *packages.glob("*exrun*_*.deb")], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout


def test_an_upgrade_restarts_the_service_but_not_its_socket(packages, tmp_path):
    """The socket stays open, so no client is refused. Neither is started by the installation, and both are stopped by the removal."""
    [package] = packages.glob("exrun_*.deb")
    subprocess.run(["dpkg-deb", "-e", package, tmp_path / "control"], check=True, timeout=60)
    invoked = {name: re.findall(r"deb-systemd-invoke (\S+) ([^>]*?) *>", (tmp_path / "control" / name).read_text()) for name in ("postinst", "prerm")}
    assert [units for action, units in invoked["postinst"] if action in ("restart", "try-restart") and "exrun-clean" not in units] == ["'exrun.service'"]
    assert not [units for action, units in invoked["postinst"] if "socket" in units or action == "start" and "exrun.service" in units]
    assert ("stop", "exrun.socket exrun.service") in invoked["prerm"]


def test_all_files_are_installed(life):
    assert {"./usr/bin/exrun", "./usr/share/exrun/profiles/php.json", "./usr/share/man/man1/exrun.1.gz", "./usr/share/man/man5/exrun-profile.5.gz",
            "./usr/lib/tmpfiles.d/exrun.conf", "./usr/share/bash-completion/completions/exrun", "./usr/lib/systemd/system/exrun-clean.timer", "./usr/lib/systemd/system/exrun.service",
            "./usr/lib/systemd/system/exrun.socket", "./usr/lib/systemd/user/exrun.service", "./usr/lib/sysusers.d/exrun.conf", "./etc/logrotate.d/exrun", "./usr/share/man/man8/exrun-serve.8.gz",
            "./usr/include/exrun/exrun.h", "./usr/lib/x86_64-linux-gnu/libexrun.so.0", "./usr/lib/x86_64-linux-gnu/exrun/park.so", "./usr/lib/x86_64-linux-gnu/pkgconfig/libexrun.pc",
            "./usr/share/exrun/laravel/composer.json", "./usr/share/exrun/laravel/src/ExrunServiceProvider.php", "./usr/share/exrun/laravel/config/exrun.php",
            "./usr/share/exrun/laravel/routes/exrun.php", "./usr/share/exrun/laravel/dist/exrun.js", "./usr/share/exrun/laravel/resources/views/snippet.blade.php", "./usr/share/doc/exrun/laravel.md", "./etc/exrun/profiles", "./etc/systemd/system/timers.target.wants/exrun-clean.timer"} <= set(life["files"])


def test_it_runs_compiles_and_links(life):
    assert json.loads(life["run"][0])["stdout"] == "installed\n", life["run"]
    assert json.loads(life["compile"][0])["exit_code"] == 7, life["compile"]
    assert life["link"] == [life["run"][1].removeprefix("exrun ")]


def test_upgrade_keeps_what_the_operator_decided(life):
    assert "9.0-1" in life["upgrade"]
    assert any(line.startswith("mine bash") for line in life["upgrade"]) and "disabled" in life["upgrade"]
    assert json.loads(life["upgrade"][-1])["stdout"] == "installed\n"


def test_removing_keeps_the_operators_own(life):
    assert "./etc/exrun/profiles/mine.json" in life["remove"] and "./usr/bin/exrun" not in life["remove"]


def test_purging_leaves_nothing(life):
    assert not [line for line in life["left"] if "exrun" in line], life["left"]
