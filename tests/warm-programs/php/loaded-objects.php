<?php
$names = []; foreach (file('/proc/self/maps') as $l) { $w = preg_split('/\s+/', trim($l)); if (isset($w[5]) && $w[5][0] === '/' && !str_contains($l, 'park.so')) $names[$w[5]] = 1; if (str_contains($w[1], 's')) echo $w[1], ' ', $w[5] ?? '', "\n"; } ksort($names); echo join("\n", array_keys($names));
