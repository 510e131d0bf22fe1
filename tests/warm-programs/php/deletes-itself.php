<?php
unlink(__FILE__); var_dump(file_exists(__FILE__), scandir('.')); clearstatcache(); throw new Exception('gone');
