# SPDX-License-Identifier: MIT
"""The documents are true: each command is run and its output compared, tables match the code, manual pages are well-formed."""
import json
import os
import re
import subprocess
import sys

import pytest

from conftest import BUILD, EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path.insert(0, str(ROOT / "tests/kit"))
import tables  # noqa: E402

DOCUMENTS = [path for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "profiles/README.md"])]
FENCES = [(path.relative_to(ROOT), language, text) for path in DOCUMENTS
          for language, text in re.findall(r"^```(\S*)\n(.*?)^```$", path.read_text(), re.M | re.S)]
# The blocks of a Laravel application, which laravel/tests/Machine/WalkTest.php walks, and those of a service, which
# tests/service/test_operations.py, test_nginx.py and test_page.py walk; and of an article, which web/tests walk.
WALKED = {"docs/service.md": ("html", "nginx"), "docs/laravel.md": ("bash", "php", "html", "ini", "js"), "docs/page.md": ("nginx", "html", "js"), "docs/operations.md": ("bash", "console", "nginx", "yaml")}
# They change the machine, or run these tests themselves.
NOT_RUN = {"./quickstart", "./quickstart test"}


def commands(text):
    """(command, its output) for each command of a console block."""
    return [(command, output) for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M)]


SHOWN = [(str(path), command, output) for path, language, text in FENCES if language == "console" and "console" not in WALKED.get(str(path), ()) for command, output in commands(text)]


def test_documents_show_commands():
    assert len(SHOWN) >= 10 and {path for path, _, _ in SHOWN} >= {"README.md"}


@pytest.mark.parametrize("path, command, output", SHOWN, ids=[f"{path}: {command[:50]}" for path, command, _ in SHOWN])
def test_shown_is_true(path, command, output):
    done = subprocess.run(["bash", "-c", f"exec 2>&1; {command}"], capture_output=True, text=True, timeout=100, cwd=ROOT,
                          env={**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}"})
    pattern = ".*?".join(re.escape(part) for part in output.split("..."))
    assert re.fullmatch(pattern, done.stdout, re.S), done.stdout


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="on a busy machine it has not used its CPU time before its wall-clock time is up; the plain build is asked")
def test_the_recorded_session_is_true():
    done = subprocess.run([ROOT / "docs/terminal.py", "--record", EXRUN], capture_output=True, text=True, timeout=300, check=True)
    assert json.loads(done.stdout) == json.loads((ROOT / "docs/terminal.json").read_text()), "docs/terminal.py --record build/exrun >docs/terminal.json"


def test_every_block_says_what_it_is():
    assert not [(path, text[:60]) for path, language, text in FENCES if language not in ("console", "sh", "json", "text", *WALKED.get(str(path), ()))]
    shown = {re.sub(r" +#.*", "", line) for _, language, text in FENCES if language == "sh" for line in text.splitlines() if line}
    assert shown == NOT_RUN


@pytest.mark.parametrize("path, section", tables.SECTIONS, ids=":".join)
def test_tables_match_the_code(path, section):
    assert tables.parts(path, section)[1] == tables.SECTIONS[path, section]()


def test_tables_were_read():
    assert [row[0] for row in tables.limits()] == ["wall_ms", "cpu_ms", "memory_bytes", "processes", "output_bytes", "disk_bytes", "files"]
    assert len(tables.verdicts()) == 11 and dict((word, status) for word, status, _ in tables.verdicts())["timeout"] == "124"
    assert len(tables.steps()) >= 15


@pytest.mark.parametrize("page", sorted((ROOT / "docs/man").iterdir()), ids=lambda path: path.name)
def test_manual_pages_are_well_formed(page):
    done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", page], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "MANWIDTH": "100", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert "NAME" in done.stdout and len(done.stdout.splitlines()) > 60


def test_manual_names_every_command_and_option(exrun):
    page = (ROOT / "docs/man/exrun.1").read_text().replace("\\-", "-").replace("\\~", " ")
    for command in re.findall(r"^  (\w+) ", exrun("help").stdout.decode(), re.M):
        assert command in ("help", "version") or f".SY exrun\\ {command}" in page, command
        for option in re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", exrun(command, "--help").stdout.decode(), re.M):
            assert option in page or option == "--help", option


def test_links_lead_somewhere():
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            assert target.startswith("https://") or (path.parent / target).exists(), (path, target)


def test_every_source_has_its_licence():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split("\n")
    missing = [name for name in listed if re.search(r"\.(c|h|py|sh|php|map|bash|1|5)$", name) and not re.match(r"tests/(courses|warm-programs|fuzz/corpus)|(laravel/demo/resources/)?examples/\w", name)
               and (ROOT / name).exists() and "SPDX-License-Identifier: MIT" not in (ROOT / name).read_text()[:300]]
    assert not missing


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_a_project_s_files_exist(name):
    assert (ROOT / name).stat().st_size > 200


def test_the_count_of_lines_with_power_is_true():
    lines = sum(len(path.read_text().splitlines()) for path in (ROOT / "sandbox").rglob("*.[ch]"))
    said = int(re.search(r"`sandbox/`: about ([\d,]+) lines", (ROOT / "docs/security.md").read_text())[1].replace(",", ""))
    assert abs(said - lines) <= lines // 20, (said, lines)
