#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Draws docs/terminal.svg: a terminal in which commands are typed and print their output. The session was recorded from the real program, in
docs/terminal.json. tests/house/test_house.py compares the picture with the recording, tests/cli/test_documents.py runs the commands again.

    docs/terminal.py                   prints the picture
    docs/terminal.py --record EXRUN    runs the commands with the binary EXRUN and prints the recording"""
import argparse
import json
import os
import pathlib
import subprocess
import textwrap
from xml.sax.saxutils import escape

RECORDING = pathlib.Path(__file__).resolve().parent / "terminal.json"
# (title, command, seconds until its output appears in the picture). No output may vary from run to run.
SCENES = [
    ("# After ./quickstart and meson install -C build, a first program:",
     """echo 'print("hello")' | exrun run -p python -""", 0.2),
    ("# A visitor's endless loop, as a site sends it:",
     """echo '{"profile": "python", "source": "while True: pass", "limits": {"cpu_ms": 300}}' |\n"""
     "exrun run --json - | python3 -m json.tool | grep message", 0.6),
    ("# A fork bomb stays in its cell and is stopped (124: out of time):",
     "echo 'fork while 1' | exrun run -p perl --cpu 300ms -; echo $?", 0.6),
    ("# There is no /etc/shadow in a cell:",
     "echo 'cat /etc/shadow' | exrun run -p bash -", 0.2),
]
ABOUT = "A terminal: exrun runs a program, then stops an endless loop and a fork bomb; a fourth program can't read /etc/shadow"
WIDTH, MARGIN, TOP, LINE, COLUMN = 760, 18, 58, 20, 7.8
COLUMNS = int((WIDTH - 2 * MARGIN) / COLUMN)
PER_KEY, READ, HOLD = 0.018, 0.45, 2.6  # seconds: to type a character, to read an output, to see the whole session
STYLE = ("text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;fill:#e6edf3}"
         ".about{fill:#9aa4af}.prompt{fill:#7ee787}.out{fill:#ffd58a}.paper,.cover{fill:#161b22}.caret{fill:#e6edf3}.typing{opacity:0}")


def record(exrun):
    """Runs the commands. Returns the recording: each title, command and output."""
    environment = {**os.environ, "PATH": f"{pathlib.Path(exrun).resolve().parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    return [{"about": about, "command": command,
             "output": subprocess.run(["bash", "-c", f"exec 2>&1; {command}"], capture_output=True, text=True, timeout=100, env=environment).stdout}
            for about, command, _ in SCENES]


def folded(line):
    """The lines that an output line takes. Unlike a real terminal, breaks it between words and repeats its indentation."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, COLUMNS, subsequent_indent=indent, break_on_hyphens=False) or [""]


def at(column):
    """The x coordinate of a column."""
    return f"{MARGIN + column * COLUMN:.1f}".removesuffix(".0")


def text(row, column, words, kind=""):
    """A piece of a line. Its width is fixed, because each monospace font has its own."""
    column += len(words) - len(words.lstrip())
    words = words.strip()
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{at(column)}" y="{TOP + LINE * row}" textLength="{len(words) * COLUMN:.1f}"{kind}>{escape(words)}</text>'


def caret(row, column):
    return f'<rect x="{at(column)}" y="{TOP + LINE * row - 12}" width="{COLUMN}" height="16" class="caret"/>'


def keyframes(start, end, steps, width, total):
    """One animation of a film of @total seconds. If @steps is not 0, moves the element by @width to the right, in so many steps."""
    start_at, end_at, after = (f"{100 * moment / total:.2f}%" for moment in (start, end or 0, (end or 0) + 0.01))
    hidden = f"0%{{opacity:0}}{start_at}" if start else "0%"
    if steps:
        return (f"{hidden}{{opacity:1;transform:none;animation-timing-function:steps({steps})}}"
                f"{end_at}{{opacity:1;transform:translateX({width:.1f}px)}}{after}{{opacity:0}}to{{opacity:0}}")
    return f"{hidden}{{opacity:1}}" + (f"{end_at}{{opacity:0}}to{{opacity:0}}" if end else "to{opacity:1}")


class Film:
    """The lines so far, and their animations. Without animations, the picture shows the last frame."""

    def __init__(self):
        self.row, self.now, self.parts, self.moves = 0, 0.0, [], []

    def show(self, svg, start, end=None, kind="shown"):
        """Shows @svg from @start, in seconds, to @end, or to the last frame."""
        self.moves.append((start, end, 0, 0))
        self.parts.append(f'<g class="{kind} m{len(self.moves)}">{svg}</g>')

    def type(self, prompt, words):
        """Types a line: a cover with a caret at its left edge moves off it, character by character."""
        self.show(text(self.row, 0, prompt, "prompt") + text(self.row, 2, words), self.now)
        y, width = TOP + LINE * self.row - 15, len(words) * COLUMN
        cover = f'<rect x="{at(2)}" y="{y}" width="{width + COLUMN:.1f}" height="20" class="cover"/>' + caret(self.row, 2)
        end = self.now + len(words) * PER_KEY
        self.moves.append((self.now, end, len(words), width))
        self.parts.append(f'<g class="typing m{len(self.moves)}">{cover}</g>')
        self.row, self.now = self.row + 1, end

    def scene(self, about, command, output, seconds):
        """Types a command under its title, waits, and prints the output."""
        self.show(text(self.row, 0, about, "about"), self.now)
        self.row += 1
        for number, line in enumerate(command.split("\n")):
            self.type(">" if number else "$", line)
        self.show(caret(self.row, 0), self.now, self.now + seconds, "typing")
        self.now += seconds
        for line in (part for whole in output.splitlines() for part in folded(whole)):
            self.show(text(self.row, 0, line, "out"), self.now)
            self.row += 1
        self.row, self.now = self.row + 1, self.now + READ

    def css(self):
        """The animations, which run three times, unless the reader has asked for less motion."""
        total = self.now + HOLD
        rules = [f".m{n}{{animation-name:k{n}}}@keyframes k{n}{{{keyframes(*move, total)}}}" for n, move in enumerate(self.moves, 1)]
        return "\n".join(["@media (prefers-reduced-motion:no-preference){", f".shown,.typing{{animation:{total:.1f}s step-end 3 both}}", *rules, "}"])


def picture(recording):
    """The SVG of a recording."""
    film = Film()
    for scene, (_, _, seconds) in zip(recording, SCENES):
        film.scene(scene["about"], scene["command"], scene["output"], seconds)
    film.show(text(film.row, 0, "$", "prompt") + caret(film.row, 2), film.now)
    height = TOP + LINE * film.row + 20
    session = "\n".join("{about}\n$ {command}\n{output}".format(**scene) for scene in recording)
    frame = f'x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"',
        ' role="img" aria-labelledby="title" aria-describedby="about">',
        f'<title id="title">{escape(ABOUT)}</title>', f'<desc id="about">{escape(session)}</desc>',
        f"<style>{STYLE}\n{film.css()}</style>", f'<rect {frame} class="paper"/>',
        *(f'<circle cx="{MARGIN + 6 + 18 * n}" cy="20" r="5.5" fill="#3d444d"/>' for n in range(3)), *film.parts,
        f'<rect {frame} fill="none" stroke="#3d444d"/>', "</svg>"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", metavar="EXRUN")
    binary = parser.parse_args().record
    print(json.dumps(record(binary), indent=4) if binary else picture(json.loads(RECORDING.read_text())))
