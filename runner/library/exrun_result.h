/* SPDX-License-Identifier: MIT */
/* The result of a run of the library, which its getters read. */
#ifndef EXRUN_RUNNER_LIBRARY_EXRUN_RESULT_H
#define EXRUN_RUNNER_LIBRARY_EXRUN_RESULT_H

#include "exrun/exrun.h"
#include "runner/answer/sentences.h"
#include "runner/language/language.h"
#include "sandbox/plan/plan.h"
#include "sandbox/run/run.h"

/* Later parts refer to earlier ones. */
struct exrun_result {
    struct job job;
    struct language language;
    struct plan plan;
    struct run_result result;
    struct sentence sentence;
    char *program; /* NULL: its version is not known */
};

#endif
