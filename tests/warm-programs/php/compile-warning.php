<?php
class P { public function m(int $a) {} }
class C extends P { public function m(string $a) {} }
