<?php
var_dump(extension_loaded('intl') ? Locale::getDefault() : 'none', iconv_get_encoding('all'), mb_detect_order(), ctype_alpha('é'), htmlspecialchars('<é>'), json_encode('é'), utf8_decode('é'));
