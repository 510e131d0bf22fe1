/* SPDX-License-Identifier: MIT */
/* PID 1 of a cell: it finishes the cell, waits for the start message, starts the program, and from there on
 * only reaps and reports. Its death kills every process of the cell; it dies when the outside does. By the
 * time the program runs it has no power. */
#ifndef EXRUN_SANDBOX_INSIDE_INIT_H
#define EXRUN_SANDBOX_INSIDE_INIT_H

#include <stdint.h>

#include "sandbox/inside/steps.h"

enum init_event {
    INIT_READY = 1, /* the cell is made */
    INIT_STARTED,   /* the program runs; carries the seccomp listener where there is one */
    INIT_ENDED,     /* the program has ended; @status is its wait status */
    INIT_FAILED,    /* step @step failed with errno @error */
};

/* One report, one packet. @time_ns: CLOCK_MONOTONIC of the event. @cpu_us, with INIT_STARTED: CPU time that
 * the cell's groups were charged with by then for what is not the program's. */
struct init_report {
    uint32_t event;
    uint32_t step;
    int32_t error;
    int32_t status;
    uint64_t time_ns;
    uint64_t cpu_us;
};

/* Is PID 1 of the cell. Never returns. */
void init_main(struct inside *inside) __attribute__((noreturn));

#endif
