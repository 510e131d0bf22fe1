<?php
# exrun: {"varies": true}
echo lcg_value(), ' ', lcg_value();
