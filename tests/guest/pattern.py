# SPDX-License-Identifier: MIT
"""From the names of tests in the guest, as pytest gives them, to the EXRUN_GUEST_TESTS that chooses these alone."""
import re
import sys

NAMES = [re.search(r"test_in_guest\[(.*)\]$", line.strip()) for line in sys.stdin]
print("|".join(f"{re.escape(name[1])}$" for name in NAMES if name) or ".")
