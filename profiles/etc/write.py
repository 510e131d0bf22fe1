#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the files of profiles/etc/LANGUAGE into the member "etc" of profiles/LANGUAGE.json, where a cell gets them from as
/etc/exrun/NAME, or in the places of a table. With --check: fails if a profile has other texts. A person reads and changes the files here."""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
# Python reads lines of *.pth files in the user's site-packages, PYTHONUSERBASE/lib/pythonVERSION/site-packages.
PLACES = {"python": [f"python/lib/python3.{minor}/site-packages" for minor in range(9, 15)]}


def files(folder):
    return {f"{place}/{path.name}": path.read_text() for place in PLACES.get(folder.name, ["exrun"]) for path in sorted(folder.iterdir())}


def written(profile, folder):
    texts = files(folder)
    member = '  "etc": {\n' + ",\n".join(f"    {json.dumps(name)}: {json.dumps(text)}" for name, text in texts.items()) + "\n  },\n"
    return re.sub(r'  "etc": \{.*?\},?\n(?=  "(?:network|proc|warm)")', lambda _: member, profile, flags=re.S)


for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
    path = HERE.parent / f"{folder.name}.json"
    text = written(path.read_text(), folder)
    if sys.argv[1:] == ["--check"]:
        assert path.read_text() == text, f"{path}: run profiles/etc/write.py"
    else:
        path.write_text(text)
    assert json.loads(text)["etc"] == files(folder), f"{path} has no member \"etc\" before \"network\", \"proc\" or \"warm\""
