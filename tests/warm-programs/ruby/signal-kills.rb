Process.kill :TERM, $$
sleep 1
