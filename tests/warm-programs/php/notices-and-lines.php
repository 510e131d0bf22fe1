<?php
error_reporting(E_ALL);
echo $undefined,
  $other;
$a = [];
echo $a['key'];

trigger_error('mine', E_USER_NOTICE); trigger_error('old', E_USER_DEPRECATED); $f = fopen('none', 'r'); 1 <=> $y;
