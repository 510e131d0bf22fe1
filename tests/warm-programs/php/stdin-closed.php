<?php
# exrun: {"stdin": "x"}
fclose(STDIN); $f = fopen('/dev/null', 'r'); var_dump($f); fclose(STDOUT); echo "lost?\n"; fwrite(STDERR, "still\n");
