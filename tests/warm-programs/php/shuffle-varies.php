<?php
# exrun: {"varies": true}
$a = range(1, 60); shuffle($a); echo join(',', $a);
