<?php
$data = ["name" => "Żółw", "tags" => ["a", null, true, 1.5], "nested" => new stdClass];
echo $j = json_encode($data, JSON_UNESCAPED_UNICODE | JSON_PRETTY_PRINT), "\n"; var_dump(json_decode($j, true)["tags"], json_decode("bad"), json_last_error_msg());
preg_match_all('/(?<y>\d{4})-(\d\d)/', "2024-02 2025-11", $m, PREG_SET_ORDER); print_r($m[1]);
echo preg_replace_callback('/\w+/u', fn($w) => mb_strtoupper($w[0]), "zażółć gęślą"), " ", implode("|", preg_split('/[,;]\s*/', "a, b;c")), "\n";
echo strlen("日本"), mb_strlen("日本"), mb_substr("zażółć", 2, 3), mb_strpos("日本語", "語"), " ", strrev("abc"), htmlspecialchars("<a href='x'>"), "\n";
echo base64_encode("\xff\0"), " ", md5("x"), " ", substr(hash("sha256", "x"), 0, 16), " ", crc32("x"), " ", bin2hex(pack("nvN", 1, 2, 3)), "\n";
print_r(unpack("nA/vB", "\0\1\2\0")); print_r(str_getcsv('1,"x, y"')); echo serialize([1, "a" => true]), " ", unserialize('a:1:{i:0;s:1:"x";}')[0], "\n";
echo sprintf("%'.10d|%+d|%e", 42, 7, 12345.678), " ", iconv("UTF-8", "ASCII//TRANSLIT", "e"), " ", utf8_decode("é") === "\xe9" ? "latin" : "", "\n";
echo urlencode("a b&c=ü"), " ", http_build_query(["a" => [1, 2]]), " ", parse_url("http://u@h:8/p?q#f", PHP_URL_PORT), " ", filter_var("a@b.co", FILTER_VALIDATE_EMAIL), "\n";
var_dump(filter_var("12x", FILTER_VALIDATE_INT), ctype_digit("123"), password_verify("x", password_hash("x", PASSWORD_BCRYPT, ["cost" => 4])));
