<?php
print_r(get_loaded_extensions()); print_r(get_loaded_extensions(true)); foreach (get_loaded_extensions() as $e) echo $e, phpversion($e), "\n";
