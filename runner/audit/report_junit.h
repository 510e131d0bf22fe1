/* SPDX-License-Identifier: MIT */
/* Reports the findings of an audit to machines. */
#ifndef EXRUN_RUNNER_AUDIT_REPORT_JUNIT_H
#define EXRUN_RUNNER_AUDIT_REPORT_JUNIT_H

#include "runner/audit/report.h"

/* Write one JSON object, TAP (version 14), or JUnit's XML. Return 0, -ENOMEM, or the -errno of the
 * write. */
int audit_report_write_json(const struct audit_report *report, FILE *out);
int audit_report_write_tap(const struct audit_report *report, FILE *out);
int audit_report_write_junit(const struct audit_report *report, FILE *out);

#endif
