<?php
# exrun: {"stdin": "a=1&b=2"}
var_dump(file_get_contents('php://input'), file_get_contents('php://stdin'));
