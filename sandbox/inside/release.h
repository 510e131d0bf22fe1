/* SPDX-License-Identifier: MIT */
/* The release: what the program's process does when the start message comes, with no power left, under the
 * filter of its profile. It lowers its limits, writes the visitor's files as the program's user, and executes
 * the program.
 *
 * Raw system calls only, and no function of libc: the same code is to run inside an interpreter. */
#ifndef EXRUN_SANDBOX_INSIDE_RELEASE_H
#define EXRUN_SANDBOX_INSIDE_RELEASE_H

#include "sandbox/inside/start_message.h"

/* Waits for the start message, and maps it privately until execve(2). Returns 0, or -errno; -EPIPE if the
 * other end is gone. */
int release_receive(int control, struct start **ret);

/* Lowers the limits: without power a hard limit can't be raised. */
int release_rlimits(const struct start *start);

/* Writes the files below the working directory. */
int release_files(const struct start *start);

/* Reports that the program begins, and executes it. Returns -errno. */
int release_exec(int control, const struct start *start);

#endif
