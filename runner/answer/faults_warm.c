/* SPDX-License-Identifier: MIT */
/* Describes the faults of interpreters that are started ahead. */
#include "runner/answer/faults_warm.h"

#include <errno.h>

#include "sandbox/plan/warm.h"

#define HINT "look at \"warm\" in the profile (exrun-profile(5))"

void fault_tell_point(const struct telling *telling)
{
    if (telling->fault->error == -ETIMEDOUT)
        error_set(telling->err, -ETIMEDOUT, EX_CONFIG, "",
                  "the interpreter did not open its program within %u s", telling->fault->index);
    else
        error_set(telling->err, telling->fault->error, EX_CONFIG, "",
                  "the interpreter ended before it opened its program");
    error_hint(telling->err, HINT);
}

void fault_tell_gone(const struct telling *telling)
{
    static const char *const texts[N_PARK_STATES] = {
        [PARK_ENDED] = "an interpreter ended while it waited",
        [PARK_OUTDATED] = "a file was replaced that the interpreter had read",
        [PARK_BUSY] = "an interpreter used CPU time while it waited"};
    const uint32_t index = telling->fault->index;

    error_set(telling->err, telling->fault->error, EX_SOFTWARE, "", "%s",
              index < N_PARK_STATES && texts[index] ? texts[index] : "an interpreter did not wait");
}

void fault_tell_unequal(const struct telling *telling)
{
    static const char *const parts[N_CHECK_PARTS] = {
        [CHECK_VERDICT] = "verdict",       [CHECK_EXIT] = "exit status",
        [CHECK_SIGNAL] = "signal",         [CHECK_STDOUT] = "standard output",
        [CHECK_STDERR] = "standard error", [CHECK_COMPILER] = "result of its compiler"};
    const uint32_t index = telling->fault->index;

    error_set(telling->err, telling->fault->error, EX_CONFIG, "",
              "the check program has another %s if %s was started ahead",
              index < N_CHECK_PARTS ? parts[index] : "outcome",
              index == CHECK_COMPILER ? "that" : "its interpreter");
    error_hint(telling->err, HINT);
}
