<?php
# exrun: {"stdin": ""}
var_dump(file('php://stdin'), stream_get_meta_data(STDIN), fstat(STDIN)['mode'], ftell(STDIN));
