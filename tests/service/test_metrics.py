# SPDX-License-Identifier: MIT
"""The metrics, as Prometheus reads them."""
import collections
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
import serving as kit  # noqa: E402
from events import Stream  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
ESCAPES = {"\\": "\\", '"': '"', "n": "\n"}
# A sample by the format's own description: name, labels, value.
LABEL = r'([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(rf"([a-zA-Z_:][\w:]*)(?:\{{({LABEL}(?:,{LABEL})*)\}})? ([\d.e+-]+|NaN)")


def text(address=kit.ADMIN):
    answer = kit.call("GET", "/metrics", address=address)
    assert answer.status == 200 and answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8", answer.content
    return answer.content.decode()


def parse(written):
    """{name: {labels: value}}; labels are a sorted tuple of pairs. Checks the form of each line."""
    found, types = collections.defaultdict(dict), {}
    for line in written.removesuffix("\n").split("\n"):
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert name not in types
            types[name] = kind
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            labels = tuple(sorted((name, re.sub(r"\\(.)", lambda match: ESCAPES[match[1]], value)) for name, value in re.findall(LABEL, sample[2] or "")))
            assert labels not in found[sample[1]], line
            found[sample[1]][labels] = float(sample[7] if sample.lastindex == 7 else line.rpartition(" ")[2])
    return found


def read(address=kit.ADMIN):
    return parse(text(address))


def value(metrics, name, **labels):
    return metrics[name].get(tuple(sorted(labels.items())), 0)


def by(metrics, name, **labels):
    """The values other than 0 by the label that is not given."""
    rest = {}
    for pairs, number in metrics[name].items():
        if set(labels.items()) <= set(pairs) and number:
            [rest_pair] = set(pairs) - set(labels.items())
            rest[rest_pair[1]] = number
    return rest


def reload(one):
    """Lets the service load its files again, once in a test."""
    one.process.send_signal(signal.SIGHUP)
    kit.wait_until(lambda: "has loaded the configuration" in one.log.read_text())


def test_promtool_accepts_them(service):
    kit.run({**HELLO, "labels": {"example": 'a "b" \\ c\nd'}})
    for label in ("", "other"):
        kit.run({**HELLO, "labels": {"example": label}})
    for written in (text(), text()):
        done = subprocess.run(["promtool", "check", "metrics"], input=written, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_new_service_has_counted_nothing(start):
    start({"cells": {"running": 1}})
    metrics = read()
    names = {one["name"] for one in kit.call("GET", "/v1/profiles").json["profiles"]}
    assert {dict(labels)["profile"] for labels in metrics["exrun_runs_total"]} == names
    assert not any(metrics["exrun_runs_total"].values()) and not any(metrics["exrun_rejected_total"].values())
    assert list(metrics["exrun_build_info"].values()) == [1.0] and metrics["exrun_maintenance"] == {(): 0}
    assert [metrics[name] for name in ("exrun_streams", "exrun_stream_bytes_total", "exrun_stream_readers_dropped_total")] == [{(): 0}] * 3
    assert not [name for name in metrics if name.startswith("exrun_run_seconds")]


def test_runs_are_counted(start):
    start({"cells": {"profiles": {"ruby": {"floor": 0, "ceiling": 0}}}})
    kit.wait_until(lambda: value(read(), "exrun_cells", profile="bash", state="ready") >= 1)
    made = value(read(), "exrun_cell_make_seconds_count", profile="bash")
    assert made >= 1 and value(read(), "exrun_cell_make_seconds_sum", profile="bash") > 0
    for source in ("exit 0", "exit 1", "exit 1", "kill -SEGV $$", "sleep 0.3"):
        kit.run({"profile": "bash", "source": source})
    kit.run({"profile": "ruby", "source": "puts 1"})
    metrics = read()
    assert by(metrics, "exrun_runs_total", profile="bash") == {"ok": 2, "failed": 2, "crashed": 1}
    assert by(metrics, "exrun_runs_total", profile="ruby") == {"ok": 1}
    assert value(metrics, "exrun_pool_misses_total", profile="ruby") == 1 and by(metrics, "exrun_request_seconds_count", profile="ruby") == {"cold": 1}
    answered = by(metrics, "exrun_request_seconds_count", profile="bash")
    assert sum(answered.values()) == 5 and answered["ready"] >= 1 and value(metrics, "exrun_pool_misses_total", profile="bash") == answered.get("cold", 0)
    assert value(metrics, "exrun_run_seconds_count", profile="bash") == 5 and value(metrics, "exrun_queue_seconds_count") == 6
    buckets = {dict(labels)["le"]: number for labels, number in metrics["exrun_run_seconds_bucket"].items() if dict(labels)["profile"] == "bash"}
    assert list(buckets)[0] == "0.0005" and list(buckets)[-1] == "+Inf" and list(buckets.values()) == sorted(buckets.values())
    assert buckets["+Inf"] == 5 and buckets["0.25"] <= 4 and value(metrics, "exrun_run_seconds_sum", profile="bash") >= 0.3
    kit.wait_until(lambda: value(read(), "exrun_reclaimed_total", what="cell") >= 6)
    assert value(read(), "exrun_unreclaimed_total") == 0


def test_what_runs_and_waits_is_seen(start):
    start({"cells": {"running": 1}, "queue": {"wait_ms": 120_000}})
    with ThreadPoolExecutor(3) as pool:
        for i, client in enumerate(("anna", "anna", "ben")):
            pool.submit(kit.run, {**SLEEP, "id": f"run{i}", "labels": {"client": client}})
        kit.wait_until(lambda: value(read(), "exrun_queue_length") == 2 and value(read(), "exrun_cells", profile="bash", state="running") == 1)
        kit.wait_until(lambda: any(status["Name"].strip() == "sleep" for _, status in kit.all_processes()))
        metrics = read()
        assert value(metrics, "exrun_clients_active") == 2 and value(metrics, "exrun_queue_bytes") > 100 and value(metrics, "exrun_connections") == 4
        for i in (2, 1, 0):
            kit.wait_until(lambda i=i: kit.call("DELETE", f"/v1/runs/run{i}").status == 204)
    metrics = read()
    assert by(metrics, "exrun_runs_total", profile="bash") == {"cancelled": 3} and value(metrics, "exrun_clients_active") == 0
    assert by(metrics, "exrun_request_seconds_count", profile="bash")["none"] == 2 and value(metrics, "exrun_run_seconds_count", profile="bash") == 1


def test_streams_are_counted(start):
    """Those that are open, and each byte of their events. A reader that leaves by itself was not dropped."""
    start({"cells": {"running": 1}})
    numbers = ("exrun_streams", "exrun_stream_bytes_total", "exrun_stream_readers_dropped_total")

    def seen():
        metrics = read()
        return [value(metrics, name) for name in numbers]

    with contextlib.closing(Stream({**SLEEP, "source": "printf 1234; sleep 60", "id": "run"})) as first:
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/run").json["state"] == "running" and seen()[1] > 0)
        with contextlib.closing(Stream(None, method="GET", target="/v1/runs/run/events")) as second:
            kit.wait_until(lambda: seen()[0] == 2)
            until_now = b""
            while not until_now.endswith(b'"1234"}\n\n'):
                until_now += second.file.readline()
        kit.wait_until(lambda: seen()[0] == 1)
        assert kit.call("DELETE", "/v1/runs/run").status == 204
        whole = first.file.read()
        assert whole.startswith(b"retry: ") and b"event: result\n" in whole
        kit.wait_until(lambda: seen()[0] == 0)
        total = len(whole) + len(until_now)
        assert seen() == [0, total, 0]
        with contextlib.closing(Stream(None, method="GET", target="/v1/runs/run/events")) as again:
            rest = again.file.read()
    kit.wait_until(lambda: seen() == [0, total + len(rest), 0])
    kit.run(HELLO)  # an answer that is not a stream
    assert seen() == [0, total + len(rest), 0]


def test_refusals_are_counted_by_their_reason(start):
    start({"cells": {"running": 1}, "queue": {"length": 1, "wait_ms": 120_000}, "http": {"body_bytes": 1000}})
    kit.call("POST", "/v1/runs", b"{")
    kit.call("POST", "/v1/runs", {"profile": "bash", "source": 1})
    kit.call("POST", "/v1/runs", HELLO, headers={"Content-Type": "text/plain"})
    kit.call("POST", "/v1/runs", {**HELLO, "source": "x" * 2000})
    kit.call("GET", "/nothing")
    kit.call("PUT", "/v1/runs", HELLO)
    kit.call("GET", "/metrics")
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
        client.connect(kit.SOCKET)
        client.sendall(b"GET / HTTP/3.0\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 505")
    with ThreadPoolExecutor(2) as pool:
        pool.submit(kit.run, {**SLEEP, "id": "run0"})
        kit.wait_until(lambda: value(read(), "exrun_cells", profile="bash", state="running") == 1)
        pool.submit(kit.run, {**SLEEP, "id": "run1"})
        kit.wait_until(lambda: value(read(), "exrun_queue_length") == 1)
        assert kit.call("POST", "/v1/runs", {**SLEEP, "id": "run0", "source": "true"}).status == 409
        assert kit.call("POST", "/v1/runs", HELLO).status == 429
        for i in (1, 0):
            kit.wait_until(lambda i=i: kit.call("DELETE", f"/v1/runs/run{i}").status == 204)
    kit.call("POST", "/v1/profiles/php", {"disabled": True}, address=kit.ADMIN)
    kit.call("POST", "/v1/runs", {"profile": "php", "source": ""})
    kit.call("POST", "/v1/maintenance", {"on": True}, address=kit.ADMIN)
    kit.call("POST", "/v1/runs", HELLO)
    assert kit.call("GET", "/readyz").status == 503  # a question, which is answered
    metrics = read()
    assert by(metrics, "exrun_rejected_total") == dict.fromkeys(("malformed", "invalid", "type", "too_large", "not_found", "method", "forbidden", "unsupported", "conflict", "queue_full", "disabled", "maintenance"), 1)
    assert value(metrics, "exrun_maintenance") == 1 and by(metrics, "exrun_profile_disabled") == {"php": 1}


def test_a_run_that_waits_too_long_and_a_connection_too_many(start):
    config = {"cells": {"running": 1}, "queue": {"wait_ms": 120_000}}
    one = start(config)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(kit.run, {**SLEEP, "id": "run0"}, address=kit.ADMIN)
        kit.wait_until(lambda: value(read(), "exrun_cells", profile="bash", state="running") == 1)
        (one.log.parent / "exrun.json").write_text(json.dumps({**config, "queue": {"wait_ms": 1}, "http": {"connections": 2}}))
        reload(one)
        assert kit.call("POST", "/v1/runs", HELLO, address=kit.ADMIN).status == 503
        with contextlib.ExitStack() as opened:
            for _ in range(3):
                connection = opened.enter_context(contextlib.closing(kit.Connection()))
                with contextlib.suppress(OSError):
                    kit.ask(connection, "GET", "/healthz")
        kit.wait_until(lambda: kit.call("DELETE", "/v1/runs/run0", address=kit.ADMIN).status == 204)
    rejected = by(read(), "exrun_rejected_total")
    assert rejected["overloaded"] == 1 and rejected["connections"] >= 1


def test_denied_syscalls_and_compiled_programs(service):
    for _ in range(2):
        kit.run({"profile": "c", "source": "#include <sys/mount.h>\n#include <stdio.h>\nint main(void) { printf(\"%d\", mount(0, \"/\", 0, 0, 0)); }"})
    denied = kit.run({"profile": "c", "source": "#include <unistd.h>\n#include <sys/syscall.h>\nint main(void) { return syscall(SYS_bpf, 0, 0, 0); }"})
    metrics = read()
    assert by(metrics, "exrun_compile_cache_total") == {"hit": 1, "miss": 2}
    assert denied["verdict"] == "denied" and by(metrics, "exrun_denied_syscalls_total")["bpf"] == 1


def test_examples_are_bounded(start):
    """The first names since the start have a series, also after a reload with a smaller bound; others share one."""
    one = start({"labels": {"examples": 3}})
    for example in ('a "b"\n\\', "\x1b[31mred\u2713", "", "late", "later", "other"):
        kit.run({**HELLO, "labels": {"example": example}})
    kit.run({**HELLO, "source": "exit 1", "labels": {"example": ""}})
    kit.run(HELLO)
    seen = read()["exrun_example_runs_total"]
    # A control character could control the operator's terminal.
    expected = {('a "b"?\\', "ok"): 1, ("?[31mred\u2713", "ok"): 1, ("", "ok"): 1, ("", "failed"): 1, ("other", "ok"): 3}
    assert {(dict(labels)["example"], dict(labels)["verdict"]): number for labels, number in seen.items()} == expected
    (one.log.parent / "exrun.json").write_text(json.dumps({"labels": {"examples": 0}}))
    reload(one)
    for example in ("", "new"):
        kit.run({**HELLO, "labels": {"example": example}})
    metrics = read()
    assert value(metrics, "exrun_example_runs_total", example="", verdict="ok") == 2 and value(metrics, "exrun_example_runs_total", example="other", verdict="ok") == 4


def test_profiles_keep_their_counts_over_a_reload(start, tmp_path):
    """They are numbered by their order, in which one goes."""
    folder = tmp_path / "profiles"
    folder.mkdir(mode=0o755)
    (folder / "aaa.json").write_text(re.sub(r'"name": "bash"', '"name": "aaa"', (ROOT / "profiles/bash.json").read_text()))
    one = start(profiles=folder)
    for profile in ("aaa", "ruby"):
        kit.run({"profile": profile, "source": "exit"})
    (folder / "aaa.json").unlink()
    reload(one)
    kit.run({"profile": "ruby", "source": "puts 1"})
    metrics = read()
    assert by(metrics, "exrun_runs_total", profile="ruby") == {"ok": 2} and by(metrics, "exrun_runs_total", profile="aaa") == {"ok": 1}
    assert "aaa" not in {dict(labels)["profile"] for labels in metrics["exrun_cells"]}


def test_the_process_s_metrics_are_those_of_the_front(service):
    metrics = read()
    [front] = kit.processes("exrun-front")
    stat = open(f"/proc/{front}/stat").read().rpartition(")")[2].split()
    boot = next(int(line.split()[1]) for line in open("/proc/stat") if line.startswith("btime "))
    assert abs(metrics["process_start_time_seconds"][()] - boot - int(stat[19]) / os.sysconf("SC_CLK_TCK")) < 60
    used = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    assert 0 < metrics["process_cpu_seconds_total"][()] <= used + 1
    limits = open(f"/proc/{front}/limits").read()
    assert metrics["process_max_fds"][()] == int(re.search(r"Max open files +(\d+)", limits)[1])
    sizes = kit.status_of(front)
    for name, line in (("process_resident_memory_bytes", "VmRSS"), ("process_virtual_memory_bytes", "VmSize")):
        assert metrics[name][()] == pytest.approx(1024 * int(sizes[line].split()[0]), rel=0.5)


def test_the_memory_of_cells_is_counted(service):
    """Of one whose program runs, the keeper tells it about once a second."""
    stream = Stream({"profile": "python", "id": "large", "source": "text = b'x' * 60_000_000\nopen('file', 'wb').write(text[:20_000_000])\nprint('there', flush=True)\nimport signal\nsignal.pause()", "limits": {"wall_ms": 30000, "disk_bytes": 32 << 20}})
    assert next(event for event in stream if event.type == "stdout")
    kit.wait_until(lambda: read()["exrun_sandbox_bytes"][()] > 80_000_000)
    assert kit.call("DELETE", "/v1/runs/large").status == 204
    kit.wait_until(lambda: 0 < read()["exrun_sandbox_bytes"][()] < 60_000_000)


def test_open_descriptors_are_counted(start):
    """However many there are: the table of descriptors grows meanwhile."""
    start({"cells": {"running": 1, "keepers": 2}})
    kit.wait_until(lambda: kit.call("GET", "/v1/status", address=kit.ADMIN).json["keepers"]["absent"] == 0)  # each has a socket
    [front] = kit.processes("exrun-front")

    def is_counted():
        counted = value(parse(kit.ask(own, "GET", "/metrics").content.decode()), "process_open_fds")
        return counted if counted == len(os.listdir(f"/proc/{front}/fd")) else None

    with contextlib.closing(kit.Connection(kit.ADMIN)) as own, contextlib.ExitStack() as opened:
        few = kit.wait_until(is_counted)
        for _ in range(150):
            opened.enter_context(contextlib.closing(kit.Connection())).connect()
        assert kit.wait_until(lambda: (is_counted() or 0) >= few + 150)
        opened.close()
        kit.wait_until(lambda: is_counted() == few)


def free_port():
    with contextlib.closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_only_operators_and_monitors_may_read(start, tmp_path):
    port = free_port()
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"unix:{tmp_path}/m.sock", "metrics": True}, {"address": f"unix:{tmp_path}/n.sock", "metrics": False}, {"address": f"127.0.0.1:{port}", "auth": "none", "metrics": True}]})
    for address in (kit.SOCKET, f"{tmp_path}/n.sock"):
        answer = kit.call("GET", "/metrics", address=address)
        assert answer.status == 403 and "metrics" in answer.json["detail"]
    assert read(f"{tmp_path}/m.sock") and kit.call("GET", "/v1/status", address=f"{tmp_path}/m.sock").status == 403
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        assert b"exrun_build_info" in answer.read()
    assert kit.call("HEAD", "/metrics", address=kit.ADMIN).content == b"" and kit.call("POST", "/metrics", {}, address=kit.ADMIN).status == 405


def query(port, expression):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/query?query={urllib.request.quote(expression)}", timeout=60) as answer:
        return [(one["metric"], float(one["value"][1])) for one in json.load(answer)["data"]["result"]]


def test_prometheus_scrapes_them(start, tmp_path, exrun):
    """With a token, as over a network."""
    port, own = free_port(), free_port()
    token, line = exrun("serve", "token", "prometheus").stdout.decode().splitlines()
    for name, content in (("tokens", f"{line}\n"), ("token", token)):
        (tmp_path / name).write_text(content)
        os.chmod(tmp_path / name, 0o600)
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"127.0.0.1:{port}", "tokens_file": f"{tmp_path}/tokens", "metrics": True}]})
    kit.run({**HELLO, "labels": {"example": "a \"b\""}})
    (tmp_path / "prometheus.yml").write_text(f"""
scrape_configs:
  - job_name: exrun
    scrape_interval: 1s
    authorization: {{credentials_file: {tmp_path}/token}}
    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]
""")
    checked = subprocess.run(["promtool", "check", "config", tmp_path / "prometheus.yml"], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with open(tmp_path / "prometheus.log", "wb") as log:
        prometheus = subprocess.Popen(["prometheus", f"--config.file={tmp_path}/prometheus.yml", f"--storage.tsdb.path={tmp_path}/data", f"--web.listen-address=127.0.0.1:{own}"], stdout=log, stderr=log)
    try:
        def is_up():
            assert prometheus.poll() is None, (tmp_path / "prometheus.log").read_text()
            with contextlib.suppress(OSError):
                return query(own, 'up{job="exrun"} == 1')

        kit.wait_until(is_up, 120)
        [(_, runs)] = query(own, 'exrun_runs_total{profile="bash",verdict="ok"}')
        [(labels, of_example)] = query(own, "exrun_example_runs_total")
        assert runs == of_example == 1 and labels["example"] == 'a "b"'
        [(_, quantile)] = query(own, "histogram_quantile(0.5, sum by (le) (exrun_request_seconds_bucket))")
        assert quantile > 0
    finally:
        prometheus.terminate()
        prometheus.wait(60)
