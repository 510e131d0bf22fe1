# SPDX-License-Identifier: MIT
"""The house keeps its own rules: who may include whom, which side may do what, and that the map in main.c is true."""
import re
import subprocess

import pytest

from conftest import BUILD, ROOT

# Each layer may include itself and those to its left (HOUSE.md: includes go one way).
LAYERS = ["sandbox/base", "sandbox/plan", "sandbox/policy", "sandbox/inside", "sandbox/cell", "sandbox/userns", "sandbox/cache", "sandbox/run",
          "sandbox/doctor", "runner/text", "runner/language", "runner/request", "runner/answer", "runner/library", "runner/audit", "runner/command",
          "runner/main.c"]
IS_SANITIZER_BUILD = "-fsanitize" in (BUILD / "build.ninja").read_text()
HAS_LAYERS_OFF = "#define EXRUN_LAYERS_OFF 1" in (BUILD / "config.h").read_text()
SOURCES = sorted(path.relative_to(ROOT) for side in ("sandbox", "runner") for path in (ROOT / side).rglob("*.[ch]"))


def layer(path):
    return next(n for n, name in enumerate(LAYERS) if f"{path}/".startswith(name + "/"))


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_includes_go_one_way(path):
    for included in re.findall(r'#include "((?:sandbox|runner)/[^"]+)"', (ROOT / path).read_text()):
        assert layer(included) <= layer(path), f"{path} includes {included}"


# All of libc that may be used between clone and exec: system calls, and functions that read or write the memory they are given. None of them
# allocates, formats, locks, or asks the caller's environment.
OF_LIBC = r"""__cxa_finalize|__gmon_start__|_ITM_\w+|__errno_location|__stack_chk_fail
    |__(memcpy|strncat|read|recv|poll|ppoll)_chk|mem(cpy|set|cmp|move)|str(chr|cmp|len|ncmp|ncat)
    |syscall|prctl|clock_gettime|personality|umask|unshare|setsid|sethostname|setdomainname|setpriority|sched_setscheduler
    |(f?chdir|f?ch(mod|own)(at)?|mkdirat|mknodat|symlinkat|unlinkat)|open(at)?(64)?|close|close_range|read|write|dup[23]|fcntl(64)?|pipe2|f?stat(64)?
    |mount|umount2|fs(config|mount|open)|mount_setattr|move_mount|open_tree|mmap(64)?|munmap
    |[gs]etrlimit(64)?|(send|recv)msg|p?poll|waitpid|sig(action|addset|emptyset|procmask)|_exit|set(res)?[gu]id|setgroups"""


def undefined(path, *flags):
    symbols = subprocess.run(["nm", "--undefined-only", *flags, BUILD / path], capture_output=True, text=True, check=True)
    return {name.split("@")[0] for name in re.findall(r" U (\S+)", symbols.stdout)}


@pytest.mark.skipif(IS_SANITIZER_BUILD or HAS_LAYERS_OFF, reason="the sanitizers bring a library of their own; missing layers are asked of the environment")
def test_what_runs_between_clone_and_exec_makes_system_calls_only():
    """The module holds the inside whole, with what it uses of base; the linker refuses whatever is neither there nor in libc."""
    used = undefined("sandbox/libinside.so", "-D")
    assert {"syscall", "prctl", "setsid"} <= used
    assert not {name for name in used if not re.fullmatch(OF_LIBC, name, re.X)}


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers call their own library")
def test_the_release_calls_nothing():
    """It is to run inside an interpreter. The stack protector's is the compiler's own, and not there in what links no libc."""
    assert undefined("sandbox/libinside.a.p/inside_release.c.o") <= {"__stack_chk_fail"}


@pytest.mark.parametrize("library, forbidden", [
    ("sandbox/libsandbox.a", r"json_\w+"),
    ("runner/librunner.a", r"mount|umount2?|setns|unshare|clone3?|pivot_root|seccomp_\w+|cap_\w+|set(res)?[ug]id"),
])
def test_sides_keep_apart(library, forbidden):
    used = undefined(library)
    assert used, library
    assert not {name for name in used if re.fullmatch(forbidden, name)}


def test_map_in_main_is_true():
    text = (ROOT / "runner/main.c").read_text()
    named = {name for line in re.findall(r"^ \*   (\S+\.c(?:, \S+\.c)*)", text, re.M) for name in line.split(", ")}
    folders = {folder: {path.name for path in (ROOT / folder).glob("*.c")} for folder in LAYERS[:-1]}
    assert named
    for name in named:
        assert any(name.split("/")[-1] in files for files in folders.values()), name


def test_every_file_opens_with_its_licence_and_title():
    for path in SOURCES:
        lines = (ROOT / path).read_text().splitlines()
        assert lines[0] == "/* SPDX-License-Identifier: MIT */", path
        assert lines[1].startswith("/* ") and len(lines[1]) > 10, path
