<?php
set_time_limit(1); echo ini_get('max_execution_time'); while (true);
