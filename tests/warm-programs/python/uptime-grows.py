import time
up = float(open("/proc/uptime").read().split()[0])
print(abs(time.clock_gettime(time.CLOCK_BOOTTIME) - up) < 60)
