<?php
putenv('NEW=yes'); putenv('TZ'); passthru('env | sort | grep -v ^_=');
