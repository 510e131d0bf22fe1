/* SPDX-License-Identifier: MIT */
/* What an audit found, for people and for three kinds of machines. */
#ifndef EXRUN_RUNNER_AUDIT_REPORT_H
#define EXRUN_RUNNER_AUDIT_REPORT_H

#include <stdio.h>

#include "runner/audit/probe_run.h"

/* @runs: sorted by the names of their probes. */
struct audited {
    const struct probe_run *runs;
    size_t n;
    uint64_t took_ms;
};

struct audited_count {
    size_t n, outcomes[N_PROBE_OUTCOMES];
    uint64_t took_ms;
};

/* Of all, or of the group that begins at @from, whose end is given by *ret_end (or NULL). */
struct audited_count audited_count(const struct audited *audited);
struct audited_count audited_count_group(const struct audited *audited, size_t from, size_t *ret_end);

/* "held", "failed", "breached", "not_run". */
const char *audited_word(enum probe_outcome outcome);

/* Whether each that was run held, and one was. */
bool audited_holds(const struct audited *audited);

/* The forms: a table with a line a failure; one JSON object; TAP (version 14); JUnit's XML. audited_forms.c
 * has those of machines. 0, -ENOMEM, or why it can't be written. */
int audited_write_text(const struct audited *audited, FILE *out);
int audited_write_json(const struct audited *audited, FILE *out);
int audited_write_tap(const struct audited *audited, FILE *out);
int audited_write_junit(const struct audited *audited, FILE *out);

#endif
