# SPDX-License-Identifier: MIT
"""Programs as visitors write them, and the answers that they get: one table, and each row is one run through the real binary.

A topic gives the same exercise in several languages with its expected end; `each` creates a row for each language.
"""
import base64
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from conftest import lies_within

MIB = 1 << 20
ENDLESS = (0, 20_000_000)  # wall_us of programs that would run for a minute if they were not ended

C_HEAD = """#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
    (void)argc, (void)argv;
"""


@dataclass(frozen=True)
class Row:
    """One run. A member that is empty, or has the value None, is not checked."""
    id: str
    request: dict
    verdict: str = "ok"
    exit_code: int | None = None
    signal: str | None = None
    stdout: bytes | None = None        # exact
    stderr: bytes | None = None
    says: tuple = ()                   # in stdout
    tells: tuple = ()                  # in stdout or stderr
    never: tuple = ()                  # in neither
    stdout_bytes: int | None = None
    kept_bytes: int | None = None      # of stdout and stderr together
    stdout_truncated: bool = False
    encoding: str | None = None
    hit: tuple = ()
    hits: tuple | None = None          # exact
    denied: str | None = None
    compile_tells: tuple = ()
    usage: dict = field(default_factory=dict)


def each(topic, *, php=None, python=None, bash=None, c=None, request=None, limits=None, **expected):
    """A row for each language that the topic is written in."""
    sources = {"php": php and "<?php " + php, "python": python, "bash": bash, "c": c and C_HEAD + c + "\n}\n"}
    for profile, source in sources.items():
        if source is not None:
            yield Row(f"{profile}-{topic}", {"profile": profile, "source": source, **(request or {}),
                                             **({"limits": limits} if limits else {})}, **expected)


HAS_ONE_CACHE = True  # the same programs, again and again
TABLE = [
    # --- ends by itself
    *each("hello", stdout=b"hello\n", stderr=b"", encoding="utf-8", hits=(),
          usage={"wall_us": (1, 20_000_000), "cpu_us": (1, 2_000_000), "memory_peak_bytes": (4096, 128 * MIB),
                 "processes_peak": (1, 2)},
          php=r'echo "hello\n";',
          python='print("hello")',
          bash="echo hello",
          c=r'puts("hello");'),
    *each("exit-3", verdict="failed", exit_code=3, stdout=b"", stderr=b"",
          php="exit(3);",
          python="raise SystemExit(3)",
          bash="exit 3",
          c="return 3;"),
    *each("exit-137", verdict="failed", exit_code=137,  # looks like a kill, but is an exit status
          bash="exit 137",
          c="return 137;"),
    *each("error", verdict="failed", exit_code=255, tells=("no such thing",),
          php='throw new Exception("no such thing");'),
    *each("error", verdict="failed", exit_code=1, tells=("ValueError: no such thing", "main.py"),
          python='raise ValueError("no such thing")'),
    *each("error", verdict="failed", exit_code=127, tells=("no-such-thing",),
          bash="no-such-thing"),
    *each("no-program", verdict="failed", exit_code=255, stdout=b"", tells=("Parse error", "main.php on line 2"),
          php="\nfunction (("),
    *each("no-program", verdict="failed", exit_code=1, stdout=b"", tells=("SyntaxError", "main.py"),
          python="def ("),
    *each("no-program", verdict="failed", exit_code=2, stdout=b"", tells=("main.sh: line 1: syntax error",),
          bash="if fi"),
    *each("both-streams", stdout=b"out", stderr=b"err",
          php='fwrite(STDOUT, "out"); fwrite(STDERR, "err");',
          python='import sys; sys.stdout.write("out"); sys.stderr.write("err")',
          bash="printf out; printf err >&2",
          c='fputs("out", stdout); fputs("err", stderr);'),

    # --- ends by its own signal
    *each("crash", verdict="crashed", signal="SIGSEGV",
          php='exec("kill -SEGV " . getmypid()); sleep(60);',
          python="import ctypes; ctypes.string_at(0)",
          bash="kill -SEGV $$; sleep 60",
          c="*(volatile int *)0 = 1;"),
    *each("abort", verdict="crashed", signal="SIGABRT",
          php='exec("kill -ABRT " . getmypid()); sleep(60);',
          python="import os; os.abort()",
          bash="kill -ABRT $$; sleep 60",
          c="abort();"),
    *each("kill-9", verdict="crashed", signal="SIGKILL",  # not by a limit
          python="import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
          bash="kill -9 $$; sleep 60"),
    *each("signals-like-limits", verdict="crashed", signal="SIGSYS",  # a filter that reports no names would send this
          python="import os, signal; os.kill(os.getpid(), signal.SIGSYS)",
          bash="kill -SYS $$; sleep 60"),
    *each("signals-like-limits-too", verdict="crashed", signal="SIGXCPU",
          python="import os, signal; os.kill(os.getpid(), signal.SIGXCPU)",
          bash="kill -XCPU $$; sleep 60"),
    *each("real-time-signal", verdict="crashed", signal="SIGRTMIN+6",
          python="import os; os.kill(os.getpid(), 40)",
          bash="kill -40 $$; sleep 60"),
    *each("first-real-time-signal", verdict="crashed", signal="SIGRTMIN", c="raise(SIGRTMIN);"),
    *each("signal-of-the-c-library", verdict="crashed", signal="SIG32",
          python="import os; os.kill(os.getpid(), 32)"),
    *each("many-are-killed", stdout=b"12\n", hits=(),  # all but one are killed, but not by exrun
          python="import os, signal, time\nn = []\nfor i in range(12):\n    n.append(os.fork())\n    if n[-1] == 0: time.sleep(60)\n"
                 "for p in n: os.kill(p, 9)\nprint(sum(os.waitpid(p, 0)[1] == 9 for p in n))",
          bash="for i in {1..12}; do sleep 60 & done; kill -9 $(jobs -p); wait; jobs -p | wc -l >/dev/null; echo 12"),
    *each("alarm", verdict="crashed", signal="SIGALRM",
          php="pcntl_alarm(1); while (true) sleep(60);",
          c="alarm(1); pause();"),
    *each("recursion", verdict="failed", exit_code=1, tells=("RecursionError",),
          python="def f(): f()\nf()"),
    Row("c-recursion", {"profile": "c", "source":
                        "int f(volatile int *p) { volatile int a[1000]; a[0] = *p; return f(a) + a[0]; }\n"
                        "int main(void) { int n = 1; return f(&n); }"},
        verdict="crashed", signal="SIGSEGV"),

    # --- time
    *each("wall-timeout", verdict="timeout", limits={"wall_ms": 400}, usage={"wall_us": (380_000, 20_000_000)},
          php="sleep(60);",
          python="import time; time.sleep(60)",
          bash="sleep 60",
          c="sleep(60);"),
    *each("timeout-keeps-output", verdict="timeout", limits={"wall_ms": 2000}, stdout=b"before\n",
          python='import time; print("before", flush=True); time.sleep(60); print("after")',
          bash="echo before; sleep 60; echo after"),
    *each("term-ignored", verdict="timeout", limits={"wall_ms": 400}, usage={"wall_us": ENDLESS},
          python="import signal, time\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n"
                 "    except (OSError, ValueError): pass\ntime.sleep(60)",
          bash="trap '' TERM INT HUP QUIT; sleep 60"),
    *each("closes-output-and-sleeps", verdict="timeout", limits={"wall_ms": 400}, stdout=b"", hits=("wall",),
          python="import os, time; os.close(0); os.close(1); os.close(2); time.sleep(60)",
          bash="exec <&- >&- 2>&-; sleep 60",
          c="close(0); close(1); close(2); sleep(60);"),
    *each("stops-itself", verdict="timeout", limits={"wall_ms": 400}, hits=("wall",),
          python="import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
          bash="kill -STOP $$; echo on",
          c="raise(SIGSTOP);"),
    *each("stops-all", verdict="timeout", limits={"wall_ms": 400}, hits=("wall",),
          bash="sleep 60 & sleep 60 & kill -STOP -1 $$",
          c="for (int i = 0; i < 4; i++) if (!fork()) pause(); kill(-1, SIGSTOP); raise(SIGSTOP);"),
    *each("a-little-late-is-in-time", limits={"wall_ms": 5000}, stdout=b"done\n", hits=(),
          python='import time; time.sleep(1); print("done")',
          bash="sleep 1; echo done"),
    *each("cpu-timeout", verdict="cpu_timeout", limits={"cpu_ms": 200, "wall_ms": 4000},
          usage={"cpu_us": (180_000, 2_000_000), "wall_us": (100_000, 20_000_000)},
          php="while (true);",
          python="while True: pass",
          bash="while :; do :; done",
          c="for (;;);"),
    *each("cpu-timeout-of-four", verdict="cpu_timeout", limits={"cpu_ms": 200, "wall_ms": 4000, "processes": 16},
          usage={"cpu_us": (180_000, 2_000_000), "processes_peak": (2, 16)},
          php="for ($i = 0; $i < 4; $i++) if (pcntl_fork() === 0) while (true); while (pcntl_wait($s) > 0);",
          python="import os\nfor i in range(4):\n    if os.fork() == 0:\n        while True: pass\nos.wait()",
          bash="for i in 1 2 3 4; do while :; do :; done & done; wait",
          c="for (int i = 0; i < 4; i++) if (fork() == 0) for (;;); while (wait(NULL) > 0);"),
    *each("cpu-is-summed", verdict="cpu_timeout", limits={"cpu_ms": 300, "wall_ms": 6000, "processes": 16},
          usage={"cpu_us": (270_000, 2_000_000)},  # one after the other, so each of them stays below the limit
          python="import os, time\nfor i in range(20):\n    if os.fork() == 0:\n"
                 "        while time.process_time() < .1: pass\n        os._exit(0)\n    os.wait()"),

    *each("cpu-of-an-escaped-child", verdict="cpu_timeout", limits={"cpu_ms": 300, "wall_ms": 6000},
          python="import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        while True: pass\n"
                 "    os._exit(0)\nos.wait()\ntime.sleep(60)",
          bash="(setsid sh -c 'while :; do :; done' &); sleep 60"),
    *each("cpu-nearly", limits={"cpu_ms": 1000, "wall_ms": 9000}, stdout=b"done\n", hits=(),
          python="import time\nwhile time.process_time() < 0.5: pass\nprint('done')",
          c='while (clock() < CLOCKS_PER_SEC / 2); puts("done");'),

    # --- memory
    *each("heap", verdict="out_of_memory", limits={"memory_bytes": 64 * MIB, "cpu_ms": 10_000, "wall_ms": 20_000},
          usage={"memory_peak_bytes": (32 * MIB, 72 * MIB)},
          php='ini_set("memory_limit", -1); $a = []; while (true) $a[] = str_repeat("x", 1 << 20);',
          python='a = []\nwhile True: a.append(b"x" * (1 << 20))',
          bash="s=xxxxxxxx; while :; do s=$s$s; done",
          c="for (;;) memset(malloc(1 << 20), 'x', 1 << 20);"),
    *each("heap-of-its-own", verdict="failed", exit_code=255, tells=("Allowed memory size",),
          php='ini_set("memory_limit", "16M"); $a = []; while (true) $a[] = str_repeat("x", 1 << 20);'),
    *each("heap-of-its-own", verdict="failed", exit_code=1, tells=("MemoryError",),
          python="import resource as r; r.setrlimit(r.RLIMIT_AS, (48 << 20, 48 << 20)); x = bytearray(64 << 20)"),
    *each("heap-of-child", verdict="out_of_memory", limits={"memory_bytes": 64 * MIB, "wall_ms": 10_000},
          python='import os, time\nif os.fork() == 0:\n    a = []\n    while True: a.append(b"x" * (1 << 20))\n'
                 "os.wait()\ntime.sleep(60)",
          c="if (fork() == 0) for (;;) memset(malloc(1 << 20), 'x', 1 << 20);\nwait(NULL); sleep(60);"),
    *each("memory-file", verdict="out_of_memory", limits={"memory_bytes": 48 * MIB, "disk_bytes": 96 * MIB},
          usage={"memory_peak_bytes": (24 * MIB, 56 * MIB)},
          php='$f = fopen("/tmp/f", "w"); for ($i = 0; $i < 90; $i++) fwrite($f, str_repeat("x", 1 << 20));',
          python='f = open("/box/f", "wb")\nfor i in range(90): f.write(b"x" * (1 << 20))',
          bash="head -c 90M /dev/zero >/tmp/f; sleep 60",
          c='static char x[1 << 20]; int f = open("/box/f", O_CREAT | O_WRONLY, 0600);\n'
            "for (int i = 0; i < 90; i++) if (write(f, x, sizeof x) < 0) return 1;"),
    *each("memory-shared", verdict="out_of_memory", limits={"memory_bytes": 24 * MIB}, hits=("memory",),
          c="char *p = mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);\n"
            "memset(p, 1, 64 << 20); puts(\"survived\");", never=("survived",)),
    *each("memory-of-pipes", verdict="out_of_memory", limits={"memory_bytes": 24 * MIB}, hits=("memory",), never=("survived",),
          c="static char x[1 << 20]; int p[2];\nfor (int i = 0; i < 400 && pipe2(p, O_NONBLOCK) == 0; i++) {\n"
            "fcntl(p[1], F_SETPIPE_SZ, 1 << 20); while (write(p[1], x, sizeof x) > 0); }\nputs(\"survived\");"),
    *each("memory-of-sockets", verdict="out_of_memory", limits={"memory_bytes": 24 * MIB}, hits=("memory",), never=("survived",),
          c="static char x[1 << 16]; int p[2];\n"
            "for (int i = 0; i < 400 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, p) == 0; i++)\n"
            "while (write(p[0], x, sizeof x) > 0);\nputs(\"survived\");"),
    *each("memory-of-page-tables", verdict="out_of_memory", limits={"memory_bytes": 24 * MIB}, hits=("memory",), never=("survived",),
          c="for (size_t n = 0; n < 64; n++) {\n"  # only read, so no page is allocated for them
            "volatile char *p = mmap(NULL, 1UL << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);\n"
            "madvise((void *)p, 1UL << 30, MADV_NOHUGEPAGE);\n"
            "for (size_t i = 0; i < 1UL << 30; i += 1 << 21) (void)p[i]; }\nputs(\"survived\");"),
    *each("memory-nearly", limits={"memory_bytes": 64 * MIB}, stdout=b"done\n", hits=(),
          python="x = bytearray(48 << 20); print('done')",
          c='memset(malloc(56 << 20), 1, 56 << 20); puts("done");'),
    *each("memory-dies-of-kill", verdict="ok", stdout=b"9\n", hits=(),  # a child is killed, but not because of memory
          python="import os, time\np = os.fork()\nif p == 0: time.sleep(60)\nos.kill(p, 9); print(os.wait()[1])"),
    *each("file-pages-are-no-reason", limits={"memory_bytes": 32 * MIB, "wall_ms": 20_000, "cpu_ms": 10_000}, hits=(),
          bash="cat /usr/bin/* 2>/dev/null | head -c 200M >/dev/null; true"),  # far more than its limit, but the kernel can drop these pages
    *each("inodes", limits={"disk_bytes": 4 * MIB}, stdout=b"full\n", hit=("disk",),
          python="import errno, time\ntry:\n    for i in range(3000): open(f'/tmp/{i}', 'w').close()\n"
                 "except OSError as e: print('full' if e.errno == errno.ENOSPC else e, flush=True)"),
    *each("disk-full", stdout=b"full\n", limits={"disk_bytes": 4 * MIB}, hit=("disk",),
          php=r'$f = fopen("f", "w"); for ($i = 0; $i < 16; $i++) $n = @fwrite($f, str_repeat("x", 1 << 20));'
              r' echo $n === 1 << 20 ? "room\n" : "full\n";',
          python='import errno\ntry:\n    with open("/tmp/f", "wb", 0) as f:\n'
                 '        for i in range(16): f.write(b"x" * (1 << 20)) == 1 << 20 or print("full") or exit()\n'
                 'except OSError as e: print("full" if e.errno == errno.ENOSPC else e)',
          bash="head -c 16M /dev/zero >/dev/shm/f 2>/dev/null && echo room || echo full"),

    *each("disk-full-by-one-file", limits={"disk_bytes": 4 * MIB}, hit=("disk",), stdout=b"full\n",
          python="import errno, os, time\nf = os.open('/tmp/f', os.O_CREAT | os.O_WRONLY)\ntry:\n    while os.write(f, b'x' * 65536): pass\n"
                 "except OSError as e: print('full' if e.errno == errno.ENOSPC else e, flush=True); time.sleep(0.2)"),

    *each("disk-full-by-an-unlinked-file", limits={"disk_bytes": 4 * MIB}, hit=("disk",), stdout=b"full\nlater\n",
          python="import errno, os, time\nf = os.open('f', os.O_CREAT | os.O_WRONLY)\nos.unlink('f')\ntry:\n    while os.write(f, b'x' * 65536): pass\n"
                 "except OSError as e: print('full' if e.errno == errno.ENOSPC else e, flush=True); time.sleep(0.2)\nos.close(f)\ntime.sleep(0.5)\nprint('later')"),

    # EMFILE is not counted by the kernel, so exrun has to observe it while the program is still there.
    *each("open-files", limits={"files": 64}, stdout=b"refused\n", hit=("files",),
          python="import errno, os, time\ntry:\n    for i in range(65): os.open('/dev/null', os.O_RDONLY)\n"
                 "except OSError as e: print('refused' if e.errno == errno.EMFILE else e, flush=True); time.sleep(0.5)",
          c='for (int i = 0; i < 65; i++) if (open("/dev/null", O_RDONLY) < 0) { puts("refused"); fflush(stdout);\n'
            "usleep(500000); return 0; }"),

    # The limit is on locks held at the same time, not on locks taken: SQLite takes 13 for each insert.
    *each("record-locks", stdout=b"2000\n", hits=(), limits={"wall_ms": 55_000, "cpu_ms": 29_000},
          python="import fcntl, sqlite3\nf = open('f', 'w')\nfor i in range(2000): fcntl.lockf(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_UN)\n"
                 "db = sqlite3.connect('db', isolation_level=None)\ndb.execute('create table t (x)')\nfor i in range(2000): db.execute('insert into t values (1)')\n"
                 "print(db.execute('select count(*) from t').fetchone()[0])"),
    *each("flock", stdout=b"20000\n", hits=(), limits={"wall_ms": 20_000, "cpu_ms": 15_000},
          php=r'$f = fopen("f", "c+"); for ($i = 0; $i < 20000; $i++) { flock($f, LOCK_EX) && fwrite($f, "."); flock($f, LOCK_UN); } echo filesize("f"), "\n";'),
    *each("locks-between-processes", stdout=b"busy\nalarm\nfree\n", hits=(), limits={"wall_ms": 20_000},
          python="import fcntl, os, signal\nf = open('f', 'w')\nfcntl.flock(f, fcntl.LOCK_EX)\nr, w = os.pipe()\nif os.fork() == 0:\n    f.close(); g = open('f')\n"
                 "    try: fcntl.flock(g, fcntl.LOCK_SH | fcntl.LOCK_NB)\n    except BlockingIOError: print('busy', flush=True)\n"
                 "    def on_alarm(*_): raise TimeoutError\n"
                 "    signal.signal(signal.SIGALRM, on_alarm); signal.setitimer(signal.ITIMER_REAL, 0.05)\n"
                 "    try: fcntl.flock(g, fcntl.LOCK_SH)\n    except TimeoutError: print('alarm', flush=True)\n"
                 "    os.write(w, b'x'); fcntl.flock(g, fcntl.LOCK_SH); print('free', flush=True); os._exit(0)\n"
                 "os.read(r, 1)\nf.close()\nos.wait()"),
    *each("record-locks-without-end", verdict="timeout", hit=("wall",), limits={"cpu_ms": 20_000, "wall_ms": 4_000}, stdout=b"512 [Errno 37] No locks available\n",
          python="import fcntl, time\nf = open('f', 'w')\nrefused = 0\nfor i in range(300_000):\n    try: fcntl.lockf(f, fcntl.LOCK_EX, 1, 2 * i)\n"
                 "    except OSError as e:\n        refused += 1\n        if refused == 1: print(i, e, flush=True)\n        if refused == 50: time.sleep(60)"),
    *each("locks-of-others-without-end", verdict="denied", denied="flock", limits={"cpu_ms": 20_000, "wall_ms": 50_000}, stdout=b"[Errno 37] No locks available\n",
          python="import fcntl\nf = open('/usr/bin/env')\nrefused = 0\nfor i in range(300_000):\n    try: fcntl.flock(f, fcntl.LOCK_SH)\n"
                 "    except OSError as e:\n        refused += 1\n        if refused == 1: print(e, flush=True)"),
    # Programs lock their output to write whole lines: Perl's and PHP's loggers, make -O.
    *each("locks-on-output", stdout=b"5000\n", hits=(), limits={"wall_ms": 20_000, "cpu_ms": 15_000},
          php=r'for ($i = 0; $i < 5000; $i++) { if (!flock(STDOUT, LOCK_EX) || !flock(STDOUT, LOCK_UN)) exit(1); } echo $i, "\n";',
          python="import fcntl, sys\nfor i in range(5000): fcntl.flock(sys.stderr, fcntl.LOCK_EX); fcntl.flock(sys.stderr, fcntl.LOCK_UN)\nprint(i + 1)"),
    # Meanwhile, other processes start and end, and many files are open.
    *each("locks-among-many", stdout=b"600\n", hits=(), limits={"wall_ms": 50_000, "cpu_ms": 29_000},
          python="import sqlite3, subprocess, threading\nstop = False\nkeep = [open('/dev/null') for _ in range(200)]\ndef spawn():\n    while not stop: subprocess.run(['true'])\n"
                 "threads = [threading.Thread(target=spawn) for _ in range(2)]\nfor t in threads: t.start()\ndb = sqlite3.connect('d.db', timeout=0)\ndb.execute('create table t (a)')\n"
                 "for i in range(600): db.execute('insert into t values (1)'); db.commit()\nstop = True\nprint(db.execute('select count(*) from t').fetchone()[0])"),
    # --- processes
    *each("fork-limit", hit=("processes",), limits={"processes": 8, "wall_ms": 15_000}, says=("refused",),
          usage={"processes_peak": (2, 8)},
          php=r'for ($i = 0; $i < 50; $i++) { $p = @pcntl_fork(); if ($p === 0) { sleep(60); exit; }'
              r' if ($p < 0) { echo "refused\n"; exit; } }',
          python="import os, time\nfor i in range(50):\n    try:\n        if os.fork() == 0: time.sleep(60)\n"
                 '    except BlockingIOError: print("refused"); break',
          c='for (int i = 0; i < 50; i++) { pid_t p = fork(); if (p == 0) pause();\n'
            'if (p < 0) { puts(errno == EAGAIN ? "refused" : "odd"); return 0; } }'),
    *each("fork-limit", hit=("processes",), limits={"processes": 8, "wall_ms": 15_000}, stdout=b"done\n",
          tells=("Resource temporarily unavailable",), usage={"processes_peak": (2, 8)},
          bash="for i in {1..8}; do sleep 0.2 & done; wait; echo done"),  # bash tries again after a second
    *each("thread-limit", hit=("processes",), limits={"processes": 8}, stdout=b"refused\n",
          python="import os, threading, time\nfor i in range(50):\n"
                 "    try: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
                 '    except RuntimeError: print("refused", flush=True); os._exit(0)'),
    *each("orphan", stdout=b"left\n", usage={"wall_us": ENDLESS}, limits={"wall_ms": 25_000},
          php=r'if (pcntl_fork() === 0) { if (pcntl_fork() === 0) sleep(60); exit; }'
              r' pcntl_wait($s); echo "left\n";',
          python="import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(60)\n"
                 '    os._exit(0)\nos.wait()\nprint("left")',
          bash="(setsid sleep 60 &); echo left",
          c='if (fork() == 0) { setsid(); if (fork() == 0) sleep(60); _exit(0); }\nwait(NULL); puts("left");'),

    # --- output
    *each("output-limit", verdict="output_limit", limits={"output_bytes": 4096}, stdout_bytes=4096, kept_bytes=4096,
          stdout_truncated=True, usage={"wall_us": ENDLESS},
          php='while (true) echo str_repeat("x", 1000);',
          python='while True: print("x" * 999)',
          bash="yes xxxxxxxxx",
          c='for (;;) puts("xxxxxxxxx");'),
    *each("output-one-more", verdict="output_limit", limits={"output_bytes": 4096}, stdout=b"x" * 4096,
          stdout_truncated=True,
          php='echo str_repeat("x", 4097);',
          python='print("x" * 4097, end="")',
          bash="printf %4097s | tr ' ' x",
          c="for (int i = 0; i < 4097; i++) putchar('x');"),
    *each("output-exact", limits={"output_bytes": 4096}, stdout=b"x" * 4096, stderr=b"",
          php='echo str_repeat("x", 4096);',
          python='print("x" * 4096, end="")',
          bash="printf %4096s | tr ' ' x",
          c="for (int i = 0; i < 4096; i++) putchar('x');"),
    *each("output-exact-in-two", limits={"output_bytes": 4096}, stdout=b"x" * 2048, stderr=b"y" * 2048,
          python='import sys; sys.stdout.write("x" * 2048); sys.stderr.write("y" * 2048)',
          bash="printf %2048s | tr ' ' x; printf %2048s | tr ' ' y >&2"),
    *each("output-limit-in-two", verdict="output_limit", limits={"output_bytes": 4096}, kept_bytes=4096,
          stdout_truncated=None,
          python='import sys; sys.stdout.write("x" * 3000); sys.stdout.flush(); sys.stderr.write("y" * 3000)',
          bash="printf %3000s | tr ' ' x; printf %3000s | tr ' ' y >&2"),
    *each("cut-within-a-character", verdict="output_limit", limits={"output_bytes": 1001}, stdout=("ü" * 500).encode(),
          stdout_truncated=True, encoding="utf-8",
          python='print("ü" * 999)',
          c='for (;;) fputs("ü", stdout);'),
    *each("not-utf-8", stdout=b"\xff\xfe\0ok", encoding="base64",
          php=r'echo "\xff\xfe\0ok";',
          python=r'import sys; sys.stdout.buffer.write(b"\xff\xfe\0ok")',
          bash=r"printf '\xff\xfe\0ok'",
          c=r'fwrite("\xff\xfe\0ok", 1, 5, stdout);'),
    *each("utf-8", stdout="zażółć 日本 🐘".encode(), encoding="utf-8",
          php='echo "zażółć 日本 🐘";',
          python='print("zażółć 日本 🐘", end="")',
          bash="printf %s 'zażółć 日本 🐘'",
          c='fputs("zażółć 日本 🐘", stdout);'),

    # --- input
    *each("stdin", request={"stdin": "one\ntwo"}, stdout=b"ONE\nTWO",
          php="echo strtoupper(stream_get_contents(STDIN));",
          python="import sys; print(sys.stdin.read().upper(), end='')",
          bash="tr a-z A-Z",
          c="for (int k; (k = getchar()) != EOF;) putchar(k >= 'a' ? k - 32 : k);"),
    *each("stdin-bytes", request={"stdin": {"encoding": "base64", "content": "AP8A"}}, stdout=b"\0\xff\0",
          python="import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())",
          bash="cat"),
    *each("stdin-none", stdout=b"0\n",
          php=r'echo strlen(stream_get_contents(STDIN)), "\n";',
          python="import sys; print(len(sys.stdin.read()))",
          bash="wc -c",
          c=r'puts(getchar() == EOF ? "0" : "some");'),
    *each("stdin-unread", request={"stdin": "x" * (MIB // 2)}, stdout=b"fine\n",
          python='print("fine")',
          c='puts("fine");'),
    *each("args", request={"args": ["a b", "", "-h", "--", "ü"]}, stdout="[a b][][-h][--][ü]".encode(),
          php='foreach (array_slice($argv, 1) as $a) echo "[$a]";',
          python='import sys; print(*(f"[{a}]" for a in sys.argv[1:]), sep="", end="")',
          bash='printf "[%s]" "$@"',
          c='for (int i = 1; i < argc; i++) printf("[%s]", argv[i]);'),
    *each("env", request={"env": {"GREETING": "hé llo=1"}}, stdout="hé llo=1".encode(),
          php='echo getenv("GREETING");',
          python='import os; print(os.environ["GREETING"], end="")',
          bash='printf %s "$GREETING"',
          c='fputs(getenv("GREETING"), stdout);'),
    *each("env-is-clean", says=("HOME=/box\n", "TMPDIR=/tmp\n", "LANG=C.UTF-8\n", "TZ=UTC\n", "PATH=", "USER="),
          never=("EXRUN", "PYTEST", "SUDO", "SSH", "PYENV"),
          php=r'foreach (getenv() as $k => $v) echo "$k=$v\n";',
          python='import os\nfor k, v in os.environ.items(): print(f"{k}={v}")',
          bash="env",
          c="for (char **e = environ; *e; e++) puts(*e);"),
    *each("files", stdout=b"from a\n", request={"files": [
              {"path": "lib/a.php", "content": '<?php function a() { return "from a\\n"; }'}]},
          php='require "lib/a.php"; echo a();'),
    *each("files", stdout=b"from a b'\\x00\\xff'\n", request={"files": [
              {"path": "lib/a.py", "content": 'NAME = "from a"'},
              {"path": "data/x/y.bin", "encoding": "base64", "content": "AP8="}]},
          python='from lib import a; print(a.NAME, open("data/x/y.bin", "rb").read())'),
    *each("files", stdout=b"from a\n", request={"files": [{"path": "lib/a.sh", "content": 'name="from a"'}]},
          bash='. lib/a.sh; echo "$name"'),
    *each("files", stdout=b"from a\n", request={"files": [{"path": "lib/a.h", "content": '#define NAME "from a"'}]},
          c='\n#include "lib/a.h"\nputs(NAME);'),
    Row("c-entry-as-file", {"profile": "c", "files": [{"path": "main.c", "content": "int main(void) { return 5; }"}]},
        verdict="failed", exit_code=5),

    # --- forbidden calls
    *each("denied", verdict="denied", denied="unshare", never=("survived",),
          php='pcntl_unshare(CLONE_NEWUSER); echo "survived";',
          bash="unshare -U true; echo survived"),
    *each("denied", verdict="denied", denied="ptrace", never=("survived",),
          python='import ctypes; ctypes.CDLL(None).ptrace(0, 0, None, None); print("survived")',
          c='ptrace(PTRACE_TRACEME, 0, NULL, NULL); puts("survived");'),
    *each("denied-mount", verdict="denied", denied="mount", never=("survived",),
          c='mount("none", "/tmp", "tmpfs", 0, NULL); puts("survived");'),
    *each("denied-keyctl", verdict="denied", denied="keyctl", never=("survived",),
          c='syscall(SYS_keyctl, 0, -3, 1); puts("survived");'),
    *each("denied-bpf", verdict="denied", denied="bpf", never=("survived",),
          c='syscall(SYS_bpf, 0, NULL, 0); puts("survived");'),
    *each("denied-in-child", verdict="denied", denied="ptrace", limits={"wall_ms": 10_000},
          c="if (fork() == 0) { ptrace(PTRACE_TRACEME, 0, NULL, NULL); _exit(0); }\nsleep(60);"),
    *each("not-offered", stdout=b"-1 -1 -1\n",  # an errno, so that a runtime can continue
          c='printf("%ld %ld %ld\\n", syscall(SYS_io_uring_setup, 1, NULL), syscall(SYS_userfaultfd, 0), syscall(SYS_memfd_create, "", 0));'),
    *each("no-network", stdout=b"no way\n",
          php=r'echo @fsockopen("192.0.2.1", 80, $e, $s, 5) ? "out\n" : "no way\n";',
          python="import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80), 5)\n    print('out')\n"
                 "except OSError: print('no way')",
          bash="(: >/dev/tcp/192.0.2.1/80) 2>/dev/null && echo out || echo no way",
          c="struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(80) };\n"
            "a.sin_addr.s_addr = htonl(0xc0000201);\nint s = socket(AF_INET, SOCK_STREAM, 0);\n"
            'puts(s >= 0 && connect(s, (void *)&a, sizeof a) == 0 ? "out" : "no way");'),
    *each("no-loopback", stdout=b"no way\n",
          python="import socket\ntry:\n    s = socket.create_server(('127.0.0.1', 0))\n"
                 "    socket.create_connection(s.getsockname(), 5)\n    print('in')\nexcept OSError: print('no way')"),

    # --- visible files and processes
    *each("host-files-unseen", stdout=b"",
          php='foreach (["/etc/shadow", "/root", "/home", "/work", "/var", "/srv", "/boot", "/run", "/sys"] as $p)'
              ' if (@file_get_contents($p, false, null, 0, 1) || @scandir($p)) echo "$p ";',
          python='import os\nfor p in "/etc/shadow /root /home /work /var /srv /boot /run /sys".split():\n'
                 "    if os.access(p, os.R_OK): print(p)",
          bash="for p in /etc/shadow /root /home /work /var /srv /boot /run /sys; do [ -r $p ] && echo $p; done; true",
          c='char *p[] = {"/etc/shadow", "/root", "/home", "/work", "/var", "/srv", "/boot", "/run", "/sys"};\n'
            "for (int i = 0; i < 9; i++) if (access(p[i], R_OK) == 0) puts(p[i]);"),
    *each("host-processes-unseen", stdout=b"only mine\n",
          php=r'$n = count(array_filter(scandir("/proc"), "is_numeric"));'
              r' echo getmypid() !== 1 && $n === 1 ? "only mine\n" : "$n\n";',
          python="import os\npids = [p for p in os.listdir('/proc') if p.isdigit()]\n"
                 "print('only mine' if os.getpid() != 1 and pids == [str(os.getpid())] else pids)",
          bash="cd /proc; n=([0-9]*); [ $$ != 1 ] && [ \"${n[*]}\" = $$ ] && echo only mine || echo \"${n[@]}\"",
          c='int n = 0; DIR *d = opendir("/proc");\n'
            'for (struct dirent *e; d && (e = readdir(d));) n += atoi(e->d_name) > 0;\n'
            'puts(getpid() != 1 && n == 1 ? "only mine" : "more");'),
    *each("init-is-safe", stdout=b"may not\n",
          python="import os\ntry: os.kill(1, 9)\nexcept PermissionError: print('may not')"),
    *each("user-has-a-name", stdout=b"named\n",
          php=r'touch("/tmp/mine"); echo fileowner("/tmp/mine") && get_current_user() ? "named\n" : "nameless\n";',
          python="import os, pwd; u = pwd.getpwuid(os.getuid()); print('named' if u.pw_name else u)",
          bash="id -un >/dev/null && echo named",
          c='struct passwd *u = getpwuid(getuid()); puts(u && *u->pw_name ? "named" : "nameless");'),
    *each("user-is-not-root", stdout=b"no root\n",
          php=r'touch("/tmp/mine"); echo fileowner("/tmp/mine") && filegroup("/tmp/mine") ? "no root\n" : "root\n";',
          python="import os; print('root' if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()) else 'no root')",
          bash='[[ " $UID $EUID $(id -G) " == *" 0 "* ]] && echo root || echo no root',
          c='puts(getuid() && geteuid() && getgid() && getegid() && setuid(0) < 0 ? "no root" : "root");'),
    *each("no-power", stdout=b"CapInh 0\nCapPrm 0\nCapEff 0\nCapBnd 0\nCapAmb 0\nNoNewPrivs 1\nSeccomp 2\n",
          python='s = dict(line.split(":", 1) for line in open("/proc/self/status"))\n'
                 'for k in "CapInh CapPrm CapEff CapBnd CapAmb NoNewPrivs Seccomp".split(): print(k, int(s[k], 16))'),
    *each("no-descriptors", stdout=b"0 1 2 ",
          python="import os\nfor i in range(1024):\n    try: os.fstat(i); print(i, end=' ')\n    except OSError: pass",
          c='for (int i = 0; i < 1024; i++) if (fcntl(i, F_GETFD) >= 0) printf("%d ", i);'),
    *each("host-name", never=(socket.gethostname(),), stderr=b"",
          php="echo gethostname();",
          python="import socket; print(socket.gethostname())",
          bash="echo $HOSTNAME",
          c='char n[99] = ""; gethostname(n, 98); puts(n);'),
    *each("home", stdout=b"/box /box\n",
          php=r'echo getenv("HOME"), " ", getcwd(), "\n";',
          python="import os; print(os.environ['HOME'], os.getcwd())",
          bash="echo $HOME $(pwd -P)",
          c='printf("%s %s\\n", getenv("HOME"), getcwd(NULL, 0));'),
    *each("writable", stdout=b"/box /tmp /dev/shm ",
          php='foreach (["/box", "/tmp", "/dev/shm"] as $d) if (@file_put_contents("$d/new", "x") === 1) echo "$d ";',
          python="for d in '/box', '/tmp', '/dev/shm':\n    open(d + '/new', 'w').write('x')\n    print(d, end=' ')",
          bash="for d in /box /tmp /dev/shm; do echo x >$d/new && printf '%s ' $d; done",
          c='char *d[] = {"/box", "/tmp", "/dev/shm"};\nfor (int i = 0; i < 3; i++)\n'
            'if (!chdir(d[i]) && open("new", O_CREAT | O_WRONLY, 0600) >= 0) printf("%s ", d[i]);'),
    *each("read-only", stdout=b"",
          php='foreach (["", "/usr", "/usr/bin", "/etc", "/dev", "/proc"] as $d)'
              ' if (@file_put_contents("$d/new", "x")) echo "$d/ ";',
          python="for d in '', '/usr', '/usr/bin', '/etc', '/dev', '/proc':\n"
                 "    try: open(d + '/new', 'w'); print(d + '/')\n    except OSError: pass",
          bash="for d in '' /usr /usr/bin /etc /dev /proc; do : >$d/new && echo $d/; done 2>/dev/null; true",
          c='char *p[] = {"/new", "/usr/new", "/usr/bin/new", "/etc/new", "/dev/new", "/proc/new"};\n'
            "for (int i = 0; i < 6; i++) if (open(p[i], O_CREAT | O_WRONLY, 0600) >= 0) puts(p[i]);"),
    *each("devices", stdout=b"fd full null random stderr stdin stdout urandom zero",
          python="import os\nassert open('/dev/zero', 'rb', 0).read(2) == b'\\0\\0' and open('/dev/urandom', 'rb')\n"
                 "print(*sorted({*os.listdir('/dev')} - {'shm'}), end='')"),

    # --- compiling
    Row("c-compile-error", {"profile": "c", "source": "int main(void) {\n    return nonsense;\n}\n"},
        verdict="compile_failed", compile_tells=("main.c:2:", "nonsense"), stdout=b"", stderr=b""),
    Row("c-compile-warning", {"profile": "c", "source": "#warning careful\nint main(void) { return 0; }\n"},
        compile_tells=("main.c:1:", "careful")),
    Row("c-compile-sees-no-host", {"profile": "c", "source": '#include "/etc/shadow"\nint main(void) { return 0; }\n'},
        verdict="compile_failed", compile_tells=("No such file",)),
    Row("c-compile-includes-no-end", {"profile": "c", "source": '#include "/dev/zero"\nint main(void) { return 0; }\n'},
        verdict="compile_failed", stdout=b""),
    Row("c-compile-includes-itself", {"profile": "c", "source": '#include "main.c"\nint main(void) { return 0; }\n'},
        verdict="compile_failed", compile_tells=("main.c:1:",)),
    Row("c-compile-of-no-main", {"profile": "c", "source": "int f(void) { return 0; }\n"},
        verdict="compile_failed"),
    *each("limits-spare-the-compiler", stdout=b"hello\n",
          limits={"processes": 1, "cpu_ms": 100, "memory_bytes": 16 * MIB},
          c='puts("hello");'),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_program_ends_as_expected(row, run):
    check(row, row.request, run({**row.request, "id": row.id}))


def check(row, request, result):
    """Compares a result with its row. The service's tests use it, too."""
    stdout, stderr = streams(result)
    told = f"{stdout!r} {stderr!r} {result['message']}"

    assert result["id"] == row.id and result["profile"] == row.request["profile"]
    assert result["verdict"] == row.verdict, told
    assert result["message"], told
    assert "unreclaimed" not in result and "unenforced" not in result
    if row.verdict in ("ok", "failed", "crashed"):
        assert result["exit_code"] == (0 if row.verdict == "ok" else row.exit_code), told
        assert result["signal"] == row.signal, told

    if row.stdout is not None:
        assert stdout == row.stdout, told
    if row.stderr is not None:
        assert stderr == row.stderr, told
    for text in row.says:
        assert text.encode() in stdout, told
    for text in row.tells:
        assert text.encode() in stdout + stderr, told
    for text in row.never:
        assert text.encode() not in stdout + stderr, told
    if row.stdout_bytes is not None:
        assert len(stdout) == row.stdout_bytes
    if row.kept_bytes is not None:
        assert len(stdout) + len(stderr) == row.kept_bytes
    if row.stdout_truncated is not None:
        assert result["stdout_truncated"] is row.stdout_truncated
    if row.verdict == "output_limit":
        assert result["stdout_truncated"] or result["stderr_truncated"]
    if row.encoding is not None:
        assert result["encoding"] == row.encoding

    if row.hits is not None:
        assert result["limits_hit"] == list(row.hits)
    assert set(row.hit) <= set(result["limits_hit"]), result["limits_hit"]
    if row.denied:
        assert result["denied"]["syscall"] == row.denied and result["denied"]["what"]
    for text in row.compile_tells:
        assert text in result["compile"]["stderr"], result["compile"]

    assert result["limits"].items() >= request.get("limits", {}).items()
    assert result["usage"]["processes_peak"] <= result["limits"]["processes"]
    for name, (least, most) in row.usage.items():
        assert lies_within(name, result["usage"][name], least, most), (name, result["usage"])


def test_verdicts_stay_with_eight_at_a_time(run):
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda row: run(slower(row), timeout=120), TABLE))
    wrong = {row.id: (result["verdict"], result["message"]) for row, result in zip(TABLE, results)
             if result["verdict"] != row.verdict}
    assert not wrong


def slower(row):
    """The same request with a wall-clock limit that eight runs at a time don't reach, unless the row is about that limit."""
    if row.verdict == "timeout":
        return row.request
    return {**row.request, "limits": {**row.request.get("limits", {}), "wall_ms": 60_000}}


def streams(result):
    """stdout and stderr as the bytes that the program wrote."""
    if result["encoding"] == "base64":
        return tuple(base64.b64decode(result[name], validate=True) for name in ("stdout", "stderr"))
    return result["stdout"].encode(), result["stderr"].encode()


HELLO = {row.request["profile"]: row.request for row in TABLE if row.id.endswith("-hello")}

PARTS = ("read", "host", "policy", "cache", "lease", "clone", "cgroup", "start", "run", "kill", "figures", "fetch", "reclaim")
SHAPE = {"v": int, "id": str, "profile": str, "program": str, "verdict": str, "message": str, "exit_code": int, "signal": type(None),
         "stdout": str, "stderr": str, "stdout_truncated": bool, "stderr_truncated": bool, "encoding": str,
         "usage": {"wall_us": int, "cpu_us": int, "user_us": int, "system_us": int, "memory_peak_bytes": int,
                   "processes_peak": int, "disk_bytes": int},
         "limits": {"wall_ms": int, "cpu_ms": int, "memory_bytes": int, "processes": int, "output_bytes": int,
                    "disk_bytes": int, "files": int},
         "limits_hit": list,
         "timing": {"queue_us": int, "prepare_us": int, "run_us": int, "reclaim_us": int, "warm": bool, "cell": str,
                    "parts_us": dict.fromkeys(PARTS, int)},
         "labels": dict}
COMPILE = {"verdict": str, "exit_code": int, "signal": type(None), "stdout": str, "stderr": str, "stdout_truncated": bool,
           "stderr_truncated": bool, "encoding": str, "usage": SHAPE["usage"], "cached": bool}


def assert_shape(value, shape, where="result"):
    """Every member of the contract exists with its type, and no other one does."""
    if not isinstance(shape, dict):
        assert type(value) is shape, (where, value)
        return
    assert value.keys() == shape.keys(), where
    for name, inner in shape.items():
        assert_shape(value[name], inner, f"{where}/{name}")


@pytest.mark.parametrize("profile", HELLO)
def test_a_result_has_its_shape(profile, run):
    labels = {"example": "hello", "client": "ż" * 100}
    result = run({"v": 1, **HELLO[profile], "id": "A_b-9", "labels": labels})
    assert_shape(result, {**SHAPE, "compile": COMPILE} if profile == "c" else SHAPE)
    assert result["v"] == 1 and result["id"] == "A_b-9" and result["labels"] == labels
    usage = result["usage"]
    assert abs(usage["user_us"] + usage["system_us"] - usage["cpu_us"]) <= 20_000  # v1 counts the two in ticks
    timing = result["timing"]
    assert timing["cell"] == "cold"
    assert all(amount >= 0 for amount in (*usage.values(), *timing["parts_us"].values()))
    before = sum(timing["parts_us"][part] for part in PARTS[:8])
    assert before <= timing["prepare_us"] <= before + len(PARTS) and abs(timing["reclaim_us"] - timing["parts_us"]["kill"] - timing["parts_us"]["reclaim"]) <= 1
    assert timing["parts_us"]["run"] <= timing["run_us"] + 50_000 or profile == "c"
    assert all(limit > 0 for limit in result["limits"].values())


def test_a_denied_syscall_is_named(run):
    result = run({"profile": "bash", "source": "unshare -U true"})
    assert_shape(result["denied"], {"syscall": str, "what": str})


def test_all_cells_have_one_host_name(run):
    rows = [row for row in TABLE if row.id.endswith("-host-name")]
    assert len({streams(run(row.request))[0].strip() for row in rows}) == 1
