/* SPDX-License-Identifier: MIT */
/* Fetching files out of a dead cell, trusting no path.
 *
 * Whatever lies in the workspace was made by a stranger: links that lead elsewhere, FIFOs that never end,
 * files that claim a terabyte, names that are no text. So a file is opened by the kernel's promise that its
 * path stays below the workspace and follows no link (openat2, Linux 5.6); only regular files are read; the
 * size is that of the open file, and what is read is bounded. Call it when every process of the cell is dead.
 * (Holes of others that gave the rule: Judge0 CVE-2024-28185, CVE-2024-28189, go-judge#176.)
 *
 * What a caller asks for is a list of patterns, each matched part by part as a shell would: "*" is any part
 * of a name, "?" one byte, "[a-z]" one of them, a backslash takes the next character as it is; none of them
 * matches "/" nor a dot at the start of a name. Each file comes once, in the order of the paths' bytes. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACTS_H
#define EXRUN_SANDBOX_RUN_ARTIFACTS_H

#include "sandbox/plan/job.h"

/* Of one run. A directory of a hundred thousand names must not keep us busy for longer than the run did. */
enum { ARTIFACTS_MOST = 1024, ARTIFACTS_MOST_NAMES = 100000 };

/* A file that was asked for: its path beneath /box, and its content or why it is missing (in words that
 * follow the path; content.data is NULL then). */
struct artifact {
    char *path;
    struct bytes content;
    const char *missed;
};

struct artifacts {
    struct artifact *items;
    size_t n;
};

/* Fetches what @patterns match, of at most @most bytes together. What can't be had is no error. 0 or -errno;
 * artifacts_deinit() in any case. */
int artifacts_collect(int workspace, char *const *patterns, uint64_t most, struct artifacts *ret);

/* Outcome of artifacts_fetch(): there is no such regular file, or it is larger than asked for. */
enum { ARTIFACTS_E_NONE = 1 };

/* The content of "/box/@path", of at most @most bytes; the caller's to free. @ret_why (or NULL): for
 * ARTIFACTS_E_NONE what stands in its way, in words. */
int artifacts_fetch(int workspace, const char *path, uint64_t most, struct bytes *ret, const char **ret_why);

void artifacts_deinit(struct artifacts *artifacts);

#endif
