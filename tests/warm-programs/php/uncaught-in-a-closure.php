<?php
array_map(function ($x) { return 1 % $x; }, [1, 0]);
