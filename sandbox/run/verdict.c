/* SPDX-License-Identifier: MIT */
/* Derives one word, the verdict, from the facts that the kernel reported. */
#include "sandbox/run/verdict.h"

#include <signal.h>
#include <sys/wait.h>

const struct verdict_row verdict_rows[N_VERDICTS] = {
    [VERDICT_OK] = {"ok", -1, "ended by itself with exit status 0"},
    [VERDICT_FAILED] = {"failed", -1, "ended by itself with another exit status"},
    [VERDICT_CRASHED] = {"crashed", -1, "ended by a signal that the program itself caused"},
    [VERDICT_TIMEOUT] = {"timeout", 124, "used up its wall-clock time"},
    [VERDICT_CPU_TIMEOUT] = {"cpu_timeout", 124, "used up its CPU time, summed over all its processes"},
    [VERDICT_OUT_OF_MEMORY] = {"out_of_memory", 137, "used up its memory, so the kernel killed a process"},
    [VERDICT_OUTPUT_LIMIT] = {"output_limit", 137, "wrote more than output_bytes"},
    [VERDICT_DENIED] = {"denied", 137, "made a system call that only an attack makes"},
    [VERDICT_COMPILE_FAILED] = {"compile_failed", 1, "the compile stage did not succeed"},
    [VERDICT_CANCELLED] = {"cancelled", 130, "the caller cancelled the run, or has ended"},
    [VERDICT_ERROR] = {"error", 70, "exrun could not run it; the program is never the cause"},
};

static enum verdict decide_by_status(const struct verdict_facts *facts)
{
    if (facts->oom_kills > 0)
        return VERDICT_OUT_OF_MEMORY;
    if (facts->output_exceeded)
        return VERDICT_OUTPUT_LIMIT;
    if (facts->cpu_us > facts->cpu_limit_us)
        return VERDICT_CPU_TIMEOUT;
    if (facts->wall_us > facts->wall_limit_us)
        return VERDICT_TIMEOUT;
    if (WIFSIGNALED(facts->status))
        return WTERMSIG(facts->status) == SIGSYS && facts->filter_kills ? VERDICT_DENIED : VERDICT_CRASHED;
    return WEXITSTATUS(facts->status) == 0 ? VERDICT_OK : VERDICT_FAILED;
}

bool verdict_is_own_end(enum verdict verdict)
{
    return verdict == VERDICT_OK || verdict == VERDICT_FAILED || verdict == VERDICT_CRASHED;
}

enum verdict verdict_decide(const struct verdict_facts *facts)
{
    switch (facts->end) {
    case END_ITSELF:
        return decide_by_status(facts);
    case END_WALL:
        return VERDICT_TIMEOUT;
    case END_CPU:
        return VERDICT_CPU_TIMEOUT;
    case END_MEMORY:
        return VERDICT_OUT_OF_MEMORY;
    case END_OUTPUT:
        return VERDICT_OUTPUT_LIMIT;
    case END_DENIED:
        return VERDICT_DENIED;
    case END_CANCELLED:
        return VERDICT_CANCELLED;
    case END_LOST:
        return facts->oom_kills > 0 ? VERDICT_OUT_OF_MEMORY : VERDICT_ERROR;
    }
    return VERDICT_ERROR;
}
