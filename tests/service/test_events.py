# SPDX-License-Identifier: MIT
"""GET /v1/runs/ID/events, which can be resumed, and runs that nobody waits for."""
import json
import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream, output_of  # noqa: E402
from serving import ADMIN, SOCKET, call, processes, processes_of_cells, run, service, start, status_of, wait_until  # noqa: E402, F401

BASH = {"profile": "bash"}
ASYNC = {"Prefer": "respond-async"}
LONG = {**BASH, "source": "echo a; sleep 60", "limits": {"wall_ms": 30000}}
# Pieces of both streams, some of them in the middle of a character.
PIECES = {**BASH, "source": "for i in 1 2 3; do printf \"$i\\342\"; sleep 0.03; printf '\\202\\254'; sleep 0.03; echo e$i >&2; sleep 0.03; done; printf '\\377'"}


def begin(request, **headers):
    answer = call("POST", "/v1/runs", request, headers={**ASYNC, **headers})
    assert answer.status == 202, (answer.status, answer.content)
    return answer


def events_of(name, last=None, address=SOCKET):
    return Stream(None, {"Last-Event-ID": last} if last else None, path=address, method="GET", target=f"/v1/runs/{name}/events")


def wait_for_end(name):
    return wait_until(lambda: (answer := call("GET", f"/v1/runs/{name}")).status == 200 and answer.json)


def test_it_is_accepted_at_once_and_answered_later(service):
    answer = begin({**BASH, "id": "one", "source": "echo hello"})
    assert (answer.headers["Location"], answer.headers["Preference-Applied"], answer.headers["Exrun-Run"]) == ("/v1/runs/one", "respond-async", "one")
    assert answer.json["id"] == "one" and answer.json["state"] == "queued" and answer.json["position"] == 1 and answer.json["durable"] is False
    result = wait_for_end("one")
    assert (result["verdict"], result["stdout"]) == ("ok", "hello\n")


def test_a_name_of_the_service_s_own(service):
    answer = begin({**BASH, "source": "echo hello"})
    assert answer.headers["Location"] == f"/v1/runs/{answer.json['id']}"
    assert wait_for_end(answer.json["id"])["stdout"] == "hello\n"


@pytest.mark.parametrize("prefer, is_async", [("respond-async", True), ("Respond-Async", True), ("wait=10, respond-async", True), ("respond-async;foo", True),
                                             ("respond-asynchronously", False), ("no-respond-async", False), ("", False)])
def test_the_header_is_a_list(service, prefer, is_async):
    assert call("POST", "/v1/runs", {**BASH, "source": ":"}, headers={"Prefer": prefer}).status == (202 if is_async else 200)


def test_async_wins_over_a_stream(service):
    answer = begin({**BASH, "id": "both", "source": "echo hello"}, Accept="text/event-stream")
    assert answer.headers["Content-Type"] == "application/json"


def test_a_repeated_request_has_the_whole_stream(service):
    """Only GET resumes: a client can't know which event it had of a request that is new to it."""
    request = {**BASH, "id": "again", "source": "echo hello"}
    with_header, repeated = (list(Stream(request, {"Last-Event-ID": "1.99"})) for _ in range(2))
    assert output_of(with_header, "stdout") == output_of(repeated, "stdout") == b"hello\n"
    assert [event.type for event in repeated] == [event.type for event in with_header if event.type != "queued"] and repeated[-1].type == "result"


def test_what_is_refused_is_refused_at_once(service):
    assert call("POST", "/v1/runs", {"profile": "nope", "source": ""}, headers=ASYNC).status == 422


def test_a_stream_can_be_cut_after_each_event(service):
    begin({**PIECES, "id": "cut"})
    whole = list(events_of("cut"))
    whole = [event for event in whole if event.type != "queued"]
    assert whole[-1].type == "result" and [event.id for event in whole] == [f"1.{number}" for number in range(1, len(whole) + 1)]
    text, errors = output_of(whole, "stdout"), output_of(whole, "stderr")
    assert text == "1€2€3€".encode() + b"\xff" and errors == b"e1\ne2\ne3\n"
    for number, event in enumerate(whole[:-1], 1):
        rest = list(events_of("cut", event.id))
        assert output_of(whole[:number] + rest, "stdout") == text and output_of(whole[:number] + rest, "stderr") == errors
        assert [one.id for one in rest] == [one.id for one in whole[number:]]
        assert rest[-1].data == whole[-1].data
    # The stream is over: a browser does not come again.
    assert events_of("cut", whole[-1].id).status == 204


def test_a_reader_leaves_and_comes_back_while_the_program_runs(service):
    """The program prints a line after each look at a file that does not come, so it is still running."""
    begin({**LONG, "id": "back", "source": "i=0; while :; do echo $((i++)); sleep 0.01; done"})
    seen, last = [], None
    for _ in range(5):
        stream = events_of("back", last)
        for event in stream:
            if event.id:
                last = event.id
            if event.type == "stdout":
                seen.append(event.bytes)
                if len(seen) % 4 == 0:
                    break
        stream.close()
    assert call("GET", "/v1/runs/back").status == 202
    assert call("DELETE", "/v1/runs/back").status == 204
    text = b"".join(seen).decode()
    assert text == "".join(f"{number}\n" for number in range(text.count("\n")))


@pytest.mark.parametrize("last", ["1.99", "1.0", "1.", "1", "2.1", "x", "1.-1", "1.1x", "1.01", "1.9999999999"])
def test_another_event_is_refused(service, last):
    begin({**BASH, "id": "one", "source": "echo hello"})
    wait_for_end("one")
    stream = events_of("one", last)
    assert (stream.status, stream.headers["content-type"]) == (400, "application/problem+json")


def test_four_read_and_the_fifth_is_refused(service):
    begin({**LONG, "id": "many"})
    readers = [events_of("many") for _ in range(4)]
    assert all(reader.status == 200 for reader in readers)
    fifth = events_of("many")
    assert fifth.status == 429 and int(fifth.headers["retry-after"]) >= 1
    readers.pop().close()
    wait_until(lambda: (stream := events_of("many")).status == 200 and readers.append(stream) is None)
    call("DELETE", "/v1/runs/many")
    for reader in readers:
        assert list(reader)[-1].data["verdict"] == "cancelled"


def test_readers_do_not_end_a_run(service):
    begin({**LONG, "id": "stays"})
    stream = events_of("stays")
    assert next(event for event in stream if event.type == "stdout")
    stream.close()
    waiter = Stream({**LONG, "id": "stays"})
    assert next(event for event in waiter if event.type == "stdout")
    waiter.close()
    # What a client that leaves would do has been done when another one is answered.
    for _ in range(3):
        assert call("GET", "/v1/runs/stays").status == 202
    assert call("DELETE", "/v1/runs/stays").status == 204
    result = wait_for_end("stays")
    assert (result["verdict"], result["stdout"]) == ("cancelled", "a\n")


def wait_until_it_runs(name):
    wait_until(lambda: call("GET", f"/v1/runs/{name}").json.get("state") == "running")


def read_until(stream, kind, text):
    """The events up to the one with which the output of that kind ends with the text."""
    events = []
    while not output_of(events, kind).endswith(text):
        events.append(next(stream))
    return events


LATE = [
    ({**BASH, "source": "echo a; echo b >&2; sleep 60"}, b"a\n", b"b\n", 1),
    ({**BASH, "source": "printf 'a\\342\\202'; sleep 0.5; printf '\\254\n'; sleep 60"}, "a\u20ac\n".encode(), b"", 1),
    ({"profile": "c", "source": f'// {os.urandom(8).hex()}, so that it is compiled\n' '#include <stdio.h>\n#include <unistd.h>\nint main(void) { puts("a"); fflush(stdout); sleep(60); }'}, b"a\n", b"", 2),
    ({**BASH, "source": "seq 150000; sleep 60", "limits": {"output_bytes": 4 << 20}}, "".join(f"{n}\n" for n in range(1, 150_001)).encode(), b"", 1),
]


@pytest.mark.parametrize("request_, stdout, stderr, n_stages", LATE, ids=["two streams", "a character", "compiled", "much"])
def test_the_first_reader_comes_while_the_program_runs(service, request_, stdout, stderr, n_stages):
    """It gets what was written before, and the rest as it comes; the answer of whoever waits has all of it, too."""
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(run, {**request_, "id": "late", "limits": {"wall_ms": 60000, **request_.get("limits", {})}})
        wait_until_it_runs("late")
        reader = events_of("late")
        events = read_until(reader, "stdout", stdout[-8:])
        if stderr and not output_of(events, "stderr"):
            events += read_until(reader, "stderr", stderr)
        call("DELETE", "/v1/runs/late")
        events += list(reader)
        whole = waiter.result()
    assert (output_of(events, "stdout"), output_of(events, "stderr")) == (stdout, stderr)
    assert (whole["stdout"].encode(), whole["stderr"].encode()) == (stdout, stderr)
    assert [event.type for event in events if event.type not in ("stdout", "stderr")] == ["started"] * n_stages + ["result"]
    assert events[-1].data == whole
    assert [event.id for event in events] == [f"1.{number}" for number in range(1, len(events) + 1)]
    assert [event.id for event in events_of("late")] == [event.id for event in events]


def test_the_program_ends_before_its_keeper_hears_of_the_first_reader(service):
    """The rest is in the outcome then."""
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(run, {**BASH, "id": "ends", "source": "echo a; sleep 1; printf b >&2"})
        wait_until_it_runs("ends")
        keepers = processes("exrun-keeper")
        shell = wait_until(lambda: next((status_of(pid)["PPid"] for pid in processes_of_cells() if status_of(pid).get("Name", "").strip() == "sleep"), None))
        for keeper in keepers:
            os.kill(keeper, signal.SIGSTOP)
        reader = events_of("ends")
        wait_until(lambda: not status_of(int(shell)))
        for keeper in keepers:
            os.kill(keeper, signal.SIGCONT)
        events = list(reader)
        whole = waiter.result()
    assert (output_of(events, "stdout"), output_of(events, "stderr"), events[-1].data) == (b"a\n", b"b", whole)
    assert (whole["stdout"], whole["stderr"]) == ("a\n", "b")


def test_the_first_reader_comes_and_goes(service):
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(run, {**LONG, "id": "goes"})
        wait_until_it_runs("goes")
        for _ in range(3):
            reader = events_of("goes")
            assert output_of(read_until(reader, "stdout", b"a\n"), "stdout") == b"a\n"
            reader.close()
        call("DELETE", "/v1/runs/goes")
        assert waiter.result()["stdout"] == "a\n"


def test_without_memory_for_its_events_they_come_at_the_end(start):
    """The run has its memory, but not as much again."""
    start({"service": {"results_bytes": 16 << 20}})
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run, {**BASH, "id": "small", "source": "echo a; sleep 60", "limits": {"wall_ms": 5000, "output_bytes": 5 << 20}})
        wait_until_it_runs("small")
        reader = events_of("small")
        events = [next(reader)]
        assert call("GET", "/v1/runs/small").status == 200  # the program has ended
        events += reader
    assert [event.type for event in events] == ["started", "stdout", "result"] and output_of(events, "stdout") == b"a\n"


@pytest.mark.parametrize("source, stdout, stderr", [("echo a; echo b >&2; echo c", b"a\nc\n", b"b\n"), ("printf 'a\\377'; printf '\\342\\202' >&2", b"a\xff", b"\xe2\x82"), (":", b"", b""),
                                                    ("printf '\\\\\"\\t\\303\\251'; seq 20000 >&2", b'\\"\t\xc3\xa9', "".join(f"{n}\n" for n in range(1, 20001)).encode())], ids=["text", "bytes", "nothing", "much"])
def test_events_that_nobody_has_asked_for_before_are_restored(service, source, stdout, stderr):
    """From the result: the order of the two streams is lost, and the page is told to begin again."""
    whole = run({**BASH, "id": "plain", "source": source})
    events = list(events_of("plain"))
    assert (events[0].type, events[0].id, events[0].data) == ("restarted", None, {"attempt": 1})
    assert [event.id for event in events[1:]] == [f"1.{number}" for number in range(1, len(events))]
    assert [event.type for event in events[1:]] == sorted((event.type for event in events[1:]), key=["stdout", "stderr", "result"].index)
    assert (output_of(events, "stdout"), output_of(events, "stderr")) == (stdout, stderr)
    assert events[-1].type == "result" and events[-1].data == whole
    # They can be resumed as others are.
    for number in range(1, len(events) - 1):
        again = list(events_of("plain", f"1.{number}"))
        assert [event.id for event in again] == [event.id for event in events[number + 1:]]
    assert events_of("plain", events[-1].id).status == 204
    assert events_of("plain", f"1.{len(events)}").status == 400
    # So can a request that comes again.
    stream = Stream({**BASH, "id": "plain", "source": source})
    assert [(event.type, event.id) for event in stream] == [(event.type, event.id) for event in events]


def test_a_reader_of_events_does_not_keep_a_run_that_was_left(service):
    """The same request is a new run, as without that reader."""
    request = {**LONG, "id": "left"}
    waiter = Stream(request)
    reader = events_of("left")
    assert next(event for event in reader if event.type == "stdout")
    waiter.close()
    assert list(reader)[-1].data["verdict"] == "cancelled"
    assert call("GET", "/v1/runs/left").status == 404
    again = Stream(request)
    assert next(event for event in again if event.type == "stdout")
    again.close()


def test_restored_events_drive_nothing_out(start):
    """If there is no room for them, only their readers have them."""
    start({"keep": {"bytes": 3 << 20}})
    run({**BASH, "id": "other", "source": "echo a"})
    whole = run({**BASH, "id": "big", "source": "head -c 2000000 /dev/zero | tr '\\0' x", "limits": {"output_bytes": 4 << 20}})
    for _ in range(2):
        assert call("HEAD", "/v1/runs/big/events").status == 200
        events = list(events_of("big"))
        assert output_of(events, "stdout").decode() == whole["stdout"] and events[-1].data == whole
        assert list(events_of("big", events[5].id))[0].id == events[6].id
    assert call("GET", "/v1/runs/other").status == call("GET", "/v1/runs/big").status == 200


MAKES_FILES = {"profile": "c", "source": '#include <stdio.h>\n#warning \\x00\nint main(void) { puts("a"); fputs("b", stderr); fputs("c", fopen("c.txt", "w")); fputs("\\xff", fopen("d", "w")); }',
               "artifacts": ["*"]}


@pytest.mark.parametrize("request_", [{**BASH, "source": "echo a; echo b >&2", "labels": {"user": "\u20ac"}}, {**BASH, "source": "printf '\\377'; exit 3"}, MAKES_FILES,
                                      {"profile": "c", "source": "int main(void) { return x; }"}], ids=["text", "bytes", "files", "compiling"])
def test_restored_events_have_the_same_lean_result(service, request_):
    """As a stream from the start has it, apart from what differs in each run."""
    def lean(name):
        events = list(Stream(None, method="GET", target=f"/v1/runs/{name}/events?lean=1"))
        return {key: value for key, value in events[-1].data.items() if key not in ("id", "program", "usage", "timing")}

    begin({**request_, "id": "streamed"})
    wait_for_end("streamed")
    whole = run({**request_, "id": "restored"})
    for one in (streamed := lean("streamed"), restored := lean("restored")):
        for part in (one, *one.get("artifacts", [])):
            for member in [name for name in part if name.endswith("url")]:
                del part[member]
        one.get("compile", {}).pop("usage", None)
        one.get("compile", {}).pop("cached", None)
    assert restored == streamed and "stdout" not in restored and "stdout" in whole


def test_a_result_without_room_for_its_log_is_kept(start):
    """With a new log, whose events have other IDs: who had one of the old log begins again."""
    start({"keep": {"bytes": 3 << 20}})
    begin({**BASH, "id": "large", "source": "echo begin >&2; head -c 2000000 /dev/zero | tr '\\0' x", "limits": {"output_bytes": 4 << 20}})
    first = list(events_of("large"))
    whole = wait_for_end("large")
    assert first[-1].data == whole and first[-1].id.startswith("1.")
    for last in (None, first[1].id, first[-1].id, f"1.{len(first) + 500}"):
        events = list(events_of("large", last))
        assert (events[0].type, events[0].data) == ("restarted", {"attempt": 2})
        assert [event.id for event in events[1:]] == [f"2.{number}" for number in range(1, len(events))]
        assert (output_of(events, "stdout"), output_of(events, "stderr"), events[-1].data) == (b"x" * 2_000_000, b"begin\n", whole)
    assert [event.id for event in events_of("large", "2.3")] == [event.id for event in events[4:]]
    assert events_of("large", events[-1].id).status == 204
    assert events_of("large", f"2.{len(events)}").status == events_of("large", "3.1").status == 400


def test_the_first_reader_comes_while_the_answer_is_written(service):
    """At random moments near the end: the result is lean for those who asked for that, and nothing is doubled."""
    for number in range(40):
        name = f"end-{number}"
        with ThreadPoolExecutor(1) as pool:
            pool.submit(run, {**BASH, "id": name, "source": "head -c 3000000 /dev/zero | tr '\\0' x; echo b >&2", "limits": {"output_bytes": 4 << 20}})
            wait_until(lambda: call("GET", f"/v1/runs/{name}").status in (200, 202))
            time.sleep(random.random() / 20)
            events = list(Stream(None, method="GET", target=f"/v1/runs/{name}/events?lean=1"))
        assert (output_of(events, "stdout"), output_of(events, "stderr")) == (b"x" * 3_000_000, b"b\n")
        assert "stdout" not in events[-1].data and events[-1].data["verdict"] == "ok"
        assert events[0].type in ("started", "queued", "restarted"), events[0]


def test_a_large_output_is_only_in_the_result(service):
    whole = run({**BASH, "id": "large", "source": "head -c 5000000 /dev/zero | tr '\\0' x; echo b >&2", "limits": {"output_bytes": 8 << 20}})
    for target in ("/v1/runs/large/events", "/v1/runs/large/events?lean=1"):
        events = list(Stream(None, method="GET", target=target))
        assert [event.type for event in events] == ["restarted", "stderr", "result"] and events[-1].data == whole


def test_others_do_not_see_them(start, tmp_path):
    start({"listen": [{"address": "unix:/run/exrun/exrun.sock"}, {"address": f"unix:{tmp_path}/other.sock"}]})
    begin({**BASH, "id": "mine", "source": "echo a"})
    wait_for_end("mine")
    assert events_of("mine", address=f"{tmp_path}/other.sock").status == 404
    assert events_of("nothing").status == 404


def test_head_has_no_events(service):
    begin({**BASH, "id": "one", "source": "echo a"})
    wait_for_end("one")
    head = call("HEAD", "/v1/runs/one/events")
    assert (head.status, head.headers["Content-Type"], head.content) == (200, "text/event-stream", b"")


def test_they_go_with_the_result(start):
    start({"keep": {"bytes": 9216}})
    begin({**BASH, "id": "one", "source": "echo a"})
    wait_for_end("one")
    begin({**BASH, "id": "two", "source": "head -c 3000 /dev/zero | tr '\\0' x"})
    wait_for_end("two")
    assert call("GET", "/v1/runs/one").status == 404 and events_of("one").status == 404
    assert list(events_of("two"))[-1].type == "result"
    assert call("DELETE", "/v1/runs/two?forget=1").status == 204
    assert events_of("two").status == 404


def test_one_that_waits_too_long_is_an_error(start):
    start({"cells": {"running": 1, "keepers": 3}, "queue": {"wait_ms": 200}})
    begin({**LONG, "id": "first"})
    wait_until(lambda: call("GET", "/v1/runs/first").json["state"] == "running")
    begin({**BASH, "id": "late", "source": "echo b"})
    assert wait_for_end("late")["verdict"] == "error"
    call("DELETE", "/v1/runs/first")


def test_one_that_gives_way_is_an_error(start):
    """It has a result, which those who read its events get, too."""
    start({"cells": {"running": 0}, "queue": {"length": 2}})
    for name in ("stays", "goes"):
        begin({**BASH, "id": name, "source": ":", "labels": {"client": "flood"}})
    stream = events_of("goes")
    begin({**BASH, "source": ":", "labels": {"client": "other"}})
    assert stream.next("queued") and stream.next("result").data["verdict"] == "error" and not list(stream)
    assert wait_for_end("goes")["verdict"] == "error"


def test_a_queued_one_is_cancelled(start):
    start({"cells": {"running": 1, "keepers": 3}})
    begin({**LONG, "id": "first"})
    begin({**LONG, "id": "second"})
    stream = events_of("second")
    assert stream.next("queued").data["id"] == "second"
    assert call("DELETE", "/v1/runs/second").status == 204
    assert [event.data["verdict"] for event in stream] == ["cancelled"]
    assert wait_for_end("second")["verdict"] == "cancelled"
    call("DELETE", "/v1/runs/first")


def state_of(name):
    answer = call("GET", f"/v1/runs/{name}")
    return answer.json if answer.status == 202 else {"state": "ended"}


def test_one_place_is_left_to_those_for_which_somebody_waits(start):
    start({"cells": {"running": 3}, "queue": {"wait_ms": 120_000}})
    names = ["first", "second", "third", "fourth"]
    for name in names:
        begin({**LONG, "source": "sleep 60", "limits": {"wall_ms": 60_000}, "id": name})
    wait_until(lambda: [state_of(name)["state"] for name in names] == ["running"] * 2 + ["queued"] * 2)
    assert run({**BASH, "source": "echo hello"})["stdout"] == "hello\n"
    assert [state_of(name) for name in names[2:]] == [{"id": name, "state": "queued", "position": i} for i, name in enumerate(names[2:], 1)]
    for i, name in enumerate(names):
        assert call("DELETE", f"/v1/runs/{name}").status == 204
        wait_until(lambda: state_of(names[min(i + 2, 3)])["state"] in ("running", "ended"))


def test_one_start_in_eight_is_an_asynchronous_run_s(start):
    """Also if there is only one place, which is then not kept for the others."""
    start({"cells": {"running": 1}, "queue": {"wait_ms": 120_000}})
    when = {**BASH, "source": "date +%s%N"}
    begin({**LONG, "limits": {"wall_ms": 60_000}, "id": "before"})
    wait_until(lambda: state_of("before")["state"] == "running")
    begin({**when, "id": "async"})
    with ThreadPoolExecutor(10) as pool:
        others = [pool.submit(run, when) for _ in range(10)]
        wait_until(lambda: call("GET", "/v1/status", address=ADMIN).json["queue"]["length"] == 11)
        assert state_of("async")["position"] == 8
        assert call("DELETE", "/v1/runs/before").status == 204
        times = sorted(int(other.result()["stdout"]) for other in others)
    assert sum(time < int(wait_for_end("async")["stdout"]) for time in times) == 7


def test_an_asynchronous_request_for_a_run_that_somebody_waits_for(service):
    """It takes the run over: it goes on when its first client has left."""
    request = {**BASH, "id": "joined", "source": "echo a; read line; echo $line", "stdin_open": True, "limits": {"wall_ms": 60000}}
    waiter = Stream(request)
    assert next(event for event in waiter if event.type == "reading")
    answer = begin(request)
    assert (answer.headers["Location"], answer.json["id"], answer.json["state"]) == ("/v1/runs/joined", "joined", "running")
    waiter.close()
    wait_until(lambda: "\nexrun_streams 0\n" in call("GET", "/metrics", address=ADMIN).content.decode())
    assert call("POST", "/v1/runs/joined/stdin", b"b\n", headers={"Content-Type": "application/octet-stream"}).status == 204
    assert wait_for_end("joined")["stdout"] == "a\nb\n"


@pytest.mark.parametrize("first, mib, starts", [({}, 7, True), ({"stream": True}, 7, False), ({"stream": True}, 9, True), ({"stdin_open": True}, 9, False)],
                         ids=["plain", "stream", "stream and more memory", "open"])
def test_memory_is_reserved_for_events_and_input(start, first, mib, starts):
    """There is enough for two plain runs, or for one with events and a plain one, but not for more."""
    start({"service": {"results_bytes": mib << 20}, "cells": {"running": 2}, "queue": {"wait_ms": 300_000}})
    blocker = {**BASH, "id": "first", "source": "sleep 60", "limits": {"wall_ms": 60000}, **{name: value for name, value in first.items() if name != "stream"}}
    with ThreadPoolExecutor(2) as pool:
        pool.submit(list, Stream(blocker)) if first else pool.submit(run, blocker)
        wait_until_it_runs("first")
        second = pool.submit(run, {**BASH, "id": "second", "source": "sleep 60", "limits": {"wall_ms": 60000}})
        wait_until(lambda: call("GET", "/v1/runs/second").status == 202)
        if starts:
            wait_until_it_runs("second")
        assert call("GET", "/v1/runs/second").json["state"] == ("running" if starts else "queued")
        call("DELETE", "/v1/runs/first")
        wait_until_it_runs("second")
        call("DELETE", "/v1/runs/second")
        assert second.result()["verdict"] == "cancelled"


@pytest.mark.parametrize("byte, most", [("\\001", 4 / 3), ("\\042", 2), ("a", 1), ("\\033[31m", 2)], ids=["controls", "quotes", "text", "colours"])
def test_an_event_is_not_much_larger_than_its_output(service, byte, most):
    """So a reader's part of the memory is bounded: text with many escapes comes as base64."""
    events = list(Stream({**BASH, "source": f"for i in {{1..30000}}; do printf '{byte}'; done", "limits": {"output_bytes": 1 << 20, "cpu_ms": 5000}}))
    assert events[-1].data["verdict"] == "ok"
    for event in events:
        if event.type == "stdout":
            (_, content), = event.data.items()
            assert len(json.dumps(content)) - 2 <= most * len(event.bytes) + 4 and len(event.bytes) < 16384
