#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws docs/rooms.svg: the rooms of the code, whom each uses, and the walk of a run through them. Rooms and their files are read from the map in
runner/main.c, the arrows from the includes; tests/house/test_house.py runs it and compares.

    docs/rooms.py            prints the drawing"""
import pathlib
import re
import textwrap
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, COLUMN, BOX, GAP, TOP = 1180, 560, 520, 16, 96
# What happens to a run, room by room.
WALK = {"runner/request": "1 a request becomes a job", "runner/language": "2 its language is found", "sandbox/plan": "3 all is decided",
        "sandbox/cell": "4 a cell is made, 8 and reclaimed", "sandbox/inside": "5 step by step, and released", "sandbox/run": "6 it runs, 7 and gets its verdict",
        "runner/answer": "9 facts become words"}


def rooms():
    """[(room, about, files)] as the map in main.c has them."""
    text = (ROOT / "runner/main.c").read_text()
    found = re.findall(r"^ \*   ((?:sandbox|runner)/\w+) +([^\n]*):\n((?: \*       [\w ]+\n)+)", text, re.M)
    return [(room, about, re.findall(r"\w+", names)) for room, about, names in found]


def uses(room):
    """The rooms whose headers are included, nearest first as they stand in the map."""
    included = {name for path in (ROOT / room).glob("*.[ch]") for name in re.findall(r'#include "((?:sandbox|runner)/\w+)/', path.read_text())}
    return [name for name, _, _ in rooms() if name in included and name != room]


def box(x, y, room, about, files):
    """(SVG, height) of one room."""
    lines = textwrap.wrap(" ".join(files), 78)
    used = ", ".join(name.split("/")[1] for name in uses(room)) or "nothing"
    height = 64 + 15 * len(lines)
    colour = "#fff3e6" if room.startswith("sandbox") else "#eaf2fb"
    out = [f'<rect x="{x}" y="{y}" width="{BOX}" height="{height}" rx="6" fill="{colour}" stroke="#666"/>',
           f'<text x="{x + 12}" y="{y + 22}" class="room">{escape(room)}</text>',
           f'<text x="{x + BOX - 12}" y="{y + 22}" class="walk" text-anchor="end">{escape(WALK.get(room, ""))}</text>',
           f'<text x="{x + 12}" y="{y + 40}" class="about">{escape(about)}; uses {escape(used)}</text>']
    out += [f'<text x="{x + 12}" y="{y + 58 + 15 * n}" class="file">{escape(line)}</text>' for n, line in enumerate(lines)]
    return "\n".join(out), height


def drawing():
    parts, bottom = [], 0
    for side, x in (("runner", 30), ("sandbox", 30 + COLUMN)):
        y = TOP
        for room, about, files in rooms():
            if not room.startswith(side):
                continue
            svg, height = box(x, y, room, about, files)
            parts.append(svg)
            y += height + GAP
        bottom = max(bottom, y)
    style = ("text{font-family:sans-serif;fill:#222}.head{font-size:17px;font-weight:bold}.room{font-size:14px;font-weight:bold}"
             ".walk{font-size:13px;fill:#a33}.about{font-size:12px}.file{font-size:11px;font-family:monospace;fill:#555}")
    head = [f'<text x="30" y="40" class="head">runner/: reads text, holds no power</text>',
            f'<text x="{30 + COLUMN}" y="40" class="head">sandbox/: may hold power, parses no text</text>',
            '<text x="30" y="66" class="walk">The walk of a run is numbered. Each room uses only rooms above it, and in sandbox/.</text>']
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 10}" width="{WIDTH}" height="{bottom + 10}" role="img" '
                      'aria-label="The rooms of the code, and the walk of a run through them">', f"<style>{style}</style>",
                      '<rect width="100%" height="100%" fill="white"/>', *head, *parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    print(drawing(), end="")
