/* SPDX-License-Identifier: MIT */
/* What a doctor found, for people and for machines. */
#ifndef EXRUN_RUNNER_COMMAND_DOCTOR_REPORT_H
#define EXRUN_RUNNER_COMMAND_DOCTOR_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "sandbox/doctor/host_checks.h"

/* One profile's line. @said: its version, or what is missing and what to do. */
struct diagnosis_profile {
    const char *name;
    bool is_usable;
    const char *said;
};

/* Lines are added, the end is written. As text, or with @is_json as one object. */
struct diagnosis {
    FILE *out;
    bool is_json;
    void *facilities, *profiles;
};

void diagnosis_open(struct diagnosis *diagnosis, bool is_json, FILE *out);
void diagnosis_add_facility(struct diagnosis *diagnosis, const struct facility *row,
                            const struct facility_answer *answer);
void diagnosis_add_profile(struct diagnosis *diagnosis, const struct diagnosis_profile *profile);

/* 0, -ENOMEM, or why it can't be written. */
int diagnosis_close(struct diagnosis *diagnosis, bool is_healthy);

#endif
