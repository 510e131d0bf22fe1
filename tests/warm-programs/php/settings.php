<?php
foreach (ini_get_all(null, true) as $name => $one) echo $name, ' ', json_encode($one), "\n";
