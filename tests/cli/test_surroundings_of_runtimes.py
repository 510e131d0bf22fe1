# SPDX-License-Identifier: MIT
"""Paths outside of /usr that runtimes look for: settings, sessions, libraries that the operator installed."""
import os
import pathlib
import shutil

import pytest

from conftest import IS_SANITIZER_BUILD

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="runtimes look for the same in both builds; the plain one is asked")

ROWS = {
    "php-keys": ("php", "<?php $k = openssl_pkey_new(['private_key_bits' => 2048]); echo $k ? 'made' : openssl_error_string();", "made"),
    "php-session": ("php", "<?php session_start(); $_SESSION['n'] = 1; session_write_close(); session_start(); echo $_SESSION['n'];", "1"),
    "php-service": ("php", "<?php echo getservbyname('http', 'tcp'), getprotobyname('tcp');", "806"),
    "python-service": ("python", "import socket\nprint(socket.getservbyname('https'), socket.getprotobyname('udp'))", "443 17\n"),
    "perl-service": ("perl", "print scalar getservbyname('smtp', 'tcp');", "25"),
    "ruby-service": ("ruby", "require 'socket'\nputs Socket.getservbyname('http')", "80\n"),
    "c-service": ("c", '#include <arpa/inet.h>\n#include <netdb.h>\n#include <stdio.h>\nint main(void) { printf("%d", ntohs(getservbyname("http", "tcp")->s_port)); }', "80"),
    "python-tls": ("python", "import ssl\nprint(len(ssl.create_default_context().get_ca_certs()) > 0)", "True\n"),
    "ruby-keys": ("ruby", "require 'openssl'\nputs OpenSSL::PKey::EC.generate('prime256v1').private?", "true\n"),
    "node-keys": ("javascript", "console.log(require('crypto').generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey.type)", "private\n"),
    "python-threads": ("python", "import os\nprint(os.popen('echo $OPENBLAS_NUM_THREADS').read(), 'OPENBLAS_NUM_THREADS' in os.environ, 'name' in dir(__builtins__))", "1\n False False\n"),
    "java-fonts": ("java", "import java.awt.image.*; public class Main { public static void main(String[] a) { var i = new BufferedImage(99, 20, 1); i.createGraphics().drawString(\"hello\", 5, 15);"
                   " int n = 0; for (int x = 0; x < 99; x++) for (int y = 0; y < 20; y++) if (i.getRGB(x, y) != 0xff000000) n++; System.out.print(n > 0); } }", "true"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_runtime_finds_its_settings(run, name):
    profile, source, expected = ROWS[name]
    if name == "python-tls" and not os.path.exists("/etc/ssl/certs/ca-certificates.crt"):
        pytest.skip("ca-certificates is not installed")
    result = run({"profile": profile, "source": source}, timeout=60)
    assert (result["verdict"], result["stdout"]) == ("ok", expected), result


@pytest.mark.skipif(not os.path.exists("/var/cache/fontconfig"), reason="fontconfig has no cache on this machine")
def test_java_has_the_cache_of_fonts(run):
    """Without it, each run reads all fonts before it draws the first text."""
    source = 'public class Main { public static void main(String[] a) { for (String name : new java.io.File("/var/cache/fontconfig").list()) System.out.println(name); } }'
    assert sorted(run({"profile": "java", "source": source}, timeout=60)["stdout"].splitlines()) == sorted(os.listdir("/var/cache/fontconfig"))


@pytest.mark.parametrize("profile, name", [("bash", "/etc/environment"), ("bash", "/etc/ssl/private"), ("python", "/etc/ssl/private"), ("php", "/etc/shadow")])
def test_secrets_of_the_owner_are_never_lent(run, profile, name):
    sources = {"bash": f"test -e {name} && echo there || echo not", "python": f"import os\nprint('there' if os.path.exists('{name}') else 'not')",
               "php": f"<?php echo file_exists('{name}') ? 'there' : 'not', \"\\n\";"}
    assert run({"profile": profile, "source": sources[profile]})["stdout"] == "not\n"


@pytest.mark.parametrize("profile, folder, file, text, source", [
    ("ruby", "/var/lib/gems", "probe-of-exrun.rb", "PROBE = 1", "load '/var/lib/gems/probe-of-exrun.rb'\nputs PROBE"),
    ("javascript", "/usr/local/lib/node_modules", "probe-of-exrun/index.js", "module.exports = 1", "console.log(require('probe-of-exrun'))"),
    ("lua", "/usr/local/share/lua/5.4", "probe_of_exrun.lua", "return 1", "print((require('probe_of_exrun')))"),
], ids=["ruby", "javascript", "lua"])
def test_a_library_of_the_operator_is_found(run, profile, folder, file, text, source):
    path = pathlib.Path(folder) / file
    made = [parent for parent in [*reversed(path.parents)] if not parent.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(text)
        assert run({"profile": profile, "source": source})["stdout"] == "1\n"
    finally:
        path.unlink()
        for parent in reversed(made):
            shutil.rmtree(parent)
