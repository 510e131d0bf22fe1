<?php
echo count(get_declared_classes()), ' ', md5(join(',', get_declared_classes())), ' ', count(get_declared_interfaces()), ' ', count(get_defined_functions()['internal']), ' ', json_encode(get_defined_functions()['user']), count(get_declared_traits()), "\n";
