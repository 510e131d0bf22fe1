<?php
# exrun: {"files": [{"path": "inc/x.php", "content": "<?php echo 'inc', __DIR__, PHP_EOL;"}, {"path": "x.php", "content": "<?php echo 'here', __DIR__, PHP_EOL;"}]}
include 'x.php'; set_include_path('inc' . PATH_SEPARATOR . get_include_path()); include 'x.php'; chdir('inc'); include 'x.php'; include './x.php'; var_dump(stream_resolve_include_path('x.php'), stream_resolve_include_path('main.php'));
