<?php
passthru('grep -E "^(SigI|SigC|SigP|Shd)" /proc/$PPID/status; trap'); if (function_exists('pcntl_sigprocmask')) { pcntl_sigprocmask(SIG_BLOCK, [], $old); var_dump($old); foreach (range(1, 31) as $s) echo json_encode(pcntl_signal_get_handler($s)), ' '; }
