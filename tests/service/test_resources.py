# SPDX-License-Identifier: MIT
"""Artifacts and the output of a kept result as resources with keys: who can open which, with which headers."""
import base64
import contextlib
import http.client
import os
import signal
import socket
import sys
import urllib.parse

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401
from test_access import bearer, free_port, tcp, tokens  # noqa: E402, F401

BASH = {"profile": "bash"}
POLICY = ("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
          "frame-ancestors 'self'")
SCRIPTED = POLICY.replace("sandbox;", "sandbox allow-scripts;").replace("img-src data:;", "img-src data:; script-src 'unsafe-inline';")
ALWAYS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store",
          "X-Robots-Tag": "noindex", "Cross-Origin-Resource-Policy": "same-origin"}
TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml", "SVG": "image/svg+xml",
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8", "log": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8", "json": "application/json",
    **dict.fromkeys(("js", "mjs", "css", "xml", "xhtml", "pdf", "swf", "wasm", "html2", "svgz", "exe", "tar.gz", "html~"), "application/octet-stream")}


def get(url, **more):
    return kit.call("GET", url, **more)


def without_key(url):
    return url.partition("?")[0]


def urls_of(result):
    return {one["path"]: one["url"] for one in result["artifacts"]}


def is_problem(answer, status):
    return answer.status == status and answer.headers["Content-Type"] == "application/problem+json" and bool(answer.json["detail"])


def test_types_come_from_a_table(service):
    result = kit.run({**BASH, "source": f"for end in {' '.join(TYPES)}; do echo $end >a.$end; done; echo none >none; mkdir -p d.html; echo none >d.html/none", "artifacts": ["*", "*/*"]})
    urls = urls_of(result)
    for path, url in urls.items():
        if path == "main.sh":
            continue
        kind = TYPES.get(path.partition(".")[2] if path.startswith("a.") else "", "application/octet-stream")
        answer = get(url)
        assert (answer.status, answer.content) == (200, f"{path[2:] if path.startswith('a.') else 'none'}\n".encode()), path
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == ("attachment" if kind == "application/octet-stream" else None)
        assert {name: answer.headers.get_all(name) for name in ALWAYS} == {name: [value] for name, value in ALWAYS.items()}
        assert answer.headers["Exrun-Run"] == result["id"]
    assert len(urls) == len(TYPES) + 3


def test_scripts_run_only_if_the_url_says_so(service):
    url = urls_of(kit.run({**BASH, "source": "echo hello >a.html", "artifacts": ["a.html"]}))["a.html"]
    assert get(url + "&scripts=1").headers["Content-Security-Policy"] == SCRIPTED
    for more in ("&scripts=0", "&scripts=1&scripts=1", "&scripts", "&as=html", "&more=1"):
        assert is_problem(get(url + more), 400)


@pytest.mark.parametrize("query, kind", [("", "text/plain; charset=utf-8"), ("&as=html", "text/html; charset=utf-8"), ("&as=svg", "image/svg+xml"),
                                         ("&as=html&scripts=1", "text/html; charset=utf-8")])
def test_the_output_is_what_the_url_says(service, query, kind):
    result = kit.run({**BASH, "source": "echo '<svg>ż</svg>'; echo error >&2"})
    answer = get(result["output_url"] + query)
    assert (answer.status, answer.content.decode(), answer.headers["Content-Type"]) == (200, result["stdout"], kind)
    expected = {**ALWAYS, "Content-Security-Policy": SCRIPTED if "scripts" in query else POLICY}
    assert {name: answer.headers.get_all(name) for name in ALWAYS} == {name: [value] for name, value in expected.items()}
    assert is_problem(get(result["output_url"] + "&as=xml"), 400)


@pytest.mark.parametrize("source", [
    ":", "printf x", r"printf 'a\0b\1\33\177\"\\/\t\r\n\f\bż'", r"printf '\377'", "head -c 300000 /dev/urandom", "yes '\"\\' | head -c 300001", "seq 60000",
], ids=["empty", "one", "escapes", "base64", "large-base64", "large-escapes", "large-text"])
def test_the_bytes_are_those_of_the_result(service, source):
    result = kit.run({**BASH, "source": f"({source}) | tee a", "artifacts": ["a"], "limits": {"output_bytes": 1 << 20}})
    artifact, = result["artifacts"]
    expected = base64.b64decode(artifact["content"]) if artifact["encoding"] == "base64" else artifact["content"].encode()
    assert len(expected) == artifact["bytes"]
    for url in (artifact["url"], result["output_url"]):
        answer, head = get(url), kit.call("HEAD", url)
        assert answer.content == expected and answer.headers["Content-Length"] == str(len(expected))
        assert (head.status, head.content) == (200, b"")
        assert [one for one in head.headers.items()] == [one for one in answer.headers.items()]


def test_a_connection_is_kept_between_large_resources(service):
    result = kit.run({**BASH, "source": "head -c 5000000 /dev/urandom >a; head -c 3000000 /dev/zero | tr '\\0' '\"' >b; sha256sum a b | cut -c-64", "artifacts": ["a", "b"]})
    urls = urls_of(result)
    with contextlib.closing(kit.Connection()) as connection:
        for _ in range(3):
            for path, size in (("a", 5_000_000), ("b", 3_000_000)):
                assert len(kit.ask(connection, "GET", urls[path]).content) == size
            assert kit.ask(connection, "GET", "/healthz").status == 200
    # One that leaves in the middle harms nobody.
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(kit.SOCKET)
        one.sendall(f"GET {urls['a']} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        one.recv(1000)
    assert len(get(urls["b"]).content) == 3_000_000


def other_keys(key):
    """Each bit of it changed, as far as the result can be in a URL, and keys of other lengths."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for at, letter in enumerate(key):
        for bit in range(6):
            yield key[:at] + letters[letters.index(letter) ^ 1 << bit] + key[at + 1:]
    yield from (key[:-1], key + "A", key + "=", key[1:], "A", "%41" + key[1:], key.lower(), "x" * 100)


@pytest.fixture
def site(start, tokens):
    """A service with a listener for two tokens, and two listeners without any; returns the first one's port and the second one's."""
    port, bare = free_port(), free_port()
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"127.0.0.1:{bare}", "auth": "none"},
                      {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"site": "", "other": "", "boss": "admin"}), "admin": True}]})
    return port, bare


SAME = {**BASH, "id": "same", "source": "echo $1 | tee a.txt >b.txt; echo $1", "artifacts": ["a.txt", "b.txt"]}


def test_a_key_opens_one_resource_without_a_token(site):
    port, bare = site
    results = {name: tcp(port, request={**SAME, "args": [name]}, headers=bearer(name)).json for name in ("site", "other")}
    results["unix"] = kit.run({**SAME, "args": ["unix"]})
    for name, result in results.items():
        urls = {**urls_of(result), "output": result["output_url"]}
        for path, url in urls.items():
            key = url.partition("?key=")[2]
            # The same ID is another run with each principal, and the key says which, on every listener.
            for answer in (tcp(port, "GET", url), tcp(bare, "GET", url), get(url), tcp(port, "GET", url, headers=bearer("boss"))):
                assert (answer.status, answer.content) == (200, f"{name}\n".encode())
            others = [key_url.partition("?key=")[2] for one in results.values() for key_url in (*urls_of(one).values(), one["output_url"])]
            for other in {*others, *(other_keys(key) if name == "site" and path == "a.txt" else ())} - {key}:
                if other in others and tcp(port, "GET", f"{without_key(url)}?key={other}").status == 200:
                    # The same path of another principal's run: a key opens its own.
                    assert any(other in one and without_key(one) == without_key(url) for result_ in results.values() for one in (*urls_of(result_).values(), result_["output_url"]))
                    continue
                answer = tcp(port, "GET", f"{without_key(url)}?key={other}")
                assert is_problem(answer, 401) and answer.headers["WWW-Authenticate"] == "Bearer"
                assert is_problem(get(f"{without_key(url)}?key={other}"), 404)
            # A wrong key is not made right by a token that could do without.
            assert is_problem(tcp(port, "GET", f"{without_key(url)}?key={key[::-1]}", headers=bearer(name if name != "unix" else "site")), 404)
            assert is_problem(tcp(port, "GET", url, headers={"Authorization": "Bearer wrong"}), 401)


def test_a_key_opens_nothing_else(site):
    port, _ = site
    result = tcp(port, request={**SAME, "args": ["x"]}, headers=bearer("site")).json
    url = urls_of(result)["a.txt"]
    query = url.partition("?")[2]
    for method, path in (("GET", "/v1/runs/same"), ("DELETE", "/v1/runs/same"), ("GET", "/v1/runs/same/events"), ("GET", "/v1/status"), ("POST", "/v1/runs"), ("GET", "/metrics"),
                         ("GET", "/healthz"), ("POST", without_key(url)), ("DELETE", without_key(url)), ("GET", "/v1/runs/same/artifacts/b.txt"), ("GET", "/v1/runs/same/artifacts/a.txt/"),
                         ("GET", "/v1/runs/same/output"), ("GET", "/v1/runs/Same/artifacts/a.txt"), ("GET", "/v1/runs/same/artifacts/./a.txt")):
        assert tcp(port, method, f"{path}?{query}").status in (401, 400), (method, path)
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        # An administrator's request before it on the same connection leaves no right behind, nor does it.
        assert kit.ask(connection, "GET", "/v1/status", headers=bearer("boss")).status == 200
        assert kit.ask(connection, "GET", url).status == 200
        assert kit.ask(connection, "GET", "/v1/status").status == 401
        assert kit.ask(connection, "GET", "/v1/runs/same").status == 401
    assert tcp(port, "GET", url, b"body").status == 400
    assert tcp(port, "GET", url, headers={"Origin": "null"}).status == 403
    assert tcp(port, "GET", url, headers={"Host": "evil.example"}).status == 421


def test_without_a_key_the_runs_principal_opens_it(site):
    port, _ = site
    url = without_key(urls_of(tcp(port, request={**SAME, "args": ["x"]}, headers=bearer("site")).json)["a.txt"])
    assert tcp(port, "GET", url, headers=bearer("site")).content == b"x\n"
    assert tcp(port, "GET", "/v1/runs/same/output", headers=bearer("site")).content == b"x\n"
    for name in ("other", "boss"):
        assert is_problem(tcp(port, "GET", url, headers=bearer(name)), 404)
    assert is_problem(tcp(port, "GET", url), 401)
    assert is_problem(get(url), 404)


def test_origins_that_may_show_it(start, tokens):
    origins = ["https://page.example", "http://localhost:5173"]
    start({"listen": [{"address": f"unix:{kit.SOCKET}", "cors": origins}]})
    url = kit.run({**BASH, "source": "echo x"})["output_url"]
    answer = get(url)
    assert answer.headers["Content-Security-Policy"] == POLICY + "".join(f" {one}" for one in origins)
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert get(url, headers={"Origin": origins[0]}).headers["Access-Control-Allow-Origin"] == origins[0]


def test_many_origins_leave_room_for_the_rest(start):
    start({"listen": [{"address": f"unix:{kit.SOCKET}", "cors": [f"https://{n}.{'x' * 60}.{'y' * 60}.example" for n in range(64)]}]})
    answer = get(kit.run({**BASH, "source": "echo x"})["output_url"])
    assert answer.status == 200 and answer.headers["Content-Security-Policy"].startswith(POLICY + " https://0.")
    assert answer.headers["X-Robots-Tag"] == "noindex" and len(answer.headers["Content-Security-Policy"]) < 2048


def test_paths_that_programs_choose(service):
    names = ["a b", "100%", "q?x=1&y#z", "ż", "a+b", "..a", "...", "a\\b", "'\"<>", "-n", "d/e/f.txt", "%2e%2e", "%2F", "key=1"]
    for_bash = "\n".join(f"mkdir -p \"$(dirname -- \"${{{n}}}\")\"; printf %s {n} >\"./${{{n}}}\"" for n in range(1, len(names) + 1))
    result = kit.run({**BASH, "source": for_bash + r"; printf x >" + "y" * 200, "args": names, "artifacts": ["*", "...", "..a", "d/e/*"]})
    urls = urls_of(result)
    for n, name in enumerate(names, 1):
        assert urllib.parse.unquote(without_key(urls[name])) == f"/v1/runs/{result['id']}/artifacts/{name}"
        assert get(urls[name]).content == str(n).encode()
        assert get(without_key(urls[name])).content == str(n).encode()
    assert len(urls) == len(names) + 2


def test_paths_that_are_too_long_have_no_url(service):
    deep = "/".join("d" * 200 for _ in range(6))
    result = kit.run({**BASH, "source": f"mkdir -p {deep}; echo x >{deep}/a; echo y >b", "artifacts": ["*/*/*/*/*/*/a", "b"]})
    assert {one["path"]: "url" in one for one in result["artifacts"]} == {f"{deep}/a": False, "b": True}


@pytest.mark.parametrize("path", [
    "/artifacts/nothing", "/artifacts/d", "/artifacts/d/", "/artifacts/a.txt/", "/artifacts//a.txt", "/artifacts/d//b.txt", "/artifacts/", "/artifacts", "/output/", "/output/a.txt", "/artifacts/A.TXT",
    "/artifacts/../a.txt", "/artifacts/%2e%2e/a.txt", "/artifacts/d%2Fb.txt", "/artifacts/./a.txt", "/artifacts/%00", "/artifacts/a.txt%00", "/artifacts/a.txt%0d%0a", "/artifacts/%", "/artifacts/%zz",
    "/artifacts/missed.txt", "/artifacts//etc/passwd", "/artifacts/main.sh", "/artifacts/" + "x" * 2000, "/artifacts/%FF"])
def test_paths_that_are_no_resource(service, path):
    result = kit.run({**BASH, "id": "mine", "source": "mkdir d; echo x >a.txt; echo y >d/b.txt; ln -s a.txt missed.txt", "artifacts": ["*.txt", "d/*"]})
    for query in ("", "?" + urls_of(result)["a.txt"].partition("?")[2]):
        answer = get("/v1/runs/mine" + path + query)
        assert is_problem(answer, answer.status) and answer.status in (404, 400)
    assert get(urls_of(result)["d/b.txt"]).content == b"y\n"


def test_a_run_that_has_not_ended_has_no_resources(service):
    with contextlib.closing(kit.Connection()) as connection:
        connection.request("POST", "/v1/runs", b'{"profile": "bash", "id": "mine", "source": "sleep 60", "limits": {"wall_ms": 60000}}', {"Content-Type": "application/json"})
        kit.wait_until(lambda: get("/v1/runs/mine").status == 202)
        answer = get("/v1/runs/mine/output")
        assert is_problem(answer, 404) and "not ended" in answer.json["detail"]
        assert is_problem(get("/v1/runs/mine/output?key=x"), 404)
        assert kit.call("DELETE", "/v1/runs/mine").status == 204
    kit.wait_until(lambda: get("/v1/runs/mine").status != 202)


def test_a_key_ends_with_its_result(service):
    request = {**BASH, "id": "mine", "source": "echo x | tee a.txt", "artifacts": ["a.txt"]}
    first = kit.run(request)
    urls = [*urls_of(first).values(), first["output_url"]]
    assert all(get(url).content == b"x\n" for url in urls)
    assert kit.call("DELETE", "/v1/runs/mine?forget=1").status == 204
    assert all(is_problem(get(url), 404) for url in urls)
    # Another run with the same ID is not what the link was for.
    again = kit.run(request)
    assert all(is_problem(get(url), 404) for url in urls)
    assert get(again["output_url"]).content == b"x\n"


def test_a_key_ends_with_the_time_that_results_are_kept(start):
    start({"keep": {"seconds": 1}})
    url = kit.run({**BASH, "source": "echo x"})["output_url"]
    kit.wait_until(lambda: get(url).status == 404)


def test_results_that_are_not_kept_have_no_urls(start):
    start({"keep": {"seconds": 0}})
    result = kit.run({**BASH, "source": "echo x >a", "artifacts": ["a"]})
    assert "output_url" not in result and "url" not in result["artifacts"][0]


def test_a_key_ends_with_the_front(service):
    request = {**BASH, "id": "mine", "source": "echo x | tee a.txt", "artifacts": ["a.txt"]}
    result = kit.run(request)
    front, = kit.processes("exrun-front")
    os.kill(front, signal.SIGKILL)
    kit.wait_until(lambda: kit.processes("exrun-front") not in ([front], []))
    kit.wait_until(kit.is_ready)
    urls = [*urls_of(result).values(), result["output_url"]]
    assert all(is_problem(get(url), 404) for url in urls)
    kit.run(request)
    assert all(is_problem(get(url), 404) for url in urls)


def test_a_thousand_artifacts_have_keys(service):
    result = kit.run({**BASH, "source": "for n in {1..1000}; do echo $n >$n.txt; done", "artifacts": ["*.txt"], "limits": {"wall_ms": 60_000}})
    assert len({url.partition("?")[2] for url in urls_of(result).values()}) == 1000
    for n in (1, 777, 1000):
        assert get(urls_of(result)[f"{n}.txt"]).content == f"{n}\n".encode()


@pytest.mark.parametrize("end", ["dropped", "drained"])
def test_one_that_is_being_read_is_read_to_its_end(start, end):
    one = start()
    url = kit.run({**BASH, "id": "mine", "source": "head -c 20000000 /dev/zero | tr '\\0' '\"' >a", "artifacts": ["a"]})["artifacts"][0]["url"]
    with contextlib.closing(kit.Connection()) as connection:
        connection.request("GET", url)
        response = connection.getresponse()
        size = len(response.read(1000))
        if end == "dropped":
            assert kit.call("DELETE", "/v1/runs/mine?forget=1").status == 204
        else:
            one.process.send_signal(signal.SIGTERM)
            kit.wait_until(lambda: not kit.is_ready())
        assert size + len(response.read()) == 20_000_000
    assert end == "drained" or get(url).status == 404
