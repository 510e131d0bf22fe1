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


def probes():
    """(name, layers) of each probe of the audit."""
    heads = [(path, re.search(r"layer: (.*)", path.read_text())) for path in sorted((ROOT / "tests/hostile").glob("*/*"))]
    return [(f"{path.parent.name}/{path.name}", found[1].split()) for path, found in heads]


def layers():
    """(layer, what it stops, its probes) in the order of LAYERS."""
    return [(layer, what, [name for name, tried in probes() if layer in tried]) for layer, what in LAYERS.items()]


def row_of_layer(layer, what, names):
    shown = ", ".join(name.split("/")[1].rsplit(".", 1)[0] for name in names[:4])
    return f"| {layer} | {what} | {len(names)}: {shown}{' …' if len(names) > 4 else ''} |\n"


def roff(text):
    return text.replace("-", "\\-")


LAYERS = {
    "cgroup-memory": "memory of all kinds, the kernel's own for it included", "cgroup-pids": "processes and threads", "cgroup-cpu": "CPU time, wherever it is hidden",
    "wall": "waiting for ever", "output": "output without end", "disk": "bytes and inodes", "rlimit-core": "core dumps, and the host's handler of them", "rlimit-cpu": "CPU time, a second time",
    "rlimit-fsize": "large files of holes", "rlimit-memlock": "pages that can't be swapped", "rlimit-msgqueue": "queues of POSIX", "rlimit-nice": "being first", "rlimit-nofile": "open files",
    "rlimit-nproc": "processes, a second time", "rlimit-rtprio": "real time", "rlimit-sigpending": "timers and signals that wait", "rlimit-stack": "endless recursion", "oom": "others dying for its memory",
    "pid-namespace": "sight and signals of other processes", "ipc-namespace": "shared memory of others", "uts-namespace": "the host's name", "names": "the host's name, keys and session", "network": "the network and abstract sockets",
    "cgroup-view": "where its cgroup stands", "root": "the host's files", "propagation": "mounts that reach the host", "read-only": "writing to what the host lent", "root-read-only": "writing to the root itself",
    "nosuid": "setuid programs", "nodev": "device nodes", "noexec": "executing what was written", "proc": "others in /proc, and the machine's settings", "fds": "descriptors of ours", "session": "the caller's terminal and signals",
    "environment": "the caller's environment", "uid": "being somebody", "groups": "the caller's groups", "capabilities": "power of root's", "bounding-set": "power that a program could give", "no-new-privs": "gaining by execve",
    "init-user": "power over PID 1", "policy": "system calls", "policy-trace": "looking into others", "policy-kernel": "code in the kernel", "policy-perf": "measuring", "policy-mount": "mounts", "policy-setns": "others' namespaces",
    "policy-namespaces": "new namespaces", "policy-keys": "the key store", "policy-handles": "files by number", "policy-fanotify": "watching all files", "policy-admin": "administering", "policy-ioctl": "typing into a terminal",
    "policy-sockets": "sockets but for unix(7)", "policy-arch": "calls of x32 and i386", "policy-other": "all else that is not on the list", "artifact-links": "links that lead out of the box", "artifact-regular": "what is no file",
    "artifact-size": "gigabytes of answer", "artifact-count": "too many of them", "artifact-names": "names that steer a terminal", "artifact-dead": "races with the collection", "reclaim": "what stays for the next", "verdict": "an end that is told wrongly",
}
SECTIONS = {
    ("docs/man/exrun.1", "limits"): lambda: "".join(
        f".TP\n.BR \\-\\-{word} \" \" \\fI{unit}\\fP\n{roff(help)}; \\fB{key}\\fP in requests and results\n" for key, word, unit, help in limits()),
    ("docs/man/exrun.1", "verdicts"): lambda: "".join(
        f".TP\n.B {word}\n{roff(meaning)}{f' (exit status {status})' if status else ''}\n" for word, status, meaning in verdicts()),
    ("docs/security.md", "layers"): lambda: "| layer | stops | probes |\n| --- | --- | --- |\n" + "".join(row_of_layer(*row) for row in layers()),
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
