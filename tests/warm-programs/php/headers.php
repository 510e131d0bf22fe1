<?php
var_dump(headers_sent(), headers_list(), http_response_code()); header('X-A: b'); echo "x\n"; header('X-B: c'); var_dump(headers_sent($f, $l), $f, $l, headers_list());
