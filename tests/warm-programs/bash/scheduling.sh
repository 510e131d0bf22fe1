nice; cat /proc/$$/oom_score_adj; chrt -p $$ | sed 's/[0-9]*.s/N/'; taskset -p $$; ionice -p $$; cat /proc/$$/timerslack_ns; cat /proc/$$/personality; cat /proc/$$/coredump_filter
