<?php
echo spl_object_id(new stdClass), ' ', strlen(spl_object_hash(new stdClass)), ' ', spl_object_id(function () {}), "\n"; $a = new stdClass; $b = new stdClass; var_dump($a, $b, fn() => 1, STDERR);
