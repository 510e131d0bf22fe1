import time
for name in ("monotonic", "perf_counter", "process_time", "time", "thread_time"):
    info = time.get_clock_info(name)
    print(name, info.implementation, info.resolution, info.adjustable)
print(abs(time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()) >= 0)
