import os
print(os.listdir("/proc/self/task"), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.sched_getparam(0), os.sched_getaffinity(0), os.cpu_count(), open("/proc/self/oom_score_adj").read(), open("/proc/self/autogroup").read().split("nice")[1] if os.path.exists("/proc/self/autogroup") else "none")
