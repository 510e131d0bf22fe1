# SPDX-License-Identifier: MIT
"""The texts stay plain English: a few words, which tell a private dialect from it, are as rare or as frequent as in good prose."""
import pytest
import voice


@pytest.fixture(scope="module")
def files():
    return voice.paths()


@pytest.mark.parametrize("rule", voice.RULES)
@pytest.mark.parametrize("kind", voice.KINDS)
def test_all_texts_together_are_within_the_bound(files, kind, rule):
    frequencies, worst = voice.measure(kind, files)
    frequency, bound = frequencies[rule]
    places = ", ".join(f"{path}: {times}" for times, path in worst[rule] if times)
    assert voice.is_within(frequency, bound), f"{rule}: {frequency:.2f} in 1,000 words of {kind}, bound {bound}; most in {places}"


@pytest.mark.parametrize("text, rule", [
    ("/* Fails where no slot is free. */", "where"), ("/* It is what it is. */", "what"), ("/* Who runs it is told. */", "sentences that begin with What, Who, Whoever, Nobody"),
    ("/* The path is none. */", "is none, is no X, none of"), ("/* A hole in the wall. */", "metaphors"),
])
def test_each_rule_finds_its_example(tmp_path, monkeypatch, text, rule):
    path = tmp_path / "x.c"
    path.write_text(text)
    monkeypatch.setattr(voice, "ROOT", tmp_path)
    assert voice.count("comments", path)[1][rule] > 0
