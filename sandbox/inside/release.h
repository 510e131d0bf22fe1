/* SPDX-License-Identifier: MIT */
/* The release: the work of the program's process when the start message arrives. It has no power left and
 * runs under the filter of its profile. It lowers its limits, writes the visitor's files as the program's
 * user, and executes the program.
 *
 * Uses only raw system calls and no functions of libc, because the same code is to run inside an
 * interpreter. */
#ifndef EXRUN_SANDBOX_INSIDE_RELEASE_H
#define EXRUN_SANDBOX_INSIDE_RELEASE_H

#include "sandbox/inside/report.h"
#include "sandbox/inside/start_message.h"

/* Sends a report without a descriptor. Returns 0 or -errno. */
int release_report(int control, const struct init_report *report);

/* Waits for the start message, and maps it privately. Returns 0, -EPIPE if the other end is closed, or
 * another -errno. */
int release_receive(int control, struct start **ret);

/* Lowers the limits, because without power a hard limit can't be raised. Returns 0 or -errno. */
int release_rlimits(const struct start *start);

/* Makes stderr another name of stdout, if the run wants the order of both. */
int release_outputs(const struct start *start);

/* Writes the files below the working directory. Returns 0 or -errno. */
int release_files(const struct start *start);

/* Reports that the program begins. Returns 0 or -errno. */
int release_begin(int control);

/* Executes the program, and before that reports that it begins, unless it is an interpreter that parks.
 * Returns -errno on failure only. */
int release_exec(int control, const struct start *start);

#endif
