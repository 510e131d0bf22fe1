/* SPDX-License-Identifier: MIT */
/* Timers. */
#include "sandbox/run/timer.h"

#include <errno.h>
#include <sys/timerfd.h>

int timer_open(void)
{
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

    return timer < 0 ? -errno : timer;
}

int timer_arm(int timer, uint64_t ns, bool is_absolute)
{
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(ns / 1000000000U), .tv_nsec = (long)(ns % 1000000000U)}};

    return timerfd_settime(timer, is_absolute ? TFD_TIMER_ABSTIME : 0, &when, NULL) < 0 ? -errno : 0;
}
