# SPDX-License-Identifier: MIT
"""docs/operations.md is true: an operator can walk the page from its first command to its last. One shell does so, in a machine whose /etc, /run and
/var/log are its own, and each output is compared."""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import pytest

from conftest import BUILD, EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402

PAGE = (ROOT / "docs/operations.md").read_text()
BLOCKS = re.findall(r"^```(\S*)\n(.*?)^```$", PAGE, re.M | re.S)
NEEDS_SYSTEMD = "# with systemd\n"
# Blocks with the text of the file that was named last.
FILES = ("nginx", "yaml")
# They run for minutes, or change this machine, so only their names and options are compared with their help.
TAKES_LONG = {"exrun audit": "exrun audit --help", "exrun cache warm": "exrun cache --help", "exrun serve": "exrun serve --help"}
# Exit statuses of a command that was understood: done, clean's and doctor's findings, and no service.
UNDERSTOOD = (0, 1, 69)
# The directory of the log is the package's. The machine's own files are below, and every change is lost at the end.
MACHINE = """
set -eu
mount -t tmpfs none "$1" && mkdir "$1/upper" "$1/work"
mount -t overlay -o "lowerdir=/etc,upperdir=$1/upper,workdir=$1/work" none /etc
mount -t tmpfs -o mode=755 none /run && mkdir /run/lock
mount -t tmpfs -o mode=755 none /var/log && mkdir /var/log/nginx
install -d -m 750 -g adm /var/log/exrun
ip link set lo up
cd "$1"
exec bash --norc
"""


class Shell:
    """The operator's shell. The processes that it starts end with it."""

    def __init__(self, folder):
        environment = {**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}", "EXRUN_PROFILES": str(ROOT / "profiles")}
        self.process = subprocess.Popen(["unshare", "--mount", "--net", "--propagation", "private", "bash", "-c", MACHINE, "bash", folder],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)

    def run(self, command):
        """Runs it, and returns (its exit status, its output)."""
        self.process.stdin.write(f"{command}\necho \"<end $?>\"\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if end := re.fullmatch(r"(.*)<end (\d+)>\n", line):
                return int(end[2]), "".join(lines) + end[1]
            lines.append(line)
        raise AssertionError(f"the shell ended at {command!r}: {''.join(lines)}")

    def close(self):
        self.process.stdin.write("kill $service 2>/dev/null; wait\n")
        self.process.stdin.close()
        self.process.wait(120)
        self.process.stdout.close()


@pytest.fixture
def shell():
    folder = tempfile.mkdtemp()
    one = Shell(folder)
    yield one
    one.close()
    shutil.rmtree(folder)


def compare(shell, command, output):
    """A log or a status can be late, so a command that only looks is asked again until it shows the output. The last line can be without its end, and empty lines can follow.
    A line "..." stands for any number of lines."""
    output = re.sub(r"^\.\.\.\n", "...", output, flags=re.M)
    pattern = ".*?".join(re.escape(part) for part in output.rstrip("\n").split("...")) + "\n*"
    seen = []

    def is_shown():
        seen.append(shell.run(command)[1])
        return re.fullmatch(pattern, seen[-1], re.S)

    if re.match(r"tail|exrun status|jq", command):
        try:
            kit.wait_until(is_shown)
        except AssertionError:
            raise AssertionError((command, seen[-1])) from None
    else:
        assert is_shown(), (command, seen[-1])


def steps():
    """(what to do, text, output) in the page's order."""
    for match in re.finditer(r"^```(\S*)\n(.*?)^```$", PAGE, re.M | re.S):
        language, text = match.groups()
        if language == "bash" and not text.startswith(NEEDS_SYSTEMD):
            yield "run", text, None
        elif language == "console":
            for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
                yield "compare", command, output
        elif language in FILES:
            yield "write", text, re.findall(r"`(/etc/\S+)`", PAGE[:match.start()])[-1]


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="when the front ends, its filter refuses a call of the sanitizer (sigaltstack), which says so in the log")
def test_the_page_can_be_walked(shell):
    n = 0
    for kind, text, more in steps():
        if kind == "run":
            assert shell.run(f"set -e; {text}\nset +e") == (0, ""), text
        elif kind == "compare":
            compare(shell, text, more)
        else:
            assert shell.run(f"cat >{more} <<'END'\n{text}END")[0] == 0
        n += 1
    assert n >= 15


def test_each_block_is_walked_or_checked():
    assert {language for language, _ in BLOCKS} == {"bash", "console", *FILES}
    assert [text for _, text in BLOCKS if NEEDS_SYSTEMD in text]


@pytest.mark.parametrize("line", [line for _, text in BLOCKS if text.startswith(NEEDS_SYSTEMD) for line in text.splitlines()[1:]])
def test_commands_for_systemd_have_options_that_exist(line):
    """Each has the form "systemctl VERB UNIT" or the like. There is no systemd here that could do it; tests/guest/test_systemd.py does it where there is one."""
    program, *words = shlex.split(line)
    told = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "SYSTEMD_PAGER": "cat"}).stdout
    for word in words:
        if word.startswith("-"):
            assert re.search(rf"(?<![-\w]){re.escape(word.split('=')[0])}(?![-\w])", told), (line, word)
    if program == "systemctl":
        assert re.search(rf"^  {words[0]} ", told, re.M), line


# Commands in the text that are not exrun's own.
OTHERS = sorted(set(re.findall(r"`((?:systemctl|journalctl|systemd-tmpfiles|man) [^`]*)`", PAGE)))


@pytest.mark.parametrize("command", OTHERS)
def test_other_commands_in_the_text_exist(command):
    """Each word: the verb and the options by the program's help; units, files and manuals in packaging/ and docs/man."""
    program, *words = shlex.split(command)
    told = subprocess.run([program, "--help"], capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "SYSTEMD_PAGER": "cat"}).stdout
    ours = {"exrun", "exrun.service", "exrun.socket", "exrun-clean.timer", "exrun.conf", *(path.stem for path in (ROOT / "docs/man").iterdir())}
    for n, word in enumerate(words):
        if word.startswith("-"):
            assert re.search(rf"(?<![-\w]){re.escape(word.split('=')[0])}(?![-\w])", told), (command, word)
        elif program == "systemctl" and word not in ours:
            assert re.search(rf"^  {re.escape(word)} ", told, re.M), (command, word)
        else:
            assert word in ours, (command, word)
    assert len(OTHERS) >= 4


def test_the_expressions_for_alerts_are_prometheus_s_and_name_our_metrics(tmp_path):
    rows = [row.replace("\\|", "|") for row in re.findall(r"^\| `([^`]+)` \| ", PAGE.split("worth an alert:")[1].split("\n## ")[0], re.M)]
    assert len(rows) >= 8
    rules = tmp_path / "rules.yml"
    rules.write_text(json.dumps({"groups": [{"name": "exrun", "rules": [{"alert": f"A{n}", "expr": row} for n, row in enumerate(rows)]}]}))
    done = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and f"{len(rows)} rules found" in done.stdout, done
    known = (ROOT / "runner/front/metrics_write.c").read_text()
    for name in set(re.findall(r"\bexrun_\w+", " ".join(rows))):
        assert f'"{name.removesuffix("_bucket")}"' in known, name


IN_TEXT = sorted(set(re.findall(r"`(exrun (?!serve\b[^`]*TOKEN)[a-z][^`]*)`", PAGE)))


@pytest.mark.parametrize("command", IN_TEXT)
def test_commands_in_the_text_exist(command):
    program, *words = shlex.split(TAKES_LONG.get(command, command))
    assert program == "exrun"
    done = subprocess.run([EXRUN, *words], capture_output=True, timeout=120, env={**os.environ, "EXRUN_PROFILES": str(ROOT / "profiles")})
    assert done.returncode in UNDERSTOOD, done.stderr


def test_scripts_in_the_text_exist():
    for script, option in re.findall(r"`\.?/?((?:packaging/|quickstart)\S*?)( --\w+)?`", PAGE):
        assert os.access(ROOT / script, os.X_OK) and option.strip() in (ROOT / script).read_text(), (script, option)


def test_messages_in_the_table_are_the_programs():
    """A symptom in quotation marks is what the program says."""
    sources = "\n".join(path.read_text() for folder in ("runner", "sandbox") for path in (ROOT / folder).rglob("*.c"))
    table = PAGE[PAGE.index("## If something is wrong"):]
    errors = ("Permission denied", "Connection refused", "13: ", "111: ", "2: ")  # the kernel's
    said = [text for text in re.findall(r'"([^"`\n|]+)"', re.sub(r"`[^`]*`", "", table)) if not text.startswith(errors)]
    assert said
    for text in said:
        assert f'"{text}' in sources, text  # a string that begins with it
