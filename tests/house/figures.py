#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The size of the code as a reader sees it: files, functions, parameters. `tests/house/figures.py` prints it; test_house.py has the bounds."""
import pathlib
import re
import statistics

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORE = ("base", "plan", "inside", "policy", "cell", "run")


def sources():
    return sorted(path for side in ("sandbox", "runner") for path in (ROOT / side).rglob("*.[ch]"))


def without_comments(text):
    """Returns the text with the same number of lines. Strings keep text that looks like a comment."""
    pattern = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', re.S)
    return pattern.sub(lambda match: match[0] if match[0][0] in "\"'" else re.sub(r"[^\n]", " ", match[0]), text)


def parameters(text):
    """Counts the parameters after an opening parenthesis: commas that are not in an inner one."""
    depth, n = 0, 1
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        n += letter == "," and depth == 0
    return 0 if text.strip() in ("", "void") else n


def functions(path):
    """(name, number of its first line, lines, parameters) of each function. Relies on clang-format: braces in the first column."""
    lines = without_comments(path.read_text()).split("\n")
    for opening, line in enumerate(lines):
        if line != "{":
            continue
        first = opening
        while first > 0 and lines[first - 1].strip() and not lines[first - 1].startswith(("}", "#")) and not lines[first - 1].rstrip().endswith(";"):
            first -= 1
        head = " ".join(lines[first:opening])
        match = re.search(r"(\w+)\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)\s*$", head)
        if not match:
            if "(" in head:
                raise ValueError(f"{path}:{first + 1}: this function's head is not understood: {head}")
            continue
        closing = lines.index("}", opening)
        yield match[1], first + 1, closing - first + 1, parameters(match[2].removesuffix(", ..."))


def code_lines(path):
    return sum(1 for line in without_comments(path.read_text()).split("\n") if line.strip())


def figures():
    files = sources()
    lengths = {path: len(path.read_text().splitlines()) for path in files}
    all_functions = [(length, n, f"{path.relative_to(ROOT)}:{line} {name}") for path in files
                     for name, line, length, n in functions(path)]
    return {
        "files": len(files),
        "median lines of a file": int(statistics.median(lengths.values())),
        "longest files": sorted(((n, str(path.relative_to(ROOT))) for path, n in lengths.items()), reverse=True)[:5],
        "functions": len(all_functions),
        "longest functions": [(length, where) for length, _, where in sorted(all_functions, reverse=True)[:5]],
        "functions with six and more parameters": sorted((n, where) for _, n, where in all_functions if n > 5),
        "code lines of the core": sum(code_lines(path) for path in files if path.suffix == ".c" and path.parent.name in CORE and path.parent.parent.name == "sandbox"),
        "files in the largest room": max((len([path for path in files if path.parent == room]), str(room.relative_to(ROOT))) for room in {path.parent for path in files}),
    }


if __name__ == "__main__":
    for name, value in figures().items():
        if isinstance(value, list):
            print(f"{name}: {len(value)}")
            for entry in value:
                print("   ", *entry)
        else:
            print(f"{name}: {value}")
