printf -v start '%(%s)T' -2; printf -v now '%(%s)T' -1; ((now - start <= 2 && now >= start)) && echo starts now; sleep 1; printf -v later '%(%s)T' -2; [ $start = $later ] && echo keeps
