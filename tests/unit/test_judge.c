/* SPDX-License-Identifier: MIT */
#include "runner/audit/judge.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define SECRET "0123456789abcdef0123456789abcdef"

/* What a probe's head says, what the run's answer was, and what must be thought of it. */
static const struct {
    const char *expect, *says, *hits, *answer;
    enum judge_outcome outcome;
    const char *why;
} table[] = {
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\n\"}", JUDGE_HELD, ""},
    {"failed | ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"\", \"stderr\": \"held\"}", JUDGE_HELD,
     ""},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"hel\"}", JUDGE_FAILED, "never said \"held\""},
    {"ok", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"held\"}", JUDGE_FAILED, "\"timeout\""},
    {"ok", "held", NULL, "{\"verdict\": \"output_limit\", \"stdout\": \"held\"}", JUDGE_FAILED,
     "\"output_limit\""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\"}", JUDGE_HELD, ""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeouts\", \"stdout\": \"\"}", JUDGE_FAILED, "timeouts"},
    {"timeouts", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\"}", JUDGE_FAILED, "timeout"},
    {"denied", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", JUDGE_HELD, ""},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", JUDGE_HELD,
     ""},
    {"ok | denied bpf | failed", "held", NULL,
     "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", JUDGE_HELD, ""},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf2\"}}",
     JUDGE_FAILED, "denied bpf2"},
    {"denied bpf2", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}",
     JUDGE_FAILED, "denied bpf"},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\"}", JUDGE_FAILED, "denied"},
    {"compile_failed timeout | compile_failed failed", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"verdict\": \"failed\"}}", JUDGE_HELD, ""},
    {"compile_failed out_of_memory", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"verdict\": \"failed\"}}", JUDGE_FAILED,
     "\"compile_failed failed\" and not as \"compile_failed out_of_memory\""},
    {"ok", "held", "disk",
     "{\"verdict\": \"ok\", \"stdout\": \"held\", \"limits_hit\": [\"wall\", \"disk\"]}", JUDGE_HELD, ""},
    {"ok", "held", "disk", "{\"verdict\": \"ok\", \"stdout\": \"held\", \"limits_hit\": [\"wall\"]}",
     JUDGE_FAILED, "limit \"disk\""},
    /* What came out that must not, wherever and however the run ended. */
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\nBREACH: x\\nmore\"}", JUDGE_BREACHED,
     "it said \"BREACH: x\""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeout\", \"stderr\": \"a BREACH\"}", JUDGE_BREACHED,
     "a BREACH"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held " SECRET "\"}", JUDGE_BREACHED, "secret"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"encoding\": \"base64\", \"stdout\": \"aGVsZAD/\"}",
     JUDGE_HELD, ""},
    {"ok", "held", NULL,
     "{\"verdict\": \"ok\", \"encoding\": \"base64\", \"stdout\": "
     "\"aGVsZCAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZgD/\"}",
     JUDGE_BREACHED, "secret"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\u0000" SECRET "\"}", JUDGE_BREACHED,
     "secret"},
    {"compile_failed", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"stderr\": \"" SECRET "\"}}", JUDGE_BREACHED,
     "secret"},
    {"ok", "left", NULL,
     "{\"verdict\": \"ok\", \"stdout\": \"left\", \"artifacts\": [{\"path\": \"a\", \"encoding\": \"utf-8\", "
     "\"content\": \"" SECRET "\"}]}",
     JUDGE_BREACHED, "secret"},
    {"ok", "a link", NULL,
     "{\"verdict\": \"ok\", \"artifacts\": [], \"artifacts_missed\": [{\"path\": \"l\", \"why\": \"is a "
     "link\"}]}",
     JUDGE_HELD, ""},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\", \"unreclaimed\": [\"processes\"]}",
     JUDGE_BREACHED, "processes"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\", \"stderr\": \"x\\u001b[31m BREACH\"}",
     JUDGE_BREACHED, "x?[31m BREACH"},
    /* Who says nothing is spoken for by the answer. */
    {"ok", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\", \"message\": \"It took too long.\"}",
     JUDGE_FAILED, "not as \"ok\": It took too long."},
    {"ok", "held", NULL,
     "{\"verdict\": \"timeout\", \"stdout\": \"words\", \"message\": \"It took too long.\"}", JUDGE_FAILED,
     "not as \"ok\": words"},
    /* What is no result. */
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\"", JUDGE_FAILED, "no result"},
    {"ok", "held", NULL, "[]", JUDGE_FAILED, "no result"},
    {"ok", "held", NULL, "{\"stdout\": \"held\"}", JUDGE_FAILED, "no result"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"verdict\": \"ok\", \"stdout\": \"held\"}", JUDGE_FAILED,
     "no result"},
};

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        struct probe probe = {.name = (char[]){"x"},
                              .breach = (char[]){"BREACH"},
                              .expect = strdup(table[i].expect),
                              .says = strdup(table[i].says),
                              .hits = table[i].hits ? strdup(table[i].hits) : NULL};
        struct judgement judgement;

        assert_int_equal(judge(&probe, table[i].answer, SECRET, &judgement), 0);
        if (judgement.outcome != table[i].outcome || !strstr(judgement.why, table[i].why))
            fail_msg("row %zu: %d, \"%s\"", i, judgement.outcome, judgement.why);
        assert_true(*table[i].why || !*judgement.why);
        free(probe.expect);
        free(probe.says);
        free(probe.hits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
