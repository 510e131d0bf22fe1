# SPDX-License-Identifier: MIT
"""A program can observe the same in a parked cell as in a cold one. More than a thousand programs run cold and warm, and, if that differs, cold again, and their results are
compared, member by member. The programs are in tests/warm-programs, and in the other tests: courses, examples, hostile programs, sentences.

One service has a language twice: "php-warm" is the shipped profile, and "php" is the same without "warm". Java, which is compiled, runs both ways with
the former. Another language needs a row in CHANGES and ASKERS, and in LINES of tests/kit/programs.py."""
import base64
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
import serving as kit  # noqa: E402
from events import Stream  # noqa: E402
from programs import collect  # noqa: E402
from serving import start  # noqa: E402, F401
from test_same_results import MAY_DIFFER, flat  # noqa: E402
from test_warm import WARM, cell_of, shim  # noqa: E402, F401

KEEPS_JAVA = "java"
MARK = "\ufeff".encode()  # a plan removes it before "#!"
CELLS = {"running": 4, "keepers": 14}
# Each so many programs, which are still hundreds; all of them by EXRUN_ALL_PROGRAMS=1.
STEP = 8 if IS_SANITIZER_BUILD else 1 if os.environ.get("EXRUN_ALL_PROGRAMS") else 3
# What is another in each run by its nature: the ID, the profile's name, and the addresses of resources; and what cold_one() changes.
ALSO_DIFFERS = re.compile(r"/id|/profile|/limits/processes|/timing/warm|/output_url|/artifacts/\d+/url")
# The only rules for text: an address in memory, which each process has others of, and the user ID of the cell's slot.
TEXT_DIFFERS = re.compile(r"\b0x[0-9a-f]{6,16}\b|\b19000[0-9]{5}\b")
# These programs take another cell, warm too. All others must run in a parked one.
ELSEWHERE = {"odd/BOM and an interpreter", "odd/PK", "odd/UTF-16", "odd/an archive", "odd/an image", "odd/an unknown interpreter", "odd/another interpreter", "odd/half a character",
             "odd/latin-1", "odd/options", "sentences/lua-latin-1", "sentences/perl-latin-1", "sentences/javascript-latin-1", "sentences/perl-latin-1-in-a-name", "sentences/py-latin-1",
             "sentences/ruby-latin-1"}
# Programs that are not the same, with the reason and what differs. If a difference goes, its row must go.
KNOWN = {
    ("python", "inode-numbers"): "the placeholder had a number in the tmpfs of /box, so the visitor's files have others",
    ("bash", "age-of-folders"): "/etc/ld.so.preload was there for a moment, so /etc is newer than the rest of the root",
    ("lua", "figures-of-input"): "the dynamic linker has read the head of the shim: 832 bytes in one call",
}
# Chance decides what they print or how they end, cold as well.
BY_CHANCE = re.compile(r"hostile/files/artifact-(swapped|replaced-by-fifo)|hostile/resources/(fork-bomb-of-the-shell|disk-of-deleted-files)|examples/fork-bomb.sh|runs/bash-many-are-killed|"
                       r"timers-order|"  # of 0, 1 and 2 ms: on a slow machine all are due at the first look
                       r"sentences/\w+-open-files")  # exrun looks now and then whether a process has all its descriptors
# They take seconds, and look at what other programs look at as well: clocks and limits.
TOO_SLOW = re.compile(r"runs/(python-locks-among-many|python-record-locks-without-end|\w+-timeout-keeps-output|\w+-a-little-late-is-in-time|python-cpu-nearly|bash-memory-file|bash-heap)|"
                      r"runs/\w+-cpu-(timeout|is-summed|of-an-escaped-child)|recursion/bash-with-arguments|languages/(lua-memory|\w+-loop)|sentences/(too-many-files.*|endless-loop)|"
                      r"examples/(endless-loop.php|cpu-of-four.py)|courses/modules|hostile/resources/(cpu-in-excess|cpu-of-many-short-ones|disk-deep-tree)")
# Programs that look at the time of their start. They come first, in cells that have waited for seconds.
ABOUT_TIME = re.compile(r"start-.*|seconds|times-from-the-start|epoch|request-time|request-time-agrees.*|time-is-now|entry-file-times|usage-is-small|clock-is.*|file-ages")
# Each program of Java is compiled first, so it has only some of those that others have as well, and none that the compiler refuses.
ALL_BUT = {"java": re.compile(r"laravel/.*|examples/index.java|languages/java-(hello|mistake|memory|args|no-program)|odd/(an empty entry|many files|files in the|a large file|everything|more|a nearly).*|"
                              r"sentences/java-(words.*|assert again|latin-1.*|empty|comment|two-mains.*|folder|array-size|direct-memory|read-only|directory|disk|file|main.*)")}
PROCESSES = {language: json.loads((ROOT / f"profiles/{language}.json").read_text()).get("limits", {}).get("default", {}).get("processes", 0) for language in WARM}
IS_COMPILED = {language: "compile" in json.loads((ROOT / f"profiles/{language}.json").read_text()) for language in WARM}
PROGRAMS = {language: [(name, request) for name, request in collect(language) if not any(left_out.fullmatch(name) for left_out in (BY_CHANCE, TOO_SLOW, ALL_BUT.get(language)) if left_out)] for language in WARM}
for programs in PROGRAMS.values():
    programs.sort(key=lambda program: not ABOUT_TIME.fullmatch(program[0]))


@pytest.fixture
def service_with(start, tmp_path, shim):
    """Starts a service with one language, cold and warm: service_with("php", run=[...]) changes members of the warm profile."""

    def call(language, **changes):
        folder = tmp_path / "profiles"
        folder.mkdir()
        profile = json.loads((ROOT / f"profiles/{language}.json").read_text())
        profile["mounts"].append(str(shim))
        warm = {**profile, "name": f"{language}-warm", **changes}
        for one in ({**profile, "warm": "none"}, warm):
            (folder / f"{one['name']}.json").write_text(json.dumps(one))
        if IS_COMPILED[language]:  # it compiles faster then
            subprocess.run([EXRUN, "cache", "warm", "--profiles", folder, warm["name"]], check=True, capture_output=True, timeout=120)
        start({"cells": {**CELLS, "profiles": {language: {"floor": 2, "ceiling": 4}, warm["name"]: {"floor": 5, "ceiling": 7}}}}, profiles=folder)
        kit.wait_for_versions()

    return call


def how_many_wait(name):
    return next(one for one in kit.call("GET", "/v1/status", address=kit.ADMIN).json["profiles"] if one["name"] == name)["parked"]


def let_cells_wait(name):
    """Waits until some cells have waited for longer than a program's own idea of "now" is wide."""
    kit.wait_until(lambda: how_many_wait(name) >= 4)
    time.sleep(3)


def cold_one(language, request, is_changed=False):
    """A request that takes a usual cell. What is compiled has the profile of the parked cells, unless that is another, so that it is compiled once: no
    interpreter waits for a request with a process less."""
    if not IS_COMPILED[language] or is_changed:
        return {**request, "profile": language}
    return {**request, "profile": f"{language}-warm", "limits": {**request.get("limits", {}), "processes": PROCESSES[language] - 1}}


def run_cold(language, request, is_changed=False):
    result = kit.run(cold_one(language, request, is_changed))
    assert cell_of(result) in ("ready", "cold") and result["timing"]["warm"] is False
    return result


def goes_elsewhere(language, request):
    """Returns true if a program takes another cell, because the interpreter looks at it before it opens its entry file as such, or may do so."""
    sources = [request["source"]] if "source" in request else [file["content"] for file in request.get("files", []) if re.fullmatch(r"main\.\w+", file["path"])]
    contents = [source.encode() if isinstance(source, str) else base64.b64decode(source["content"]) for source in sources]
    return not IS_COMPILED[language] and any(content.removeprefix(MARK).startswith((b"#!", b"PK")) or not is_utf8(content) for content in contents)


def is_utf8(content):
    try:
        return content.decode() is not None
    except UnicodeDecodeError:
        return False


def compile_first(language, request, is_changed=False):
    """A run that has to be compiled takes another cell, so the classes have to be in the cache."""
    for one in [cold_one(language, request, is_changed), {**request, "profile": f"{language}-warm"}][:1 + is_changed] if IS_COMPILED[language] else ():
        result = kit.run(one)
        assert result["verdict"] != "compile_failed", result["compile"]


def run_warm(language, request):
    """A cell may be taken by another run, so it tries again. A program that goes to another cell does so each time."""
    name = f"{language}-warm"
    for _ in range(20):
        kit.wait_until(lambda: how_many_wait(name))
        result = kit.run({**request, "profile": name})
        if (cell_of(result) == "parked") != goes_elsewhere(language, request):
            assert result["timing"]["warm"] is (cell_of(result) == "parked")
            return result
    raise AssertionError(f"the cell was {cell_of(result)}")


def observed(result):
    """Each member of a result that has to be the same, by its place."""
    return {place: TEXT_DIFFERS.sub("X", value) if isinstance(value, str) else value
            for place, value in flat(result) if not MAY_DIFFER.fullmatch(place) and not ALSO_DIFFERS.fullmatch(place)}


def difference(one, other):
    left, right = observed(one), observed(other)
    return {place: (left.get(place), right.get(place)) for place in sorted(left.keys() | right.keys()) if left.get(place) != right.get(place)}


def look(language, request, is_changed=False):
    """Returns what is wrong with a program: {} if it was the same each time. A program that "varies" prints something that must be another in each run."""
    request = dict(request)
    varies = request.pop("varies", False)
    compile_first(language, request, is_changed)
    if varies:
        runs = [run_cold(language, request, is_changed) for _ in range(2)] + [run_warm(language, request) for _ in range(2)]
        texts = [result["stdout"] for result in runs]
        return {} if len(set(texts)) == len(texts) and all(difference({**runs[0], "stdout": ""}, {**result, "stdout": ""}) == {} for result in runs) else {"does not vary": texts}
    first = run_cold(language, request, is_changed)
    found = difference(first, run_warm(language, request))
    chance = difference(first, run_cold(language, request, is_changed)) if found else {}
    return {"cold twice": chance} if chance else found


def look_again(language, request, is_changed):
    """On a busy machine a program can be late, so a difference doesn't count if it is absent twice after that."""
    found = look(language, request, is_changed)
    return found and (look(language, request, is_changed) or look(language, request, is_changed))


def look_at_all(language, programs, is_changed=False):
    def one(program):
        begun = time.monotonic()
        try:
            return program[0], look_again(language, program[1], is_changed), time.monotonic() - begun
        except AssertionError as problem:
            return program[0], {"failed": str(problem)}, time.monotonic() - begun

    with ThreadPoolExecutor(CELLS["running"]) as pool:
        return list(pool.map(one, programs))


def from_difference(one, other):
    """Two values, and of long texts what is around the first character that is not the same."""
    if not isinstance(one, str) or not isinstance(other, str):
        return one, other
    at = max(0, len(os.path.commonprefix([one, other])) - 40)
    return one[at:at + 200], other[at:at + 200]


def told(found):
    """A message with all programs that were not the same."""
    lines = [f"{len(found)} programs differ"]
    for name, places in found.items():
        lines.append(f"{name}:")
        for place, values in places.items():
            if place == "cold twice":
                lines += [f"    cold twice: {inner}: {from_difference(*pair)}" for inner, pair in values.items()]
            else:
                lines.append(f"    {place}: {from_difference(*values) if isinstance(values, tuple) else values}")
    return "\n".join(lines)


@pytest.mark.parametrize("language", WARM)
def test_a_program_can_observe_the_same(service_with, language):
    service_with(language)
    programs = PROGRAMS[language][::STEP]
    let_cells_wait(f"{language}-warm")
    results = look_at_all(language, programs)
    if os.environ.get("EXRUN_SLOWEST"):  # a file that gets the time of each program
        with open(os.environ["EXRUN_SLOWEST"], "a") as report:
            report.writelines(f"{seconds:.2f} {language}/{name}\n" for name, _, seconds in results)
    found = {name: one for name, one, _ in results if one}
    known = {name: found.pop(name, {}) for name, _ in programs if (language, name) in KNOWN}
    if found:
        pytest.fail(told(found), pytrace=False)
    assert all(one.keys() == {"/stdout"} for one in known.values()), known


# One more option or variable, which only the interpreter that waits has, and programs that notice.
CHANGES = {
    "php": ({"run": lambda argv: [argv[0], "-d", "precision=5", *argv[1:]]}, {"settings", "numbers", "command-line"}),
    "python": ({"run": lambda argv: [argv[0], "-O", *argv[1:]]}, {"flags", "command-line", "optimised", "arguments"}),
    "perl": ({"run": lambda argv: [argv[0], "-w", *argv[1:]]}, {"special-variables", "command-line"}),
    "bash": ({"env": lambda env: {**env, "MORE": "x"}}, {"environment", "all-variables"}),
    "lua": ({"run": lambda argv: [argv[0], "-W", *argv[1:]]}, {"arguments", "command-line"}),
    "ruby": ({"run": lambda argv: [argv[0], "-w", *argv[1:]]}, {"verbose-of-options", "command-line", "warnings-when-compiled"}),
    "javascript": ({"run": lambda argv: [argv[0], "--no-warnings", *argv[1:]]}, {"arguments", "command-line", "warnings-printed"}),
    "java": ({"run": lambda argv: [argv[0], "-Dmore=x", *argv[1:]]}, {"system-properties", "command-line"}),
}


@pytest.mark.parametrize("language", CHANGES)
def test_a_difference_would_be_found(service_with, language):
    changes, noticed = CHANGES[language]
    profile = json.loads((ROOT / f"profiles/{language}.json").read_text())
    service_with(language, **{member: change(profile.get(member)) for member, change in changes.items()})
    own = {name: request for name, request in PROGRAMS[language] if "/" not in name and not request.get("limits")}
    names = noticed | set(sorted(own)[::16])
    found = {name: one for name, one, _ in look_at_all(language, [(name, own[name]) for name in sorted(names)], is_changed=True) if one}
    assert noticed <= found.keys() and len(found) < len(names), told(found)


@pytest.mark.parametrize("language, noticed", [("perl", {"start-time", "start-time-at-compile-time", "file-ages"}), ("bash", {"seconds", "seconds-in-arithmetic", "times-from-the-start"})])
def test_an_old_time_would_be_found(service_with, language, noticed):
    """Without "fresh", the interpreter has the time at which it began to wait."""
    service_with(language, warm={"how": "park"})
    let_cells_wait(f"{language}-warm")
    programs = [(name, request) for name, request in PROGRAMS[language] if name in noticed]
    assert {name for name, one in ((name, difference(run_cold(language, request), run_warm(language, request))) for name, request in programs) if one} == noticed


@pytest.mark.parametrize("source, problem", [("echo $BASHPID; date +%N", "cold twice"), ("echo always", "does not vary")])
def test_chance_is_found(service_with, source, problem):
    """A program that is another in each cold run can show nothing, and one that should be must be."""
    service_with("bash")
    assert look("bash", {"source": source, "varies": problem == "does not vary"}).keys() == {problem}


def test_there_are_enough_programs():
    names = [(language, name) for language in PROGRAMS for name, _ in PROGRAMS[language]]
    assert len(names) == len(set(names)) >= 1000
    assert all(sum("/" not in name for name, _ in PROGRAMS[language]) >= (40 if IS_COMPILED[language] else 60) for language in PROGRAMS)
    assert CHANGES.keys() == ASKERS.keys() == PROGRAMS.keys()
    elsewhere = {name for language in PROGRAMS for name, request in PROGRAMS[language] if goes_elsewhere(language, request)}
    assert elsewhere == ELSEWHERE


ASKERS = {
    "php": "<?php echo \"name?\\n\"; $name = fgets(STDIN); echo 'hello ', $name, 'age? '; echo fgets(STDIN) + 1, \"\\n\"; var_dump(fgets(STDIN));",
    "python": "name = input('name?\\n')\nprint('hello', name)\nprint(int(input('age? ')) + 1)\ninput()",
    "perl": "print \"name?\\n\"; my $name = <STDIN>; print \"hello $name\", \"age? \"; print <STDIN> + 1, \"\\n\"; print defined <STDIN> ? 1 : 0;",
    "bash": "echo name?; read name; echo hello $name; read -p 'age? ' age; echo $((age + 1)); read more; echo $?",
    "lua": "print('name?') local name = io.read() print('hello ' .. name) io.write('age? ') print(io.read('n') + 1) print(io.read('l', 'l'))",
    "ruby": "puts 'name?'; name = gets; print 'hello ', name, 'age? '; p gets.to_i + 1; p gets, $stdin.eof?",
    "javascript": "const lines = require('readline').createInterface({ input: process.stdin, output: process.stdout });\nlines.question('name?\\n', (name) => lines.question(`hello ${name}\\nage? `, (age) => console.log(+age + 1)));\n"
                  "lines.on('close', () => console.log('closed'))",
    "java": "import java.util.*;\npublic class Main { public static void main(String[] args) { Scanner in = new Scanner(System.in); System.out.println(\"name?\"); String name = in.nextLine();"
            "System.out.print(\"hello \" + name + \"\\nage? \"); System.out.println(in.nextInt() + 1); System.out.println(in.nextLine() + in.hasNextLine()); } }",
}
# The service can't see that these read, so the answer comes when the question was printed.
UNSEEN = {language for language in WARM if json.loads((ROOT / f"profiles/{language}.json").read_text()).get("reading") is False}


def talk(request, is_warm):
    """Talks to a program that asks twice. Returns its events, by kind and text, and its result."""
    run_id = f"talk-{os.urandom(4).hex()}"
    events, answers, is_unseen = [], ["Ada\n", "36\n", ""], request["profile"].removesuffix("-warm") in UNSEEN
    for event in Stream({**request, "id": run_id, "stdin_open": True}):
        is_question = event.type == "stdout" and re.search(r"\?\s$" if len(answers) > 1 else r"\d\n$", event.data["text"])
        if is_question if is_unseen else event.type == "reading":
            text = answers.pop(0) if answers else ""
            headers = {"Content-Type": "application/octet-stream"}
            assert kit.call("POST", f"/v1/runs/{run_id}/stdin" + ("" if text else "?close=1"), text.encode(), headers=headers).status == 204
        if events and events[-1][0] == event.type in ("stdout", "stderr"):
            events[-1][1] += event.data["text"]
        else:
            events.append([event.type, (event.data or {}).get("text")])
    result = event.data
    return (events, result) if (cell_of(result) == "parked") == is_warm else None


@pytest.mark.parametrize("language", ASKERS)
def test_a_conversation_is_the_same(service_with, language):
    service_with(language)
    compile_first(language, {"source": ASKERS[language]})
    cold, again = (talk(cold_one(language, {"source": ASKERS[language]}), is_warm=False) for _ in range(2))
    kit.wait_until(lambda: how_many_wait(f"{language}-warm"))
    warm = kit.wait_until(lambda: talk({"profile": f"{language}-warm", "source": ASKERS[language]}, is_warm=True))
    assert [kind for kind, _ in cold[0]].count("reading") >= (0 if language in UNSEEN else 2) and "37" in cold[1]["stdout"]
    assert cold[0] == again[0] == warm[0]
    assert difference(cold[1], again[1]) == difference(cold[1], warm[1]) == {}
