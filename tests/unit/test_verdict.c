/* SPDX-License-Identifier: MIT */
/* run/verdict: from facts to one word. */
#include <signal.h>
#include <string.h>

#include "sandbox/run/verdict.h"
#include "unit.h"

#define EXITED(status) ((status) << 8)
#define LIMIT 1000

static void test_each_end_has_its_verdict(void **state)
{
    static const struct {
        struct verdict_facts facts;
        enum verdict verdict;
    } rows[] = {
        {{.end = END_ITSELF, .status = EXITED(0)}, VERDICT_OK},
        {{.end = END_ITSELF, .status = EXITED(3)}, VERDICT_FAILED},
        {{.end = END_ITSELF, .status = SIGSEGV}, VERDICT_CRASHED},
        {{.end = END_ITSELF, .status = SIGKILL}, VERDICT_CRASHED},
        {{.end = END_ITSELF, .status = SIGSYS}, VERDICT_CRASHED},
        {{.end = END_ITSELF, .status = SIGSYS, .filter_kills = true}, VERDICT_DENIED},
        {{.end = END_ITSELF, .status = SIGSEGV, .filter_kills = true}, VERDICT_CRASHED},
        /* If the memory limit killed one of its processes, the program can still exit with any status. */
        {{.end = END_ITSELF, .status = EXITED(0), .oom_kills = 1}, VERDICT_OUT_OF_MEMORY},
        {{.end = END_ITSELF, .status = SIGKILL, .oom_kills = 1}, VERDICT_OUT_OF_MEMORY},
        /* If there is one byte too many, it counts even if the program has ended by then. */
        {{.end = END_ITSELF, .status = EXITED(0), .output_exceeded = true}, VERDICT_OUTPUT_LIMIT},
        {{.end = END_ITSELF, .status = EXITED(0), .cpu_us = LIMIT}, VERDICT_OK},
        {{.end = END_ITSELF, .status = EXITED(0), .cpu_us = LIMIT + 1}, VERDICT_CPU_TIMEOUT},
        {{.end = END_ITSELF, .status = EXITED(0), .wall_us = LIMIT}, VERDICT_OK},
        {{.end = END_ITSELF, .status = EXITED(0), .wall_us = LIMIT + 1}, VERDICT_TIMEOUT},
        {{.end = END_ITSELF, .status = SIGSEGV, .wall_us = LIMIT + 1}, VERDICT_TIMEOUT},
        /* If exrun ended the run, its reason is the verdict, whatever else is true by then. */
        {{.end = END_WALL, .oom_kills = 1, .output_exceeded = true}, VERDICT_TIMEOUT},
        {{.end = END_CPU}, VERDICT_CPU_TIMEOUT},
        {{.end = END_MEMORY}, VERDICT_OUT_OF_MEMORY},
        {{.end = END_OUTPUT}, VERDICT_OUTPUT_LIMIT},
        {{.end = END_DENIED}, VERDICT_DENIED},
        {{.end = END_CANCELLED}, VERDICT_CANCELLED},
        {{.end = END_LOST}, VERDICT_ERROR},
        {{.end = END_LOST, .oom_kills = 1}, VERDICT_OUT_OF_MEMORY},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct verdict_facts facts = rows[i].facts;

        facts.cpu_limit_us = facts.wall_limit_us = LIMIT;
        assert_int_equal(verdict_decide(&facts), rows[i].verdict);
    }
}

static void test_table_is_whole(void **state)
{
    (void)state;
    for (int verdict = 0; verdict < N_VERDICTS; verdict++) {
        assert_non_null(verdict_rows[verdict].word);
        assert_non_null(verdict_rows[verdict].meaning);
        assert_int_not_equal(verdict_rows[verdict].exit, 0);
        assert_int_equal(verdict_is_own_end(verdict), verdict_rows[verdict].exit < 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_end_has_its_verdict),
        cmocka_unit_test(test_table_is_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
