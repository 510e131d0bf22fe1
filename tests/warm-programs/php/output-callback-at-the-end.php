<?php
ob_start(function ($b, $phase) { return "[$phase:$b]"; }); echo 'a'; ob_flush(); echo 'b';
