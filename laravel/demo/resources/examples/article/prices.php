<?php
$prices = ['tea' => 3.42, 'cake' => 4.82, 'milk' => 1.18];

printf("%d things, %.2f in all\n", count($prices), array_sum($prices));
