import resource, time
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime < 1, time.process_time() < 1, time.thread_time() < 1, used.ru_nswap, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
