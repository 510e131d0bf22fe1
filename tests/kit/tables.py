# SPDX-License-Identifier: MIT
"""The project's tables as its documents show them, read from the C source, so that the documents always match it.

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
    """(name, the attack it stops) of each step between clone and exec, in their order in the code."""
    rows = re.findall(r"\[STEP_\w+\] = \{(.*?)\}", source("sandbox/inside/steps.c"), re.S)
    return [tuple(strings(row)) for row in rows]


def probes():
    """(name, layers) of each probe of the audit."""
    heads = [(path, re.search(r"layer: (.*)", path.read_text())) for path in sorted((ROOT / "tests/hostile").glob("*/*"))]
    return [(f"{path.parent.name}/{path.name}", found[1].split()) for path, found in heads]


def layers():
    """(layer, the attack it stops, its probes) in the order of LAYERS."""
    return [(layer, what, [name for name, tried in probes() if layer in tried]) for layer, what in LAYERS.items()]


def seen_by(layer, probe, off):
    words = [word for word in off.split() if word != layer]
    others, verb = " and ".join(words), "are" if len(words) > 1 else "is"
    return f"`{probe}`" + (f", if {others} {verb} removed, too" if others else "")


def row_of_layer(layer, what, names):
    by = seen_by(layer, *SEEN[layer][:2]) if layer in SEEN else UNSEEN[layer]
    return f"| {layer} | {what} | {len(names)} | {by}{': ' + NOTES[layer] if layer in NOTES else ''} |\n"


def roff(text):
    return text.replace("-", "\\-")


LAYERS = {
    "cgroup-memory": "memory of all kinds, including the kernel's memory for the cell", "cgroup-pids": "processes and threads", "cgroup-cpu": "CPU time of all processes together, including those that hide",
    "wall": "programs that wait forever", "output": "endless output", "disk": "too many bytes or files in the workspace", "rlimit-core": "core dumps, and the start of the host's handler for them", "rlimit-cpu": "CPU time of one process, a second time",
    "rlimit-fsize": "huge sparse files", "rlimit-memlock": "pages that can't be swapped", "rlimit-msgqueue": "POSIX message queues", "rlimit-nice": "a higher priority (nice)", "rlimit-nofile": "too many open files",
    "rlimit-nproc": "processes, a second time", "rlimit-rtprio": "real-time priority", "rlimit-sigpending": "too many pending signals and timers", "rlimit-stack": "endless recursion", "oom": "other processes being killed because of its memory",
    "pid-namespace": "seeing and signalling processes outside the cell", "ipc-namespace": "access to shared memory outside the cell", "uts-namespace": "changing the host's name", "names": "seeing the host's name, and the caller's session, login and keys", "scheduling": "running with the caller's priority and personality", "network": "access to the network and to abstract sockets",
    "cgroup_view": "seeing the path of its cgroup", "root": "access to the host's files", "old-root": "access to the host's file tree by way of the old root", "landlock": "access to files, a second time", "propagation": "mounts in the cell that appear on the host, and the reverse", "read-only": "writing to the host's files", "root-read-only": "writing to the root directory of the cell",
    "nosuid": "use of setuid programs", "nodev": "use of device nodes", "noexec": "executing files that the program wrote", "proc": "seeing other processes in /proc, and the machine's settings", "proc-files": "seeing the machine's figures in the six files of /proc that a profile can ask for", "fds": "use of exrun's descriptors", "session": "access to the caller's terminal; signals that the caller blocks or ignores",
    "environment": "seeing the caller's environment", "uid": "running as a user of the host", "groups": "running with the caller's groups", "capabilities": "use of root's capabilities", "bounding-set": "capabilities that execve(2) could add", "no-new-privs": "more privileges through execve(2)",
    "init-user": "signalling and tracing PID 1", "policy": "system calls that are not on the list", "policy-trace": "looking into other processes", "policy-kernel": "loading code into the kernel", "policy-perf": "measuring the machine (perf)", "policy-mount": "mounting file systems", "policy-setns": "entering other namespaces",
    "policy-namespaces": "creating namespaces", "policy-keys": "use of the kernel's key store", "policy-handles": "opening files by their handles", "policy-fanotify": "watching the whole file system", "policy-admin": "administering the machine", "policy-ioctl": "typing into a terminal",
    "policy-sockets": "sockets of other families than unix(7)", "policy-arch": "x32 and i386 system calls", "policy-locks": "locks on files that are not the cell's own, and too many locks to close in time", "policy-host-files": "flushing the host's disk, reading the state of its page cache and emptying it", "policy-other": "all other calls that are not on the list", "artifact-links": "links to files outside the workspace", "artifact-regular": "objects that are not regular files",
    "artifact-size": "results of gigabytes", "artifact-count": "too many artifacts", "artifact-names": "names with control characters for a terminal", "artifact-dead": "changes to the files while exrun reads them", "reclaim": "leftovers that affect a later run", "verdict": "a wrong report of how the program ended",
}
# layer: (a probe that sees if it is off, the layers that must be off for that, part of its report). tests/cli/test_layers.py proves each.
SEEN = {layer: (probe, off or layer, said) for layer, probe, off, said in (
    ("cgroup-memory", "resources/memory-in-tmp.sh", None, "BREACH: 90 MiB"), ("cgroup-pids", "resources/thread-bomb.py", None, "BREACH: 200 threads"), ("cgroup-cpu", "resources/cpu-in-excess.py", None, "BREACH: 2.8 s"),
    ("wall", "resources/sleep-for-ever.sh", None, "BREACH: it woke up"), ("output", "resources/output-in-excess.py", None, "BREACH: it was kept"), ("disk", "resources/disk-of-deleted-files.py", None, "BREACH: 16 MiB"),
    ("rlimit-core", "resources/core-dump.c", None, "BREACH: a core"), ("rlimit-cpu", "resources/cpu-beyond-rlimit.py", None, "BREACH: -1"), ("rlimit-fsize", "resources/disk-of-holes.sh", None, "BREACH: a terabyte"),
    ("rlimit-memlock", "resources/limits-of-the-rest.py", None, "BREACH: MEMLOCK"), ("rlimit-msgqueue", "resources/limits-of-the-rest.py", None, "BREACH: MSGQUEUE"), ("rlimit-nice", "resources/limits-of-the-rest.py", None, "BREACH: NICE"),
    ("rlimit-nofile", "resources/descriptors.py", None, "BREACH: 1000 files"), ("rlimit-nproc", "resources/processes-beyond-rlimit.py", None, "BREACH: "), ("rlimit-rtprio", "resources/limits-of-the-rest.py", None, "BREACH: RTPRIO"),
    ("rlimit-sigpending", "resources/limits-of-the-rest.py", None, "BREACH: SIGPENDING"), ("rlimit-stack", "resources/limits-of-the-rest.py", None, "BREACH: STACK"), ("oom", "resources/oom-immune.py", None, "BREACH: "),
    ("pid-namespace", "information/parent.py", None, "BREACH: "), ("ipc-namespace", "information/shared-memory-of-the-host.c", None, "BREACH: "),
    ("scheduling", "processes/scheduling-of-the-caller.py", None, "BREACH: nice"), ("names", "information/host-name.py", None, "BREACH: "), ("network", "network/abstract-socket-of-the-host.py", "network landlock", "abstract socket"), ("cgroup_view", "information/cgroup-path.py", None, "BREACH: "), ("uts-namespace", "information/host-name.py", None, "another name"),
    ("root", "files/secret-by-path.sh", None, "BREACH: "), ("old-root", "files/old-root.py", None, "BREACH: "), ("propagation", "files/mounts-propagate.py", None, "exrun could not run it"), ("read-only", "files/mounts-can-be-written.py", None, "BREACH: /usr"),
    ("root-read-only", "files/mounts-can-be-written.py", None, "BREACH: /"), ("nosuid", "files/mounts-obey-setuid.py", None, "BREACH: /"), ("nodev", "files/mounts-have-devices.py", None, "BREACH: /"),
    ("noexec", "files/mounts-execute.py", None, "BREACH: /"), ("landlock", "files/execute-what-was-written.sh", "landlock noexec", "BREACH: /"), ("proc", "files/proc-of-the-machine.sh", None, "BREACH: /proc/"), ("proc-files", "information/figures-of-the-machine.py", None, "BREACH: the kernel's /proc/cpuinfo"),
    ("fds", "files/leaked-descriptors.py", None, "BREACH: a descriptor"), ("session", "processes/session-of-the-caller.py", None, "BREACH: "), ("environment", "information/environment.py", None, "BREACH: "),
    ("uid", "processes/users-of-its-own.py", None, "BREACH: (0"), ("groups", "processes/groups.py", None, "BREACH: "), ("capabilities", "processes/capabilities.py", None, "BREACH: Cap"), ("bounding-set", "processes/capabilities-bound.py", None, "BREACH: "),
    ("no-new-privs", "processes/new-privileges.py", "no-new-privs policy landlock", "BREACH: it may"), ("init-user", "processes/kill-init.py", "init-user landlock", "BREACH: "), ("policy", "processes/filter-is-there.py", None, "BREACH: they are not"),
    ("policy-trace", "languages/perl-syscall.pl", None, "BREACH: the kernel"), ("policy-kernel", "processes/bpf.c", None, "BREACH: the kernel"), ("policy-perf", "processes/perf.c", None, "BREACH: the kernel"), ("policy-mount", "processes/mount.c", None, "BREACH: the kernel"),
    ("policy-setns", "processes/setns.c", None, "BREACH: the kernel"), ("policy-namespaces", "languages/bash-unshare.sh", None, "BREACH: the kernel"), ("policy-keys", "processes/keys-of-the-caller.c", None, "BREACH: the kernel"),
    ("policy-handles", "files/by-handle.c", None, "BREACH: the kernel"), ("policy-fanotify", "processes/watch-all-files.c", None, "BREACH: the kernel"), ("policy-admin", "processes/swap.c", None, "BREACH: the kernel"),
    ("policy-ioctl", "processes/type-into-the-terminal.c", None, "BREACH: the kernel"), ("policy-sockets", "network/socket-inet-stream.py", None, "BREACH: a socket"), ("policy-arch", "processes/x32.c", None, "BREACH: the kernel"),
    ("policy-locks", "resources/locks-of-lent-files.c", None, "BREACH: "),
    ("policy-host-files", "files/flush-the-host.c", None, "BREACH: "),
    ("policy-other", "files/execute-by-descriptor.py", None, "BREACH: memfd_create"), ("artifact-links", "files/artifact-symlink.sh", None, "secret was in its output"), ("artifact-regular", "files/artifact-fifo.sh", None, 'never printed "not a regular file"'),
    ("artifact-size", "files/artifact-of-many-names.sh", None, 'never printed "larger'), ("artifact-count", "files/artifact-too-many.py", None, 'never printed "one too many"'), ("artifact-names", "files/artifact-names.sh", None, 'never printed "control'),
    ("reclaim", "resources/disk-undeletable.py", None, "it left something behind"))}
UNSEEN = {"artifact-dead": "none: exrun reads artifacts after PID 1 has ended, and the kernel ends all other processes of the cell with it, so there is no protection to remove. `tests/cli/test_artifacts.py` tests such races",
          "verdict": "none: the verdict doesn't stop any program. `tests/unit/test_verdict.c` tests it with a table of the kernel's reports"}
# The same for a user with a range of IDs, with these exceptions and their reasons.
OF_USER = {layer: (probe, off or layer, said, why) for layer, probe, off, said, why in (
    ("pid-namespace", "information/parent.py", None, "exrun could not run it", "no program can run: a user can mount /proc only for a process namespace that this user created"),
    ("uts-namespace", "information/host-name.py", None, "exrun could not run it", "no program can run: a user may not set the machine's name"),
    ("uid", "processes/users-of-its-own.py", None, "exrun could not run it", "no program can run: the user's namespace has no user ID 0"),
    ("propagation", "files/mounts-propagate.py", None, "BREACH: /", "the kernel makes the mounts slaves, and pivot_root(2) accepts these. Later mounts of the host would then appear in the cell"),
    ("artifact-links", "files/artifact-link-to-its-own.sh", None, "BREACH: it was followed", "the kernel doesn't let a user follow the link into /proc that the other probe leaves, so the run would end with an error"))}
SEEN_BY_USER = SEEN | {layer: row[:3] for layer, row in OF_USER.items()}
# An addition to the probe in a row.
NOTES = {"propagation": "without this layer pivot_root(2) fails, and no program can run"}
SECTIONS = {
    ("docs/man/exrun.1", "limits"): lambda: "".join(
        f".TP\n.BR \\-\\-{word} \" \" \\fI{unit}\\fP\n{roff(help)}; \\fB{key}\\fP in requests and results\n" for key, word, unit, help in limits()),
    ("docs/man/exrun.1", "verdicts"): lambda: "".join(
        f".TP\n.B {word}\n{roff(meaning)}{f' (exit status {status})' if status else ''}\n" for word, status, meaning in verdicts()),
    ("docs/security.md", "layers"): lambda: "| layer | stops | number of probes | a probe that notices if the layer is removed |\n| --- | --- | --- | --- |\n" + "".join(row_of_layer(*row) for row in layers()),
    ("docs/security.md", "layers of users"): lambda: "| layer | probe without root | reason |\n| --- | --- | --- |\n" + "".join(
        f"| {layer} | {seen_by(layer, *row[:2])} | {row[3]} |\n" for layer, row in OF_USER.items()),
    ("docs/security.md", "steps"): lambda: "| step | stops |\n| --- | --- |\n" + "".join(f"| {name} | {stops} |\n" for name, stops in steps()),
}


def marks(path, section):
    return (f'.\\" begin {section}\n', f'.\\" end {section}\n') if path.endswith(".1") else (f"<!-- begin {section} -->\n", f"<!-- end {section} -->\n")


def parts(path, section):
    """The parts of the document before, within and after the section."""
    begin, end = marks(path, section)
    text = source(path)
    before, rest = text.split(begin)
    within, behind = rest.split(end)
    return before + begin, within, end + behind


if __name__ == "__main__":
    for (path, section), make in SECTIONS.items():
        before, _, behind = parts(path, section)
        (ROOT / path).write_text(before + make() + behind)
