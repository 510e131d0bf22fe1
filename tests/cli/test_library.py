# SPDX-License-Identifier: MIT
"""libexrun as other programs use it: linked, through FFI, from several threads."""
import os
import re
import subprocess

import pytest

from conftest import BUILD, IS_SANITIZER_BUILD, ROOT

LIBRARY = BUILD / "libexrun.so.0"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Builds a program against the installed library with the flags of pkg-config: built("x.c") -> its path."""
    folder = tmp_path_factory.mktemp("library")
    subprocess.run(["meson", "install", "--no-rebuild", "--quiet", "-C", BUILD, "--destdir", folder], check=True, capture_output=True, timeout=60)
    [config] = folder.glob("usr/local/lib/**/libexrun.pc")
    sanitizer = ["-fsanitize=address,undefined"] if IS_SANITIZER_BUILD else []

    def build(source):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libexrun"], check=True, capture_output=True, text=True,
                               env={**os.environ, "PKG_CONFIG_PATH": str(config.parent), "PKG_CONFIG_SYSROOT_DIR": str(folder)}).stdout.split()
        program = folder / source.stem
        subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", *sanitizer, source, *flags, "-lpthread", "-o", program], check=True, timeout=60)
        return program

    return build


def call(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=100,
                          env={**os.environ, "LD_LIBRARY_PATH": str(BUILD), "LIBEXRUN": str(LIBRARY), "EXRUN_PROFILES": str(ROOT / "profiles")})


def test_the_c_example_runs(built):
    program = built(ROOT / "examples/library/run.c")
    done = call(program, ROOT / "examples/hello.py")
    assert done.returncode == 0, done
    assert re.fullmatch(r"Hello from Python\nok: The program ended normally\. \(\d+ us of CPU time\)\n", done.stdout), done
    assert call(program).returncode == 64
    assert call(program, ROOT / "README.md").returncode == 64


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="PHP itself is not built with the sanitizer that the library would want")
def test_the_php_example_runs():
    done = call("php", "-d", "ffi.enable=1", ROOT / "examples/library/run.php", "echo 6 * 7;")
    assert (done.returncode, done.stdout) == (0, "42\nok: The program ended normally.\n"), done


def test_callers_can_rely_on_the_library(built):
    done = call(built(ROOT / "tests/kit/library.c"))
    assert (done.returncode, done.stdout) == (0, "fine\n"), done


def test_only_the_public_functions_are_seen():
    symbols = subprocess.run(["nm", "--dynamic", "--defined-only", "--with-symbol-versions", LIBRARY], capture_output=True, text=True, check=True).stdout
    seen = {line.split()[-1] for line in symbols.splitlines() if " A " not in line}
    declared = set(re.findall(r"^(?:[a-z_0-9]+ )+\**(exrun_\w+)\(", (ROOT / "include/exrun/exrun.h").read_text(), re.M))
    assert {name.split("@")[0] for name in seen} == declared and all("@@EXRUN_0" in name for name in seen)
    dynamic = subprocess.run(["readelf", "-d", LIBRARY], capture_output=True, text=True, check=True).stdout
    assert "[libexrun.so.0]" in dynamic


def test_the_header_is_good_for_c_plus_plus_and_alone():
    for compiler, flags in (("gcc", ["-std=c99", "-Wpedantic"]), ("g++", ["-std=c++17", "-Wpedantic"])):
        language = "c" if compiler == "gcc" else "c++"
        subprocess.run([compiler, *flags, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", language, "-"], check=True, timeout=60,
                       input=b'#include "exrun/exrun.h"\nint main(void) { struct exrun_job job = EXRUN_JOB_INIT; return job.size == 0; }\n',
                       cwd=ROOT / "include")
