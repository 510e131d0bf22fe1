/* SPDX-License-Identifier: MIT */
/* Derives one word, the verdict, from the facts that the kernel reported.
 *
 * If exrun itself ended the run, it had one known reason. That reason is the verdict, whatever state the
 * processes were in by then. If a program ended by itself, the kernel might have killed one of its
 * processes because of the memory limit before, and the program can then exit with any status. So memory
 * is checked before the status. The decision depends on no syscall, no clock, and nothing that the program
 * printed. */
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

/* @exit: the exit status of `exrun run FILE`; -1: the program's exit status, or 128 + its signal. */
struct verdict_row {
    const char *word;
    int exit;
    const char *meaning;
};

extern const struct verdict_row verdict_rows[N_VERDICTS];

/* The event that ended the run. */
enum run_end {
    END_ITSELF,    /* its first process ended; the wait status is valid */
    END_WALL,      /* the wall-clock time was used up */
    END_CPU,       /* the CPU time was used up */
    END_MEMORY,    /* the kernel killed one of its processes because of memory */
    END_OUTPUT,    /* it wrote more than the limit */
    END_DENIED,    /* it made a syscall that ends a run */
    END_CANCELLED, /* the caller cancelled it or disappeared */
    END_LOST,      /* the cell's PID 1 died */
};

/* @filter_kills: true if the kernel can't report trapped syscalls. Then the filter ends a program with
 * SIGSYS; otherwise, that signal is the program's own. */
struct verdict_facts {
    enum run_end end;
    int status; /* for END_ITSELF */
    bool filter_kills;
    bool output_exceeded;
    uint64_t oom_kills;
    uint64_t cpu_us, cpu_limit_us;
    uint64_t wall_us, wall_limit_us;
};

enum verdict verdict_decide(const struct verdict_facts *facts);

/* Returns true if @verdict means that the program ended by itself. If a limit ended it, the result
 * contains neither exit status nor signal, because it is chance whether the first process ended before it
 * was killed. */
bool verdict_is_own_end(enum verdict verdict);

#endif
