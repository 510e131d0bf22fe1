<?php
echo $x; echo [1][5]; echo "a" + 0;
