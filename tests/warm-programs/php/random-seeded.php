<?php
mt_srand(3); echo mt_rand(), ' ', mt_rand(1, 6), ' ', rand(1, 6), "\n"; srand(3, MT_RAND_PHP); echo rand(1, 100), ' ', join(',', array_rand(range(0, 20), 3)), "\n"; echo (new Random\Randomizer(new Random\Engine\Mt19937(1)))->getInt(1, 1000);
