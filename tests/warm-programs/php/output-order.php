<?php
echo "one\n"; fwrite(STDERR, "two\n"); print "three\n"; file_put_contents('php://stderr', "four\n"); fwrite(STDOUT, "five\n"); file_put_contents('php://output', "six\n"); error_log('seven'); echo 'eight';
