/* SPDX-License-Identifier: MIT */
/* Reports of a cell's processes to the outside, one packet each. */
#ifndef EXRUN_SANDBOX_INSIDE_REPORT_H
#define EXRUN_SANDBOX_INSIDE_REPORT_H

#include <stdint.h>

enum init_event {
    INIT_READY =
        1, /* from the program's process: it is confined and waits; carries its seccomp listener, if any */
    INIT_CONFINED, /* from PID 1: it has no power left */
    INIT_RELEASED, /* from the program's process: it is about to call execve(2); can overtake INIT_CONFINED */
    INIT_ENDED,    /* from PID 1: the program's process has ended; @status is its wait status */
    INIT_FAILED,   /* from either: step @step failed with errno @error; for execve(2) after INIT_RELEASED */
    INIT_LOADED,   /* from the shim of a parked cell (warm/shim_protocol.h): the interpreter has it */
    INIT_PARKED,   /* from the shim: the interpreter waits; @status: its threads, @step: its descriptors */
};

/* @time_ns: CLOCK_MONOTONIC of the event. @cpu_us, with INIT_RELEASED: CPU time so far that was charged to
 * the cell's groups but was not used by the program. */
struct init_report {
    uint32_t event;
    uint32_t step;
    int32_t error;
    int32_t status;
    uint64_t time_ns;
    uint64_t cpu_us;
};

/* Sends @report over the packet socket @control, with the descriptor @fd; -1: without one. Returns 0 or
 * -errno. */
int report_send(int control, const struct init_report *report, int fd);

/* Receives one report and its descriptor; -1: it carries none. Returns 0, -EPIPE at the end, or another
 * -errno. */
int report_receive(int control, struct init_report *ret_report, int *ret_fd);

#endif
