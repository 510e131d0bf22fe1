/* SPDX-License-Identifier: MIT */
/* How soon a process that was woken runs. */
#include "sandbox/base/scheduling.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHORT_SLICE_NS 100000 /* the least that there is (kernel/sched/syscalls.c) */

/* struct sched_attr, which glibc has since 2.41. */
struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t niceness;
    uint32_t priority;
    uint64_t runtime_ns, deadline_ns, period_ns;
};

bool scheduling_is_usual(void)
{
    return sched_getscheduler(0) == SCHED_OTHER;
}

/* @slice_ns: 0: as everybody. */
static int set(int policy, uint64_t slice_ns)
{
    const struct attributes attributes = {.size = sizeof(attributes),
                                          .policy = (uint32_t)policy,
                                          .niceness = getpriority(PRIO_PROCESS, 0),
                                          .runtime_ns = slice_ns};

    return syscall(SYS_sched_setattr, 0, &attributes, 0) < 0 ? -errno : 0;
}

int scheduling_be_prompt(void)
{
    return set(SCHED_OTHER, SHORT_SLICE_NS);
}

int scheduling_give_way(void)
{
    int r = set(SCHED_BATCH, 0);

    /* One that it has just woken can be next on this processor. */
    if (r == 0)
        sched_yield();
    return r;
}

/* sched_setscheduler(2) would keep the slice. */
int scheduling_be_usual(void)
{
    return set(SCHED_OTHER, 0);
}
