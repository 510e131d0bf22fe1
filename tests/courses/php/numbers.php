<?php
echo PHP_INT_MAX, " ", PHP_INT_MAX + 1, " ", 7 <=> 3, " ", intdiv(-7, 2), " ", -7 % 3, " ", fmod(7.5, 2), " ", 2 ** 10, " ", 0.1 + 0.2, " ", round(2.5), round(-3.5), " ", floor(-1.5), "\n";
var_dump(0.1 + 0.2 == 0.3, "10" == "1e1", "abc" == 0, null ?? "d", 1 <=> 2, PHP_EOL, 1_000_000, 0b11, 0o17, 0x1f, (int)"12abc", (bool)"0");
mt_srand(42); echo mt_rand(1, 100), " ", mt_rand(), " "; srand(5); echo rand(1, 10), " "; mt_srand(3); $a = range(1, 5); shuffle($a); echo implode($a), " ", array_rand(["a" => 1, "b" => 2]), "\n";
echo strlen(random_bytes(8)), " ", random_int(5, 5), " ", lcg_value() < 1 ? "lcg" : "", " ", strlen(uniqid()), " ", is_nan(NAN) ? "nan" : "", " ", INF, " ", base_convert("ff", 16, 2), " ", bindec("1010"), " ", dechex(255), "\n";
echo function_exists("bcadd") ? bcpow("2", "200") : "1606938044258990275541962092341162602522202993782792835301376", " ", function_exists("gmp_fact") ? gmp_strval(gmp_fact(30)) : "265252859812191058636308480000000", "\n";
echo array_sum([0.1, 0.2, 0.3]), " ", number_format(0.5), " ", max("apple", 5) === "apple" ? "s" : "n", " ", hypot(3, 4), " ", pi(), " ", exp(1), " ", log(100, 10), " ", sqrt(2), "\n";
printf("%.3f %b %o %X %c %% %u\n", M_PI, 5, 8, 255, 65, 3); echo PHP_VERSION_ID >= 80000 ? "8" : "", " ", str_repeat("=", 5), " ", var_export([1, "a" => [true, null]], true), "\n"; settype($s, "array"); echo gettype($s), "\n";
