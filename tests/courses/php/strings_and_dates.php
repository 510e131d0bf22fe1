<?php
echo ucwords("hello world"), " ", str_pad("7", 3, "0", STR_PAD_LEFT), " ", number_format(1234567.891, 2), " ", strrev("abc"), "\n";
printf("%05.1f|%-6s|%x|%'*10s\n", 3.14159, "ab", 255, "right");
print_r(explode(",", "a,b,,c")); echo implode("-", str_split("abcdef", 2)), " ", wordwrap("the quick brown fox", 10, "\n", true), "\n";
echo similar_text("World", "Word"), levenshtein("kitten", "sitting"), soundex("Robert"), metaphone("Thompson"), " ", substr_count("aaa", "a"), "\n";
$d = new DateTimeImmutable("2024-02-28 23:30", new DateTimeZone("UTC"));
echo $d->modify("+2 days")->format("l, d F Y H:i"), " ", $d->setTimezone(new DateTimeZone("Europe/Warsaw"))->format(DATE_ATOM), "\n";
echo $d->diff(new DateTimeImmutable("2024-12-24"))->days, " ", date("Y", 0), " ", date_default_timezone_get(), " ", checkdate(2, 30, 2024) ? "y" : "n", "\n";
foreach (new DatePeriod($d, new DateInterval("P1W"), 2) as $day) echo $day->format("m/d "), "";
echo "\n", strtotime("1 January 1970 UTC"), " ", mktime(0, 0, 0, 1, 1, 2000), " ", setlocale(LC_ALL, "C.UTF-8"), "\n";
