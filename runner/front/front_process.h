/* SPDX-License-Identifier: MIT */
/* CPU time, memory and descriptors of the front's process, for the metrics that every exporter has.
 *
 * The front can open no file and list no directory. So the warden's child opens /proc/self/status before it
 * is confined (front_start.c), and the front reads that descriptor again and again. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_PROCESS_H
#define EXRUN_RUNNER_FRONT_FRONT_PROCESS_H

#include <stdint.h>

/* 0: not known. */
struct front_process {
    uint64_t cpu_us, virtual_bytes, resident_bytes, n_fds;
};

/* Looks at the calling process. @status_fd: its /proc/self/status; -1: memory and descriptors are not known.
 */
void front_process_look(int status_fd, struct front_process *ret);

#endif
