<?php
echo match (3) { 1 => 'a', 2 => 'b' };
