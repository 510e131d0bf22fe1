# SPDX-License-Identifier: MIT
"""The header Exrun-Client, which says for whom a run is."""
import contextlib
import json
import sys

import pytest

from conftest import ROOT

sys.path.append(str(ROOT / "tests/kit"))
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}


def post(request, client):
    return kit.call("POST", "/v1/runs", request, {"Exrun-Client": client})


def labelled(client):
    return {**HELLO, "labels": {"client": client}}


@pytest.mark.parametrize("size", [0, 100_000], ids=["small", "for-the-thread"])
def test_it_must_agree_with_the_label(service, size):
    for label in ("other", "mine2", "min", ""):
        answer = post({**labelled(label), "stdin": "x" * size}, "mine")
        assert answer.status == 422 and answer.json["pointer"] == "/labels/client" and "Exrun-Client" in answer.json["detail"]
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert post({**labelled("mine"), "stdin": "x" * size}, "mine").json["labels"] == {"client": "mine"}
    # A result has the labels of the request, and no others.
    assert post({**HELLO, "labels": {"example": "one"}}, "mine").json["labels"] == {"example": "one"}


@pytest.mark.parametrize("client, status", [("x" * 200, 200), ("a b", 200), ("x" * 201, 400), ("", 400), ("x" * 4000, 400), ("a\tb", 400), ("\u00e9", 400), ("a\x01", 400)])
def test_its_characters_are_checked(service, client, status):
    answer = post(HELLO, client.encode("latin-1"))
    assert answer.status == status and (status == 200 or answer.headers["Content-Type"] == "application/problem+json")
    assert kit.call("GET", "/healthz", headers={"Exrun-Client": "x" * 201}).status == 200  # nothing reads it there


def test_it_is_forgotten_with_its_request(service):
    with contextlib.closing(kit.Connection()) as connection:
        assert kit.ask(connection, "POST", "/v1/runs", HELLO, {"Exrun-Client": "mine"}).status == 200
        assert kit.ask(connection, "POST", "/v1/runs", labelled("other")).status == 200


@pytest.mark.parametrize("flood_by, single_by", [("header", "header"), ("header", "label"), ("label", "header")])
def test_it_counts_as_the_label_does(start, flood_by, single_by):
    """The clients take turns, and a full queue gives up a run of the one that has the most."""
    start({"cells": {"running": 0}, "queue": {"length": 4}})

    def send(name, client, by):
        connection = kit.Connection()
        request = {**HELLO, "id": name, **({"labels": {"client": client}} if by == "label" else {})}
        connection.request("POST", "/v1/runs", json.dumps(request), {"Content-Type": "application/json", **({"Exrun-Client": client} if by == "header" else {})})
        kit.wait_until(lambda: kit.call("GET", f"/v1/runs/{name}").status == 202)
        return connection

    def position(name):
        return kit.call("GET", f"/v1/runs/{name}").json["position"]

    with contextlib.ExitStack() as stack:
        for number in range(3):
            stack.enter_context(contextlib.closing(send(f"f{number}", "flood", flood_by)))
        stack.enter_context(contextlib.closing(send("s0", "single", single_by)))
        assert [position(name) for name in ("f0", "s0", "f1", "f2")] == [1, 2, 3, 4]
        # Both ways name the same client.
        other = "label" if flood_by == "header" else "header"
        request = {**HELLO, "id": "f3", **({"labels": {"client": "flood"}} if other == "label" else {})}
        answer = kit.call("POST", "/v1/runs", request, {"Exrun-Client": "flood"} if other == "header" else {})
        assert answer.status == 429 and answer.headers["Exrun-Run"] == "f3" and int(answer.headers["Retry-After"]) >= 1
        stack.enter_context(contextlib.closing(send("s1", "single", single_by)))
        assert kit.call("GET", "/v1/runs/f2").status == 404 and position("s1") == 4
