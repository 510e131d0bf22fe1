# SPDX-License-Identifier: MIT
"""/openapi.json, compared with the rules of OpenAPI 3.1 and with what the service answers."""
import contextlib
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import jsonschema
import pytest

from conftest import ROOT

sys.path.append(str(ROOT / "tests/kit"))
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
WITH_ARTIFACT = {**HELLO, "source": "echo hello | tee a.txt", "artifacts": ["a.txt"]}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
OPEN = {"profile": "bash", "id": "open", "stdin_open": True, "source": "cat", "limits": {"wall_ms": 60_000}}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def document(address=kit.SOCKET):
    answer = kit.call("GET", "/openapi.json", address=address)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    return answer.json


def operations(contract):
    return [(path, method, item[method]) for path, item in contract["paths"].items() for method in item]


def is_of_page(path):
    """Only a listener with "page" has it (test_page.py)."""
    return path in ("/play", "/{file}")


def strict(value):
    """A schema of an answer, without members that it does not name. Clients must bear further ones; a test must not."""
    if isinstance(value, list):
        return [strict(one) for one in value]
    if not isinstance(value, dict):
        return value
    more = {"additionalProperties": False} if value.get("type") == "object" and "properties" in value and "openapi" not in value["properties"] else {}
    return {**more, **{name: strict(one) for name, one in value.items()}}


def check(contract, schema, value, is_strict=True):
    """@schema: its name, or where it refers to."""
    name = schema if isinstance(schema, str) else schema["$ref"].rpartition("/")[2]
    schemas = contract["components"]["schemas"]
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": strict(schemas) if is_strict else schemas}}
    jsonschema.Draft202012Validator(whole).validate(value)


def check_answer(contract, operation, answer):
    """The answer is one of those that the operation lists, with its type, its schema and its headers."""
    listed = operation["responses"].get(str(answer.status), operation["responses"]["default"])
    for name in listed.get("headers", {}):
        assert answer.headers[name], (answer.status, name)
    if answer.content:
        kind = answer.headers["Content-Type"] if "*/*" not in listed["content"] else "*/*"
        assert kind in listed["content"]
        assert (kind == "application/problem+json") == (answer.status >= 400)
        check(contract, listed["content"][kind]["schema"], answer.content.decode() if kind.startswith("text/") or kind == "*/*" else answer.json)
        if answer.status >= 400:
            assert answer.json["status"] == answer.status
    else:
        assert not listed["content"]


def test_it_follows_the_rules_of_openapi(service):
    contract = document()
    assert contract.keys() == {"openapi", "info", "paths", "components", "security"}
    assert re.fullmatch(r"3\.1\.\d+", contract["openapi"]) and contract["info"].keys() == {"title", "version", "description", "license"}
    assert contract["info"]["license"] == {"name": "MIT", "identifier": "MIT"}
    names = []
    for path, method, operation in operations(contract):
        assert path.startswith("/") and method in METHODS
        assert operation.keys() <= {"operationId", "summary", "description", "parameters", "requestBody", "responses"} and operation["summary"]
        names.append(operation["operationId"])
        in_path = [one for one in operation["parameters"] if one["in"] == "path"]
        assert [one["name"] for one in in_path] == re.findall(r"{(\w+)}", path) and all(one["required"] is True for one in in_path)
        for one in operation["parameters"]:
            assert one["in"] in ("path", "query", "header") and one.keys() <= {"name", "in", "required", "description", "schema"}
            jsonschema.Draft202012Validator.check_schema(one["schema"])
        assert len({(one["name"], one["in"]) for one in operation["parameters"]}) == len(operation["parameters"])
        assert ("requestBody" in operation) == (method == "post")
        assert any(status.startswith("2") for status in operation["responses"])
        for status, listed in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d|default", status) and listed["description"] and listed.keys() <= {"description", "headers", "content"}
            for header in listed.get("headers", {}).values():
                assert header.keys() == {"description", "schema"}
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert contract["components"].keys() == {"schemas", "securitySchemes"}
    assert contract["security"] == [{}, {"token": []}] and contract["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_its_schemas_are_valid_and_all_are_used(service):
    contract = document()
    schemas = contract["components"]["schemas"]
    for name, schema in schemas.items():
        assert re.fullmatch(r"[A-Za-z]+", name)
        jsonschema.Draft202012Validator.check_schema(schema)
        # A member that is required is described.
        assert set(schema.get("required", [])) <= schema.get("properties", dict.fromkeys(schema.get("required", []))).keys()
    used = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(contract)))
    assert used == {f"#/components/schemas/{name}" for name in schemas}


def test_it_is_the_same_for_everyone(service):
    assert document() == document(kit.ADMIN)
    head = kit.call("HEAD", "/openapi.json")
    assert head.content == b"" and head.headers["Content-Length"] == str(len(kit.call("GET", "/openapi.json").content))


def call_of(path, method, operation, name, address):
    """Makes one call that the document describes, as it says."""
    # The query of a run is for a stream, which only the header Accept makes of it.
    query = next((f"?{one['name']}={one['schema']['enum'][0]}" for one in operation["parameters"] if "enum" in one["schema"] and path != "/v1/runs"), "")
    bodies = {"Request": {**WITH_ARTIFACT, "id": name}, "MaintenanceSwitch": {"on": False}, "ProfileSwitch": {"disabled": False}, "Bytes": b"x"}
    kind, body = None, None
    if "requestBody" in operation:
        (kind, content), = operation["requestBody"]["content"].items()
        body = bodies[content["schema"]["$ref"].rpartition("/")[2]]
    return kit.call(method.upper(), path.replace("{id}", name).replace("{path}", "a.txt") + query, body, headers={"Content-Type": kind} if kind else None, address=address)


def test_every_call_answers_as_it_says(service):
    """The first status in the list of those that mean success is the one of a good call."""
    contract = document()
    for path, method, operation in operations(contract):
        if is_of_page(path):
            continue
        good = min(status for status in operation["responses"] if status < "3")
        for address in (kit.SOCKET, kit.ADMIN):
            is_admin = "administrator" in operation.get("description", "")
            assert kit.call("POST", "/v1/runs", {**WITH_ARTIFACT, "id": "there"}, address=address).status == 200
            begun = kit.call("POST", "/v1/runs", OPEN, headers={"Prefer": "respond-async"}, address=address)
            assert begun.status in (200, 202)
            check_answer(contract, contract["paths"]["/v1/runs"]["post"], begun)
            answer = call_of(path, method, operation, "bash" if path.startswith("/v1/profiles/") else "open" if path.endswith("/stdin") else "there", address)
            assert answer.status == (403 if is_admin and address == kit.SOCKET else int(good)), (path, method, answer.content)
            check_answer(contract, operation, answer)
            if "{id}" in path:
                missing = call_of(path, method, operation, "nothing", address)
                assert missing.status == (403 if is_admin and address == kit.SOCKET else 404)
                check_answer(contract, operation, missing)


@pytest.mark.parametrize("method, path, name, value, status", [("post", "/v1/runs", "Prefer", "respond-async", 202), ("get", "/v1/runs/{id}/events", "Last-Event-ID", "1.1", 200),
                                                               ("post", "/v1/runs", "Exrun-Client", "somebody", 200), ("post", "/v1/runs", "Exrun-Cell", "cold", 200)])
def test_a_header_that_is_described_is_heeded(service, method, path, name, value, status):
    """And each of them is tried here."""
    contract = document()
    listed = [(verb, where, one["name"]) for where, verb, operation in operations(contract) for one in operation["parameters"] if one["in"] == "header"]
    assert (method, path, name) in listed and len(listed) == 4
    address = kit.ADMIN if name == "Exrun-Cell" else kit.SOCKET
    kit.run({**HELLO, "id": "there"})
    body = {**HELLO, "id": "new"} if method == "post" else None
    answer = kit.call(method.upper(), path.replace("{id}", "there"), body, headers={name: value}, address=address)
    assert answer.status == status
    check_answer(contract, contract["paths"][path][method], answer)
    if name == "Last-Event-ID":
        assert b"\nid: 1.2\n" in answer.content and b"id: 1.1\n" not in answer.content


def test_no_other_method_and_no_other_path_answers(service):
    contract = document()
    for path, item in contract["paths"].items():
        there = path.replace("{id}", "x").replace("{path}", "y/z").replace("{file}", "x.js")
        if is_of_page(path):
            assert {kit.call(method.upper(), there).status for method in METHODS - {"post", "trace"}} == {404}
            continue
        allowed = kit.call("OPTIONS", there).headers["Allow"].lower().split(", ")
        assert set(allowed) == {*item, "options", *(["head"] if "get" in item else [])}
        for method in METHODS - set(allowed) - {"trace"}:
            answer = kit.call(method.upper(), there, b"{}" if method in ("post", "put", "patch") else None)
            assert answer.status == 405 and (method == "head" or answer.headers["Content-Type"] == "application/problem+json")
            assert answer.headers["Allow"].lower().split(", ") == allowed
            if method != "head":
                check(contract, "Problem", answer.json)
    for path in ("/", "/v1", "/v1/", "/openapi", "/metrics/", "/v1/runs/"):
        answer = kit.call("GET", path)
        assert answer.status == 404
        check(contract, "Problem", answer.json)


@pytest.mark.parametrize("request_", [
    HELLO, {**HELLO, "v": 1, "stdin": {"encoding": "base64", "content": "eA=="}, "args": ["a"], "env": {"A": "b"}, "labels": {"example": "x"}, "stderr": "stdout", "stdin_open": False},
    {"profile": "bash", "source": {"content": "echo >x; exit 3"}, "artifacts": ["x", "y"], "files": [{"path": "a/b", "content": "x"}]},
    {"profile": "bash", "source": "head -c 100000 /dev/zero", "limits": {"output_bytes": 1000}}, {"profile": "bash", "source": "unshare -U true"},
    {"profile": "bash", "source": "kill -SEGV $$"}, {"profile": "c", "source": "int main(void) { return 0; }"}, {"profile": "c", "source": "int main(void) { return x; }"},
    {"profile": "php", "source": "<?php\necho $x['a'];\nthrow new Exception('no');"},
], ids=lambda one: re.sub(r"\W+", "-", one["source"] if isinstance(one["source"], str) else "files")[:24])
def test_results_have_their_schema(service, request_):
    contract = document()
    check(contract, "Request", request_)
    answer = kit.call("POST", "/v1/runs", request_)
    assert answer.status == 200
    check_answer(contract, contract["paths"]["/v1/runs"]["post"], answer)


@pytest.mark.parametrize("request_, status", [
    ({**HELLO, "more": 1}, 422), ({"source": ""}, 422), ({**HELLO, "id": "a b"}, 422), ({**HELLO, "id": "x" * 65}, 422), ({**HELLO, "source": 1}, 422), ({**HELLO, "v": 2}, 422),
    ({**HELLO, "args": [1]}, 422), ({**HELLO, "args": ["x"] * 1025}, 422), ({**HELLO, "labels": {"A": "b"}}, 422), ({**HELLO, "labels": {f"x{n}": "" for n in range(17)}}, 422),
    ({**HELLO, "labels": {"a": "x" * 201}}, 422), ({**HELLO, "limits": {"wall_ms": 0}}, 422), ({**HELLO, "limits": {"more": 1}}, 422), ({**HELLO, "files": [{"path": "a"}]}, 422),
    ({**HELLO, "artifacts": ["x"] * 65}, 422), ({**HELLO, "stdin": {"encoding": "hex", "content": ""}}, 422), ([], 400),
], ids=str)
def test_requests_that_it_forbids_are_refused(service, request_, status):
    contract = document()
    with pytest.raises(jsonschema.ValidationError):
        check(contract, "Request", request_)
    answer = kit.call("POST", "/v1/runs", request_)
    assert answer.status == status
    check_answer(contract, contract["paths"]["/v1/runs"]["post"], answer)


def test_limits_and_verdicts_come_from_the_tables(service):
    contract = document()
    limits = contract["components"]["schemas"]["Limits"]["properties"]
    assert limits.keys() == kit.run(HELLO)["limits"].keys()
    for name, schema in limits.items():
        least = {**HELLO, "limits": {name: schema["minimum"]}}
        assert kit.call("POST", "/v1/runs", least).status == 200
        if schema["minimum"] > 0:
            assert kit.call("POST", "/v1/runs", {**HELLO, "limits": {name: schema["minimum"] - 1}}).json["pointer"] == f"/limits/{name}"
    assert set(contract["components"]["schemas"]["Verdict"]["enum"]) == kit.call("GET", "/v1/status", address=kit.ADMIN).json["verdicts"].keys()


def test_problems_have_their_schema_and_their_headers(start):
    """Of each status that a client can bring about without waiting."""
    start({"cells": {"running": 0}, "queue": {"length": 1, "wait_ms": 600_000}, "http": {"body_bytes": 1000}})
    contract = document()
    post = contract["paths"]["/v1/runs"]["post"]

    def refused(status, request, headers=None):
        answer = kit.call("POST", "/v1/runs", request, headers)
        assert answer.status == status, answer.content
        check_answer(contract, post, answer)
        return answer

    refused(400, b"{")
    refused(400, HELLO, {"Exrun-Client": "x" * 201})
    refused(413, b"x" * 1001)
    refused(415, b"{}", {"Content-Type": "text/plain"})
    refused(415, b"{}", {"Content-Encoding": "gzip"})
    with contextlib.closing(kit.Connection()) as waiting:
        waiting.request("POST", "/v1/runs", json.dumps({**HELLO, "id": "mine"}), {"Content-Type": "application/json"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/mine").status == 202)
        check_answer(contract, contract["paths"]["/v1/runs/{id}"]["get"], kit.call("GET", "/v1/runs/mine"))
        assert refused(409, {**HELLO, "id": "mine", "args": ["1"]}).headers["Exrun-Run"] == "mine"
        assert refused(429, {**HELLO, "id": "more"}).headers["Exrun-Run"] == "more"
    answer = kit.call("GET", "/readyz")
    assert answer.status == 503
    check_answer(contract, contract["paths"]["/readyz"]["get"], answer)


def test_a_service_that_ends_says_when_to_come_back(start):
    one = start()
    contract = document()
    with contextlib.closing(kit.Connection()) as kept, ThreadPoolExecutor(1) as pool:
        kit.ask(kept, "GET", "/healthz")
        running = pool.submit(kit.run, {**SLEEP, "id": "mine"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/mine").status == 202)
        one.process.send_signal(kit.signal.SIGTERM)
        kit.wait_until(lambda: "ends after the accepted runs" in one.log.read_text())
        answer = kit.wait_until(lambda: (found := kit.call("POST", "/v1/runs", HELLO, address=kit.ADMIN)).status == 503 and found)
        check_answer(contract, contract["paths"]["/v1/runs"]["post"], answer)
        assert kit.ask(kept, "DELETE", "/v1/runs/mine").status == 204
        assert running.result(60)["verdict"] == "cancelled"


def test_a_client_without_a_place_gets_a_problem(start):
    start({"http": {"connections": 1}})
    with contextlib.closing(kit.Connection()) as first:
        kit.take_the_only_place(first)
        with contextlib.closing(kit.Connection()) as second:
            second.connect()
            answer = kit.Answer(second_response(second))
    assert answer.status == 503 and answer.headers["Retry-After"] == "1" and answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["status"] == 503


def second_response(connection):
    """The answer comes without a request."""
    response = kit.http.client.HTTPResponse(connection.sock)
    response.begin()
    return response
