/* SPDX-License-Identifier: MIT */
#include "runner/audit/probe_check.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define SECRET "0123456789abcdef0123456789abcdef"

/* The expectations in a probe's head, the answer of the run, and the correct finding. */
static const struct {
    const char *expect, *says, *hits, *answer;
    enum probe_outcome outcome;
    const char *why;
} table[] = {
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\n\"}", PROBE_HELD, ""},
    {"failed | ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"\", \"stderr\": \"held\"}", PROBE_HELD,
     ""},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"hel\"}", PROBE_FAILED,
     "never printed \"held\""},
    {"ok", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"held\"}", PROBE_FAILED, "\"timeout\""},
    {"ok", "held", NULL, "{\"verdict\": \"output_limit\", \"stdout\": \"held\"}", PROBE_FAILED,
     "\"output_limit\""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\"}", PROBE_HELD, ""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeouts\", \"stdout\": \"\"}", PROBE_FAILED, "timeouts"},
    {"timeouts", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\"}", PROBE_FAILED, "timeout"},
    {"denied", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", PROBE_HELD, ""},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", PROBE_HELD,
     ""},
    {"ok | denied bpf | failed", "held", NULL,
     "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}", PROBE_HELD, ""},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf2\"}}",
     PROBE_FAILED, "denied bpf2"},
    {"denied bpf2", "held", NULL, "{\"verdict\": \"denied\", \"denied\": {\"syscall\": \"bpf\"}}",
     PROBE_FAILED, "denied bpf"},
    {"denied bpf", "held", NULL, "{\"verdict\": \"denied\"}", PROBE_FAILED, "denied"},
    {"compile_failed timeout | compile_failed failed", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"verdict\": \"failed\"}}", PROBE_HELD, ""},
    {"compile_failed out_of_memory", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"verdict\": \"failed\"}}", PROBE_FAILED,
     "\"compile_failed failed\" instead of \"compile_failed out_of_memory\""},
    {"ok", "held", "disk",
     "{\"verdict\": \"ok\", \"stdout\": \"held\", \"limits_hit\": [\"wall\", \"disk\"]}", PROBE_HELD, ""},
    {"ok", "held", "disk", "{\"verdict\": \"ok\", \"stdout\": \"held\", \"limits_hit\": [\"wall\"]}",
     PROBE_FAILED, "limit \"disk\""},
    /* Output that must never appear, wherever it is and however the run ended. */
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\nBREACH: x\\nmore\"}", PROBE_BREACHED,
     "it printed \"BREACH: x\""},
    {"timeout", "held", NULL, "{\"verdict\": \"timeout\", \"stderr\": \"a BREACH\"}", PROBE_BREACHED,
     "a BREACH"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held " SECRET "\"}", PROBE_BREACHED, "secret"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"encoding\": \"base64\", \"stdout\": \"aGVsZAD/\"}",
     PROBE_HELD, ""},
    {"ok", "held", NULL,
     "{\"verdict\": \"ok\", \"encoding\": \"base64\", \"stdout\": "
     "\"aGVsZCAwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZgD/\"}",
     PROBE_BREACHED, "secret"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\\u0000" SECRET "\"}", PROBE_BREACHED,
     "secret"},
    {"compile_failed", "held", NULL,
     "{\"verdict\": \"compile_failed\", \"compile\": {\"stderr\": \"" SECRET "\"}}", PROBE_BREACHED,
     "secret"},
    {"ok", "left", NULL,
     "{\"verdict\": \"ok\", \"stdout\": \"left\", \"artifacts\": [{\"path\": \"a\", \"encoding\": \"utf-8\", "
     "\"content\": \"" SECRET "\"}]}",
     PROBE_BREACHED, "secret"},
    {"ok", "a link", NULL,
     "{\"verdict\": \"ok\", \"artifacts\": [], \"artifacts_missed\": [{\"path\": \"l\", \"why\": \"is a "
     "link\"}]}",
     PROBE_HELD, ""},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\", \"unreclaimed\": [\"processes\"]}",
     PROBE_BREACHED, "processes"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\", \"stderr\": \"x\\u001b[31m BREACH\"}",
     PROBE_BREACHED, "x?[31m BREACH"},
    /* If the program prints nothing, the message of the answer is quoted. */
    {"ok", "held", NULL, "{\"verdict\": \"timeout\", \"stdout\": \"\", \"message\": \"It took too long.\"}",
     PROBE_FAILED, "instead of \"ok\": It took too long."},
    {"ok", "held", NULL,
     "{\"verdict\": \"timeout\", \"stdout\": \"words\", \"message\": \"It took too long.\"}", PROBE_FAILED,
     "instead of \"ok\": words"},
    /* Answers that are not valid results. */
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"stdout\": \"held\"", PROBE_FAILED, "not a result"},
    {"ok", "held", NULL, "[]", PROBE_FAILED, "not a result"},
    {"ok", "held", NULL, "{\"stdout\": \"held\"}", PROBE_FAILED, "not a result"},
    {"ok", "held", NULL, "{\"verdict\": \"ok\", \"verdict\": \"ok\", \"stdout\": \"held\"}", PROBE_FAILED,
     "not a result"},
};

static void test_each_answer_has_its_outcome(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        struct probe probe = {.name = (char[]){"x"},
                              .breach = (char[]){"BREACH"},
                              .expect = strdup(table[i].expect),
                              .says = strdup(table[i].says),
                              .hits = table[i].hits ? strdup(table[i].hits) : NULL};
        struct probe_finding finding;

        assert_int_equal(probe_check(&probe, table[i].answer, SECRET, &finding), 0);
        if (finding.outcome != table[i].outcome || !strstr(finding.why, table[i].why))
            fail_msg("row %zu: %d, \"%s\"", i, finding.outcome, finding.why);
        assert_true(*table[i].why || !*finding.why);
        free(probe.expect);
        free(probe.says);
        free(probe.hits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_answer_has_its_outcome)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
