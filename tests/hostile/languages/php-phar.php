<?php
// SPDX-License-Identifier: MIT
// tries: unserializes an object out of an archive's head
// layer: root
// source: phar:// deserialization, 2018; CVE-2018-17082's kin
// expect: ok
// breach: BREACH
class Gadget {
    public $path;
    function __destruct() {
        $text = @file_get_contents((string) $this->path);
        echo $text ? "BREACH: $text\n" : "held\n";
    }
}
$gadget = new Gadget;
$gadget->path = "@DIR@/secret";
unset($gadget);
