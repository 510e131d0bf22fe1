<?php
declare(strict_types=1);
namespace A;
use function strlen as length;
function half(int $n): float { return $n / 2; }
echo half(3), length('x'); half('3');
