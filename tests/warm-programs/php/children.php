<?php
echo shell_exec('echo out; exit 3'); exec('printf "a\nb\n"; exit 4', $lines, $status); print_r($lines); echo $status, system('kill -9 $$', $s), $s, "\n"; $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes); fwrite($pipes[0], 'through'); fclose($pipes[0]); echo stream_get_contents($pipes[1]), proc_close($p), `echo ticks`; echo proc_nice(0);
