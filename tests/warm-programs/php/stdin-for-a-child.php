<?php
# exrun: {"stdin": "one\ntwo\n"}
passthru('head -c 4'); echo fgets(STDIN);
