<?php // Expect: ok. The smallest program there is.
echo "Hello from PHP\n";
