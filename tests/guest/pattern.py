# SPDX-License-Identifier: MIT
"""Turns the names of tests, as pytest prints them, into the EXRUN_GUEST_TESTS that chooses only those in the guest. If no name is of a test
in the guest, it chooses a short one, for the tests of the guest itself."""
import re
import sys

NAMES = [re.search(r"test_in_guest\[(.*)\]$", line.strip()) for line in sys.stdin]
print("|".join(f"{re.escape(name[1])}$" for name in NAMES if name) or r"test_a_program_ends_as_expected\[bash-hello\]")
