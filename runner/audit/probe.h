/* SPDX-License-Identifier: MIT */
/* A probe is a hostile program in its own file, whose head describes its attempt and the expected
 * end.
 *
 * The head is the block of comment lines at the start of the file, in the comment syntax of the
 * language. Each line is "name: value":
 *
 * - tries: a sentence about the attempt
 * - layer: the words of the layers that must stop it, see docs/security.md
 * - source: where the attack is known from: a CVE, a manual page, another project's bug
 * - breach: text that is printed only if the layer did not hold
 * - expect: the allowed ends: verdicts, separated by "|". A system call can follow "denied", and the
 *   compiler's own verdict can follow "compile_failed"
 * - says: text that is printed only if the attempt was made and did not succeed; "held" by default.
 *   A program that ended by itself without printing it has proved nothing
 * - hits: a limit that must have been reached
 * - limits: of the run, "memory=24M wall=400ms"
 * - reads: DIR, PORT, NAME, KEY or PID: the program's stdin is the name of that marker
 * - artifacts: patterns of files to fetch
 * - runs: how many times it is run, one after the other
 * - copies: how many are run at the same time; the first argument of each is its number, from 0
 *
 * The first five are required. In the whole file, words such as "@NAME@" are replaced by the names
 * of the audit's own markers: see audit/canary.h. A program that takes long to compile reads such a
 * name from its stdin instead. Then its text is the same in each audit, and can be cached. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_H
#define EXRUN_RUNNER_AUDIT_PROBE_H

#include <stdint.h>

#include "runner/text/error.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/limits.h"

enum { PROBE_MOST_BYTES = 64 << 10, PROBE_MOST_COPIES = 8 };

/* The probe owns all members. @name: "group/file". @group: the folder. @reads: its stdin, or NULL. */
struct probe {
    char *name, *group;
    struct bytes text;
    char *tries, *source, *breach, *expect, *says, *hits, *reads;
    char **layers, **artifacts;
    struct limits limits;
    uint64_t runs, copies;
};

/* Reads the head of @probe->text; @probe->name must be set. A mistake is reported with EX_CONFIG at
 * "NAME:LINE". */
int probe_read(struct probe *probe, struct error *err);
void probe_deinit(struct probe *probe);

/* Returns true if @pattern (fnmatch) matches the probe's name, its group or one of its layers. */
bool probe_matches(const struct probe *probe, const char *pattern);

#endif
