/* SPDX-License-Identifier: MIT */
/* From what the kernel reported to one word.
 *
 * What exrun itself ended, it ended for one known reason, and that reason is the verdict, whatever state the
 * processes were in by then. A program that ended by itself may have done so because the kernel killed one of
 * its processes for memory, and may then say any exit status it likes: so memory is asked before the status.
 * Pure: no system call, no clock, and nothing that the program printed. */
#ifndef EXRUN_SANDBOX_RUN_VERDICT_H
#define EXRUN_SANDBOX_RUN_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

enum verdict {
    VERDICT_OK,
    VERDICT_FAILED,
    VERDICT_CRASHED,
    VERDICT_TIMEOUT,
    VERDICT_CPU_TIMEOUT,
    VERDICT_OUT_OF_MEMORY,
    VERDICT_OUTPUT_LIMIT,
    VERDICT_DENIED,
    VERDICT_COMPILE_FAILED,
    VERDICT_CANCELLED,
    VERDICT_ERROR,
    N_VERDICTS,
};

/* @exit: what `exrun run FILE` exits with; -1: what the program did, or 128 + its signal. */
struct verdict_row {
    const char *word;
    int exit;
    const char *meaning;
};

extern const struct verdict_row verdict_rows[N_VERDICTS];

/* What ended the run. */
enum run_end {
    END_ITSELF,    /* its first process ended; there is a wait status */
    END_WALL,      /* no wall time was left */
    END_CPU,       /* no CPU time was left */
    END_MEMORY,    /* the kernel killed something in it for memory */
    END_OUTPUT,    /* it wrote too much */
    END_DENIED,    /* it made a call that ends a run */
    END_CANCELLED, /* the caller asked, or went away */
    END_LOST,      /* the cell's PID 1 died */
};

/* @filter_kills: on a kernel that can't name calls the filter ends a program by SIGSYS; else that signal is
 * the program's own. */
struct verdict_facts {
    enum run_end end;
    int status; /* with END_ITSELF */
    bool filter_kills;
    bool output_exceeded;
    uint64_t oom_kills;
    uint64_t cpu_us, cpu_limit_us;
    uint64_t wall_us, wall_limit_us;
};

enum verdict verdict_decide(const struct verdict_facts *facts);

/* Is it how the program ended by itself? Of what a limit ended no exit status is told and no signal: whether
 * the first process was faster than the one that ended it is chance. */
bool verdict_is_own_end(enum verdict verdict);

#endif
