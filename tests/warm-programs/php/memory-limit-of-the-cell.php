<?php
ini_set('memory_limit', -1); $a = []; while (true) $a[] = str_repeat('x', 1 << 20);
