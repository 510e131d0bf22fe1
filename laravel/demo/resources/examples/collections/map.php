<?php

// Change the prices, or the tax, and run it again.
$prices = ['tea' => 3.20, 'cake' => 4.50, 'milk' => 1.10];

$withTax = array_map(fn ($price) => round($price * 1.07, 2), $prices);

foreach ($withTax as $name => $price) {
    printf("%-5s %5.2f\n", $name, $price);
}
