<?php // Expect: failed, exit status 1. The host's secrets do not exist in the cell.
$secret = @file_get_contents('/etc/shadow');
if ($secret === false) {
    fwrite(STDERR, "There is no /etc/shadow here\n");
    exit(1);
}
echo $secret;
