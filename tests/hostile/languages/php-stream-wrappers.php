<?php
// SPDX-License-Identifier: MIT
// tries: reads a file of the host by each stream wrapper
// layer: root
// source: PHP, supported protocols and wrappers
// expect: ok
// breach: BREACH
foreach (["", "file://", "php://filter/read=convert.base64-encode/resource=", "glob://", "compress.zlib://", "phar://", "expect://cat ", "data:text/plain,../..", "ssh2.sftp://localhost", "http://127.0.0.1:@PORT@"] as $wrapper) {
    $text = @file_get_contents($wrapper . "@DIR@/secret");
    if ($text !== false && strlen($text) == 32) {
        echo "BREACH: $wrapper $text\n";
    }
    if ($wrapper === "glob://" && @scandir("glob://@DIR@/*")) {
        echo "BREACH: glob\n";
    }
}
echo "held\n";
