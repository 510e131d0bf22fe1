/* SPDX-License-Identifier: MIT */
/* Fetches files out of a dead cell, without trusting their paths.
 *
 * Everything in the workspace was made by a stranger: links that lead elsewhere, FIFOs that never end, files
 * that claim a terabyte, names that are not text. So the kernel must guarantee that a path stays below the
 * workspace and follows no link (openat2, Linux 5.6). Only regular files are read; the size is that of the
 * open file, and the number of bytes that are read is limited. Every process of the cell must be dead before
 * these functions are called. (Vulnerabilities in other projects that led to this rule: Judge0
 * CVE-2024-28185, CVE-2024-28189, go-judge#176.)
 *
 * The caller passes a list of patterns. Each is matched part by part, as in a shell: "*" matches any part of
 * a name, "?" one byte, "[a-z]" one of these bytes, and a backslash makes the next character literal. The
 * first three never match "/", or a dot at the start of a name. Each file is listed once, sorted by the bytes
 * of the paths. */
#ifndef EXRUN_SANDBOX_RUN_ARTIFACTS_H
#define EXRUN_SANDBOX_RUN_ARTIFACTS_H

#include "sandbox/plan/job.h"
#include "sandbox/run/artifact_open.h"

/* The limits for one run. A directory with a hundred thousand names must not keep exrun busy for longer
 * than the run did. */
enum { ARTIFACTS_MOST = 1024, ARTIFACTS_MOST_NAMES = 100000 };

/* A requested file: its path below /box, and its content or the reason why it is missing. */
struct artifact {
    char *path;
    struct bytes content; /* data is NULL if the file is missing */
    enum artifact_missed missed;
};

struct artifacts {
    struct artifact *items;
    size_t n;
};

/* Fetches the files that match @patterns, up to @most bytes in total. A file that can't be fetched is not
 * an error. Returns 0 or -errno. The caller must call artifacts_deinit() even on failure. */
int artifacts_collect(int workspace, char *const *patterns, uint64_t most, struct artifacts *ret);

/* Outcome of artifacts_fetch(): this path does not lead to a regular file, or the file is larger than the
 * limit. */
enum { ARTIFACTS_E_NONE = 1 };

/* Reads the content of "/box/@path", up to @most bytes. The caller frees ret->data. Returns 0,
 * ARTIFACTS_E_NONE, or -errno. For ARTIFACTS_E_NONE, stores the reason in *ret_missed, unless @ret_missed is
 * NULL. */
int artifacts_fetch(int workspace, const char *path, uint64_t most, struct bytes *ret,
                    enum artifact_missed *ret_missed);

void artifacts_deinit(struct artifacts *artifacts);

#endif
