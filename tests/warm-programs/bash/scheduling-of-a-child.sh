nice; ionice; bash -c 'nice; cat /proc/self/oom_score_adj /proc/self/timerslack_ns'
