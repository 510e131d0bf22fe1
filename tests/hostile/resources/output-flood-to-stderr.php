<?php
// SPDX-License-Identifier: MIT
// tries: writes without end to the other stream
// layer: output
// source: stderr(3)
// expect: output_limit
// limits: output=64K
// breach: BREACH
while (true) {
    fwrite(STDERR, str_repeat("x", 4096));
}
