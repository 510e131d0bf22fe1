# SPDX-License-Identifier: MIT
"""A run whose stdin is open: POST /v1/runs/ID/stdin, and the event "reading". Every test waits for what must happen, never for a time: if a time must pass, then
it is that of another program, whose end is awaited; one front is stopped for a moment."""
import hashlib
import os
import pathlib
import signal
import sys
import threading
import time

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream, output_of  # noqa: E402
from serving import call, processes, processes_of_cells, run, service, start, status_of, wait_for_looks, wait_until  # noqa: E402, F401

PYTHON, BASH = {"profile": "python", "stdin_open": True}, {"profile": "bash", "stdin_open": True}
ECHO = {**PYTHON, "id": "echo", "source": "print('name?', flush=True)\nname = input()\nprint('hello', name, flush=True)\nprint('age?', flush=True)\nprint(int(input()) + 1)\n"}
# Its wall time is used up unless it stands still while the program waits.
SHORT_MS = 2000
LONGER = {"profile": "bash", "source": "sleep 2.5", "limits": {"wall_ms": 20000}}


def feed(name, content, query="", **more):
    return call("POST", f"/v1/runs/{name}/stdin{query}", content, headers={"Content-Type": "application/octet-stream"}, **more)


def detail_of(answer, status=409):
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.content
    return answer.json["detail"]


def read_until(stream, kind):
    events = []
    for event in stream:
        events.append(event)
        if event.type == kind:
            return events
    raise AssertionError(events)


def result_of(stream):
    *_, last = stream
    assert last.type == "result"
    return last.data


def test_a_program_asks_twice(service):
    stream = Stream(ECHO)
    events = read_until(stream, "reading")
    assert output_of(events, "stdout") == b"name?\n" and events[-1].data == {} and events[-1].id
    answer = feed("echo", b"Ada\n")
    assert (answer.status, answer.content, answer.headers["Exrun-Run"]) == (204, b"", "echo")
    events = read_until(stream, "reading")
    assert output_of(events, "stdout") == b"hello Ada\nage?\n"
    assert feed("echo", b"36\n").status == 204
    events = list(stream)
    assert output_of(events, "stdout") == b"37\n" and events[-1].data["verdict"] == "ok"
    assert detail_of(feed("echo", b"more\n")) == "the run has ended"


def test_events_of_a_run_without_a_stream(service):
    """A reader who opens them later sees that the program waits."""
    answers = []
    poster = threading.Thread(target=lambda: answers.append(run({**ECHO, "id": "plain"})))
    poster.start()
    wait_until(lambda: call("GET", "/v1/runs/plain").status == 202)
    reader = Stream(None, method="GET", target="/v1/runs/plain/events")
    assert output_of(read_until(reader, "reading"), "stdout") == b"name?\n"
    assert feed("plain", b"Ada\n36\n").status == 204
    assert result_of(reader)["stdout"] == "name?\nhello Ada\nage?\n37\n"
    poster.join()
    assert answers[0]["verdict"] == "ok"


def test_the_text_of_the_request_comes_first(service):
    stream = Stream({**PYTHON, "id": "first", "stdin": "one\n", "source": "print(input())\nprint(input())\nimport sys\nprint(repr(sys.stdin.read()))"})
    read_until(stream, "reading")
    assert feed("first", b"two\n").status == 204
    read_until(stream, "reading")
    assert feed("first", b"rest", "?close=1").status == 204
    assert result_of(stream)["stdout"] == "one\ntwo\n'rest'\n"


def test_without_a_stream_it_works_the_same(service):
    assert call("POST", "/v1/runs", {**PYTHON, "id": "later", "source": "print(input())"}, headers={"Prefer": "respond-async"}).status == 202
    assert feed("later", b"x\n").status == 204
    events = list(Stream(None, method="GET", target="/v1/runs/later/events"))
    assert events[-1].data["stdout"] == "x\n"


C = '#include <stdio.h>\nint main(void) { char name[99]; printf("?\\n"); fflush(stdout); if (scanf("%98s", name) != 1) return 1; printf("<%s>\\n", name); return 0; }'
ASKERS = {
    "python": {"source": "print('?', flush=True)\nprint(f'<{input()}>')"},
    "php": {"source": "<?php\necho \"?\\n\";\n$line = fgets(STDIN);\necho '<', trim($line), \">\\n\";"},
    "php, readline": {"profile": "php", "source": "<?php\n$line = readline();\necho '<', trim($line), \">\\n\";"},
    "ruby": {"source": "puts '?'\n$stdout.flush\nputs \"<#{gets.chomp}>\""},
    "perl": {"source": "$| = 1; print \"?\\n\"; my $line = <STDIN>; chomp $line; print \"<$line>\\n\";"},
    "lua": {"source": "print('?') io.flush() print('<' .. io.read() .. '>')"},
    "bash": {"source": "echo '?'; read line; echo \"<$line>\""},
    "sql": {"source": ".read /dev/stdin\n"},
    "c": {"source": C},
    "cpp": {"source": '#include <iostream>\n#include <string>\nint main() { std::string s; std::cout << "?" << std::endl; std::getline(std::cin, s); std::cout << "<" << s << ">\\n"; }'},
    "go": {"source": 'package main\nimport ("bufio"; "fmt"; "os")\nfunc main() {\n fmt.Println("?")\n s, _ := bufio.NewReader(os.Stdin).ReadString(10)\n fmt.Printf("<%s>\\n", s[:len(s)-1])\n}'},
    "rust": {"source": 'use std::io;\nfn main() { println!("?"); let mut s = String::new(); io::stdin().read_line(&mut s).unwrap(); println!("<{}>", s.trim()); }'},
    "java": {"source": 'import java.util.*;\nclass Main { public static void main(String[] a) { System.out.println("?"); System.out.println("<" + new Scanner(System.in).nextLine() + ">"); } }'},
    "a child": {"profile": "bash", "source": "line=$(head -n 1); echo \"<$line>\""},
    "a child of Python": {"profile": "python", "source": "import subprocess\nprint(subprocess.run(['bash', '-c', 'read line; echo \"<$line>\"'], capture_output=True, text=True).stdout)"},
    "a thread": {"profile": "python", "source": "import threading\nthread = threading.Thread(target=lambda: print(f'<{input()}>'))\nthread.start()\nthread.join()"},
    "another number": {"profile": "bash", "source": "exec 7<&0 </dev/null; read -u 7 line; echo \"<$line>\""},
    "readv": {"profile": "python", "source": "import os\nroom = bytearray(99)\nn = os.readv(0, [room])\nprint(f'<{room[:n].decode().strip()}>')"},
}


@pytest.mark.parametrize("name", ASKERS)
def test_a_program_that_waits_is_noticed(service, name):
    listed = {one["name"]: one for one in call("GET", "/v1/profiles").json["profiles"]}
    request = {"profile": name, "id": "asks", "stdin_open": True, **ASKERS[name]}
    if request["profile"] not in listed:
        pytest.skip(f"{request['profile']} is not installed")
    assert listed[request["profile"]]["reading"] is True
    stream = Stream(request)
    read_until(stream, "reading")
    assert feed("asks", b"SELECT '<Ada>';\n" if name == "sql" else b"Ada\n", "?close=1").status == 204
    result = result_of(stream)
    assert result["verdict"] == "ok" and "<Ada>" in result["stdout"], result


UNSEEN = {"javascript": "process.stdin.once('data', (data) => { console.log('<' + data.toString().trim() + '>'); process.exit(0); });",
          "bash": "read -t 10 line; echo \"<$line>\""}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_not_noticed_is_told(service, name):
    profile = next(one for one in call("GET", "/v1/profiles").json["profiles"] if one["name"] == name)
    assert profile["unseen"] and profile["reading"] is (name == "bash")
    stream = Stream({"profile": name, "id": "unseen", "stdin_open": True, "source": UNSEEN[name]})
    assert feed("unseen", b"Ada\n").status == 204
    events = list(stream)
    assert events[-1].data["stdout"] == "<Ada>\n"


def test_the_wall_time_stands_still(service):
    stream = Stream({**BASH, "id": "still", "source": "echo '?'; read line; echo \"<$line>\"", "limits": {"wall_ms": SHORT_MS}})
    read_until(stream, "reading")
    assert run(LONGER)["usage"]["wall_us"] > SHORT_MS * 1000
    assert feed("still", b"Ada\n").status == 204
    result = result_of(stream)
    assert (result["verdict"], result["stdout"], result["limits_hit"]) == ("ok", "?\n<Ada>\n", [])
    assert result["usage"]["wall_us"] < SHORT_MS * 1000


# Each of them has a process that reads stdin, and does something else as well, or reads something else. Its wall time goes on.
BUSY = {
    "it computes": "read line & while :; do :; done",
    "a child computes": "while :; do :; done & read line",
    "another pipe": "sleep 60 | read line",
    "a FIFO": "mkfifo it; exec 5<>it; read -u 5 line",
    "it sleeps": "sleep 60",
    "there is input": "sleep 60 <<<x",
}


@pytest.mark.parametrize("name", BUSY)
def test_the_wall_time_of_others_goes_on(service, name):
    source = BUSY[name]
    events = list(Stream({**BASH, "id": "busy", "stdin": "x\n" if name == "there is input" else "", "source": source, "limits": {"wall_ms": 500, "cpu_ms": 20000}}))
    assert events[-1].data["verdict"] == "timeout", events[-1].data
    assert "reading" not in [event.type for event in events]


THREAD = "import threading, time\nthreading.Thread(target=lambda: [time.sleep(0.1) for _ in range(600)], daemon=True).start()\nprint(input())\n"


@pytest.mark.parametrize("name", ["java", "a thread that wakes"])
def test_threads_that_wake_now_and_then_do_not_count(service, name):
    """A runtime's own thread, or one of the program, uses some CPU time while another one waits for input."""
    request = {"profile": "java", **ASKERS["java"], "limits": {"wall_ms": 4000}} if name == "java" else {"profile": "python", "source": THREAD, "limits": {"wall_ms": SHORT_MS}}
    if not any(one["name"] == request["profile"] for one in call("GET", "/v1/profiles").json["profiles"]):
        pytest.skip(f"{request['profile']} is not installed")
    stream = Stream({**request, "id": "threads", "stdin_open": True})
    read_until(stream, "reading")
    run({**LONGER, "source": "sleep 5" if name == "java" else "sleep 3"})
    assert feed("threads", b"Ada\n").status == 204
    result = result_of(stream)
    assert (result["verdict"], "Ada" in result["stdout"]) == ("ok", True), result


def test_a_program_that_waits_again_and_again_is_told_once(service):
    """Signals wake it, and it reads again, without having got anything."""
    source = ("import os, signal\nn = 0\ndef wake(*_):\n    global n\n    n += 1\n    if n == 12:\n        os._exit(7)\n"
              "signal.signal(signal.SIGALRM, wake)\nsignal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)\nprint('?', flush=True)\nos.read(0, 1)\n")
    events = list(Stream({**PYTHON, "source": source}))
    assert events[-1].data["exit_code"] == 7
    assert [event.type for event in events if event.type not in ("queued", "result")] == ["started", "stdout", "reading"]


def test_a_question_on_standard_error_comes_first_too(service):
    stream = Stream({**BASH, "id": "asks", "source": "printf 'name? ' >&2; read line; echo \"<$line>\""})
    events = read_until(stream, "reading")
    assert output_of(events, "stderr") == b"name? "
    assert feed("asks", b"Ada\n").status == 204
    assert result_of(stream)["stdout"] == "<Ada>\n"


def test_a_question_comes_before_its_answer_is_asked_for(service):
    """Even if the front reads nothing for a while, so that most of the output has to wait in the program's pipe."""
    source = "import os\ninput()\nos.write(1, b'x' * 700_000 + b'name?')\ninput()\n"
    stream = Stream({**PYTHON, "id": "asks", "source": source, "limits": {"wall_ms": 20000}})
    read_until(stream, "reading")
    [program] = [pid for pid in processes_of_cells() if status_of(pid).get("Name", "").strip() == "python3"]
    front, = processes("exrun-front")
    assert feed("asks", b"go\n").status == 204
    os.kill(front, signal.SIGSTOP)
    # Either it waits in its full pipe, or the front has got all of it just before.
    wait_until(lambda: pathlib.Path(f"/proc/{program}/wchan").read_text() in ("pipe_write", "anon_pipe_write", "pipe_read", "anon_pipe_read"))
    wait_for_looks(40)
    os.kill(front, signal.SIGCONT)
    events = read_until(stream, "reading")
    assert len(output_of(events, "stdout")) == 700_005 and output_of(events, "stdout").endswith(b"name?")
    assert feed("asks", b"Ada\n").status == 204
    assert result_of(stream)["verdict"] == "ok"


def test_stdin_is_closed_after_a_while(start):
    start({"stdin": {"idle_ms": 200}})
    events = list(Stream({**PYTHON, "id": "idle", "source": "import sys\nprint(repr(sys.stdin.read()))"}))
    assert "reading" in [event.type for event in events]
    assert (events[-1].data["verdict"], events[-1].data["stdout"]) == ("ok", "''\n")


def test_a_program_that_is_woken_again_and_again_does_not_wait_longer(start):
    """It even writes something each time, which ends the wait as such, but it has got nothing."""
    start({"stdin": {"idle_ms": 500}})
    source = "import os, signal\nsignal.signal(signal.SIGALRM, lambda *_: os.write(1, b'.'))\nsignal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)\ngot = os.read(0, 1)\nsignal.setitimer(signal.ITIMER_REAL, 0)\nprint(repr(got))\n"
    result = result_of(Stream({**PYTHON, "source": source, "limits": {"wall_ms": 30000}}))
    assert result["verdict"] == "ok" and result["stdout"].endswith("b''\n")


def test_the_wall_time_goes_on_in_the_end(start):
    start({"stdin": {"total_ms": 300}})
    events = list(Stream({**BASH, "source": "read line", "limits": {"wall_ms": SHORT_MS}}))
    assert "reading" in [event.type for event in events]
    assert (events[-1].data["verdict"], events[-1].data["limits_hit"]) == ("timeout", ["wall"])


def wait_for_input(name, **more):
    stream = Stream({**BASH, "id": name, "source": "read line; echo \"<$line>\"", "limits": {"wall_ms": SHORT_MS}, **more})
    read_until(stream, "reading")
    return stream


@pytest.mark.parametrize("bound, clients", [(1, ("a", "b")), (1, (None, None)), (3, ("a", "a"))], ids=["in all", "without clients", "of a client"])
def test_the_number_that_stands_still_is_bounded(start, bound, clients):
    """The time of the one that has waited longest goes on."""
    start({"stdin": {"waiting": bound}, "cells": {"running": 4}})
    first, second = (wait_for_input(name, labels={"client": client} if client else {}) for name, client in zip(("first", "second"), clients))
    assert result_of(first)["verdict"] == "timeout"
    assert feed("second", b"x\n").status == 204
    assert result_of(second)["stdout"] == "<x>\n"


def test_a_run_whose_time_goes_on_takes_it_from_no_other(start):
    start({"stdin": {"waiting": 8}, "cells": {"running": 4}})
    more = {"labels": {"client": "a"}, "source": "read line; read line; echo \"<$line>\"", "limits": {"wall_ms": 20000}}
    first, second = wait_for_input("first", **more), wait_for_input("second", labels={"client": "a"})
    assert feed("first", b"x\n").status == 204
    read_until(first, "reading")
    run(LONGER)
    assert feed("second", b"y\n").status == 204
    assert result_of(second)["stdout"] == "<y>\n"
    first.close()


def test_one_place_is_left_for_others(start):
    """By default, and whatever the configuration says."""
    for config in ({}, {"stdin": {"waiting": 1000}, "cells": {"running": 2}}):
        one = start({**config, "queue": {"wait_ms": 20000}})
        n = call("GET", "/v1/status", address="/run/exrun/admin.sock").json["running"]["most"]
        streams = [wait_for_input(f"w{k}") for k in range(n)]
        # The one that has waited longest runs into its limit, and leaves its place.
        assert run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"
        for stream in streams:
            stream.close()
        one.stop()


def test_other_clients_stand_still_at_once(start):
    start({"stdin": {"waiting": 2}, "cells": {"running": 4}})
    streams = {name: wait_for_input(name, labels={"client": name}) for name in ("first", "second")}
    run(LONGER)
    for name, stream in streams.items():
        assert feed(name, b"x\n").status == 204
        assert result_of(stream)["stdout"] == "<x>\n"


def test_nothing_stands_still_if_the_configuration_says_so(start):
    start({"stdin": {"waiting": 0}})
    assert result_of(wait_for_input("none"))["verdict"] == "timeout"


def test_a_run_without_open_stdin_takes_nothing(service):
    stream = Stream({"profile": "bash", "id": "shut", "source": "echo a; sleep 60", "limits": {"wall_ms": 60000}})
    read_until(stream, "stdout")
    assert detail_of(feed("shut", b"x")) == "stdin was not left open (\"stdin_open\" in the request)"
    assert call("DELETE", "/v1/runs/shut").status == 204
    assert detail_of(feed("nobody", b"x"), 404)


def test_a_closed_stdin_takes_nothing(service):
    stream = Stream({**PYTHON, "id": "closed", "source": "import sys, signal\nprint(sys.stdin.read(), flush=True)\nsignal.pause()"})
    # An empty body needs no type.
    assert feed("closed", b"a").status == 204 and call("POST", "/v1/runs/closed/stdin?close=1", headers={"Content-Length": "0"}).status == 204
    assert output_of(read_until(stream, "stdout"), "stdout") == b"a\n"
    assert detail_of(feed("closed", b"b")) == detail_of(feed("closed", b"", "?close=1")) == "stdin is closed"
    assert call("DELETE", "/v1/runs/closed").status == 204
    assert result_of(stream)["verdict"] == "cancelled"


def test_an_offset_makes_it_safe_to_ask_again(service):
    stream = Stream({**PYTHON, "id": "at", "stdin": "not counted\n", "source": "import sys, time\nprint(sys.stdin.read(), flush=True)\ntime.sleep(60)", "limits": {"wall_ms": 60000}})
    assert feed("at", b"12345", "?at=0").status == 204
    for query in ("?at=0", "?at=4", "?at=6", "?at=999", "?close=1&at=0"):
        assert detail_of(feed("at", b"12345", query)) == "the next byte of stdin has the offset 5"
    assert feed("at", b"67", "?at=5&close=1").status == 204
    assert detail_of(feed("at", b"67", "?at=5&close=1")) == "the next byte of stdin has the offset 7"
    printed = b""
    while not printed.endswith(b"7\n"):
        printed += read_until(stream, "stdout")[-1].bytes
    assert printed == b"not counted\n1234567\n"
    assert call("DELETE", "/v1/runs/at").status == 204 and result_of(stream)["verdict"] == "cancelled"


def test_input_for_a_run_that_waits(start):
    """All of it comes while the run is in the queue: as much as may be unread, and not a byte more. It counts as the queue's."""
    start({"cells": {"running": 1}})
    blocker = wait_for_input("blocker", limits={"wall_ms": 60000})
    stream = Stream({**PYTHON, "id": "queued", "source": "import hashlib, sys\ndata = sys.stdin.buffer.read()\nprint(len(data), hashlib.sha256(data).hexdigest())"})
    pieces = [bytes([n]) * 100_000 for n in range(10)]
    for piece in pieces:
        assert feed("queued", piece).status == 204
    last = b"x" * ((1 << 20) - 1_000_000)
    full = feed("queued", last + b"y")
    assert detail_of(full).startswith("stdin is full") and full.headers["Retry-After"] == "1"
    assert feed("queued", last, "?close=1&at=1000000").status == 204
    assert call("GET", "/v1/status", address="/run/exrun/admin.sock").json["queue"]["bytes"] > 1 << 20
    assert feed("blocker", b"\n").status == 204
    assert result_of(blocker)["verdict"] == "ok"
    data = b"".join(pieces) + last
    assert result_of(stream)["stdout"] == f"{1 << 20} {hashlib.sha256(data).hexdigest()}\n"


def test_a_full_queue_takes_the_line_that_a_person_types(start):
    start({"cells": {"running": 1}, "queue": {"bytes": 100_000}, "stdin": {"waiting": 1}})
    blocker = Stream({**BASH, "id": "blocker", "source": "read line", "limits": {"wall_ms": 60000}})
    read_until(blocker, "started")
    hog, other = (Stream({**PYTHON, "id": name, "source": "print(len(input()))"}) for name in ("hog", "other"))
    # Not a byte is left.
    for size in (10_000, 1000, 100, 10, 1):
        while feed("hog", b"x" * size).status == 204:
            pass
    assert feed("other", b"a line\n").status == 204
    assert feed("blocker", b"\n").status == 204
    assert result_of(blocker)["verdict"] == "ok"
    # There is room again once the program has taken something.
    assert wait_until(lambda: feed("hog", b"\n").status == 204)
    assert result_of(other)["stdout"] == "6\n"
    assert result_of(hog)["verdict"] == "ok"


def test_an_idle_time_that_is_changed_counts_at_once(start):
    one = start({"stdin": {"idle_ms": 600_000}})
    stream = Stream({**PYTHON, "source": "import sys\nprint(repr(sys.stdin.read()))", "limits": {"wall_ms": 30000}})
    read_until(stream, "reading")
    path = one.log.parent / "exrun.json"
    path.write_text('{"stdin": {"idle_ms": 100}}')
    one.process.send_signal(signal.SIGHUP)
    assert result_of(stream)["stdout"] == "''\n"


def test_input_of_runs_that_wait_is_bounded_altogether(start):
    start({"cells": {"running": 1}, "queue": {"bytes": 100_000}})
    blocker = wait_for_input("blocker", limits={"wall_ms": 60000})
    stream = Stream({**PYTHON, "id": "queued", "source": "print(len(input()))"})
    assert feed("queued", b"x" * 50_000).status == 204
    assert "as much input as they may have" in detail_of(feed("queued", b"x" * 50_000), 429)
    assert feed("blocker", b"\n").status == 204
    result_of(blocker)
    wait_until(lambda: call("GET", "/v1/runs/queued").json.get("state") == "running")
    assert feed("queued", b"x" * 50_000 + b"\n").status == 204
    assert result_of(stream)["stdout"] == "100000\n"


def test_many_small_pieces_keep_their_order(service):
    stream = Stream({**PYTHON, "id": "small", "source": "import sys\nprint(sys.stdin.read())"})
    for n in range(300):
        assert feed("small", b"%d," % n).status == 204
    assert feed("small", b"", "?close=1").status == 204
    assert result_of(stream)["stdout"] == "".join(f"{n}," for n in range(300)) + "\n"


def test_a_program_that_reads_no_more_loses_nothing_else(service):
    """Its first process, which is ours, still has the pipe. So it fills, and its sender is told."""
    stream = Stream({**PYTHON, "id": "deaf", "source": "import os, signal\nos.close(0)\nprint('deaf', flush=True)\nsignal.sigwait([signal.SIGUSR1])", "limits": {"wall_ms": 60000}})
    read_until(stream, "stdout")
    answers = [feed("deaf", b"x" * (1 << 19)) for _ in range(4)]
    assert [answer.status for answer in answers[:2]] == [204, 204] and detail_of(answers[3]).startswith("stdin is full")
    assert call("DELETE", "/v1/runs/deaf").status == 204
    assert result_of(stream)["verdict"] == "cancelled"


def test_a_client_that_leaves_ends_a_run_that_waits(service):
    wait_for_input("left").close()
    wait_until(lambda: call("GET", "/v1/runs/left").status == 404)


@pytest.mark.parametrize("content, headers, query, status", [
    (b"x", {"Content-Type": "application/json"}, "", 415), (b"x", {"Content-Type": "text/plain"}, "", 415), (b"x" * ((1 << 20) + 1), {}, "", 413), (b"x", {}, "?close=2", 400),
    (b"x", {}, "?at=-1", 400), (b"x", {}, "?at=", 400), (b"x", {}, "?lean=1", 400), (b"x", {}, "?at=1&at=1", 400), (b"x", {"Content-Encoding": "gzip"}, "", 415)],
    ids=["json", "text", "too large", "close", "negative", "no number", "lean", "twice", "gzip"])
def test_other_requests_are_refused(service, content, headers, query, status):
    assert call("POST", f"/v1/runs/any/stdin{query}", content, headers={"Content-Type": "application/octet-stream", **headers}).status == status


def test_a_value_that_is_no_boolean_is_refused(service):
    answer = call("POST", "/v1/runs", {"profile": "bash", "source": "", "stdin_open": "yes"})
    assert (answer.status, answer.json["pointer"]) == (422, "/stdin_open")


def test_the_table_of_languages_is_whole():
    assert {request.get("profile", name) for name, request in ASKERS.items()} | set(UNSEEN) == {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
