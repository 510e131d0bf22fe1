# SPDX-License-Identifier: MIT
"""The source tree keeps its own rules: includes, forbidden calls, file names, and a map in main.c that matches the tree."""
import functools
import re
import subprocess

import figures
import pytest

from conftest import BUILD, ROOT

IS_SANITIZER_BUILD = "-fsanitize" in (BUILD / "build.ninja").read_text()
HAS_LAYERS_OFF = "#define EXRUN_LAYERS_OFF 1" in (BUILD / "config.h").read_text()
SOURCES = sorted(path.relative_to(ROOT) for path in figures.sources())

# The folders that each folder may include, besides itself: arrows go one way.
MAY_INCLUDE = {
    "sandbox/base": [],
    "sandbox/plan": ["sandbox/base"],
    "sandbox/policy": ["sandbox/base", "sandbox/plan"],
    "sandbox/inside": ["sandbox/base", "sandbox/plan"],
    "sandbox/cell": ["sandbox/base", "sandbox/plan", "sandbox/inside"],
    "sandbox/userns": ["sandbox/base", "sandbox/plan", "sandbox/cell"],  # it maps as many IDs as there are slots
    "sandbox/cache": ["sandbox/base", "sandbox/plan"],
    "sandbox/run": ["sandbox/base", "sandbox/plan", "sandbox/policy", "sandbox/inside", "sandbox/cell", "sandbox/cache"],
    "sandbox/warm": ["sandbox/base", "sandbox/plan", "sandbox/inside", "sandbox/cell", "sandbox/cache", "sandbox/run"],
    "sandbox/keeper": ["sandbox/base", "sandbox/plan", "sandbox/cell", "sandbox/run", "sandbox/warm"],
    "sandbox/warden": ["sandbox/base", "sandbox/plan", "sandbox/inside", "sandbox/cell", "sandbox/run", "sandbox/keeper"],
    "sandbox/doctor": ["sandbox/base", "sandbox/plan", "sandbox/inside", "sandbox/cell", "sandbox/userns", "sandbox/cache", "sandbox/run"],
    "runner/text": ["sandbox/base", "sandbox/plan"],
    "runner/language": ["sandbox/base", "sandbox/plan", "sandbox/userns", "runner/text"],  # enter.c notes the profiles that can be trusted before it enters a user namespace
    "runner/request": ["sandbox/base", "sandbox/plan", "runner/text", "runner/language"],
    "runner/answer": ["sandbox/base", "sandbox/plan", "sandbox/inside", "sandbox/cell", "sandbox/userns", "sandbox/run", "runner/text", "runner/language"],
    "runner/library": ["sandbox/base", "sandbox/plan", "sandbox/cell", "sandbox/run", "runner/text", "runner/language", "runner/request", "runner/answer"],
    "runner/front": ["sandbox/base", "sandbox/plan", "sandbox/keeper", "sandbox/warden", "runner/text", "runner/language", "runner/request", "runner/answer"],
    "runner/audit": ["sandbox/base", "sandbox/plan", "runner/text", "runner/language", "runner/answer"],
    "runner/command": ["sandbox/base", "sandbox/plan", "sandbox/policy", "sandbox/cell", "sandbox/cache", "sandbox/run", "sandbox/doctor", "sandbox/warden", "runner/text", "runner/language", "runner/request", "runner/answer", "runner/library", "runner/front", "runner/audit"],
    "runner": ["sandbox/base", "runner/text", "runner/answer", "runner/command"],
}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_includes_go_one_way(path):
    for included in re.findall(r'#include "([^"]+)"', (ROOT / path).read_text()):
        room = included.rpartition("/")[0]
        if included == "config.h" or included == "exrun/exrun.h" and path.parts[0] == "runner":
            continue
        assert room == str(path.parent) or room in MAY_INCLUDE[str(path.parent)], f"{path} includes {included}"


def test_no_room_may_include_more_than_it_does():
    used = {}
    for path in SOURCES:
        rooms = {included.rpartition("/")[0] for included in re.findall(r'#include "((?:sandbox|runner)/[^"]+)"', (ROOT / path).read_text())}
        used.setdefault(str(path.parent), set()).update(rooms - {str(path.parent)})
    assert used == {room: set(others) for room, others in MAY_INCLUDE.items()}


# Files without a header of the same name.
WITHOUT_HEADER = {
    "runner/main.c": "the program",
    "sandbox/policy/generate.c": "a program that runs while exrun is built",
    "runner/library/exrun.c": "include/exrun/exrun.h is its header",
    "sandbox/cell/cgroup_v1.c": "one of two tables of cgroup_ops.h",
    "sandbox/cell/cgroup_v2.c": "one of two tables of cgroup_ops.h",
    **{f"runner/command/{name}.c": "one of the rows of command.h" for name in ("audit", "cache", "clean", "doctor", "maintenance", "profile", "run", "serve", "status")},
    "runner/front/resolver.c": "stands for functions of libc",
    "sandbox/warm/shim_calls.c": "likewise, in an interpreter",
}


def test_every_source_has_a_header_of_its_name():
    without = {str(path) for path in SOURCES if path.suffix == ".c" and not (ROOT / path).with_suffix(".h").exists()}
    assert without == set(WITHOUT_HEADER)


# All functions of libc that may be used between clone and exec: system calls, and functions that read or write the memory they are given.
# They don't allocate, format, lock, or read the caller's environment.
OF_LIBC = r"""__cxa_finalize|__gmon_start__|_ITM_\w+|__errno_location|__stack_chk_fail
    |__(memcpy|strncat|read|recv|poll|ppoll)_chk|mem(cpy|set|cmp|move)|str(chr|cmp|len|ncmp|ncat)
    |syscall|prctl|clock_gettime|personality|umask|unshare|setns|setsid|sethostname|setdomainname|[gs]etpriority|sched_(getscheduler|yield)
    |(f?chdir|f?ch(mod|own)(at)?|mkdirat|mknodat|symlinkat|unlinkat)|open(at)?(64)?|close|close_range|read|write|dup[23]|fcntl(64)?|pipe2|f?stat(64)?
    |mount|umount2|fs(config|mount|open|pick)|mount_setattr|move_mount|open_tree|mmap(64)?|munmap
    |[gs]etrlimit(64)?|(send|recv)msg|p?poll|waitpid|uname|sig(action|addset|emptyset|procmask)|_exit|set(res)?[gu]id|setgroups"""


@functools.cache
def undefined(path, *flags):
    symbols = subprocess.run(["nm", "--undefined-only", *flags, BUILD / path], capture_output=True, text=True, check=True)
    return {name.split("@")[0] for name in re.findall(r" U (\S+)", symbols.stdout)}


@pytest.mark.skipif(IS_SANITIZER_BUILD or HAS_LAYERS_OFF, reason="the sanitizers bring a library of their own; missing layers are asked of the environment")
def test_what_runs_between_clone_and_exec_makes_system_calls_only():
    """The module contains all of inside, with the parts of base that it uses. If a symbol is neither in it nor in libc, the linker refuses it."""
    used = undefined("sandbox/libinside.so", "-D")
    assert {"syscall", "prctl", "setsid"} <= used
    assert not {name for name in used if not re.fullmatch(OF_LIBC, name, re.X)}


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers call their own library")
def test_the_release_calls_nothing():
    """It must run inside an interpreter. The symbol of the stack protector comes from the compiler, and is missing if libc is not linked."""
    assert undefined("sandbox/libinside.a.p/inside_release.c.o") <= {"__stack_chk_fail"}


@pytest.mark.parametrize("library, forbidden", [
    ("sandbox/libsandbox.a", r"json_\w+|reg(comp|exec)|(__)?v?[df]?printf(_chk)?|puts|putchar|perror"),
    ("runner/librunner.a", r"mount|umount2?|setns|unshare|clone3?|fork|pivot_root|seccomp_\w+|cap_\w+|set(res)?[ug]id|kill|f?chown(at)?|syscall"),
])
def test_sides_keep_apart(library, forbidden):
    used = undefined(library)
    assert used, library
    assert not {name for name in used if re.fullmatch(forbidden, name)}


# Functions that only these files may call: by folder/file, with the reason.
CALLERS = {
    "syscall": {
        "cell/reclaim": "listmount(2)", "inside/identity": "capset(2), which libc does not have", "inside/init": "clone3(2)", "inside/landlock": "landlock_*(2)",
        "inside/policy_load": "seccomp(2)", "inside/proc_files": "sched_getaffinity(2), of more CPUs than libc's set has room for",
        "inside/root": "pivot_root(2)", "inside/steps": "keyctl(2), ioprio_set(2) and the like",
        "base/scheduling": "sched_setattr(2)", "cell/cell": "clone3(2), pidfd_send_signal(2)", "cell/template_namespace": "clone3(2)", "cell/cgroup_v1": "eventfd on memory.oom_control", "doctor/host_checks": "asks which calls there are",
        "plan/machine": "seccomp(2), to ask", "run/artifact_open": "openat2(2)", "run/locks": "pidfd_open(2), pidfd_getfd(2)",
        "run/locks_held": "pidfd_open(2)", "userns/userns": "pidfd_open(2)",
        "warden/front_confine": "pivot_root(2)"},
    "clone|vfork|posix_spawnp?|system|popen": {},
    "exec(l|v)\\w*": {"userns/userns": "newuidmap and newgidmap"},
    "fork": {"warden/children": "keepers and the front", "warden/load": "a child that reads the profiles", "doctor/host_checks": "a child that tries namespaces", "userns/userns": "newuidmap and newgidmap work from outside"},
    "setns": {"cell/network": "back to its own", "inside/root": "the root of its keeper's template", "inside/steps": "the network of its keeper"},
    "unshare": {"cell/network": "a keeper's, for its cells", "cell/root_template": "a keeper's, for its cells", "inside/root": "a copy of its keeper's template", "inside/steps": "the network and the sight of groups", "doctor/host_checks": "a child that tries namespaces", "userns/userns": "the user's namespace", "warden/front_confine": "the front's"},
    "mount|umount2": {"inside/root": "the cell's root", "cell/root_template": "the root that a keeper keeps", "cell/template_namespace": "that root alone", "warden/front_confine": "the front's, which is empty"},
    "kill": {"warden/warden": "a front that breaks the rules", "warden/state": "a front that does not read", "warden/children": "a process that hangs, and all at the end of the service", "userns/userns": "a tool that maps ids and hangs"},
    "[lf]?chown(at)?": {"inside/root": "the cell's own files", "cell/cell": "the program's pipes are its own", "warden/listener": "the group of a socket", "warden/log_file": "the group of the log"},
    "shmget": {"audit/canary": "a segment that no cell may reach"},
    "(secure_)?getenv": {"text/environment": "the settings", "text/search_path": "where profiles and probes are", "command/audit": "a cache that was named for it", "command/manager": "what a service manager says"},
    "setenv": {"audit/canary": "a secret that no cell may read", "command/audit": "probes must not drive out what visitors had compiled"},
    "regcomp": {"text/expression": "a language's patterns"},
    "strtok(_r)?": {"cell/cgroup_tree": "words of a kernel file", "audit/probe": "words of a probe's head"},
    "(__isoc\\d+_)?sscanf": {
        "cell/reclaim": "mountinfo", "plan/machine": "the kernel's version", "run/locks": "fdinfo", "run/locks_held": "fdinfo", "userns/userns": "/etc/subuid"},
}
OBJECTS = sorted(path for folder in ("sandbox/libsandbox.a.p", "sandbox/libinside.a.p", "sandbox/libcalls.a.p", "runner/librunner.a.p", "runner/libservice.a.p", "exrun.p") for path in (BUILD / folder).glob("*.c.o"))


@pytest.mark.skipif(IS_SANITIZER_BUILD or HAS_LAYERS_OFF, reason="the sanitizers call more; missing layers are asked of the environment")
@pytest.mark.parametrize("symbol", CALLERS)
def test_few_may_call(symbol):
    callers = {path.name.removesuffix(".c.o").replace("_", "/", 1) for path in OBJECTS
               if any(re.fullmatch(symbol, name) for name in undefined(path.relative_to(BUILD)))}
    assert callers == set(CALLERS[symbol])


# Files of sandbox/ that contain words for people. All others report codes, which runner/answer/ words.
WITH_WORDS = {
    "sandbox/doctor/host_checks.c": "a table of checks that consists of words: what was found, its costs, the remedy",
    "sandbox/policy/common.c": "the table's column of what a rule is for",
    "sandbox/policy/policy.c": "what a rule without such words is for",
    "sandbox/policy/generate.c": "prints a source file while exrun is built",
    "sandbox/plan/limits.c": "the table's column of what a limit counts",
    "sandbox/inside/proc_files.c": "the text of the cell's own files in /proc",
    "sandbox/inside/root.c": "the text of the cell's own system files",
    "sandbox/inside/steps.c": "the table's column of what a step takes away",
    "sandbox/run/verdict.c": "the table's column of what a verdict means",
}
# Texts of files and their formats.
NO_WORDS = {"exrun c3", "boot %s pid %d taken %lld%s%s\\n", "%u %u 1\\n", "%d %d", "%*d %*d %u:%u", "Tgid: %d",
            "SigPnd: %llx ShdPnd: %llx SigBlk: %llx SigIgn: %llx", "lock: %*d: %*s %*s %*s %*d %x:%x:", "%*s %*s %*s %x:%x", "%*s %*s %*s %*s %*s %*s %lu"}


def texts(path):
    """The texts in the code, without comments and what the compiler alone reads."""
    code = re.sub(r"/\*.*?\*/|#include[^\n]*|_Static_assert\([^;]*;", "", path.read_text(), flags=re.S)
    return re.findall(r'"((?:[^"\\\n]|\\.)*)"', code)


def test_words_are_made_on_the_side_of_text():
    """Two words with a blank between them are for people."""
    two_words = re.compile(r"[a-z%*][\w'%*]*:? [\w'%*]*[a-z%]")
    found = {str(path) for path in SOURCES if path.parts[0] == "sandbox" for text in texts(ROOT / path) if two_words.search(text) and text not in NO_WORDS}
    assert found == set(WITH_WORDS)


# Files that include each other's headers, directly or in a circle: each row is one module in several files.
MODULES_IN_SEVERAL_FILES = [
    ("runner/answer/faults", "runner/answer/faults_job", "runner/answer/faults_place", "runner/answer/faults_warm"),
    ("runner/front/connection", "runner/front/connection_access", "runner/front/connection_answer", "runner/front/connection_drain", "runner/front/connection_head", "runner/front/connection_part", "runner/front/connection_place", "runner/front/connection_reader", "runner/front/departures", "runner/front/front", "runner/front/front_accept", "runner/front/front_cell", "runner/front/front_demand", "runner/front/front_fault", "runner/front/front_input", "runner/front/front_keepers", "runner/front/front_kept", "runner/front/front_keys", "runner/front/front_log", "runner/front/front_memory", "runner/front/front_metrics", "runner/front/front_orders", "runner/front/front_places", "runner/front/front_plan", "runner/front/front_pool", "runner/front/front_reload", "runner/front/front_run", "runner/front/front_standing", "runner/front/front_status", "runner/front/front_stream", "runner/front/front_switches", "runner/front/front_told", "runner/front/front_variants", "runner/front/front_versions", "runner/front/front_waiters", "runner/front/front_warm", "runner/front/kept_answers", "runner/front/listening", "runner/front/openapi", "runner/front/resource_url", "runner/front/restored_events", "runner/front/route_events", "runner/front/route_input", "runner/front/route_page", "runner/front/route_post", "runner/front/route_profiles", "runner/front/route_resource", "runner/front/route_run", "runner/front/routes", "runner/front/run_events"),
    ("runner/front/pool", "runner/front/pool_targets"),
    ("runner/language/language_find", "runner/language/language_read"),
    ("runner/text/json", "runner/text/json_bounds", "runner/text/json_place"),
    ("sandbox/cell/cell", "sandbox/cell/cell_start"),
    ("sandbox/cell/cgroup", "sandbox/cell/cgroup_figures", "sandbox/cell/cgroup_ops", "sandbox/cell/cgroup_tree"),
    ("sandbox/keeper/keeper", "sandbox/keeper/keeper_run", "sandbox/keeper/keeper_state"),
    ("sandbox/plan/name_check", "sandbox/plan/pattern"),
    ("sandbox/run/artifacts", "sandbox/run/artifacts_find"),
    ("sandbox/warden/event_log", "sandbox/warden/state"),
]


def modules(room):
    """The files of the room that each of its files includes, header and source together."""
    includes = {}
    for path in SOURCES:
        if str(path.parent) == room:
            names = re.findall(rf'#include "{room}/(\w+)\.h"', (ROOT / path).read_text())
            includes.setdefault(path.stem, set()).update(set(names) - {path.stem})
    return includes


def reached(includes, start):
    seen, todo = set(), list(includes.get(start, ()))
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += includes.get(name, ())
    return seen


def test_a_circle_of_includes_is_one_module():
    circles = set()
    for room in MAY_INCLUDE:
        includes = modules(room)
        circles |= {frozenset(f"{room}/{other}" for other in reached(includes, name) if name in reached(includes, other)) for name in includes} - {frozenset()}
    assert circles == {frozenset(row) for row in MODULES_IN_SEVERAL_FILES}


def defined(path):
    symbols = subprocess.run(["nm", "--defined-only", "--extern-only", path], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r" [TDBR] (\w+)", symbols))


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="one build is enough")
def test_what_a_header_declares_is_used_elsewhere():
    """If only the file itself or a test uses a function, it is static, or it is listed with the reason."""
    used = {}
    for path in [*OBJECTS, *BUILD.glob("sandbox/policy*.p/*.o"), *BUILD.glob("sandbox/park.so.p/*.o")]:
        for name in undefined(path.relative_to(BUILD)):
            used.setdefault(name, set()).add(path)
    unused = {name for path in OBJECTS for name in defined(path) if not used.get(name, set()) - {path} and not name.startswith("exrun_")} - {"main"}
    assert unused == set(USED_BY_TESTS_ONLY)


USED_BY_TESTS_ONLY = {
    **dict.fromkeys(("getaddrinfo", "freeaddrinfo", "getservbyname", "getprotobynumber"), "libevent names them"),
    "n_error_kinds": "bounds of the table, for the fuzzer",
    "nearest_distance": "a sum of its own, whose unit test is a table",
    "fd_limit_entries": "the count of an old kernel",
}


def test_the_map_in_main_names_every_file():
    text = (ROOT / "runner/main.c").read_text()
    rooms = dict(re.findall(r"^ \*   ((?:sandbox|runner)/\w+) +[^\n]*:\n((?: \*       [\w ]+\n)+)", text, re.M))
    named = {room: set(re.findall(r"\w+", names)) for room, names in rooms.items()}
    there = {}
    for path in SOURCES:
        there.setdefault(str(path.parent), set()).add(path.stem)
    del there["runner"]
    assert named == there


def test_every_file_opens_with_its_licence_and_title():
    for path in SOURCES:
        lines = (ROOT / path).read_text().splitlines()
        assert lines[0] == "/* SPDX-License-Identifier: MIT */", path
        assert lines[1].startswith("/* ") and len(lines[1]) > 10, path


def test_files_and_functions_stay_small(capsys):
    """Prints the figures, so that authors of a change see which parts grow."""
    found = figures.figures()
    with capsys.disabled():
        print("\n" + "\n".join(f"{name}: {value[0] if isinstance(value, list) and value else value}" for name, value in found.items()))
    assert found["median lines of a file"] <= 200
    assert found["longest files"][0][0] <= 400
    assert found["longest functions"][0][0] <= 60
    assert not found["functions with six and more parameters"]


def test_the_drawing_is_of_this_code():
    drawn = subprocess.run([ROOT / "docs/rooms.py"], capture_output=True, text=True, check=True).stdout
    assert drawn == (ROOT / "docs/rooms.svg").read_text(), "docs/rooms.py >docs/rooms.svg"


def test_the_terminal_shows_the_recorded_session():
    drawn = subprocess.run([ROOT / "docs/terminal.py"], capture_output=True, text=True, check=True).stdout
    assert drawn == (ROOT / "docs/terminal.svg").read_text(), "docs/terminal.py >docs/terminal.svg"
    assert len(drawn) < 30_000 and "<script" not in drawn
    assert float(re.search(r"animation:([\d.]+)s", drawn)[1]) <= 12


def test_documents_name_parts_of_the_time_that_there_are():
    words = set(re.findall(r'\[TIMING_\w+\] = "(\w+)"', (ROOT / "sandbox/base/timing.c").read_text()))
    text = (ROOT / "docs/architecture.md").read_text()
    listed = re.search(r"CPUs\s+\(microseconds\): ([^.]+)\.", text)[1]
    assert set(re.findall(r"[a-z]+", listed)) <= words and len(words) > 10
