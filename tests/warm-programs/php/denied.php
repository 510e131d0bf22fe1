<?php
passthru('unshare -U true', $s); echo $s;
