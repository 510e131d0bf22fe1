<?php
# exrun: {"varies": true}
echo join(',', array_rand(array_flip(range(1, 1000)), 10));
