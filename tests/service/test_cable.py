# SPDX-License-Identifier: MIT
"""A client on another machine whose cable is pulled: it sends no end of its connection."""
import contextlib
import json
import os
import subprocess
import sys

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401

ADDRESS = "10.99.0.1:7878"
CLIENT = """
import socket, sys
s = socket.create_connection(("10.99.0.1", 7878))
s.sendall(sys.stdin.buffer.read())
s.recv(1)
"""


def in_network_of(pid, *command):
    return ["nsenter", "--target", str(pid), "--net", *command]


@pytest.fixture
def networks():
    """Two network namespaces with a cable between them. Yields a process of each, whose ends have the names near and far."""
    with contextlib.ExitStack() as stack:
        pids = []
        for _ in ("near", "far"):
            process = stack.enter_context(subprocess.Popen(["unshare", "--net", "sleep", "1000"]))
            stack.callback(process.kill)
            kit.wait_until(lambda: os.readlink(f"/proc/{process.pid}/ns/net") != os.readlink("/proc/self/ns/net"))
            pids.append(process.pid)

        def ip(pid, words):
            subprocess.run(in_network_of(pid, "ip", *words.split()), check=True)

        ip(pids[0], f"link add near type veth peer name far netns {pids[1]}")
        for number, (pid, name) in enumerate(zip(pids, ("near", "far")), start=1):
            ip(pid, f"address add 10.99.0.{number}/24 dev {name}")
            ip(pid, f"link set up dev {name}")
        yield pids


def test_its_run_ends(start, networks, tmp_path):
    near, far = networks
    tokens = tmp_path / "tokens"
    token, line = subprocess.run([EXRUN, "serve", "token", "site"], stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")[:2]
    tokens.write_text(line + "\n")
    tokens.chmod(0o640)
    start({"listen": [{"address": ADDRESS, "tokens_file": str(tokens)}]}, wrap=lambda *arguments: {"args": in_network_of(near, EXRUN, *arguments)}, address=kit.ADMIN)
    body = json.dumps({"profile": "bash", "source": "sleep 1000", "limits": {"wall_ms": 60_000}})
    request = f"POST /v1/runs HTTP/1.1\r\nHost: {ADDRESS}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    with subprocess.Popen(in_network_of(far, "/usr/bin/python3", "-c", CLIENT), stdin=subprocess.PIPE) as client:
        try:
            client.stdin.write(request.encode())
            client.stdin.close()
            kit.wait_until(lambda: status()["running"]["now"] == 1)
            subprocess.run(in_network_of(far, "ip", "link", "set", "down", "dev", "far"), check=True)
            # By its limit it would end with the verdict timeout, after a minute; and by TCP's own patience in about as long.
            kit.wait_until(lambda: status()["running"]["now"] == 0, 45)
            assert {word: n for word, n in status()["verdicts"].items() if n} == {"cancelled": 1}
        finally:
            client.kill()


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


ASK = """
import socket, sys
s = socket.create_connection(("fd00:1::1", 7878), source_address=(sys.argv[1], 0))
s.sendall(b"GET /healthz HTTP/1.1\\r\\nHost: [fd00:1::1]\\r\\n\\r\\n")
print(s.recv(100).decode().split()[1], flush=True)
sys.stdin.read()
"""


def test_the_addresses_of_a_network_are_one_client(start, networks, tmp_path):
    """One visitor has all of an IPv6 network of 64 bits, so a bound on addresses would not hold anybody up."""
    near, far = networks
    for pid, name, addresses in ((near, "near", ["fd00:1::1/64"]), (far, "far", ["fd00:1::2/64", "fd00:1::3/64", "fd00:2::2/64"])):
        for address in addresses:
            subprocess.run(in_network_of(pid, "ip", "address", "add", address, "dev", name, "nodad"), check=True)
    subprocess.run(in_network_of(near, "ip", "route", "add", "fd00:2::/64", "dev", "near"), check=True)
    tokens = tmp_path / "tokens"
    tokens.write_text(subprocess.run([EXRUN, "serve", "token", "site"], stdout=subprocess.PIPE, text=True, check=True).stdout.split("\n")[1] + "\n")
    tokens.chmod(0o640)
    start({"listen": [{"address": "[fd00:1::1]:7878", "tokens_file": str(tokens)}], "http": {"per_peer": 1}}, wrap=lambda *arguments: {"args": in_network_of(near, EXRUN, *arguments)}, address=kit.ADMIN)
    with contextlib.ExitStack() as stack:
        def ask(address):
            client = stack.enter_context(subprocess.Popen(in_network_of(far, "/usr/bin/python3", "-c", ASK, address), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            stack.callback(client.kill)
            return client.stdout.readline().strip()

        # Without a token; the first answer is 503 if there is no place for the connection.
        assert [ask(address) for address in ("fd00:1::2", "fd00:1::3", "fd00:2::2")] == ["401", "503", "401"]
