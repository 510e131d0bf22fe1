/* SPDX-License-Identifier: MIT */
/* Reports the findings of an audit to people and in three formats for machines. */
#ifndef EXRUN_RUNNER_AUDIT_REPORT_H
#define EXRUN_RUNNER_AUDIT_REPORT_H

#include <stdio.h>

#include "runner/audit/probe_run.h"

/* @runs: sorted by the names of their probes. */
struct audit_report {
    const struct probe_run *runs;
    size_t n;
    uint64_t took_ms;
};

struct audit_count {
    size_t n, outcomes[N_PROBE_OUTCOMES];
    uint64_t took_ms;
};

/* Counts all runs, or those of the group that begins at @from, whose end is returned in *ret_end
 * (or NULL). */
struct audit_count audit_report_count(const struct audit_report *report);
struct audit_count audit_report_count_group(const struct audit_report *report, size_t from, size_t *ret_end);

/* The name of a run: of its probe, and the kind of its cell, "files/x.py (parked)". */
enum { AUDIT_REPORT_NAME_ROOM = 528 };
const char *audit_report_name(const struct probe_run *run, char ret[AUDIT_REPORT_NAME_ROOM]);

/* Returns "held", "failed", "breached" or "not_run". */
const char *audit_report_word(enum probe_outcome outcome);

/* Returns true if at least one probe was run, and all that were run held. */
bool audit_report_holds(const struct audit_report *report);

/* Writes a table with a line for each failure. Returns 0, -ENOMEM, or the -errno of the write. */
int audit_report_write_text(const struct audit_report *report, FILE *out);

#endif
