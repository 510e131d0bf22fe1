<?php
die('words at the end');
