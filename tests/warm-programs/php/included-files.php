<?php
# exrun: {"files": [{"path": "lib/a.php", "content": "<?php\nreturn ['file' => __FILE__, 'line' => __LINE__, 'all' => get_included_files()];\n"}, {"path": "b.inc", "content": "text <?= 1 + 1 ?> text\n"}]}
print_r(get_included_files()); print_r(include 'lib/a.php'); require_once __DIR__ . '/b.inc'; require_once 'b.inc'; print_r(get_required_files()); var_dump(@include 'none.php', get_include_path());
