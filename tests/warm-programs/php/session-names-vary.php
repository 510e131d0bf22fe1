<?php
# exrun: {"varies": true}
echo session_create_id(), tempnam('/tmp', 'x');
