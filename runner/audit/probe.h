/* SPDX-License-Identifier: MIT */
/* A probe: one hostile program in a file of its own, whose head says what it tries and how that must end.
 *
 * The head is the comment lines that the file begins with, in whatever way the language writes comments, each
 * "name: value":
 *
 * - tries: what the program attempts, a sentence
 * - layer: the words of the layers that must stop it, see docs/security.md
 * - source: where the attack is known from: a CVE, a manual page, another project's bug
 * - breach: text that comes out only where the layer did not hold
 * - expect: how it must end: verdicts, "|" between those that will do. Behind "denied" may stand a system
 *   call, behind "compile_failed" the compiler's own verdict
 * - says: text that comes out only where the attempt was made and did not succeed; "held" where not given.
 *   A program that ended by itself and does not say it has proved nothing
 * - hits: a limit that must have been met
 * - limits: of the run, "memory=24M wall=400ms"
 * - reads: DIR, PORT, NAME, KEY or PID: what it reads from its stdin is the name of that marker
 * - artifacts: patterns of files to bring back
 * - runs: how many times, one after the other
 * - copies: how many at the same time; their first argument is their number, from 0
 *
 * The first five must be there. In the whole file "@NAME@" is replaced by what the auditor's own markers are
 * called: see audit/canary.h. What takes long to compile reads such a name instead: then it is the same
 * program in each audit, and a cache has it. */
#ifndef EXRUN_RUNNER_AUDIT_PROBE_H
#define EXRUN_RUNNER_AUDIT_PROBE_H

#include <stdint.h>

#include "sandbox/base/error.h"
#include "sandbox/plan/job.h"
#include "sandbox/plan/limits.h"

enum { PROBE_MOST_BYTES = 64 << 10, PROBE_MOST_COPIES = 8 };

/* Everything is owned. @name: "group/file". @group: the folder. @reads: its stdin, or NULL. */
struct probe {
    char *name, *group;
    struct bytes text;
    char *tries, *source, *breach, *expect, *says, *hits, *reads;
    char **layers, **artifacts;
    struct limits limits;
    uint64_t runs, copies;
};

/* Reads the head of @probe->text, whose @probe->name is known. What is wrong is EX_CONFIG at "NAME:LINE". */
int probe_read(struct probe *probe, struct error *err);
void probe_deinit(struct probe *probe);

/* Is it one of those that @pattern (fnmatch) means: by its name, its group or one of its layers? */
bool probe_matches(const struct probe *probe, const char *pattern);

#endif
