#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The time that Laravel adds to a run: bench/laravel.py [PAIRS [file|redis]], with the application's cache in files or in Redis. Run it as root on a quiet machine, without another service in /run/exrun, after laravel/test has installed the demo.

page: POST /examples/runs through nginx and PHP-FPM, by turns with an empty POST of the same application, which has the same session and CSRF check, and with the service's own answer.
worker: Exrun::php()->run() in a process that has booted, by turns with the service's own answer."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from kit import EXRUN, ROOT, SOCKET, service, share

PAIRS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
STORE = sys.argv[2] if len(sys.argv) > 2 else "file"
PORT = 18_080
REDIS_PORT = 18_379
DEMO = ROOT / "laravel/demo"
# As Laravel's own page on deployment has it: one map of all classes, configuration and routes in one file each.
DEPLOY = ["composer", "dump-autoload", "--optimize", "--quiet"], *(["php", "artisan", f"{what}:cache", "--quiet"] for what in ("config", "event", "route"))
CELLS = {"cells": {"profiles": {"php": {"floor": 4, "ceiling": 8}}}}
PROGRAM = {"profile": "php", "source": "<?php echo 42;"}
INDEX = """<?php
require '%s/vendor/autoload.php';
$app = require '%s/bootstrap/app.php';
class Nothing // a closure would make the cached routes slower
{
    public function answer(): string
    {
        return '';
    }
}
$app->handleRequest(Illuminate\\Http\\Request::capture());
"""
WORKER = """<?php
require '%s/vendor/autoload.php';
$app = require '%s/bootstrap/app.php';
$app->make(Illuminate\\Contracts\\Console\\Kernel::class)->bootstrap();
while (fgets(STDIN) !== false) {
    $start = hrtime(true);
    Exrun\\Laravel\\Facades\\Exrun::php('<?php echo 42;')->run()->throw();
    echo hrtime(true) - $start, "\\n";
}
"""
FPM = """[global]
pid = {0}/fpm.pid
error_log = {0}/fpm.log
daemonize = no
[www]
user = root
group = root
listen = {0}/fpm.sock
pm = static
pm.max_children = 5
clear_env = no
"""
NGINX = """user root; daemon off; worker_processes 1; pid {0}/nginx.pid; error_log {0}/nginx.log;
events {{ worker_connections 128; }}
http {{
    access_log off; client_body_temp_path {0}/b; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
    server {{
        listen 127.0.0.1:{1};
        location / {{ include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME {0}/index.php; fastcgi_pass unix:{0}/fpm.sock; }}
    }}
}}
"""


def environment(folder):
    return {**os.environ, "APP_ENV": "production", "APP_DEBUG": "false", "APP_KEY": "base64:" + "A" * 43 + "=", "LARAVEL_STORAGE_PATH": f"{folder}/storage", "LOG_CHANNEL": "single", "SESSION_DRIVER": "file",
            "CACHE_STORE": STORE, "REDIS_CLIENT": "phpredis", "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(REDIS_PORT),
            "QUEUE_CONNECTION": "sync", "DB_CONNECTION": "sqlite", "DB_DATABASE": ":memory:", "EXRUN_SOCKET": SOCKET, "EXRUN_HTTP": "true", "EXRUN_HTTP_PROFILES": "php",
            "EXRUN_HTTP_RUNS_PER_MINUTE": "1000000", "EXRUN_HTTP_ADDRESS_RUNS_PER_MINUTE": "1000000", "EXRUN_BINARY": str(EXRUN)}


def deploy(folder):
    """Returns the application's own folder, a copy of the demo."""
    place = folder / "site"
    shutil.copytree(DEMO, place, symlinks=True)
    package = place / "vendor/exrun/laravel"
    package.unlink()
    package.symlink_to(ROOT / "laravel")
    with open(place / "routes/web.php", "a") as routes:
        routes.write("\nRoute::post('/empty', 'Nothing@answer');\n")
    for command in DEPLOY:
        subprocess.run(command, cwd=place, env={**environment(folder), "COMPOSER_ALLOW_SUPERUSER": "1"}, check=True)
    return place


@contextlib.contextmanager
def site(folder):
    for path in ("app", "logs", "framework/cache/data", "framework/sessions", "framework/views"):
        (folder / "storage" / path).mkdir(parents=True)
    place = deploy(folder)
    (folder / "index.php").write_text(INDEX % (place, place))
    (folder / "worker.php").write_text(WORKER % (place, place))
    (folder / "fpm.conf").write_text(FPM.format(folder))
    (folder / "nginx.conf").write_text(NGINX.format(folder, PORT))
    fpm = next(path for path in pathlib.Path("/usr/sbin").glob("php-fpm*"))
    commands = [fpm, "--allow-to-run-as-root", "--fpm-config", folder / "fpm.conf"], ["nginx", "-p", folder, "-c", folder / "nginx.conf"]
    if STORE == "redis":
        commands = *commands, ["redis-server", "--port", str(REDIS_PORT), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    processes = [subprocess.Popen(command, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
            process.wait(60)


class Visitor:
    """A page with its session: a connection to nginx that is kept."""

    def __init__(self):
        while True:
            with contextlib.suppress(OSError):
                self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
                self.connection.request("GET", "/examples/token")
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.status == 200:
                    break
            time.sleep(0.1)
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie")]
        self.headers = {"Cookie": "; ".join(cookies), "X-CSRF-TOKEN": json.loads(content)["csrf"], "Accept": "application/json", "Content-Type": "application/json"}

    def post(self, path, request):
        start = time.perf_counter()
        self.connection.request("POST", path, json.dumps(request), self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        taken = time.perf_counter() - start
        assert answer.status == 200, (answer.status, content)
        assert path == "/empty" or json.loads(content)["result"]["stdout"] == "42"
        return taken


class Direct:
    def __init__(self):
        self.connection = http.client.HTTPConnection("localhost")
        self.connection.sock = socket.socket(socket.AF_UNIX)
        self.connection.sock.connect(SOCKET)

    def run(self):
        start = time.perf_counter()
        self.connection.request("POST", "/v1/runs", json.dumps(PROGRAM), {"Content-Type": "application/json"})
        answer = json.loads(self.connection.getresponse().read())
        taken = time.perf_counter() - start
        assert answer["stdout"] == "42"
        return taken


def worker(folder):
    process = subprocess.Popen(["php", folder / "worker.php"], env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run():
        print(file=process.stdin, flush=True)
        return int(process.stdout.readline()) / 1e9

    return process, run


def told(name, seconds):
    return f"{name} p50 {1000 * share(seconds, 0.5):.2f} ms, p99 {1000 * share(seconds, 0.99):.2f} ms"


def by_turns(pause=0.06, **measures):
    times = {name: [] for name in measures}
    for number in range(PAIRS + 20):
        for name, measure in measures.items():
            time.sleep(pause)  # so that the next cell is there
            taken = measure()
            if number >= 20:
                times[name].append(taken)
    return times


def main():
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory(prefix="exrun-bench-", dir="/usr/local/lib") as seen:
        folder = pathlib.Path(name)
        # Cells see /usr, and not the build directory.
        os.chmod(seen, 0o755)
        os.environ["EXRUN_SHIM"] = str(shutil.copy(EXRUN.parent / "sandbox/park.so", seen))
        with service(folder, CELLS, ROOT / "profiles"), site(folder):
            time.sleep(10)  # all languages are checked by then
            visitor, direct = Visitor(), Direct()
            page = by_turns(empty=lambda: visitor.post("/empty", {}), page=lambda: visitor.post("/examples/runs", PROGRAM), direct=direct.run)
            more = share(page["page"], 0.5) - share(page["empty"], 0.5) - share(page["direct"], 0.5)
            print("; ".join(told(name, seconds) for name, seconds in page.items()) + f"; the page's answer takes {1000 * more:.2f} ms more than the other two together (at most 3)")
            process, run = worker(folder)
            try:
                pairs = by_turns(worker=run, direct=direct.run)
            finally:
                process.stdin.close()
                process.wait(60)
            more = share(pairs["worker"], 0.5) - share(pairs["direct"], 0.5)
            print("; ".join(told(name, seconds) for name, seconds in pairs.items()) + f"; a worker takes {1000 * more:.2f} ms more (at most 1)")


assert STORE in ("file", "redis"), "the cache is in file or redis"
assert shutil.which("nginx") and (DEMO / "vendor").is_dir(), "run laravel/test first"
main()
