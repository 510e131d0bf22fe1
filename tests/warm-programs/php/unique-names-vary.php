<?php
# exrun: {"varies": true}
echo uniqid('', true), uniqid();
