# SPDX-License-Identifier: MIT
"""From the names of tests, as pytest gives them, to the EXRUN_GUEST_TESTS that chooses those in the guest alone; one that is short where
there is none among them, for the tests of the guest itself."""
import re
import sys

NAMES = [re.search(r"test_in_guest\[(.*)\]$", line.strip()) for line in sys.stdin]
print("|".join(f"{re.escape(name[1])}$" for name in NAMES if name) or r"test_run\[bash-hello\]")
