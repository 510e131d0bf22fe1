/* SPDX-License-Identifier: MIT */
/* The table of the kernel's own limits of a process. */
#include "sandbox/plan/rlimits.h"

#include <sys/resource.h>

#define NONE (-1)
/* Too small for a core file. 1 is also the only value with which the kernel does not start the program of a
 * core_pattern, which would run as the host's root; with 0 it would start it (fs/coredump.c). */
#define CORE_BYTES 1
#define STACK_BYTES (8U << 20)
#define SIGNALS 256
#define SPARE_PROCESSES 1024
#define SPARE_CPU_SECONDS 2
#define SPARE_FILE_BYTES (1U << 20)
/* A tick, and the time that a busy machine takes to wake the watching process. */
#define MARGIN_CPU_MS 250

const struct rlimits_row rlimits_rows[N_RLIMITS] = {
    [RLIMITS_CORE] = {RLIMIT_CORE, "RLIMIT_CORE", "--core", NONE, 1, CORE_BYTES, 0, 0},
    [RLIMITS_MEMLOCK] = {RLIMIT_MEMLOCK, "RLIMIT_MEMLOCK", "--memlock", NONE, 1, 0, 0, 0},
    [RLIMITS_MSGQUEUE] = {RLIMIT_MSGQUEUE, "RLIMIT_MSGQUEUE", "--msgqueue", NONE, 1, 0, 0, 0},
    [RLIMITS_RTPRIO] = {RLIMIT_RTPRIO, "RLIMIT_RTPRIO", "--rtprio", NONE, 1, 0, 0, 0},
    [RLIMITS_NICE] = {RLIMIT_NICE, "RLIMIT_NICE", "--nice", NONE, 1, 0, 0, 0},
    [RLIMITS_SIGPENDING] = {RLIMIT_SIGPENDING, "RLIMIT_SIGPENDING", "--sigpending", NONE, 1, SIGNALS, 0, 0},
    [RLIMITS_STACK] = {RLIMIT_STACK, "RLIMIT_STACK", "--stack", NONE, 1, STACK_BYTES, 0, 0},
    [RLIMITS_NOFILE] = {RLIMIT_NOFILE, "RLIMIT_NOFILE", "--nofile", LIMIT_FILES, 1, 0, 0, 0},
    [RLIMITS_FSIZE] = {RLIMIT_FSIZE, "RLIMIT_FSIZE", "--fsize", LIMIT_DISK, 1, 0, SPARE_FILE_BYTES, 0},
    [RLIMITS_NPROC] = {RLIMIT_NPROC, "RLIMIT_NPROC", "--nproc", LIMIT_PROCESSES, 1, 0, SPARE_PROCESSES, 1},
    [RLIMITS_CPU] = {RLIMIT_CPU, "RLIMIT_CPU", "--cpu", LIMIT_CPU, 1000, 0, SPARE_CPU_SECONDS, MARGIN_CPU_MS},
    /* The cgroup limits memory, because runtimes reserve gigabytes of addresses. */
    [RLIMITS_AS] = {RLIMIT_AS, "RLIMIT_AS", "--as", NONE, 1, RLIM_INFINITY, 0, 0},
    [RLIMITS_DATA] = {RLIMIT_DATA, "RLIMIT_DATA", "--data", NONE, 1, RLIM_INFINITY, 0, 0},
};

uint64_t rlimits_wanted(enum rlimits which, const struct limits *limits)
{
    const struct rlimits_row *row = &rlimits_rows[which];

    if (row->limit < 0)
        return row->fixed;
    return (limits_get(limits, (enum limit)row->limit) + row->divisor - 1) / row->divisor + row->spare;
}

uint64_t rlimits_least(enum rlimits which, const struct limits *limits, bool runs_handler)
{
    const struct rlimits_row *row = &rlimits_rows[which];

    if (which == RLIMITS_CORE && !runs_handler)
        return 0;
    if (row->limit < 0)
        return row->fixed;
    return (limits_get(limits, (enum limit)row->limit) + row->margin + row->divisor - 1) / row->divisor;
}
