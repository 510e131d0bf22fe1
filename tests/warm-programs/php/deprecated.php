<?php
class A {} $a = new A; $a->dynamic = 1; strlen(null); function f($a = 1, $b) {} echo utf8_encode('x');
