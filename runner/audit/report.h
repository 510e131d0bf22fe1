/* SPDX-License-Identifier: MIT */
/* What an audit found, for people and for three kinds of machines. */
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

/* Of all, or of the group that begins at @from, whose end is given by *ret_end (or NULL). */
struct audit_count audit_report_count(const struct audit_report *report);
struct audit_count audit_report_count_group(const struct audit_report *report, size_t from, size_t *ret_end);

/* "held", "failed", "breached", "not_run". */
const char *audit_report_word(enum probe_outcome outcome);

/* Whether each that was run held, and one was. */
bool audit_report_holds(const struct audit_report *report);

/* Writes a table with a line a failure. 0, -ENOMEM, or why it can't be written. */
int audit_report_write_text(const struct audit_report *report, FILE *out);

#endif
