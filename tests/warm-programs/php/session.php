<?php
session_start(['use_cookies' => false]); $_SESSION['n'] = 1; var_dump(session_status(), strlen(session_id()), session_save_path(), session_name()); session_write_close(); echo count(glob('/tmp/sess_*'));
