/* SPDX-License-Identifier: MIT */
/* Fetching files out of a dead cell, trusting no path.
 *
 * Whatever lies in the workspace was made by a stranger: links that lead elsewhere, FIFOs that never end,
 * files that claim a terabyte. So a file is opened by the kernel's promise that its path stays below the
 * workspace and follows no link (openat2, Linux 5.6); only regular files are read; the size is that of the
 * open file. Call it when every process of the cell is dead. (Holes of others that gave the rule: Judge0
 * CVE-2024-28185, CVE-2024-28189, go-judge#176.) */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACTS_H
#define EXRUN_SANDBOX_RUN_ARTIFACTS_H

#include "sandbox/plan/job.h"

/* Outcome of artifacts_fetch(): there is no such regular file, or it is larger than asked for. */
enum { ARTIFACTS_E_NONE = 1 };

/* The content of "/box/@path", of at most @most bytes; the caller's to free. */
int artifacts_fetch(int workspace, const char *path, uint64_t most, struct bytes *ret);

#endif
