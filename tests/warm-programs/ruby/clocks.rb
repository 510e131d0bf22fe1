p Process.clock_getres(:CLOCK_MONOTONIC), Process.clock_getres(:CLOCK_REALTIME), Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) < 5
a = Process.clock_gettime(Process::CLOCK_MONOTONIC); sleep 0.01; b = Process.clock_gettime(Process::CLOCK_MONOTONIC, :millisecond)
p b - a * 1000 >= 9, Process.clock_gettime(:TIMES_BASED_CLOCK_REALTIME).class rescue p $!
p Process.times.class, Process.times.utime < 5, Process.times.cutime
