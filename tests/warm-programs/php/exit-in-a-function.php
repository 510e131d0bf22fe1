<?php
function f() { try { exit(6); } finally { echo 'never'; } } f();
