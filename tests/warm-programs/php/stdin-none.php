<?php
var_dump(fgets(STDIN), feof(STDIN), stream_get_contents(STDIN), file_get_contents('php://stdin'), readline('more? '));
