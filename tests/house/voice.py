#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How the texts read: the frequency of a few words in comments, documents and strings, which distinguishes plain English from jargon.

    tests/house/voice.py             all files, and the worst places of each kind
    tests/house/voice.py FILE...     only these files"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Each pattern, and how often it may occur in 1,000 words: (comments, documents, strings). If a bound is negative, it is a minimum.
METAPHORS = r"house|law|wall|hole|door|gate|tether|trial|anew|but for|whoever|noughts|mend"
RULES = {
    "where": (r"\bwhere\b", (1, 2, 1)),
    "if": (r"\b(if|unless)\b", (-6, -3, None)),
    "what": (r"\bwhat\b", (3, 3, 3)),
    "sentences that begin with What, Who, Whoever, Nobody": (r"(?:^\s*|[.;:!?]\s+)(What|Who|Whoever|Nobody)\b(?![^.\n]*\?)", (0.2, 0.2, 0.2)),
    "is none, is no X, none of": (r"\b(is none|are none|(?<!there )is no \w+|(?<!there )are no \w+|none of)\b", (0.2, 0.2, 0.2)),
    "metaphors": (rf"\b({METAPHORS})s?\b", (0.3, 0.3, 0.3)),
}
# Terms of the kernel and of programming, which may be used.
TERMS = r"""\\?"walls?\\?"|\bwalls?\ ?[(:=+<]|and\ wall\b|wall[-\ ]?(clock|time|_ms|_us)|(\\?-){2}wall|`walls?`|firewall|-Wall|LIMIT_WALL
    |tests/house|test_house|house\.py|files?\ with\ holes"""
KINDS = ("comments", "documents", "strings")


def of_c(text):
    comments = " \n".join(re.sub(r"\n \* ?", "\n", match) for match in re.findall(r"/\*(.*?)\*/", text, re.S) if "SPDX" not in match)
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    bare = re.sub(r"^#include.*$", "", bare, flags=re.M)
    strings = " \n".join(part for part in re.findall(r'"((?:\\.|[^"\\\n])*)"', re.sub(r'"\s*\n\s*"', "", bare)) if " " in part)
    return {"comments": comments, "strings": strings}


def of_python(text):
    docstrings = re.findall(r'"""(.*?)"""', text, re.S)
    return {"comments": " \n".join(docstrings + re.findall(r"(?:^|\s)# ?(?!!)(.*)$", re.sub(r'""".*?"""', "", text, flags=re.S), re.M))}


def of_php(text):
    return {"comments": " \n".join([re.sub(r"\n\s*\* ?", "\n", match) for match in re.findall(r"/\*\*?(.*?)\*/", text, re.S)] +
                                   re.findall(r"^\s*// (.*)$", text, re.M))}


def of_document(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("|"))
    return {"documents": re.sub(r"`[^`\n]*`", "X", text)}


READERS = {".c": of_c, ".h": of_c, ".py": of_python, ".php": of_php, ".md": of_document, ".1": of_document, ".7": of_document, ".5": of_document, ".8": of_document}


def paths():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and pathlib.Path(name).suffix in READERS and not re.match(r"tests/(courses|hostile|warm-programs|fuzz/corpus)/|examples/", name)
            and (ROOT / name).is_file() and not (ROOT / name).is_symlink()]


def texts(path):
    return READERS[path.suffix](path.read_text(errors="replace"))


def count(kind, path):
    """(words, {rule: hits}) of one file."""
    text = texts(path).get(kind, "")
    cleaned = re.sub(TERMS, "X", text, flags=re.X)
    return len(re.findall(r"[A-Za-z']+", text)), {name: len(re.findall(pattern, cleaned, re.M if name.startswith("sent") else re.I)) for name, (pattern, _) in RULES.items()}


def measure(kind, files):
    """({rule: (frequency, bound)}, {rule: [(hits, path)] of the worst}) of all files together."""
    words, hits, worst = 0, dict.fromkeys(RULES, 0), {name: [] for name in RULES}
    for path in files:
        n, found = count(kind, path)
        words += n
        for name, times in found.items():
            hits[name] += times
            worst[name].append((times, str(path.relative_to(ROOT))))
    frequencies = {name: (1000 * hits[name] / max(words, 1), RULES[name][1][KINDS.index(kind)]) for name in RULES}
    return frequencies, {name: sorted(places, reverse=True)[:6] for name, places in worst.items()}


def is_within(frequency, bound):
    return bound is None or (frequency >= -bound if bound < 0 else frequency <= bound)


if __name__ == "__main__":
    chosen = [pathlib.Path(name).resolve() for name in sys.argv[1:]] or paths()
    for kind in KINDS:
        frequencies, worst = measure(kind, chosen)
        print(kind)
        for name, (frequency, bound) in frequencies.items():
            places = "" if is_within(frequency, bound) or len(chosen) == 1 else "; worst: " + ", ".join(f"{where} {times}" for times, where in worst[name] if times)
            print(f"    {'  ' if is_within(frequency, bound) else '! '}{name}: {frequency:.2f} (bound {bound}){places}")
