# SPDX-License-Identifier: MIT
"""The first lines of the service, and its refusals to start."""
import contextlib
import json
import os
import re
import signal
import socket
import sys
import termios

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401


def said(one):
    """The lines that name sockets."""
    return [line for line in one.log.read_text().splitlines() if "listening" in line]


@pytest.mark.parametrize("listeners", [[], [{}], [{}, {"admin": True}]], ids=["none", "one", "two"])
def test_it_names_its_sockets(start, tmp_path, listeners):
    addresses = [f"unix:{tmp_path}/{number}.sock" for number, _ in enumerate(listeners)]
    one = start({"listen": [{"address": address, **more} for address, more in zip(addresses, listeners)]}, address=kit.ADMIN)
    kit.wait_until(lambda: len(said(one)) >= max(1, len(addresses)))
    assert said(one) == [f"exrun: listening on {address}" for address in addresses] or (not addresses and said(one) == [f"exrun: listening for the administrator only, on unix:{kit.ADMIN}"])


def test_it_names_the_usual_socket(start):
    one = start()
    kit.wait_until(lambda: said(one))
    assert said(one) == [f"exrun: listening on unix:{kit.SOCKET}"]


def test_several_addresses_can_be_given(start, tmp_path, exrun):
    addresses = [f"unix:{tmp_path}/{number}.sock" for number in range(15)]
    one = start({"listen": [{"address": f"unix:{tmp_path}/configured.sock"}]}, listen=addresses, address=f"{tmp_path}/14.sock")
    kit.wait_until(lambda: len(said(one)) == len(addresses))
    assert said(one) == [f"exrun: listening on {address}" for address in addresses] and not (tmp_path / "configured.sock").exists()
    for address in addresses:
        assert kit.call("GET", "/healthz", address=address.removeprefix("unix:")).status == 200
    done = exrun("serve", "--check", *[word for address in [*addresses, "unix:/x"] for word in ("--listen", address)])
    assert done.returncode == 64 and b"--listen: can be given at most 15 times" in done.stderr, done.stderr


@pytest.mark.parametrize("config, more", [({}, ["--listen", "127.0.0.1:7878"]), ({"foo": 1}, []), ({"cells": {"keepers": 0}}, [])], ids=["address", "member", "number"])
def test_a_refusal_is_one_line(exrun, tmp_path, config, more):
    path = tmp_path / "exrun.json"
    path.write_text(json.dumps(config))
    path.chmod(0o600)
    done = exrun("serve", "--config", path, *more)
    assert done.returncode == 78 and done.stderr.count(b"\n") == 1, done
    assert b"Bad message" not in done.stderr and done.stderr == exrun("serve", "--check", "--config", path, *more).stderr, done


@pytest.mark.parametrize("config, more", [({"listen": [{"address": f"unix:{kit.ADMIN}"}]}, []), ({}, ["--listen", f"unix:{kit.ADMIN}"] * 2)], ids=["configured", "named"])
def test_two_sockets_do_not_have_one_path(exrun, tmp_path, config, more):
    path = tmp_path / "exrun.json"
    path.write_text(json.dumps(config))
    path.chmod(0o600)
    for check in ([], ["--check"]):
        done = exrun("serve", *check, "--config", path, *more)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (78, b"", f"exrun: unix:{kit.ADMIN}: is the address of two of the service's sockets; name another one; the service creates admin.sock itself\n"), done


def test_a_check_warns_of_an_address_without_encryption(exrun, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text(exrun("serve", "token", "site").stdout.decode().split("\n")[1] + "\n")
    tokens.chmod(0o640)
    path = tmp_path / "exrun.json"
    path.write_text(json.dumps({"listen": [{"address": address, "tokens_file": str(tokens)} for address in ("127.0.0.1:7878", "0.0.0.0:7879", "[::1]:7878")]}))
    done = exrun("serve", "--check", "--config", path)
    assert done.returncode == 0 and done.stdout == b"The configuration and the profiles are fine.\n"
    assert done.stderr == b"exrun: warning: 0.0.0.0:7879 can be reached over a network, and exrun does not encrypt; put a proxy with TLS in front of it, and listen on 127.0.0.1\n"


def filled(reader, writer):
    """Writes until nothing more fits."""
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while os.write(writer, b"x" * 4096):
            pass
    os.set_blocking(writer, True)
    return reader, writer, lambda: None


def a_pipe():
    return filled(*os.pipe())


def a_socket():
    """As the journal's."""
    return filled(*[end.detach() for end in socket.socketpair()])


def a_terminal():
    """Stopped, as by Ctrl-S. A terminal can't be filled, because the kernel moves on what it was sent when it likes."""
    reader, writer = os.openpty()
    termios.tcflow(writer, termios.TCOOFF)
    name = os.ttyname(writer)

    def go_on():
        again = os.open(name, os.O_RDWR | os.O_NOCTTY)
        termios.tcflow(again, termios.TCOON)
        os.close(again)

    return reader, writer, go_on


@pytest.mark.parametrize("full", [a_pipe, a_socket, a_terminal])
def test_a_service_that_nobody_listens_to_goes_on(start, tmp_path, full):
    reader, writer, go_on = full()
    log = tmp_path / "log/runs.jsonl"
    log.parent.mkdir(mode=0o755)
    one = start({"cells": {"running": 1, "keepers": 2}, "log": {"path": str(log)}}, wrap=lambda *arguments: {"args": ["bash", "-c", f'exec "$@" 2>&{writer}', "bash", EXRUN, *arguments], "pass_fds": [writer]})
    os.close(writer)
    for _ in range(3):
        keeper = kit.wait_until(lambda: kit.processes("exrun-keeper"))[0]
        os.kill(keeper, signal.SIGKILL)
        kit.wait_until(lambda: keeper not in kit.processes("exrun-keeper"))
    assert kit.run({"profile": "bash", "source": "true"})["verdict"] == "ok"
    (tmp_path / "exrun.json").write_text("{")
    one.process.send_signal(signal.SIGHUP)
    kit.wait_until(lambda: re.search('"event":"reload","ok":false,"reason":"[^"]*exrun.json', log.read_text()))
    text = bytearray()
    go_on()
    os.set_blocking(reader, False)

    def read():
        with contextlib.suppress(OSError):  # nothing now; or a terminal that nobody has open
            while chunk := os.read(reader, 65536):
                text.extend(chunk)

    def says_what_is_missing():
        read()
        one.process.send_signal(signal.SIGHUP)  # a line more, which comes with the number of those that did not
        return re.search(rb"exrun: \d+ lines are missing here, because standard error was full\r?\n", text)

    kit.wait_until(says_what_is_missing)
    one.process.terminate()
    one.process.wait(60)
    read()
    assert re.search(rb"exrun: ends after the accepted runs\r?\n$", text), bytes(text[-500:])
