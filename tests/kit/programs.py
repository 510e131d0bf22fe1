# SPDX-License-Identifier: MIT
"""Programs of one language with their requests, from all over the repository, for tests that run them in two ways and compare.

Another language needs a row in LINES, and programs of its own in tests/warm-programs/LANGUAGE."""
import base64
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OWN = ROOT / "tests/warm-programs"
ENDINGS = {"php": ".php", "python": ".py", "perl": ".pl", "bash": ".sh", "lua": ".lua", "ruby": ".rb", "javascript": ".js", "java": ".java"}
LIMITS = {"wall": "wall_ms", "cpu": "cpu_ms", "memory": "memory_bytes", "processes": "processes", "output": "output_bytes", "disk": "disk_bytes", "files": "files"}
UNITS = {"": 1, "s": 1000, "ms": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def text_or_base64(content):
    """A string of JSON can have neither other bytes than UTF-8 nor NULs."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = None
    if text is not None and "\0" not in text:
        return text
    return {"encoding": "base64", "content": base64.b64encode(content).decode()}


def limits_of_probe(words):
    """From the words of a probe's head, such as "memory=48M wall=500ms"."""
    parsed = (re.fullmatch(r"(\w+?)=(\d+)([A-Za-z]*)", word).groups() for word in words.split())
    return {LIMITS[name]: int(amount) * UNITS[unit] for name, amount, unit in parsed}


def head(text, member):
    found = re.search(rf"^(?:#|//|--) {member}: (.*)$", text, re.M)
    return found and found.group(1)


def probes(ending):
    for path in sorted((ROOT / "tests/hostile").glob(f"*/*{ending}")):
        text = path.read_text()
        request = {"source": text, "limits": limits_of_probe(head(text, "limits") or "")}
        if head(text, "artifacts"):
            request["artifacts"] = head(text, "artifacts").split()
        if not head(text, "copies"):  # such probes look for one another
            yield f"hostile/{path.parent.name}/{path.stem}", request


def examples(ending):
    sys.path.append(str(ROOT / "examples"))
    import table
    for name, (_, limits) in table.EXAMPLES.items():
        if name.endswith(ending):
            yield f"examples/{name}", {"source": (ROOT / "examples" / name).read_text(), "limits": limits}
    for path in sorted((ROOT / "laravel/demo/resources/examples").rglob(f"*{ending}")):
        given = path.with_name(path.name + ".in")
        yield f"laravel/{path.name}", {"source": path.read_text(), **({"stdin": given.read_text()} if given.exists() else {})}


def rows(language):
    """Of the command's tests: every verdict, what each language says about a mistake, and the sentences."""
    sys.path.append(str(ROOT / "tests/cli"))
    from test_languages import ROWS, request_of
    from test_runs import TABLE
    from test_sentences import RECURSIONS, SAID
    for name, request in [*((f"runs/{row.id}", row.request) for row in TABLE), *((f"languages/{row[0]}-{row[1]}", request_of(*row)) for row in ROWS),
                          *((f"sentences/{row[0]}", row[1]) for row in SAID), *((f"recursion/{row[0]}", row[1]) for row in RECURSIONS)]:
        if request["profile"] == language:
            yield name, request


def own(language):
    """Below tests/warm-programs/LANGUAGE. A comment "exrun: {...}" in one of the first lines has the other members of the request."""
    for path in sorted((OWN / language).glob(f"*{ENDINGS[language]}")):
        content = path.read_bytes()
        found = re.search(rb"exrun: (\{.*\})", b"\n".join(content.split(b"\n")[:3]))
        yield path.stem, {"source": text_or_base64(content), **(json.loads(found.group(1)) if found else {})}


# A program of a line that names its line, and how a comment begins: for sources that are odd, byte by byte.
LINES = {
    "php": ("<?php echo 'line ', __LINE__, ' of ', basename(__FILE__), \"\\n\";", "<?php //"),
    "python": ("import inspect; print('line', inspect.currentframe().f_lineno, __file__)", "#"),
    "perl": ("print 'line ', __LINE__, ' of ', __FILE__, \"\\n\";", "#"),
    "bash": ("echo line $LINENO of $0;", "#"),
    "lua": ("print('line', debug.getinfo(1).currentline, arg[0])", "--"),
    "ruby": ("puts ['line', __LINE__, __FILE__, __ENCODING__].join(' ');", "#"),
    "javascript": ("console.log('line', new Error().stack.split('\\n')[1].match(/\\w+\\.js:\\d+/)[0]);", "//"),
    "java": ("public class Main { public static void main(String[] args) { System.out.println(\"line \" + new Throwable().getStackTrace()[0]); } }", "//"),
}


def odd_sources(language):
    line, comment = LINES[language]
    text = line + "\n"
    ending = "?>" if language == "php" else ""
    program = {"php": "php", "python": "python3", "lua": "lua5.4", "javascript": "node"}.get(language, language)
    yield from {
        "empty": "", "only a line feed": "\n", "only spaces": "   ", "only a comment": f"{comment} words", "no line feed at the end": line, "a byte": "x",
        "BOM": "\ufeff" + text, "BOM only": "\ufeff", "two BOMs": "\ufeff\ufeff" + text, "CR LF": f"{line}{ending}\r\n{line}{ending}\r\n", "CR": f"{line}\r{line}\r",
        "NUL at the end": text + "\0", "NUL in the middle": f"{text}\0{text}", "NUL at the start": "\0" + text, "NUL in a comment": f"{comment} a\0b\n{text}",
        "control Z": text + "\x1a", "form feed": "\f" + text, "line separators": f"{comment} a\u2028b\u0085c\n{text}", "a long line": f"{comment} {'x' * 300_000}\n{text}",
        "many lines": "\n" * 50_000 + text, "many programs": text * (1 if language == "php" else 2000), "4096 bytes": text.rjust(4096), "65536 bytes": text.rjust(65536), "8193 bytes": text.rjust(8193),
        "Unicode": f"{comment} zażółć 日本 🐘\n{text}", "latin-1": f"{comment} \xe4\n{text}".encode("latin-1"), "UTF-16": text.encode("utf-16"), "half a character": text.encode() + b"\xc3",
        "another interpreter": f"#!/usr/bin/env {program}\n{text}", "options": f"#!/usr/bin/{program} -w\n{text}", "an unknown interpreter": f"#!/no/such\n{text}",
        "a space and an interpreter": f" #!/bin/sh\n{text}", "a line feed and an interpreter": f"\n#!/bin/sh\n{text}", "BOM and an interpreter": f"\ufeff#!/bin/sh\n{text}",
        "an archive": "PK\x03\x04" + text, "PK": "PK", "bytecode": "\x1bLua" + text, "coding": f"# -*- coding: latin-1 -*-\n{text}", "an unknown coding": f"# coding: nonsense\n{text}",
        "coding after BOM": f"\ufeff# coding: utf-8\n{text}", "another coding after BOM": f"\ufeff# coding: latin-1\n{text}", "coding in line 2": f"\n# vim: set fileencoding=utf-8 :\n{text}",
        "an executable": b"\x7fELF\x02\x01\x01\0", "an image": b"\x89PNG\r\n\x1a\n",
    }.items()


def odd_requests(language):
    """Those with files, and other members."""
    profile = json.loads((ROOT / f"profiles/{language}.json").read_text())
    entry, source = profile["entry"], LINES[language][0] + "\n"
    yield "the entry among the files", {"files": [{"path": "a.txt", "content": "x"}, {"path": entry, "content": source}, {"path": "b.txt", "content": "x"}]}
    yield "an empty entry among the files", {"files": [{"path": entry, "content": ""}]}
    yield "many files", {"source": source, "files": [{"path": f"folder {n % 7}/ü-{n}.txt", "content": "x" * n} for n in range(150)]}
    yield "a large file", {"source": source, "files": [{"path": "large.bin", "content": "x" * 900_000}], "artifacts": ["large.bin"]}
    yield "files in the entry's name", {"source": source, "files": [{"path": f"{entry}.bak", "content": "x"}, {"path": f"sub/{entry}", "content": "x"}, {"path": f".{entry}", "content": "x"}]}
    yield "everything as artifact", {"source": source, "artifacts": ["*", "*/*"], "files": [{"path": "a/b.txt", "content": "x"}]}
    yield "much input that is not read", {"source": source, "stdin": "x" * 500_000}
    yield "merged streams", {"source": source, "stderr": "stdout"}
    yield "few files", {"source": source, "limits": {"files": profile.get("limits", {}).get("min", {}).get("files", 16)}}
    yield "a byte of output", {"source": source, "limits": {"output_bytes": 1}}
    yield "more processes", {"source": source, "limits": {"processes": 256}}
    yield "a nearly full disk", {"source": source, "files": [{"path": "large", "content": "x" * 40_000}], "limits": {"disk_bytes": 65536}}
    yield "lowered limits", {"source": source, "limits": {"wall_ms": 3000, "cpu_ms": 1000, "files": 64, "disk_bytes": 1 << 20, "output_bytes": 1 << 16}}


def odd(language):
    # Java's compiler reads the source, and the interpreter has classes only.
    for name, source in odd_sources(language) if language != "java" else ():
        yield f"odd/{name}", {"source": text_or_base64(source.encode() if isinstance(source, str) else source)}
    yield from ((f"odd/{name}", request) for name, request in odd_requests(language))


def collect(language):
    """Yields the name of each program and its request, without the profile. The cell that an interpreter waits in has the profile's own arguments,
    environment, memory and processes, so requests for others lose them."""
    ending = ENDINGS[language]
    courses = ((f"courses/{path.stem}", {"source": path.read_text()}) for path in sorted((ROOT / f"tests/courses/{language}").glob(f"*{ending}")))
    seen = set()
    for name, request in [*probes(ending), *examples(ending), *courses, *rows(language)]:
        if name in seen:
            name += " again"
        seen.add(name)
        # A busy machine needs more wall-clock time.
        limits = {"wall_ms": 20_000} | {limit: value for limit, value in request.get("limits", {}).items() if limit not in ("memory_bytes", "processes")}
        yield name, {**{member: value for member, value in request.items() if member not in ("profile", "args", "env", "limits", "labels")}, "limits": limits}
    yield from own(language)
    if language in LINES:
        yield from odd(language)
