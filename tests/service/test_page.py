# SPDX-License-Identifier: MIT
"""A listener with "page": the files that it serves, how browsers may keep them, and which pages' scripts may use it."""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401
from test_access import TRUE, UNIX, free_port, tcp  # noqa: E402
from test_nginx import nginx  # noqa: E402, F401
from test_resource_pages import CHROMIUM, Site, browser  # noqa: E402

SCRIPT, STYLE, HTML = "text/javascript; charset=utf-8", "text/css; charset=utf-8", "text/html; charset=utf-8"
MORE = "exrun-more-0a1b2c3d.js"
FILES = {"exrun.js": (SCRIPT, b"import './" + MORE.encode() + b"';"), MORE: (SCRIPT, b"\0" + b"x" * 100_000), "reserve.css": (STYLE, b""), "play.html": (HTML, b"<!doctype html><title>play</title>")}
KEPT, FOREVER = "no-cache", "public, max-age=31536000, immutable"
LOADED, STAYS = "has loaded the configuration and the profiles again", "goes on with the configuration and the profiles that it has"


class Web:
    """A directory of built files, and the service that serves them."""

    def __init__(self, folder, monkeypatch, start):
        self.folder, self.start, self.port = folder / "web", start, free_port()
        self.folder.mkdir()
        monkeypatch.setenv("EXRUN_WEB", str(self.folder))
        self.build(FILES)

    def build(self, files, **manifest):
        for name, (_, content) in files.items():
            (self.folder / name).write_bytes(content)
        listed = {name: {"sha256": hashlib.sha256(content).hexdigest(), "type": kind} for name, (kind, content) in files.items()}
        self.write_manifest(json.dumps({"hash": "0123456789abcdef", "files": listed, **manifest}))

    def write_manifest(self, text):
        path = self.folder / "manifest.json"
        path.write_text(text)
        path.chmod(0o644)

    @property
    def config(self):
        return {"listen": [UNIX, {"address": f"127.0.0.1:{self.port}", "auth": "none", "page": True, "hosts": ["play.example"]}]}

    def serve(self, config=None):
        self.service = self.start(config or self.config)
        return self

    def get(self, path, method="GET", **headers):
        return tcp(self.port, method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def reload(self, ending=LOADED):
        before = self.service.log.read_text().count(ending)
        self.service.process.send_signal(signal.SIGHUP)
        kit.wait_until(lambda: self.service.log.read_text().count(ending) > before)


@pytest.fixture
def built(tmp_path, monkeypatch, start):
    return Web(tmp_path, monkeypatch, start)


@pytest.fixture
def web(built):
    return built.serve()


def tag(content):
    return f'"{hashlib.sha256(content).hexdigest()}"'


def test_the_files_are_served_with_their_types(web):
    for name, (kind, content) in FILES.items():
        answer = web.get("/play" if name == "play.html" else f"/{name}")
        assert (answer.status, answer.content, answer.headers["Content-Type"]) == (200, content, kind)
        assert answer.headers["ETag"] == tag(content) and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == (FOREVER if name == MORE else KEPT)
        head = web.get(f"/{name}", "HEAD")
        assert (head.status, head.content, head.headers["Content-Length"], head.headers["ETag"]) == (200, b"", str(len(content)), tag(content))


def test_only_a_document_has_a_policy(web):
    policy = policy_of(web)
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["font-src"] == "'self'"
    assert policy["style-src"] == "'self'" and policy["require-trusted-types-for"] == "'script'"
    assert web.get("/play").headers["Referrer-Policy"] == "no-referrer"
    for path in ("/exrun.js", "/healthz", "/v1/profiles"):
        assert "Content-Security-Policy" not in web.get(path).headers


def test_only_the_page_with_monaco_has_an_exception(web):
    web.build({**FILES, "monaco-0a1b2c3d.js": (SCRIPT, b"")})
    web.reload()
    kit.wait_until(lambda: web.get("/monaco-0a1b2c3d.js").status == 200)
    assert {name: value for name, value in policy_of(web).items() if "unsafe" in value} == {"style-src": "'self' 'unsafe-inline'"}
    assert "Content-Security-Policy" not in web.get("/exrun.js").headers


def policy_of(web):
    return dict(one.split(" ", 1) for one in web.get("/play").headers["Content-Security-Policy"].split("; "))


def test_what_a_browser_has_is_not_sent_again(web):
    own = tag(FILES["exrun.js"][1])
    for value in (own, f"W/{own}", f'"other", {own}', "*"):
        answer = web.get("/exrun.js", If_None_Match=value)
        assert (answer.status, answer.content, answer.headers["ETag"], answer.headers["Cache-Control"]) == (304, b"", own, KEPT)
        assert "Content-Length" not in answer.headers and "Content-Type" not in answer.headers
    for value in ('"other"', own.strip('"'), tag(b""), "x" * 1000):
        assert web.get("/exrun.js", If_None_Match=value).status == 200
    assert web.get(f"/{MORE}", "HEAD", If_None_Match=tag(FILES[MORE][1])).status == 304
    # One connection can go on after it.
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", web.port, timeout=120)) as connection:
        assert [kit.ask(connection, "GET", "/exrun.js", headers=headers).status for headers in ({"If-None-Match": own}, {}, {"If-None-Match": own})] == [304, 200, 304]


def test_all_else_does_not_exist(web):
    for path in ("/", "/index.html", "/exrun", "/exrun.js/", "/exrun-more-ffffffff.js", "/manifest.json", "/web/exrun.js", "/../exrun.js", "/%2e%2e/exrun.js", "/play/", "/play/exrun.js", "/.js", "/exrun.js%00.css"):
        answer = web.get(path)
        assert answer.status in (400, 404) and answer.headers["Content-Type"] == "application/problem+json", path
    answer = web.get("/exrun.js", "POST")
    assert answer.status == 405 and answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert web.get("/play", "OPTIONS").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert web.get("/exrun.js?v=1").status == 400
    assert web.get("/healthz", "POST").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_other_listeners_have_none_of_it(web):
    for address in (kit.SOCKET, kit.ADMIN):
        for path in ("/play", *(f"/{name}" for name in FILES)):
            for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE"):
                assert kit.call(method, path, {} if method == "POST" else None, address=address).status == 404


def test_it_is_described(web):
    contract = web.get("/openapi.json").json
    for path in ("/play", "/{file}"):
        call = contract["paths"][path]["get"]
        assert "page" in call["description"] and {"200", "304", "404"} <= call["responses"].keys() and "ETag" in call["responses"]["304"]["headers"]
    assert contract["paths"]["/{file}"]["get"]["parameters"][0]["name"] == "file"


@pytest.mark.parametrize("host, origin, status", [
    ("127.0.0.1:PORT", "http://127.0.0.1:PORT", 200), ("localhost:PORT", "http://localhost:PORT", 200), ("play.example", "https://play.example", 200), ("play.example", "http://play.example", 200),
    ("127.0.0.1:PORT", None, 200),
    # DNS rebinding: a page of evil.example, whose name leads here by now.
    ("evil.example:PORT", "http://evil.example:PORT", 421), ("evil.example", None, 421), ("127.0.0.1.evil.example:PORT", "http://127.0.0.1.evil.example:PORT", 421),
    ("127.0.0.1:PORT", "https://evil.example", 403), ("127.0.0.1:PORT", "null", 403), ("127.0.0.1:PORT", "http://127.0.0.1:1", 403), ("127.0.0.1:PORT", "http://127.0.0.1", 403),
    ("127.0.0.1:PORT", "http://localhost:PORT", 403), ("localhost", "https://localhost", 403), ("play.example", "https://play.example:8443", 403), ("127.0.0.1:PORT", "file://", 403),
])
def test_scripts_of_its_own_pages_may_run_programs_and_no_others(web, host, origin, status):
    headers = {"Host": host.replace("PORT", str(web.port)), **({"Origin": origin.replace("PORT", str(web.port))} if origin else {})}
    for method, path, request in (("POST", "/v1/runs", TRUE), ("GET", "/v1/profiles", None), ("GET", "/exrun.js", None)):
        answer = tcp(web.port, method, path, request, headers)
        assert answer.status == status
        # A page of the own origin needs no permission, and so none goes to another one that might look like it.
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_a_page_gives_no_permission_to_others(web):
    """A browser asks before it sends JSON to another origin, and without a permission it does not send it."""
    for origin in (f"http://127.0.0.1:{web.port}", "https://play.example"):
        answer = web.get("/v1/runs", "OPTIONS", Host="play.example" if "play" in origin else f"127.0.0.1:{web.port}", Origin=origin,
                         Access_Control_Request_Method="POST", Access_Control_Request_Headers="content-type")
        assert answer.status == 204 and not [name for name in answer.headers if name.startswith("Access-Control")]
    # Without a question, it sends no JSON.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = tcp(web.port, request=TRUE, headers={"Content-Type": kind, "Origin": f"http://127.0.0.1:{web.port}"})
        assert answer.status == 415


def test_pages_of_listed_origins_can_load_its_scripts(built):
    """Modules are loaded with CORS."""
    built.serve({"listen": [UNIX, {"address": f"127.0.0.1:{built.port}", "auth": "none", "page": True, "cors": ["https://docs.example"]}]})
    answer = built.get("/exrun.js", Origin="https://docs.example")
    assert answer.status == 200 and answer.headers["Access-Control-Allow-Origin"] == "https://docs.example" and answer.headers["Vary"] == "Origin"
    assert built.get("/exrun.js", Origin="https://other.example").status == 403
    # A cache must not give a script the answer that another page got.
    assert built.get("/exrun.js").headers["Vary"] == "Origin" and "Access-Control-Allow-Origin" not in built.get("/exrun.js").headers


def test_a_listener_without_a_page_refuses_its_own_origin(start):
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "auth": "none"}]})
    assert tcp(port, request=TRUE, headers={"Origin": f"http://127.0.0.1:{port}"}).status == 403


def test_a_frame_of_a_resource_can_do_nothing(web):
    """Its origin is opaque ("null"), although it comes from the same address."""
    result = tcp(web.port, request={"profile": "bash", "source": "echo '<script>1</script>'"}).json
    answer = web.get(result["output_url"] + "&as=html&scripts=1")
    assert answer.status == 200 and "sandbox allow-scripts" in answer.headers["Content-Security-Policy"]
    assert tcp(web.port, request=TRUE, headers={"Origin": "null"}).status == 403


def test_a_reload_brings_changed_files(web):
    before = web.get("/exrun.js").headers["ETag"]
    new = "exrun-more-11111111.js"
    web.build({"exrun.js": (SCRIPT, b"new"), new: (SCRIPT, b"more")})
    assert web.get("/exrun.js", If_None_Match=before).status == 304
    web.reload()
    kit.wait_until(lambda: web.get("/exrun.js", If_None_Match=before).content == b"new")
    assert web.get(f"/{new}").content == b"more" and web.get(f"/{MORE}").status == web.get("/play").status == 404


def test_a_reload_switches_the_page_on_and_off(built):
    built.serve({"listen": [UNIX, {"address": f"127.0.0.1:{built.port}", "auth": "none"}]})
    path = built.folder.parent / "exrun.json"
    off = path.read_text()
    for text, status in ((off.replace('"none"', '"none", "page": true'), 200), (off, 404)):
        path.write_text(text)
        built.reload()
        kit.wait_until(lambda: built.get("/exrun.js").status == status)


@pytest.mark.parametrize("break_it, reason", [
    (lambda web: (web.folder / MORE).write_bytes(b"other"), "exrun-more-0a1b2c3d.js: is not the file that manifest.json lists"),
    (lambda web: (web.folder / MORE).unlink(), "exrun-more-0a1b2c3d.js: can't be read: No such file"),
    (lambda web: (web.folder / "manifest.json").unlink(), "manifest.json: does not exist"),
    (lambda web: web.write_manifest("{"), "manifest.json: "),
    (lambda web: web.write_manifest("[]"), "manifest.json: must have \"files\""),
    (lambda web: web.write_manifest('{"files": {}}'), "manifest.json: must have \"files\""),
    (lambda web: web.write_manifest('{"files": {"../a.js": {}}}'), "manifest.json:/files/..~1a.js: is not the name"),
    (lambda web: web.write_manifest('{"files": {"a.js": {"type": "x"}}}'), "manifest.json:/files/a.js: must have"),
    (lambda web: web.write_manifest('{"files": {"a.js": {"sha256": "x", "type": "a\\r\\nb"}}}'), "manifest.json:/files/a.js: must have"),
    (lambda web: web.write_manifest(json.dumps({"files": {f"{n}.js": {"sha256": "x", "type": "x"} for n in range(65)}})), "1 to 64 files"),
    (lambda web: (web.folder / "manifest.json").chmod(0o666), "manifest.json: is not owned by root or you, or others can write to it"),
    (lambda web: web.build({"a.js": (SCRIPT, b"x" * (4 << 20)), "b.js": (SCRIPT, b"y" * ((4 << 20) + 1))}), "b.js: makes the files of the page larger than 8 MiB"),
], ids=["hash", "file", "manifest", "json", "array", "empty", "name", "members", "type", "many", "mode", "size"])
def test_a_broken_directory_is_refused(built, break_it, reason):
    """By --check, at the start, and at a reload, which changes nothing."""
    built.serve()
    break_it(built)
    path = built.folder.parent / "exrun.json"
    done = subprocess.run([EXRUN, "serve", "--check", "--config", path, "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 78 and reason in done.stderr, done.stderr
    built.reload(STAYS)
    assert reason in built.service.log.read_text()
    assert built.get("/exrun.js").content == FILES["exrun.js"][1]


def test_a_directory_that_is_named_must_exist(built, monkeypatch):
    monkeypatch.setenv("EXRUN_WEB", "/nowhere")
    path = built.folder.parent / "exrun.json"
    path.write_text(json.dumps(built.config))
    path.chmod(0o600)
    for more in (["--check"], []):
        done = subprocess.run([EXRUN, "serve", *more, "--config", path, "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=60)
        assert done.returncode in (66, 78) and "/nowhere" in done.stderr and "can't be searched for the files of the page" in done.stderr


def test_without_a_page_the_directory_does_not_matter(start, monkeypatch):
    monkeypatch.setenv("EXRUN_WEB", "/nowhere")
    start({"listen": [UNIX]})
    assert kit.call("GET", "/healthz").status == 200


@pytest.mark.parametrize("listener, reason", [
    ({"address": "127.0.0.1:7", "page": True}, "/listen/0/page: can't be used with tokens, because a page has no token"),
    ({"address": "unix:/run/exrun/x.sock", "page": True}, '/listen/0/page: needs "hosts", because a Unix socket takes every name'),
    ({"address": "unix:/run/exrun/x.sock", "page": True, "hosts": ["a"], "admin": True}, "/listen/0/page: would let scripts of a page manage the service"),
], ids=["tokens", "hosts", "admin"])
def test_a_page_needs_the_right_listener(tmp_path, listener, reason):
    path = tmp_path / "exrun.json"
    path.write_text(json.dumps({"listen": [listener]}))
    path.chmod(0o600)
    done = subprocess.run([EXRUN, "serve", "--check", "--config", path, "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 78 and reason in done.stderr, done.stderr


def test_a_unix_socket_behind_a_proxy_has_the_page(built):
    path = "/run/exrun/page.sock"
    built.serve({"listen": [UNIX, {"address": f"unix:{path}", "page": True, "hosts": ["play.example"]}]})
    assert kit.call("GET", "/exrun.js", headers={"Host": "play.example"}, address=path).status == 200
    assert kit.call("GET", "/exrun.js", headers={"Host": "evil.example"}, address=path).status == 421
    for origin, status in (("https://play.example", 200), ("https://evil.example", 403)):
        assert kit.call("POST", "/v1/runs", TRUE, headers={"Host": "play.example", "Origin": origin}, address=path).status == status


DOCUMENT = (ROOT / "docs/page.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.M | re.S)


def test_the_documented_configurations_are_fine(built):
    for text in blocks("json"):
        path = built.folder.parent / "exrun.json"
        path.write_text(text)
        path.chmod(0o600)
        done = subprocess.run([EXRUN, "serve", "--check", "--config", path, "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


def test_the_page_behind_nginx(built, nginx):
    """With the blocks of docs/page.md. nginx passes on every name, so exrun refuses the wrong ones."""
    built.serve({"listen": [UNIX, *json.loads(blocks("json")[1])["listen"]]})
    front, = blocks("nginx")
    one = nginx(front.replace("burst=10", "burst=3"))
    host = f"play.example.org:{one.port}"
    answer = one.ask("GET", "/exrun.js", headers={"Host": host, "Accept-Encoding": "gzip"})
    assert answer.status == 200 and answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == KEPT
    assert one.ask("GET", "/exrun.js", headers={"Host": host, "If-None-Match": answer.headers["ETag"]}).status == 304
    compressed = one.ask("GET", f"/{MORE}", headers={"Host": host, "Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip" and len(compressed.content) < 10_000 and compressed.headers["ETag"].startswith("W/")
    assert one.ask("GET", f"/{MORE}", headers={"Host": host, "If-None-Match": compressed.headers["ETag"]}).status == 304
    assert one.ask("GET", "/play", headers={"Host": host}).content == FILES["play.html"][1]
    assert one.ask("GET", "/play", headers={"Host": f"evil.example:{one.port}"}).status == 421
    run = {"Host": host, "Origin": f"https://{host}", "Content-Type": "application/json"}
    assert one.ask("POST", "/v1/runs", TRUE, run).json["verdict"] == "ok"
    assert one.ask("POST", "/v1/runs", TRUE, {**run, "Origin": "https://evil.example"}).status == 403
    assert [one.ask("POST", "/v1/runs", TRUE, run).status for _ in range(4)][-1] == 429


def test_a_front_that_was_killed_comes_back_with_the_files(web):
    for _ in range(2):
        before = kit.processes("exrun-front")
        os.kill(before[0], signal.SIGKILL)
        kit.wait_until(lambda: (now := kit.processes("exrun-front")) and now != before and answers(web))
        for name, (_, content) in FILES.items():
            assert web.get(f"/{name}").content == content


def answers(web):
    with contextlib.suppress(OSError, http.client.HTTPException):
        return web.get("/healthz").status == 200
    return False


def memory_of_front():
    status = kit.status_of(kit.processes("exrun-front")[0])
    return int(status["VmRSS"].split()[0]) / 1024


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="freed memory stays in quarantine")
def test_the_files_take_their_memory_once(built):
    """However many clients read them slowly, and after reloads."""
    large = {"large.js": (SCRIPT, os.urandom(6 << 20))}
    built.build(large)
    built.serve()
    first = memory_of_front()
    clients = []
    try:
        for _ in range(60):
            clients.append(http.client.HTTPConnection("127.0.0.1", built.port, timeout=120))
            clients[-1].request("GET", "/large.js")
        assert built.get("/large.js").content == large["large.js"][1]
        assert memory_of_front() < first + 8
        for n in range(3):
            built.build({"large.js": (SCRIPT, bytes([n]) * (6 << 20))})
            built.reload()
            kit.wait_until(lambda: built.get("/large.js").content[:1] == bytes([n]))
        # The old ones that are still read, and the newest.
        assert memory_of_front() < first + 16
        assert kit.Answer(clients[0].getresponse()).content == large["large.js"][1]
    finally:
        for client in clients:
            client.close()


def test_neither_keepers_nor_the_warden_have_the_files_in_their_memory(web):
    """The warden only hands them on."""
    for pid in [*kit.processes("exrun-keeper"), web.service.process.pid]:
        assert not re.search(r"memfd:(page|payload)", pathlib.Path(f"/proc/{pid}/maps").read_text())
    for pid in kit.processes("exrun-keeper"):
        assert not [fd for fd in os.listdir(f"/proc/{pid}/fd") if "memfd:page" in os.readlink(f"/proc/{pid}/fd/{fd}")]


needs_chromium = pytest.mark.skipif(not CHROMIUM or IS_SANITIZER_BUILD, reason="needs chromium-headless-shell; one build is enough")
# A page of another origin tries to run a program, in all ways that a browser has, and to read what the service says.
ATTACK = """
const service = 'http://127.0.0.1:%d', seen = {}, program = JSON.stringify({ profile: 'bash', source: 'true' });
const attempt = (name, call) => call().then((answer) => { seen[name] = answer?.type === 'opaque' ? 'opaque' : 'got'; }, () => { seen[name] = 'refused'; });
const json = { 'Content-Type': 'application/json' };
const framed = (attributes, html) => new Promise((done) => {
    const frame = Object.assign(document.createElement('iframe'), { srcdoc: html });
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    addEventListener('message', (event) => event.source === frame.contentWindow && done(event.data));
    document.body.append(frame);
});
(async () => {
    await attempt('json', () => fetch(service + '/v1/runs', { method: 'POST', headers: json, body: program }));
    await attempt('text', () => fetch(service + '/v1/runs', { method: 'POST', mode: 'no-cors', body: program }));
    await attempt('beacon', async () => { if (!navigator.sendBeacon(service + '/v1/runs', new Blob([program], { type: 'text/plain' }))) throw 0; });
    await attempt('read', () => fetch(service + '/v1/profiles'));
    await attempt('module', () => import(service + '/exrun.js'));
    await attempt('rebound', () => fetch(service.replace('127.0.0.1', 'evil.example') + '/v1/profiles'));
    seen.opaque = await framed({ sandbox: 'allow-scripts' }, `<script>fetch('${service}/v1/runs', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{}' }).then(
        (answer) => parent.postMessage(answer.type, '*'), () => parent.postMessage('refused', '*'))</scr` + 'ipt>');
    const form = document.createElement('form');
    Object.assign(form, { action: service + '/v1/runs', method: 'post', enctype: 'text/plain', target: 'hidden' });
    form.append(Object.assign(document.createElement('input'), { name: program.slice(0, -1) + ', "labels": {"x": "', value: '"}}' }));
    document.body.append(Object.assign(document.createElement('iframe'), { name: 'hidden' }), form);
    form.submit();
    await new Promise((done) => setTimeout(done, 1000));
    await fetch('/seen', { method: 'POST', body: JSON.stringify(seen) });
})();
"""


@pytest.fixture
def other_site(web):
    """A site on another port, in a browser for which evil.example has the service's address."""
    site = Site(web.port)
    site.policy = None
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    yield site
    site.shutdown()
    thread.join()
    site.server_close()


@needs_chromium
def test_no_page_of_another_origin_runs_a_program_in_a_browser(web, other_site, tmp_path):
    other_site.files = {"/": "<!doctype html><body><script src=/attack.js></script>", "/attack.js": ATTACK % web.port}
    with browser(tmp_path, "--remote-debugging-port=0", "--host-resolver-rules=MAP evil.example 127.0.0.1", other_site.url + "/"):
        seen = other_site.seen.get(timeout=120)
    # "opaque": the browser has sent it, and tells the page nothing of the answer.
    assert seen == {"json": "refused", "text": "opaque", "beacon": "got", "read": "refused", "module": "refused", "rebound": "refused", "opaque": "opaque"}
    status = kit.call("GET", "/v1/status", address=kit.ADMIN).json
    assert not any(status["verdicts"].values()) and status["queue"]["length"] == 0


@needs_chromium
def test_a_document_of_a_program_runs_no_further_one(web, tmp_path):
    """Opened as a page of its own, with scripts: it comes from the page's address, and is not of its origin."""
    attack = """<!doctype html><p id=p></p><form id=f method=post enctype=text/plain action=/v1/runs><input name=a></form><script>
        fetch('/v1/runs', {method: 'POST', mode: 'no-cors', body: '{}'}).then(() => { p.textContent = 'sent'; }, () => { p.textContent = 'refused ' + self.origin; }); f.submit();</script>"""
    result = tcp(web.port, request={"profile": "bash", "source": "cat in.html", "files": [{"path": "in.html", "content": attack}]}).json
    with browser(tmp_path, "--virtual-time-budget=5000", "--dump-dom", f"http://127.0.0.1:{web.port}{result['output_url']}&as=html&scripts=1") as process:
        text, _ = process.communicate(timeout=120)
    assert '<p id="p">refused null</p>' in text
    assert sum(kit.call("GET", "/v1/status", address=kit.ADMIN).json["verdicts"].values()) == 1


@needs_chromium
def test_the_built_page_works_in_a_browser(start, monkeypatch, tmp_path):
    """Its scripts, its style and its first question to the service pass its own policy; so the code of a first program is there."""
    monkeypatch.delenv("EXRUN_WEB", raising=False)
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "auth": "none", "page": True}]})
    with browser(tmp_path, "--virtual-time-budget=8000", "--dump-dom", f"http://127.0.0.1:{port}/play") as process:
        text, _ = process.communicate(timeout=120)
    assert re.search(r"<exrun-play[^>]* editing", text) and "Hello" in re.search(r"<code>(.*?)</code>", text, re.S)[1]
