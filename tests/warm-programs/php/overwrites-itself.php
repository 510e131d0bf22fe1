<?php
file_put_contents(__FILE__, "<?php echo 'second', __LINE__;"); echo "first\n"; include __FILE__;
