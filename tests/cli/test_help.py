"""The first things that a person types."""
import re


def test_version(exrun):
    done = exrun("--version")
    assert done.returncode == 0
    assert re.fullmatch(rb"exrun \d+\.\d+\.\d+( \(with fault points, for tests only\))?\n", done.stdout)


def test_help_lists_commands(exrun):
    done = exrun("help")
    assert done.returncode == 0
    assert b"usage: exrun COMMAND" in done.stdout
    assert b"version" in done.stdout


def test_nothing_is_wrong_usage(exrun):
    assert exrun().returncode == 64


def test_unknown_command_names_the_mend(exrun):
    done = exrun("rnu")
    assert done.returncode == 64
    assert b'"rnu"' in done.stderr and b"exrun help" in done.stderr
    assert done.stdout == b""
