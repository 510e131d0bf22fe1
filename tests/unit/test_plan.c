/* SPDX-License-Identifier: MIT */
/* plan/plan: from values to decisions. */
#include <stdlib.h>
#include <string.h>

#include "runner/answer/faults.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/plan.h"
#include "unit.h"

#define ALL \
    (CAN_CELLS | CAN_WALLS | CAN_MEMORY | CAN_PROCESSES | CAN_CPU | CAN_POLICY | CAN_NAME_CALLS | CAN_RAISE)

static char *words(const char *text)
{
    return strdup(text);
}

static struct profile make_profile(bool compiles)
{
    struct profile profile = {.name = words("test"),
                              .entry = words("main.x"),
                              .normal = limits_normal(),
                              .max = limits_most(),
                              .compile_limits = limits_normal()};

    strv_add(&profile.run.argv, compiles ? "./main" : "x");
    strv_add(&profile.run.argv, "-m{memory_mib}M");
    strv_add(&profile.run.argv, "{entry}");
    strv_add(&profile.run.argv, "{args}");
    strv_add(&profile.env, "TZ=Europe/Berlin");
    profile.run.program = words(compiles ? "./main" : "/usr/bin/x");
    if (compiles) {
        strv_add(&profile.compile.argv, "cc");
        strv_add(&profile.compile.argv, "{entry}");
        profile.compile.program = words("/usr/bin/cc");
        profile.produces = words("main");
    }
    return profile;
}

static struct job make_job(void)
{
    struct job job = {.source = {.data = words("text"), .size = 4}, .asked = {.memory_bytes = 64 << 20}};

    strv_add(&job.args, "one");
    strv_add(&job.args, "{entry}");
    strv_add(&job.env, "USER=me");
    return job;
}

static void tell(const struct fault *fault, const struct plan *plan, const struct machine *machine,
                 struct error *err)
{
    static char package[] = "test-runtime";
    const struct host host = {.machine = *machine};
    const struct language language = {.package = package, .profile = *plan->profile, .min = limits_floor()};
    const struct fault_context context = {
        .job = plan->job, .language = &language, .plan = plan, .host = &host};

    fault_tell(fault, &context, err);
}

static void test_words_and_variables_are_filled_in(void **state)
{
    struct machine machine = {.can = ALL, .n_cpus = 2};
    struct profile profile = make_profile(false);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;

    (void)state;
    assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault), 0);
    assert_string_equal(plan.run.program, "/usr/bin/x");
    assert_string_equal(plan.run.argv[1], "-m64M");
    assert_string_equal(plan.run.argv[2], "main.x");
    assert_string_equal(plan.run.argv[3], "one");
    /* Text from a visitor is never a placeholder. */
    assert_string_equal(plan.run.argv[4], "{entry}");
    assert_null(plan.run.argv[5]);
    assert_true(strv_has(plan.run.env, "USER=me"));
    assert_false(strv_has(plan.run.env, "USER=box"));
    assert_true(strv_has(plan.run.env, "TZ=Europe/Berlin"));
    assert_true(strv_has(plan.run.env, "HOME=/box"));
    assert_int_equal(strv_length(plan.run.env), 6);
    assert_int_equal(plan.run.limits.memory_bytes, 64 << 20);
    assert_int_equal(plan.run.limits.wall_ms, limits_normal().wall_ms);
    assert_false(plan.run.may_exec);
    assert_int_equal(plan.unenforced, 0);
    plan_deinit(&plan);
    job_deinit(&job);
    profile_deinit(&profile);
}

static void test_the_compile_stage_has_its_own_plan(void **state)
{
    struct machine machine = {.can = ALL, .n_cpus = 2};
    struct profile profile = make_profile(true);
    struct job job = make_job();
    struct bytes product = {.data = NULL, .size = 7};
    struct plan plan;
    struct fault fault;

    (void)state;
    assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault), 0);
    assert_true(plan.compiles);
    assert_true(plan.run.may_exec);
    assert_true(plan.compile.may_exec);
    assert_int_equal(strv_length(plan.compile.argv), 2);
    assert_true(strv_has(plan.compile.env, "USER=box"));
    assert_int_equal(plan.compile.limits.memory_bytes, limits_normal().memory_bytes);
    assert_int_equal(plan.compile.n_files, 1);
    plan_add_product(&plan, &product);
    assert_int_equal(plan.run.n_files, 2);
    assert_string_equal(plan.run.files[1].path, "main");
    assert_true(plan.run.files[1].is_executable);
    plan_deinit(&plan);
    job_deinit(&job);
    profile_deinit(&profile);
}

static void test_only_its_own_program_needs_may_exec(void **state)
{
    struct machine machine = {.can = ALL, .n_cpus = 2};
    struct profile profile = make_profile(true);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;

    (void)state;
    free(profile.run.argv[0]);
    profile.run.argv[0] = words("java");
    assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault), 0);
    assert_false(plan.run.may_exec);
    assert_true(plan.compile.may_exec);
    plan_deinit(&plan);
    job_deinit(&job);
    profile_deinit(&profile);
}

static void test_missing_facilities_are_named(void **state)
{
    struct profile profile = make_profile(false);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;
    struct error err;

    (void)state;
    for (size_t i = 0; i < MACHINE_N_NEEDED; i++) {
        struct machine machine = {.can = ALL & ~machine_needed[i].can, .n_cpus = 2};

        assert_true(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault) < 0);
        fault_tell(&fault, &(struct fault_context){0}, &err);
        assert_int_equal(err.status, EX_UNAVAILABLE);
        assert_non_null(strstr(err.what, machine_needed[i].word));
        assert_string_not_equal(err.hint, "");
        plan_deinit(&plan);
        if (machine_needed[i].can & (CAN_WALLS | CAN_CELLS))
            continue;
        assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, true}, &fault), 0);
        assert_int_equal(plan.unenforced, machine_needed[i].can);
        plan_deinit(&plan);
    }
    job_deinit(&job);
    profile_deinit(&profile);
}

/* Tries hard limits of the caller of each kind, if exrun can't raise them, and if it can. */
static void test_too_low_hard_limits_are_refused(void **state)
{
    const struct {
        enum rlimits which;
        uint64_t hard;
        bool is_low;
    } rows[] = {
        {RLIMITS_CPU, 1, true},          {RLIMITS_CPU, 2, true},        {RLIMITS_CPU, 3, false},
        {RLIMITS_NOFILE, 1023, true},    {RLIMITS_NOFILE, 1024, false}, {RLIMITS_NPROC, 32, true},
        {RLIMITS_NPROC, 33, false},      {RLIMITS_AS, 1U << 30, true},  {RLIMITS_DATA, 1U << 30, true},
        {RLIMITS_STACK, 1U << 20, true}, {RLIMITS_FSIZE, 0, true},      {RLIMITS_FSIZE, 32U << 20, false},
        {RLIMITS_SIGPENDING, 255, true}, {RLIMITS_MEMLOCK, 0, false},   {RLIMITS_CORE, 0, false},
    };
    struct profile profile = make_profile(false);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct machine machine = {.can = ALL & ~(unsigned int)CAN_RAISE, .n_cpus = 2};
        const struct rlimits_row *row = &rlimits_rows[rows[i].which];
        int r;

        for (int other = 0; other < N_RLIMITS; other++)
            machine.hard[other] = UINT64_MAX;
        machine.hard[rows[i].which] = rows[i].hard;
        r = plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault);
        assert_int_equal(r < 0, rows[i].is_low);
        if (rows[i].is_low) {
            tell(&fault, &plan, &machine, &err);
            assert_int_equal(err.status, EX_UNAVAILABLE);
            assert_non_null(strstr(err.what, row->word));
            assert_non_null(strstr(err.hint, row->option));
        }
        plan_deinit(&plan);
        assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, true}, &fault), 0);
        assert_int_equal(plan.lowered, rows[i].is_low ? 1U << rows[i].which : 0);
        assert_true(plan.run.rlimits[rows[i].which] <= rows[i].hard);
        plan_deinit(&plan);
        machine.can |= CAN_RAISE;
        assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault), 0);
        assert_int_equal(plan.run.rlimits[rows[i].which], rlimits_wanted(rows[i].which, &plan.run.limits));
        plan_deinit(&plan);
    }
    job_deinit(&job);
    profile_deinit(&profile);
}

/* With best effort, exrun's own CPU time limit ends a run before the caller's hard limit does, unless that
 * is 0. A hard limit of 0 for core dumps is too low only if core dumps start a handler. */
static void test_limits_stay_below_the_caller_s(void **state)
{
    struct machine machine = {.can = ALL & ~(unsigned int)CAN_RAISE, .n_cpus = 2};
    struct profile profile = make_profile(false);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;
    struct error err;

    (void)state;
    for (int i = 0; i < N_RLIMITS; i++)
        machine.hard[i] = UINT64_MAX;
    machine.hard[RLIMITS_CPU] = 0;
    assert_true(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, true}, &fault) < 0);
    tell(&fault, &plan, &machine, &err);
    assert_null(strstr(err.hint, "--best-effort"));
    plan_deinit(&plan);
    machine.hard[RLIMITS_CPU] = 1;
    machine.hard[RLIMITS_NOFILE] = 64;
    assert_int_equal(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, true}, &fault), 0);
    assert_int_equal(plan.run.limits.cpu_ms, 750);
    assert_int_equal(plan.run.limits.files, 64);
    plan_deinit(&plan);
    machine.hard[RLIMITS_CPU] = machine.hard[RLIMITS_NOFILE] = UINT64_MAX;
    machine.hard[RLIMITS_CORE] = 0;
    machine.core_dumps_run_handler = true;
    assert_true(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, false}, &fault) < 0);
    plan_deinit(&plan);
    job_deinit(&job);
    profile_deinit(&profile);
}

static void test_a_missing_program_is_reported(void **state)
{
    struct machine machine = {.can = ALL, .n_cpus = 2};
    struct profile profile = make_profile(false);
    struct job job = make_job();
    struct plan plan;
    struct fault fault;
    struct error err;

    (void)state;
    free(profile.run.program);
    profile.run.program = NULL;
    assert_true(plan_make(&plan, &(struct plan_config){&job, &profile, &machine, true}, &fault) < 0);
    assert_int_equal(fault.kind, FAULT_PROGRAM);
    tell(&fault, &plan, &machine, &err);
    assert_int_equal(err.status, EX_UNAVAILABLE);
    assert_non_null(strstr(err.hint, "test-runtime"));
    plan_deinit(&plan);
    job_deinit(&job);
    profile_deinit(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_variables_are_filled_in),
        cmocka_unit_test(test_the_compile_stage_has_its_own_plan),
        cmocka_unit_test(test_only_its_own_program_needs_may_exec),
        cmocka_unit_test(test_missing_facilities_are_named),
        cmocka_unit_test(test_too_low_hard_limits_are_refused),
        cmocka_unit_test(test_limits_stay_below_the_caller_s),
        cmocka_unit_test(test_a_missing_program_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
