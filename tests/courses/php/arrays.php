<?php
$a = [3, 1, 2]; sort($a); print_r($a); print_r(array_map(fn($x) => $x * 2, $a)); print_r(array_filter($a, fn($x) => $x > 1));
echo array_sum($a), array_product($a), " ", array_reduce($a, fn($c, $x) => $c . $x, ""), " ", implode(",", range("a", "e")), "\n";
$people = [["name" => "Ann", "age" => 30], ["name" => "Bob", "age" => 25]];
usort($people, fn($x, $y) => $x["age"] <=> $y["age"]); echo implode(",", array_column($people, "age", "name")), "\n";
print_r(array_merge_recursive(["a" => [1]], ["a" => [2], "b" => 3])); print_r(array_slice([1, 2, 3, 4], 1, 2)); print_r(array_chunk([1, 2, 3], 2));
[$x, [, $y]] = [1, [2, 3]]; ["k" => $k] = ["k" => "v"]; echo "$x $y $k ", json_encode([...$a, ...[9]]), "\n";
print_r(array_count_values(["a", "b", "a"])); print_r(array_diff_key(["a" => 1, "b" => 2], ["a" => 9])); print_r(array_fill_keys(["x", "y"], 0));
$s = new SplObjectStorage; $s[new stdClass] = 1; $h = new SplMinHeap; foreach ([3, 1, 2] as $n) $h->insert($n);
$q = new SplQueue; $q[] = 1; $q[] = 2; echo count($s), $h->extract(), $q->dequeue(), "\n";
array_walk($people, function (&$p, $i) { $p["name"] .= $i; }); echo $people[0]["name"], "\n"; var_dump(array_search("1", [0, 1], true), in_array("a", ["a"]));
