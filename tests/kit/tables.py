# SPDX-License-Identifier: MIT
"""The project's tables, as its documents show them: read from the C source, so that no document can say otherwise.

    tests/kit/tables.py    writes them into docs/man/exrun.1 and docs/security.md, between their marks
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def source(path):
    return (ROOT / path).read_text()


def strings(text):
    """The C string literals of a row, neighbours joined."""
    return ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', one)) for one in re.findall(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*', text)]


def limits():
    """(JSON key, flag, unit, help) of each limit."""
    rows = re.findall(r"\[LIMIT_\w+\] = \{(.*?)\}", source("sandbox/plan/limits.c"), re.S)
    units = {"UNIT_MS": "TIME", "UNIT_BYTES": "SIZE", "UNIT_COUNT": "N"}
    return [(*strings(row)[:2], units[re.search(r"UNIT_\w+", row)[0]], strings(row)[2]) for row in rows]


def verdicts():
    """(word, exit status or None, meaning) of each verdict."""
    rows = re.findall(r"\[VERDICT_\w+\] = \{(.*?)\}", source("sandbox/run/verdict.c"), re.S)
    return [(strings(row)[0], None if ", -1," in row else re.search(r", (\d+),", row)[1], strings(row)[1]) for row in rows]


def steps():
    """(name, what it stops) of each step between clone and exec, in their order in the code."""
    rows = re.findall(r"\[STEP_\w+\] = \{(.*?)\}", source("sandbox/cell/inside.c"), re.S)
    return [tuple(strings(row)) for row in rows]


def roff(text):
    return text.replace("-", "\\-")


SECTIONS = {
    ("docs/man/exrun.1", "limits"): lambda: "".join(
        f".TP\n.BR \\-\\-{word} \" \" \\fI{unit}\\fP\n{roff(help)}; \\fB{key}\\fP in requests and results\n" for key, word, unit, help in limits()),
    ("docs/man/exrun.1", "verdicts"): lambda: "".join(
        f".TP\n.B {word}\n{roff(meaning)}{f' (exit status {status})' if status else ''}\n" for word, status, meaning in verdicts()),
    ("docs/security.md", "steps"): lambda: "| step | stops |\n| --- | --- |\n" + "".join(f"| {name} | {stops} |\n" for name, stops in steps()),
}


def marks(path, section):
    return (f'.\\" begin {section}\n', f'.\\" end {section}\n') if path.endswith(".1") else (f"<!-- begin {section} -->\n", f"<!-- end {section} -->\n")


def parts(path, section):
    """The document before, within and behind the section."""
    begin, end = marks(path, section)
    text = source(path)
    before, rest = text.split(begin)
    within, behind = rest.split(end)
    return before + begin, within, end + behind


if __name__ == "__main__":
    for (path, section), make in SECTIONS.items():
        before, _, behind = parts(path, section)
        (ROOT / path).write_text(before + make() + behind)
