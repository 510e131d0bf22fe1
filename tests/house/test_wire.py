# SPDX-License-Identifier: MIT
"""docs/wire.md says what sandbox/keeper/wire.c and wire.h, and the front's table of a keeper's states, say."""
import re

from conftest import ROOT

DOCUMENT = (ROOT / "docs/wire.md").read_text()
SOURCE = (ROOT / "sandbox/keeper/wire.c").read_text()
HEADER = (ROOT / "sandbox/keeper/wire.h").read_text()
KEEPERS = (ROOT / "runner/front/front_keepers.c").read_text()
WAYS = {"WIRE_TO_KEEPER": "front → keeper", "WIRE_FROM_KEEPER": "keeper → front", "WIRE_TO_FRONT": "warden → front", "WIRE_FROM_FRONT": "front → warden"}
STATES = ("KEEPER_EMPTY", "KEEPER_READY", "KEEPER_RUNNING")
FAULT_BYTES = int(re.search(r"sizeof\(struct fault\) == (\d+)", (ROOT / "sandbox/base/fault.h").read_text())[1])
# Alignment and size of each type.
TYPES = {"char": (1, 1), "uint16_t": (2, 2), "uint32_t": (4, 4), "uint64_t": (8, 8), "struct fault": (4, FAULT_BYTES)}


def members_of(name):
    """[(type, member)] of a struct of wire.h."""
    body = re.search(rf"^struct {name} \{{\n(.*?)^\}};", HEADER, re.M | re.S)[1]
    lines = re.findall(r"^ +(struct \w+|\w+) ([\w, \[\]]+);", body, re.M)
    return [(kind, member) for kind, members in lines for member in members.split(", ")]


def size_of(name):
    at = most = 0
    for kind, member in members_of(name):
        alignment, size = TYPES[kind]
        if room := re.search(r"\[(\w+)\]", member):
            size *= int(re.search(rf"{room[1]} = (\d+)", HEADER)[1])
        at = -(-at // alignment) * alignment + size
        most = max(most, alignment)
    return -(-at // most) * most


def number(text):
    """Of an expression of the table: sizeof(struct wire_start) + ORDER_MOST_BYTES."""
    text = re.sub(r"sizeof\(struct (\w+)\)", lambda found: str(size_of(found[1])), text)
    for name in re.findall(r"[A-Z_]{4,}", text):
        texts = SOURCE + HEADER + (ROOT / "sandbox/plan/order.h").read_text() + (ROOT / "sandbox/plan/version_text.h").read_text()
        value = re.search(rf"#define {name} \((?:UINT64_C\((\d+)\)|(\d+)) << (\d+)\)|{name} = (\d+)(?: << (\d+))?", texts)
        base, shift = ([one for one in value.groups() if one] + ["0"])[:2]
        text = text.replace(name, str(int(base) << int(shift)))
    assert re.fullmatch(r"[\d +]+", text), text
    return sum(int(part) for part in text.split("+"))


def rows():
    """(name, way, least, most, may be a memfd, descriptors, states) of each row of wire_rows."""
    table = re.search(r"wire_rows\[N_WIRE_TYPES\] = \{(.*?)^\};", SOURCE, re.M | re.S)[1]
    table = re.sub(r"/\*.*?\*/", "", table, flags=re.S)
    for row in re.findall(r"\[WIRE_\w+\] = \{(.*?)\},?\n", re.sub(r"\s*\n {8,}", " ", table)):
        name, way, least, most, memfd, fds, states = [part.strip() for part in row.split(",")]
        yield name.strip('"'), WAYS[way], number(least), number(most), memfd == "true", int(fds), states


def table_of(heading):
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", DOCUMENT, re.M | re.S)[1]
    lines = re.findall(r"^\| (.*) \|$", section, re.M)[2:]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


def test_all_messages_are_in_the_document_with_their_sizes():
    types = re.findall(r"^    WIRE_(\w+),", HEADER, re.M)
    assert [name for name, *_ in rows()] == [name.lower() for name in types if name != "NONE"]
    said = {}
    for name, way, _, size, memfd, fds in table_of("All messages"):
        least, _, most = size.partition(" to ")
        said[name.strip("`")] = (way, int(least.replace(",", "")), int((most or least).replace(",", "")), memfd == "yes", int(fds))
    assert said == {name: tuple(more) for name, *more, _ in rows()}


def test_the_members_of_a_payload_are_in_the_document():
    for name, _, payload, *_ in table_of("All messages"):
        struct = f"wire_{name.strip('`')}"
        if struct == "wire_stuck":
            struct = "wire_keeper"
        has_struct = re.search(rf"^struct {struct} \{{", HEADER, re.M)
        assert re.findall(r"`(\w+)`", payload) == ([member.split("[")[0] for _, member in members_of(struct)] if has_struct else []), name


def test_the_states_of_a_keeper_are_in_the_document():
    said = {name.strip("`"): [state for state, may in zip(STATES, may) if may == "yes"] for name, *may, _ in table_of("What a keeper may get")}
    expected = {name: [state for state in STATES if state in states or states == "ANY_STATE"] for name, way, *_, states in rows() if way == "front → keeper"}
    assert said == expected


def test_the_states_of_a_keeper_as_the_front_sees_it_are_in_the_document():
    table = re.search(r"permitted\[N_WIRE_TYPES\] = \{(.*?)^\};", KEEPERS, re.M | re.S)[1]
    permitted = {name.lower(): re.findall(r"1 << FRONT_KEEPER_(\w+)", states) for name, states in re.findall(r"\[WIRE_(\w+)\] = \{([^,]+),", table)}
    said = {name.strip("`"): [state.upper() for state in states.split(", ")] for name, states, _ in table_of("What the front may get from a keeper")}
    assert said == permitted


def test_the_head_is_in_the_document():
    body = re.search(r"^struct head \{\n(.*?)^\};", SOURCE, re.M | re.S)[1]
    lines = re.findall(r"^ +(\w+) ([\w, ]+);", body, re.M)
    head = [(member, TYPES[kind][1]) for kind, members in lines for member in members.split(", ")]
    section = re.search(r"head of 32 bytes.*?\. All", DOCUMENT, re.S)[0]
    assert [(name, int(size)) for name, size in re.findall(r"`(\w+)`[\w ]*?\s?\((\d+)", " ".join(section.split()))] == head
    assert sum(size for _, size in head) == 32
