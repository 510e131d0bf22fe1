<?php
// SPDX-License-Identifier: MIT
// tries: has mail() start a program with arguments of its own
// layer: root network
// source: PHP mail(), fifth parameter; PHPMailer CVE-2016-10033
// expect: ok
// breach: BREACH
echo @mail("a@example.org", "s", "t", "", "-OQueueDirectory=/tmp -X/tmp/log") ? "BREACH: it was sent\n" : "held\n";
