<?php
# exrun: {"files": [{"path": "bad.php", "content": "<?php\n\n$x = = 1;"}]}
try { require 'bad.php'; } catch (ParseError $e) { echo $e->getMessage(), $e->getFile(), $e->getLine(), "\n"; }
require 'missing.php';
