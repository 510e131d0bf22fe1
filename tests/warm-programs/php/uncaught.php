<?php
function outer($n) { inner($n - 1); }
function inner($n) {
    throw new LogicException('no', 3, new RuntimeException('before'));
}
outer(1);
