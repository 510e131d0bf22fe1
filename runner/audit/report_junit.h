/* SPDX-License-Identifier: MIT */
/* What an audit found, for machines. */
#ifndef EXRUN_RUNNER_AUDIT_REPORT_JUNIT_H
#define EXRUN_RUNNER_AUDIT_REPORT_JUNIT_H

#include "runner/audit/report.h"

/* One JSON object; TAP (version 14); JUnit's XML. 0, -ENOMEM, or why it can't be written. */
int audit_report_write_json(const struct audit_report *report, FILE *out);
int audit_report_write_tap(const struct audit_report *report, FILE *out);
int audit_report_write_junit(const struct audit_report *report, FILE *out);

#endif
