/* SPDX-License-Identifier: MIT */
/* policy/policy: the filter that was compiled when exrun was built is equal to one that is compiled now,
 * and a profile's own rules are applied. */
#include <errno.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/policy/compile.h"
#include "sandbox/policy/policy.h"
#include "unit.h"

static void test_the_ready_program_is_up_to_date(void **state)
{
    const struct profile nothing_of_its_own = {0};
    struct sock_fprog now;
    struct policy policy;
    struct fault fault;

    (void)state;
    assert_int_equal(policy_compile(&nothing_of_its_own, true, &now, &fault), 0);
    assert_int_equal(policy_make(&nothing_of_its_own, true, &policy, &fault), 0);
    assert_int_equal(policy.program.len, now.len);
    assert_memory_equal(policy.program.filter, now.filter, now.len * sizeof(*now.filter));
    policy_deinit(&policy);
    free(now.filter);
}

static void test_profile_rules_are_used(void **state)
{
    static const struct {
        const char *syscall;
        int error, r;
        enum fault_kind fault;
    } rows[] = {{"splice", 0, 0, FAULT_NONE},    {"ptrace", 0, 0, FAULT_NONE},
                {"read", EPERM, 0, FAULT_NONE},  {"openat", EPERM, -EINVAL, FAULT_POLICY_NEEDED_CALL},
                {"clone", EPERM, 0, FAULT_NONE}, {"no_such_call", 0, -EINVAL, FAULT_POLICY_UNKNOWN_CALL}};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct profile_call call = {.syscall = strdup(rows[i].syscall), .error = rows[i].error};
        const struct profile profile = {.name = strdup("test"), .calls = &call, .n_calls = 1};
        struct policy policy;
        struct fault fault = {0};

        assert_int_equal(policy_make(&profile, true, &policy, &fault), rows[i].r);
        if (rows[i].r == 0)
            assert_true(policy.program.len != policy_ready.len ||
                        memcmp(policy.program.filter, policy_ready.filter,
                               policy_ready.len * sizeof(*policy_ready.filter)) != 0);
        else
            assert_int_equal(fault.kind, rows[i].fault);
        policy_deinit(&policy);
        free(call.syscall);
        free(profile.name);
    }
}

static void test_syscalls_are_named(void **state)
{
    static const struct {
        const char *syscall, *what;
    } rows[] = {{"ptrace", "looking into another process"},
                {"mount", "mounting file systems"},
                {"unshare", "creating namespaces (isolation as in containers)"}};
    char name[48];
    char what[64];

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        policy_name_call(seccomp_arch_native(), seccomp_syscall_resolve_name(rows[i].syscall), name, what);
        assert_string_equal(name, rows[i].syscall);
        assert_string_equal(what, rows[i].what);
    }
    policy_name_call(SCMP_ARCH_X86, 20, name, what);
    assert_string_equal(name, "call 20 of another architecture");
    policy_name_call(seccomp_arch_native(), 1 << 20, name, what);
    assert_string_equal(name, "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_ready_program_is_up_to_date),
        cmocka_unit_test(test_profile_rules_are_used),
        cmocka_unit_test(test_syscalls_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
