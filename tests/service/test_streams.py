# SPDX-License-Identifier: MIT
"""POST /v1/runs with Accept: text/event-stream: output as it comes."""
import contextlib
import json
import os
import signal
import sys
import threading

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream, output_of  # noqa: E402
from serving import ADMIN, Connection, call, is_ready, processes, run, service, start, status_of, wait_for_versions, wait_until  # noqa: E402, F401

BASH = {"profile": "bash"}
LONG = {**BASH, "source": "echo a; sleep 60", "limits": {"wall_ms": 30000}}


def read_until(stream, kind):
    """Reads up to the first event of that type, and returns it."""
    return next(event for event in stream if event.type == kind)


def is_gone(name):
    """The run was cancelled: its result is not kept, because nobody waited for it."""
    return call("GET", f"/v1/runs/{name}").status == 404


def test_events_come_in_order_with_numbers(service):
    stream = Stream({**BASH, "id": "one", "source": "printf a; sleep 0.1; printf b >&2; sleep 0.1; printf c"})
    assert (stream.status, stream.headers["content-type"], stream.headers["exrun-run"]) == (200, "text/event-stream", "one")
    assert (stream.headers["cache-control"], stream.headers["x-accel-buffering"], stream.headers["connection"]) == ("no-store", "no", "close")
    assert "content-length" not in stream.headers
    events = [event for event in stream if event.type != "queued"]
    assert [event.type for event in events] == ["started", "stdout", "stderr", "stdout", "result"], events
    assert [event.id for event in events] == [f"1.{number}" for number in range(1, 6)]
    assert events[0].data["id"] == "one" and events[0].data["stage"] == "run" and events[0].data["cell"] in ("ready", "cold")
    result = events[-1].data
    assert (result["verdict"], result["stdout"], result["stderr"], result["id"]) == ("ok", "ac", "b", "one")
    # The same result is kept.
    assert call("GET", "/v1/runs/one").json == result


def test_the_result_is_the_same_as_without_a_stream(service):
    wait_for_versions()
    for request in ({**BASH, "source": "echo hello; nope; exit 3"}, {**BASH, "source": "yes", "limits": {"output_bytes": 70000}},
                    {**BASH, "source": "printf '\\377\\376'"}, {**BASH, "source": "while :; do :; done", "limits": {"cpu_ms": 100}},
                    {"profile": "c", "source": "int main(void) { return x; }"}, {"profile": "c", "source": "#include <stdio.h>\nint main(void) { puts(\"hi\"); return 0; }"},
                    {**BASH, "source": "echo 1 >a; echo 2 >b", "artifacts": ["a", "b"]}):
        whole = run(request)
        events = list(Stream(request))
        result = events[-1].data
        for member in ("id", "usage", "timing", "limits_hit", "output_url"):
            whole.pop(member), result.pop(member)
        for one in (*whole.get("artifacts", ()), *result.get("artifacts", ())):
            assert one.pop("url")
        for one in (whole, result):
            one.get("compile", {}).pop("usage", None), one.get("compile", {}).pop("cached", None)
        assert result == whole
        if whole["encoding"] == "utf-8":
            assert output_of(events, "stdout").decode() == whole["stdout"]
            assert output_of(events, "stderr").decode() == whole["stderr"]


def test_a_lean_result_has_no_output(service):
    request = {"profile": "c", "id": "lean", "source": "#include <stdio.h>\nint main(void) { puts(\"hi\"); fputs(\"x\", fopen(\"a\", \"w\")); return 0; }", "artifacts": ["a"]}
    whole, lean = Stream(request), Stream(request, target="/v1/runs?lean=1")
    whole, lean = list(whole), list(lean)
    assert output_of(lean, "stdout") == b"hi\n"
    expected = {name: value for name, value in whole[-1].data.items() if name not in ("stdout", "stderr", "encoding")}
    expected["artifacts"] = [{"path": "a", "bytes": 1, "url": whole[-1].data["artifacts"][0]["url"]}]
    assert lean[-1].data == expected and "stdout" in expected["compile"]
    again = Stream(None, method="GET", target="/v1/runs/lean/events?lean=1")
    assert list(again)[-1].data == expected
    # Only a stream can be lean.
    for headers in ({"Accept": "application/json"}, {"Prefer": "respond-async", "Accept": "text/event-stream"}):
        assert call("POST", "/v1/runs?lean=1", request, headers=headers).status == 400
    assert call("POST", "/v1/runs?lean=2", request, headers={"Accept": "text/event-stream"}).status == 400


def test_a_compiler_has_a_stage_of_its_own(service):
    source = "#include <stdio.h>\nint main(void) { puts(\"hi\"); return 0; }"
    stages = [event.data["stage"] for event in Stream({"profile": "c", "source": source}) if event.type == "started"]
    assert stages == ["compile", "run"]
    stages = [event.data["stage"] for event in Stream({"profile": "c", "source": source}) if event.type == "started"]
    assert stages == ["run"]


def test_output_comes_while_the_program_runs(service):
    """The program would run for half a minute. Its client leaves when it has read the first line, and that ends it."""
    stream = Stream({**LONG, "id": "long"})
    assert read_until(stream, "stdout").bytes == b"a\n"
    assert call("GET", "/v1/runs/long").status == 202
    stream.close()
    wait_until(lambda: is_gone("long"))


def test_a_refused_stream_is_a_problem(service):
    stream = Stream({"profile": "nope", "source": ""})
    assert (stream.status, stream.headers["content-type"]) == (422, "application/problem+json")
    assert json.loads(stream.file.read(int(stream.headers["content-length"])))["pointer"] == "/profile"


@pytest.mark.parametrize("text, is_text", [("é€😀" * 3000, True), ("line\n" * 5000, True), ("\u0001\u0002" * 4000, False)], ids=["characters", "lines", "controls"])
def test_text_is_never_cut_within_a_character(service, text, is_text):
    """The program writes pieces that end in the middle of characters."""
    source = "import os\ntext = open('text', 'rb').read()\nfor at in range(0, len(text), 7):\n    os.write(1, text[at:at + 7])\n"
    events = list(Stream({"profile": "python", "source": source, "files": [{"path": "text", "content": text}]}))
    pieces = [event for event in events if event.type == "stdout"]
    assert output_of(pieces, "stdout") == text.encode()
    assert all(("text" in piece.data) == is_text for piece in pieces)


def test_bytes_that_are_not_text_come_as_base64(service):
    events = list(Stream({**BASH, "source": "printf 'a\\377b'; sleep 0.1; printf '\\342\\202'"}))
    assert output_of(events, "stdout") == b"a\xffb\xe2\x82"
    assert events[-1].data["encoding"] == "base64"


def test_a_line_of_stderr_is_not_torn(service):
    """Each line is written in two pieces, one at once after the other."""
    source = "import os\nfor i in range(300):\n    os.write(2, b'line %d ' % i)\n    os.write(1, b'.')\n    os.write(2, b'end\\n')\n"
    events = list(Stream({"profile": "python", "source": source}))
    whole = [event for event in events if event.type == "stderr"]
    assert output_of(whole, "stderr") == b"".join(b"line %d end\n" % i for i in range(300))
    # A busy machine can take longer than the 10 ms for which a line waits, but not for each of 300.
    assert sum(not event.bytes.endswith(b"\n") for event in whole) < 100


def test_a_slow_and_a_fast_reader(service):
    """Two clients of the same run: one reads nothing until the other has everything."""
    request = {**BASH, "id": "both", "source": "sleep 0.3; head -c 1048576 /dev/zero | tr '\\0' x"}
    fast, slow = Stream(request), Stream(request, room=4096)
    events = list(fast)
    assert len(output_of(events, "stdout")) == 1 << 20 and events[-1].data["verdict"] == "ok"
    late = list(slow)
    assert output_of(late, "stdout") == output_of(events, "stdout")
    assert late[-1].data == events[-1].data


def test_one_waits_and_one_reads(service):
    request = {**BASH, "id": "mixed", "source": "echo a; sleep 0.5; echo b"}
    answers = []
    waiter = threading.Thread(target=lambda: answers.append(call("POST", "/v1/runs", request)))
    waiter.start()
    wait_until(lambda: call("GET", "/v1/runs/mixed").status == 202)
    events = list(Stream(request))
    waiter.join()
    assert answers[0].json == events[-1].data
    assert output_of(events, "stdout") == b"a\nb\n"
    # Once more, when it has ended.
    again = list(Stream(request))
    assert output_of(again, "stdout") == b"a\nb\n" and again[-1].data == events[-1].data


def test_a_run_ends_when_its_last_reader_leaves(service):
    one, two = Stream({**LONG, "id": "last"}), Stream({**LONG, "id": "last"})
    for stream in (one, two):
        read_until(stream, "stdout")
    one.close()
    wait_until(lambda: call("GET", "/v1/runs/last").status == 202)
    two.close()
    wait_until(lambda: is_gone("last"))


def test_a_deleted_run_ends_its_stream(service):
    stream = Stream({**LONG, "id": "gone"})
    read_until(stream, "stdout")
    assert call("DELETE", "/v1/runs/gone").status == 204
    result = stream.next("result").data
    assert (result["verdict"], result["stdout"]) == ("cancelled", "a\n")
    assert not list(stream)


def test_queued_comes_first(start):
    start({"cells": {"running": 1, "keepers": 3}})
    first = Stream(LONG)
    read_until(first, "started")
    second = Stream({**BASH, "id": "second", "source": "echo b"})
    assert second.next("queued").data == {"id": "second", "position": 1}
    first.close()
    events = list(second)
    assert [event.type for event in events] == ["started", "stdout", "result"], events


def test_a_run_that_waits_too_long_ends_in_its_stream(start):
    start({"cells": {"running": 1, "keepers": 3}, "queue": {"wait_ms": 200}})
    first = Stream(LONG)
    read_until(first, "started")
    events = list(Stream({**BASH, "source": "echo b"}))
    assert [event.type for event in events] == ["queued", "result"] and events[-1].data["verdict"] == "error"
    first.close()


def test_a_run_that_gives_way_ends_with_a_problem(start):
    """Another client has fewer runs in a full queue. Whoever reads the events gets what the answer would have been without a stream."""
    start({"cells": {"running": 0}, "queue": {"length": 2}})
    flood = [Stream({**BASH, "source": ":", "id": name, "labels": {"client": "flood"}}) for name in ("stays", "goes")]
    readers = [flood[1], Stream(None, method="GET", target="/v1/runs/goes/events")]
    other = Stream({**BASH, "source": ":", "labels": {"client": "other"}})
    for reader in readers:
        assert reader.next("queued").data["id"] == "goes"
        assert reader.next("problem").id == "1.1"
        assert not list(reader)
    assert call("GET", "/v1/runs/goes").status == 404 and call("GET", "/v1/runs/stays").status == 202
    metrics = call("GET", "/metrics", address=ADMIN).content.decode()
    assert 'exrun_rejected_total{reason="queue_full"} 2\n' in metrics and 'exrun_runs_total{profile="bash",verdict="error"} 0\n' in metrics
    for stream in (flood[0], other):
        stream.close()


def test_what_only_the_cell_finds_wrong_is_a_problem(service):
    """Its files take more memory than it may have."""
    request = {**BASH, "source": ":", "limits": {"memory_bytes": 1 << 20}, "files": [{"path": f"{number}/a/b/c/file", "content": "x"} for number in range(300)]}
    answer = call("POST", "/v1/runs", request)
    assert answer.status == 422 and answer.json["pointer"] == "/limits/memory_bytes", answer.content
    [problem] = [event for event in Stream(request) if event.type != "queued"]
    assert (problem.type, problem.id, problem.data) == ("problem", "1.1", answer.json)


def memory_of_front():
    front, = processes("exrun-front")
    return int(status_of(front)["VmHWM"].split()[0]) << 10


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers keep what was freed")
def test_readers_that_come_after_the_start_do_not_take_all_at_once(start):
    """100 of them that read nothing would have 100 MB, because the run gives them its output at its end."""
    start({"http": {"streams_per_run": 1000}})
    request = {**BASH, "source": "sleep 2; head -c 1000000 /dev/zero | tr '\\0' x", "id": "late"}
    run({**request, "id": "before"})
    waiter = Connection()
    waiter.request("POST", "/v1/runs", json.dumps(request), {"Content-Type": "application/json"})
    wait_until(lambda: call("GET", "/v1/runs/late").json["state"] == "running")
    before = memory_of_front()
    readers = [Stream(request, room=4096) for _ in range(100)]
    wait_until(lambda: call("GET", "/v1/runs/late").status == 200)
    assert memory_of_front() - before < 32 << 20
    assert all(output_of(list(reader), "stdout") in (b"x" * 1000000, b"") for reader in readers[:2])
    for one in (waiter, *readers):
        one.close()


def test_a_kept_run_has_no_more_streams_than_others(start):
    """Neither if a client comes with the same request again: 1,000 streams that read nothing would have 64 KiB each."""
    start({"http": {"streams_per_run": 2}})
    request = {**BASH, "source": "head -c 400000 /dev/zero | tr '\\0' x", "id": "kept"}
    list(Stream(request))
    readers = [Stream(request, room=4096) for _ in range(3)]
    assert [reader.status for reader in readers] == [200, 200, 429]
    readers[0].close()
    wait_until(lambda: Stream(request).status == 200)
    for reader in readers:
        reader.close()


def test_a_killed_keeper_ends_the_stream(service):
    stream = Stream(LONG)
    read_until(stream, "stdout")
    for pid in processes("exrun-keeper"):
        os.kill(pid, signal.SIGKILL)
    assert stream.next("result").data["verdict"] == "error"
    assert not list(stream)
    wait_until(lambda: call("GET", "/readyz").status == 200)


def test_a_drain_ends_a_stream_with_a_result(start):
    one = start({"drain_ms": 300})
    stream = Stream(LONG)
    read_until(stream, "stdout")
    one.process.send_signal(signal.SIGTERM)
    assert list(stream)[-1].data["verdict"] == "cancelled"


def test_a_front_that_dies_ends_a_stream_without_a_result(service):
    stream = Stream(LONG)
    read_until(stream, "stdout")
    front, = processes("exrun-front")
    os.kill(front, signal.SIGKILL)
    rest = []
    with contextlib.suppress(ConnectionError):
        rest = list(stream)
    assert "result" not in [event.type for event in rest]
    wait_until(lambda: is_ready() and processes("exrun-front") not in ([], [front]))


def test_many_streams_at_once(start):
    start({"queue": {"wait_ms": 60000}})
    streams = [Stream({**BASH, "source": f"echo {number}"}) for number in range(200)]
    for number, stream in enumerate(streams):
        events = list(stream)
        assert events[-1].data["stdout"] == f"{number}\n" and output_of(events, "stdout") == b"%d\n" % number


def own_memory(pid):
    """Bytes that only this process has."""
    text = open(f"/proc/{pid}/smaps_rollup").read()
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line.startswith("Private_Dirty:"))


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers keep what was freed")
def test_a_slow_reader_costs_little(start):
    """32 readers of 2 MB each read nothing at first, of text that JSON doubles. The output is in the memory once, and each reader has at most 64 KiB."""
    start({"service": {"results_bytes": 512 << 20}, "keep": {"bytes": 256 << 20}})
    request = {"profile": "python", "source": "print(chr(34) * 2_000_000)", "limits": {"output_bytes": 4 << 20}}
    for number in range(8):
        assert list(Stream({**request, "id": str(number)}))[-1].data["verdict"] == "ok"
    [front] = processes("exrun-front")
    before = own_memory(front)
    readers = [Stream(None, method="GET", target=f"/v1/runs/{number}/events", room=4096) for number in range(8) for _ in range(4)]
    grown = own_memory(front) - before
    for reader in readers:
        assert len(output_of(list(reader), "stdout")) == 2_000_001
    assert grown < len(readers) * (64 << 10)
