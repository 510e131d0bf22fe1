# SPDX-License-Identifier: MIT
"""Resources in headless Chromium: a page under "default-src 'self'" shows an SVG in an <img> and HTML in frames, and what a hostile program has
written gets neither the page nor the network. The page's site passes /v1 on to a listener with tokens, and has no token itself."""
import contextlib
import http.client
import http.server
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401
from test_access import bearer, free_port, tcp, tokens  # noqa: E402, F401

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
# It needs no display, and its own sandbox needs more than a test's namespaces have. The last ones keep it from looking for its maker.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-default-browser-check"]
pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="needs chromium-headless-shell"), pytest.mark.skipif(IS_SANITIZER_BUILD, reason="one build is enough")]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><style>rect { fill: red }</style><script>top.location = "/leak/svg"</script><rect width="30" height="20"/></svg>'
# Says what it is, and then tries all that it should not be able to do.
HOSTILE = """<!doctype html><title>before</title><style>body { color: rgb(1, 2, 3) }</style><link rel=stylesheet href=/leak/style><script src=/leak/script></script>
<img src=/leak/image><iframe src=/leak/frame></iframe><object data=/leak/object></object><video src=/leak/video></video>
<form id=form action=/leak/form><input name=a></form><p id=p>text</p>
<script>
    const seen = { origin: self.origin, colour: getComputedStyle(document.body).color, got: [] };
    const attempts = {
        page: () => { if (parent === self || !parent.document.title) throw 0; },
        cookie: () => document.cookie,
        storage: () => localStorage.length,
        database: () => { if (!indexedDB.open('x')) throw 0; },
        top: () => { if (top !== self) top.location = '/leak/top'; else throw 0; },
        popup: () => { if (!open('/leak/popup')) throw 0; },
        worker: () => { if (!new Worker('/leak/worker')) throw 0; },
        eval: () => eval('1'),
    };
    for (const [name, attempt] of Object.entries(attempts)) try { attempt(); seen.got.push(name); } catch { }
    form.submit();
    navigator.sendBeacon('/leak/beacon', 'x');
    new Image().src = '/leak/new';
    try { new WebSocket(location.origin.replace('http', 'ws') + '/leak/socket'); } catch { }
    try { new EventSource('/leak/events'); } catch { }
    const asked = ['/leak/fetch', location.href, 'http://127.0.0.1:1/'].map((url) => fetch(url).then(() => seen.got.push(url), () => 0));
    Promise.all(asked).then(() => { p.textContent = `origin ${self.origin}, got ${seen.got}`; parent.postMessage(seen, '*'); });
</script>"""
PAGE = """<!doctype html><title>page</title><img id=image><img id=none><iframe id=scripted></iframe><iframe id=plain></iframe><iframe id=output></iframe><iframe id=drawing></iframe>
<script src=/page.js></script>"""
# The page's script waits for the answer of the frame with scripts, and for the other frames to load; then a while for what should not come.
SCRIPT = """
const urls = %s, seen = { messages: [], refused: [] };
addEventListener('message', (event) => {
    const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentWindow === event.source);
    seen.messages.push([frame.id, event.origin, event.data]);
});
document.addEventListener('securitypolicyviolation', (event) => seen.refused.push(event.blockedURI));
function load(id, url) {
    const element = document.getElementById(id);
    return new Promise((done) => { element.onload = () => done('loaded'); element.onerror = () => done('failed'); element.src = url; });
}
document.cookie = 'secret=1';
(async () => {
    seen.image = await load('image', urls.svg);
    seen.size = [image.naturalWidth, image.naturalHeight];
    seen.none = await load('none', urls.svg.replace(/.$/, (last) => last === 'A' ? 'B' : 'A'));
    for (const [id, url] of [['scripted', urls.html + '&scripts=1'], ['plain', urls.html], ['output', urls.output + '&as=html&scripts=1'], ['drawing', urls.svg]]) await load(id, url);
    seen.reads = [...document.querySelectorAll('iframe')].map((frame) => { try { return frame.contentDocument !== null; } catch { return false; } });
    while (seen.messages.length < 2) await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 1000));
    await fetch('/seen', { method: 'POST', body: JSON.stringify(seen) });
})();
"""


class Site(http.server.ThreadingHTTPServer):
    """Passes /v1 on, has a page, and notes what is asked for besides."""

    def __init__(self, service):
        self.service, self.files, self.seen, self.asked = service, {}, queue.Queue(), []
        self.policy = "default-src 'self'"
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, headers, content):
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": len(content)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        self.server.asked.append(self.path)
        if self.path.startswith("/v1/"):
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.service, timeout=120)) as connection:
                answer = kit.ask(connection, "GET", self.path, headers={name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")})
            self.answer(answer.status, {name: value for name, value in answer.headers.items() if name.lower() not in ("connection", "content-length")}, answer.content)
        elif self.path in self.server.files:
            content = self.server.files[self.path].encode()
            self.answer(200, {"Content-Type": "text/javascript" if self.path.endswith(".js") else "text/html", **({"Content-Security-Policy": self.server.policy} if self.server.policy else {})}, content)
        else:
            self.answer(404, {}, b"")

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        if self.path == "/seen":
            self.server.seen.put(json.loads(content))
        self.answer(204, {}, b"")

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def browser(folder, *arguments):
    """Chromium with its helpers, which all end with it."""
    process = subprocess.Popen([CHROMIUM, *FLAGS, f"--user-data-dir={folder}", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
                               env={**os.environ, "HOME": str(folder)})
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        kit.wait_until(lambda: not any(status["Name"].startswith(("chrom", "headless")) for _, status in kit.all_processes()))


@pytest.fixture
def site(start, tokens, request):
    port = free_port()
    one = Site(port)
    cors = {"cors": [f"http://localhost:{one.server_port}"]} if getattr(request, "param", None) == "cors" else {}
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"site": ""}), **cors}]})
    thread = threading.Thread(target=one.serve_forever)
    thread.start()
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


def urls_of(site):
    result = tcp(site.service, headers=bearer("site"), request={
        "profile": "bash", "source": "cp in.svg a.svg; cp in.html a.html; cat in.html", "artifacts": ["a.*"], "files": [{"path": "in.svg", "content": SVG}, {"path": "in.html", "content": HOSTILE}]}).json
    return {**{one["path"][2:]: one["url"] for one in result["artifacts"]}, "output": result["output_url"]}


def leaks(site):
    return [path for path in site.asked if path.startswith("/leak")]


def test_a_page_under_a_strict_policy_shows_resources(site, tmp_path):
    site.files = {"/": PAGE, "/page.js": SCRIPT % json.dumps(urls_of(site))}
    with browser(tmp_path, "--remote-debugging-port=0", site.url + "/"):
        seen = site.seen.get(timeout=120)
    assert (seen["image"], seen["size"], seen["none"]) == ("loaded", [30, 20], "failed")
    # The same document runs its script in the frames with scripts=1, and in no other.
    assert sorted(name for name, _, _ in seen["messages"]) == ["output", "scripted"]
    for _, origin, message in seen["messages"]:
        assert origin == "null" and message == {"origin": "null", "colour": "rgb(1, 2, 3)", "got": []}
    assert seen["reads"] == [False] * 4 and seen["refused"] == []
    assert leaks(site) == [] and {"/page.js", "/seen"} <= set(site.asked)


@pytest.mark.parametrize("query, shows", [("&scripts=1", "origin null, got "), ("", "text")], ids=["scripts", "no-scripts"])
def test_a_link_opens_the_resource_under_its_policy(site, tmp_path, query, shows):
    """As somebody sees it to whom the link was sent, without a page around it."""
    urls = urls_of(site)
    with browser(tmp_path, "--timeout=5000", "--dump-dom", site.url + urls["html"] + query) as process:
        text, _ = process.communicate(timeout=120)
    assert f'<p id="p">{shows}</p>' in text and leaks(site) == []


def test_the_attempts_work_without_a_policy(site, tmp_path):
    """Otherwise the tests above would show nothing."""
    script = "addEventListener('message', (event) => fetch('/seen', { method: 'POST', body: JSON.stringify(event.data) }));"
    site.policy, site.files = None, {"/": "<!doctype html><title>page</title><script src=/page.js></script><iframe src=/hostile></iframe>", "/page.js": script,
                                     "/hostile": HOSTILE.replace("form.submit();", "").replace("top.location = '/leak/top'", "top.document")}
    with browser(tmp_path, "--remote-debugging-port=0", site.url + "/"):
        seen = site.seen.get(timeout=120)
        expected = {f"/leak/{one}" for one in ("style", "script", "image", "frame", "object", "video", "beacon", "new", "socket", "events", "fetch", "worker")}
        kit.wait_until(lambda: expected <= set(leaks(site)))
    assert seen["origin"] == site.url and {"page", "cookie", "storage", "database", "top", "popup", "worker", "eval", "/leak/fetch"} <= set(seen["got"])


@pytest.mark.parametrize("site, expected", [("none", {"image": "failed"}), ("cors", {"image": "loaded", "message": "null"})], indirect=["site"], ids=["not-listed", "listed"])
def test_a_page_of_another_site_shows_it_only_if_it_is_listed(site, tmp_path, expected):
    """localhost is another site than 127.0.0.1, for frames and images."""
    urls = {name: site.url + url for name, url in urls_of(site).items()}
    script = """const urls = %s, seen = {};
        function load(element, url) { return new Promise((done) => { element.onload = () => done('loaded'); element.onerror = () => done('failed'); element.src = url; document.body.append(element); }); }
        addEventListener('message', (event) => { seen.message = event.origin; });
        (async () => { seen.image = await load(new Image(), urls.svg); await load(document.createElement('iframe'), urls.html + '&scripts=1');
            await new Promise((done) => setTimeout(done, 1000)); await fetch('/seen', { method: 'POST', body: JSON.stringify(seen) }); })();"""
    site.policy, site.files = None, {"/": "<!doctype html><body><script src=/page.js></script>", "/page.js": script % json.dumps(urls)}
    with browser(tmp_path, "--remote-debugging-port=0", f"http://localhost:{site.server_port}/"):
        assert site.seen.get(timeout=120) == expected
    assert any(path.endswith("&scripts=1") for path in site.asked) and leaks(site) == []
