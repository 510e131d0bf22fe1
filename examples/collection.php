<?php // Expect: ok. What a page about collections would show.
$words = ['kiwi', 'fig', 'banana', 'plum'];
usort($words, fn ($a, $b) => strlen($a) <=> strlen($b) ?: $a <=> $b);
echo json_encode(array_map('ucfirst', $words)), "\n";
