<?php
var_dump(function_exists('pcntl_unshare') ? pcntl_unshare(CLONE_NEWUSER) : 'none');
