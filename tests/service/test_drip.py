# SPDX-License-Identifier: MIT
"""A client that reads an answer a byte at a time does not hold its memory for ever."""
import contextlib
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream  # noqa: E402
from serving import ADMIN, Connection, call, run, service, start, wait_for_looks, wait_until  # noqa: E402, F401

BASH = {"profile": "bash"}


def drip(end, take):
    """Reads 2 KiB a second until then, and the rest at once. Returns how many bytes there were."""
    n = 0
    while time.monotonic() < end:
        n += len(take(2048))
        time.sleep(1)
    with contextlib.suppress(ConnectionError):
        while piece := take(1 << 20):
            n += len(piece)
    return n


def test_a_comment_comes_while_nothing_moves(service):
    """So that no proxy closes the connection: each 15 s, so one comes before the program's end."""
    stream = Stream({**BASH, "source": "sleep 20", "limits": {"wall_ms": 30000}})
    lines = [line for line in iter(stream.file.readline, b"")]
    assert lines.count(b":\n") == 1 and lines.index(b":\n") < lines.index(b"event: result\n")


def test_a_client_that_reads_byte_by_byte_is_disconnected(service):
    """Some of an answer is in the socket's buffer. The rest must be read within 30 s and a second for each 16 KiB."""
    size = 250000
    request = {**BASH, "source": f"head -c {2 * size} /dev/zero | tr '\\0' x", "id": "large"}
    run(request)
    stream = Stream({**request, "source": f"head -c {size} /dev/zero | tr '\\0' x", "id": "drips"}, room=4096)
    answer = Connection()
    answer.request("GET", "/v1/runs/large")
    wait_until(lambda: call("GET", "/v1/runs/drips").status == 200)
    end = time.monotonic() + 30 + 3 * size / 16384 + 5
    idle = Stream({**request, "id": "idle"}, room=4096)
    with ThreadPoolExecutor() as pool:
        n = list(pool.map(lambda one: drip(end, one.recv), (stream.socket, answer.sock)))
    # Both would have come to their end: an output, and its result.
    assert max(n) < 2 * size
    # Readers of streams are counted, those of other answers are not.
    wait_until(lambda: "\nexrun_stream_readers_dropped_total 2\n" in call("GET", "/metrics", address=ADMIN).content.decode())
    for one in (stream, answer, idle):
        one.close()


def test_a_reader_that_takes_nothing_is_disconnected_while_the_program_runs(service):
    """After 30 s; it was the last one, so its run ends, too."""
    stream = Stream({**BASH, "id": "idle", "source": "head -c 1000000 /dev/zero | tr '\\0' x; sleep 60", "limits": {"wall_ms": 60_000}}, room=2048)
    reader = Stream(None, method="GET", target="/v1/runs/idle/events")
    assert list(reader)[-1].data["verdict"] == "cancelled"
    assert call("GET", "/v1/runs/idle").status == 404
    assert "\nexrun_stream_readers_dropped_total 1\n" in call("GET", "/metrics", address=ADMIN).content.decode()
    stream.close()


def test_a_program_is_said_to_wait_at_most_1024_times(service):
    """One that waits again and again would fill the memory with events. It still gets its input."""
    def feed():
        assert call("POST", "/v1/runs/often/stdin", b"x", headers={"Content-Type": "application/octet-stream"}).status == 204

    source = "import os\nfor _ in range(1050): os.read(0, 1)\nprint('end')\n"
    stream = Stream({"profile": "python", "id": "often", "source": source, "stdin_open": True, "limits": {"wall_ms": 60_000}})
    for _ in range(1024):
        assert next(event for event in stream if event.type not in ("queued", "started")).type == "reading"
        feed()
    for _ in range(26):
        wait_for_looks(4)
        feed()
    assert [event.type for event in stream] == ["stdout", "result"]
