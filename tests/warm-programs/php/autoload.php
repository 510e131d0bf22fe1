<?php
# exrun: {"files": [{"path": "src/Shop/Cart.php", "content": "<?php\nnamespace Shop;\nclass Cart { public function where() { return __FILE__ . __LINE__; } }\n"}]}
spl_autoload_register(function ($c) { echo "load $c\n"; @include 'src/' . strtr($c, '\\', '/') . '.php'; });
echo (new Shop\Cart)->where(), "\n"; var_dump(class_exists('Nope')); new Missing\Thing;
