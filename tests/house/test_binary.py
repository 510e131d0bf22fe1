# SPDX-License-Identifier: MIT
"""How the built binary and library are hardened, according to their own headers."""
import re
import subprocess

import pytest

from conftest import BUILD, EXRUN

LIBRARY = BUILD / "libexrun.so.0"
IS_SANITIZER_BUILD = "-fsanitize" in (BUILD / "build.ninja").read_text()


def readelf(path, *flags):
    return subprocess.run(["readelf", "-W", *flags, path], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", [EXRUN, LIBRARY], ids=lambda path: path.name)
def test_no_part_is_both_written_and_executed(path):
    segments = re.findall(r"^  (\w+) +0x\w+ 0x\w+ 0x\w+ 0x\w+ 0x\w+ ([R ][W ][E ])", readelf(path, "-l"), re.M)
    assert ("GNU_STACK", "RW ") in segments and any(kind == "GNU_RELRO" for kind, _ in segments)
    assert not [kind for kind, flags in segments if "W" in flags and "E" in flags]


@pytest.mark.parametrize("path", [EXRUN, LIBRARY], ids=lambda path: path.name)
def test_it_is_relocated_at_once_and_anywhere(path):
    """Full RELRO needs BIND_NOW. A PIE is loaded at a random address."""
    dynamic = readelf(path, "-d")
    assert "Type:                              DYN" in readelf(path, "-h")
    assert re.search(r"\(FLAGS\) +BIND_NOW", dynamic) and re.search(r"Flags: NOW" + (" PIE" if path == EXRUN else ""), dynamic)
    assert "TEXTREL" not in dynamic and "RUNPATH" not in dynamic and "RPATH" not in dynamic


OBJECTS = sorted(path for folder in ("sandbox/libsandbox.a.p", "sandbox/libinside.a.p", "sandbox/libcalls.a.p", "runner/librunner.a.p") for path in (BUILD / folder).glob("*.o"))


def test_every_object_is_marked_for_control_flow_enforcement():
    """The binary as a whole can't be marked, because Debian builds the libraries in it without these marks."""
    assert len(OBJECTS) > 50
    assert not [path.name for path in OBJECTS if "IBT, SHSTK" not in readelf(path, "-n")]


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers bring checks of their own in place of FORTIFY's")
def test_stack_protector_and_fortify_are_at_work():
    used = {name for path in OBJECTS
            for name in re.findall(r" U (\w+)", subprocess.run(["nm", "--undefined-only", path], capture_output=True, text=True, check=True).stdout)}
    assert "__stack_chk_fail" in used
    assert {"__memcpy_chk", "__snprintf_chk", "__vsnprintf_chk"} & used and {"__read_chk", "__pread_chk", "__recv_chk"} & used | {"__fprintf_chk"} & used, used
