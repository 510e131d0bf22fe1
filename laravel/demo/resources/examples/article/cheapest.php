<?php
asort($prices);
echo 'The cheapest is ', array_key_first($prices), ".\n";
