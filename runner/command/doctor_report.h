/* SPDX-License-Identifier: MIT */
/* Reports what a doctor found, for people and for machines. */
#ifndef EXRUN_RUNNER_COMMAND_DOCTOR_REPORT_H
#define EXRUN_RUNNER_COMMAND_DOCTOR_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "sandbox/doctor/host_checks.h"

/* The line of a profile. @said: its version, or the reason why it is not usable and a hint. */
struct doctor_report_profile {
    const char *name;
    bool is_usable;
    const char *said;
};

/* A report to which lines are added before it is closed. It is text or, with @is_json, one
 * object. */
struct doctor_report {
    FILE *out;
    bool is_json;
    void *facilities, *profiles;
};

void doctor_report_open(struct doctor_report *report, bool is_json, FILE *out);
void doctor_report_add_check(struct doctor_report *report, const struct host_check *row,
                             const struct host_finding *answer);
void doctor_report_add_profile(struct doctor_report *report, const struct doctor_report_profile *profile);

/* Returns 0, -ENOMEM, or the -errno of the write. */
int doctor_report_close(struct doctor_report *report, bool is_healthy);

#endif
