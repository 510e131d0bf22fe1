# SPDX-License-Identifier: MIT
"""The first commands that a person types."""
import re

import pytest


def test_version_is_printed(exrun):
    done = exrun("--version")
    assert done.returncode == 0
    assert re.fullmatch(rb"exrun \d+\.\d+\.\d+( \(with fault points, for tests only\))?\n", done.stdout)


def test_help_lists_commands(exrun):
    done = exrun("help")
    assert done.returncode == 0
    assert b"usage: exrun COMMAND" in done.stdout
    assert b"version" in done.stdout
    # All explanations begin in one column.
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("  ")]
    assert len({re.match(r" +\S+ +", line).end() for line in lines}) == 1


def test_no_command_is_wrong_usage(exrun):
    assert exrun().returncode == 64


def test_unknown_command_names_the_hint(exrun):
    done = exrun("rnu")
    assert done.returncode == 64
    assert b'"rnu"' in done.stderr and b"exrun help" in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize("args, meant", [
    (["rnu"], b'did you mean "run"?'), (["claen"], b'did you mean "clean"?'), (["docter"], b'did you mean "doctor"?'),
    (["help", "profil"], b'did you mean "profile"?'),
    (["run", "--wal", "5", "--memroy", "1M", "x.py"], b"did you mean --memory?"), (["run", "--jsn"], b"did you mean --json?"),
    (["aduit"], b'did you mean "audit"?'), (["audit", "--ony"], b"did you mean --only?"), (["clean", "--dry-rnu"], b"did you mean --dry-run?"), (["doctor", "--jason"], b"did you mean --json?"),
    (["run", "-p", "phyton", "/dev/null"], b'did you mean "python"?'), (["profile", "show", "rubby"], b'did you mean "ruby"?'),
])
def test_a_mistyped_word_gets_a_suggestion(exrun, args, meant):
    done = exrun(*args)
    assert done.returncode in (64, 65) and meant in done.stderr and done.stdout == b"", done


@pytest.mark.parametrize("args", [
    "help run extra", "version --help --frob", "version --hel", "version --", "help --help --frob", "help help extra",
    "help version extra", "version extra", "--version extra", "--version --frob", "doctor extra", "status extra", "clean extra", "audit extra",
    "profile list extra", "profile list --names extra", "profile list --json extra", "profile show bash extra", "run --json - extra",
])
def test_a_word_too_many_is_refused(exrun, args):
    done = exrun(*args.split(), input=b"")
    assert done.returncode == 64 and args.split()[-1].encode() + b": " in done.stderr, done
    assert done.stdout == b"" or "--json" in args


@pytest.mark.parametrize("args, says", [
    ("profile show bash --names", b"--names: is not an option of this subcommand"), ("profile check /dev/null --json", b"--json: is not an option of this subcommand"), ("profile check /dev/null --names", b"--names: is not an option of this subcommand"),
    ("profile list --json --names", b"only one of --json and --names can be given"),
])
def test_a_flag_without_effect_is_refused(exrun, args, says):
    done = exrun(*args.split())
    assert done.returncode == 64 and says in done.stderr, done


def test_a_part_of_a_word_is_not_the_word(exrun):
    assert exrun("help", "--he", "run").returncode == 64 and exrun("help", "--hel").returncode == 64


def test_commands_without_options_have_help(exrun):
    for args in (["version", "--help"], ["help", "--help"], ["help", "run", "--help"], ["help", "--run"]):
        assert exrun(*args).returncode == 0


def test_a_strange_word_can_not_control_the_terminal(exrun):
    done = exrun("\x1b[31m\n")
    assert done.returncode == 64 and b"\x1b" not in done.stderr and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("word", ["quit!", "x", "--", "-", "\x1b[31m", "a" * 5000])
def test_a_strange_word_gets_no_suggestion(exrun, word):
    done = exrun(word)
    assert done.returncode == 64 and b"did you mean" not in done.stderr


@pytest.mark.parametrize("command", ["run", "doctor", "audit", "clean", "cache", "profile", "serve", "status", "maintenance"])
def test_each_command_has_help(exrun, command):
    """There are two ways to it, every option has an explanation, and no line is too long for a terminal."""
    done = exrun(command, "--help")
    assert done.returncode == 0 and done.stderr == b"" and exrun("help", command).stdout == done.stdout
    text = done.stdout.decode()
    assert text.startswith(f"usage: exrun {command}") and max(map(len, text.splitlines())) <= 120
    for option in set(re.findall(r"--[a-z-]+", text)):
        assert re.search(rf"^ +(-[a-z], )?{option}( [A-Z]+)? {{2,}}\S", text, re.M), option
