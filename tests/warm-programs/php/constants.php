<?php
foreach (get_defined_constants(true) as $group => $all) if ($group !== 'user') echo $group, count($all), md5(serialize(array_filter($all, fn($c) => !is_resource($c) && !is_object($c) && !is_nan((float) (is_scalar($c) ? $c : 0))))), "\n";
