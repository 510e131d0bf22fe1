/* SPDX-License-Identifier: MIT */
/* policy/shorten: the short program answers each call as the long one does, whose copy is taken on the way
 * (the linker's --wrap), and is a program for the kernel. */
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/policy/compile.h"
#include "sandbox/policy/shorten.h"
#include "unit.h"

static struct sock_filter before[BPF_MAXINSNS];
static struct sock_fprog before_program = {0, before};

int __real_policy_shorten(uint32_t arch, struct sock_fprog *program);
int __wrap_policy_shorten(uint32_t arch, struct sock_fprog *program);

int __wrap_policy_shorten(uint32_t arch, struct sock_fprog *program)
{
    before_program.len = program->len;
    memcpy(before, program->filter, program->len * sizeof(*before));
    return __real_policy_shorten(arch, program);
}

/* Returns the answer of the program; fails as the kernel's check of a program does (bpf_check_classic()). */
static uint32_t run(const struct sock_fprog *program, const struct seccomp_data *data)
{
    uint32_t value = 0;

    for (size_t at = 0;; at++) {
        const struct sock_filter *one = program->filter + at;

        assert_true(at < program->len);
        switch (one->code) {
        case BPF_LD | BPF_W | BPF_ABS:
            assert_true(one->k % 4 == 0 && one->k < sizeof(*data));
            memcpy(&value, (const char *)data + one->k, sizeof(value));
            break;
        case BPF_ALU | BPF_AND | BPF_K:
            value &= one->k;
            break;
        case BPF_JMP | BPF_JA:
            at += one->k;
            break;
        case BPF_JMP | BPF_JEQ | BPF_K:
            at += value == one->k ? one->jt : one->jf;
            break;
        case BPF_JMP | BPF_JGT | BPF_K:
            at += value > one->k ? one->jt : one->jf;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            at += value >= one->k ? one->jt : one->jf;
            break;
        case BPF_RET | BPF_K:
            return one->k;
        default:
            fail_msg("instruction %zu has code %#x", at, one->code);
        }
    }
}

/* An argument that the program may compare with: one of its numbers, or a neighbour, or bits of it. */
static uint64_t an_argument(const struct sock_fprog *program)
{
    uint64_t low = program->filter[rand() % program->len].k + (uint32_t)(rand() % 3) - 1;
    uint64_t high = rand() % 4 ? 0 : (uint32_t)rand() | 1;

    return high << 32 | (rand() % 4 ? low : low & (uint32_t)rand());
}

static void compare(const struct sock_fprog *one, const struct sock_fprog *other, uint32_t arch,
                    uint32_t number)
{
    for (int i = 0; i < 20; i++) {
        struct seccomp_data data = {.nr = (int)number, .arch = arch};

        for (size_t j = 0; j < N_ELEMENTS(data.args); j++)
            data.args[j] = an_argument(one);
        if (run(one, &data) != run(other, &data))
            fail_msg("call %u of %#x, argument 1 %#llx", number, arch, (unsigned long long)data.args[0]);
    }
}

static void compare_all(const struct sock_fprog *one, const struct sock_fprog *other)
{
    static const uint32_t odd[] = {0x3fffffff, 0x40000000, 0x40000001, 0x40000200,
                                   0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};

    for (uint32_t number = 0; number < 1600; number++)
        compare(one, other, seccomp_arch_native(), number);
    for (size_t i = 0; i < N_ELEMENTS(odd); i++)
        compare(one, other, seccomp_arch_native(), odd[i]);
    for (int i = 0; i < 1000; i++)
        compare(one, other, seccomp_arch_native(), (uint32_t)rand() << 1 ^ (uint32_t)rand());
    for (uint32_t number = 0; number < 500; number += 7) {
        compare(one, other, AUDIT_ARCH_I386, number);
        compare(one, other, 0, number);
        compare(one, other, ~0U, number);
    }
}

static void test_the_common_policy_answers_the_same(void **state)
{
    const struct profile nothing_of_its_own = {0};

    (void)state;
    for (int may_name_calls = 0; may_name_calls < 2; may_name_calls++) {
        struct sock_fprog now;
        struct fault fault;

        assert_int_equal(policy_compile(&nothing_of_its_own, may_name_calls, &now, &fault), 0);
        assert_true(now.len * 3 < before_program.len * 2);
        compare_all(&before_program, &now);
        free(now.filter);
    }
}

/* A policy with neighbours of the same action, and a condition now and then. */
static scmp_filter_ctx a_filter(void)
{
    static const uint32_t actions[] = {SCMP_ACT_ALLOW, SCMP_ACT_ERRNO(1), SCMP_ACT_ERRNO(38), SCMP_ACT_NOTIFY,
                                       SCMP_ACT_KILL_PROCESS};
    scmp_filter_ctx context = seccomp_init(actions[rand() % 5]);
    uint32_t action = actions[0];
    int last = rand() % 2 ? 470 : 1500; /* more than a conditional jump reaches */

    assert_non_null(context);
    assert_int_equal(seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 1 + (uint32_t)rand() % 2), 0);
    for (int number = rand() % 20; number < last; number++) {
        struct scmp_arg_cmp conditions[2];

        for (unsigned int j = 0; j < 2; j++) {
            uint64_t value = rand() % 3 ? (uint64_t)rand() % 8 : (uint64_t)rand() << 20;

            conditions[j] = (struct scmp_arg_cmp){j, (enum scmp_compare)(SCMP_CMP_NE + rand() % 7), value,
                                                  value & (uint64_t)rand()};
        }
        if (rand() % (last > 470 ? 2 : 6) == 0)
            action = actions[rand() % 5];
        /* The default's action is refused, which doesn't matter here. */
        seccomp_rule_add_array(context, action, number, rand() % 15 ? 0 : 1 + (unsigned int)rand() % 2,
                               conditions);
    }
    return context;
}

static void test_random_policies_answer_the_same(void **state)
{
    int n_shorter = 0;

    (void)state;
    srand(1);
    for (int i = 0; i < 20; i++) {
        scmp_filter_ctx context = a_filter();
        struct sock_filter instructions[BPF_MAXINSNS];
        struct sock_fprog now = {0, instructions};
        FILE *file = tmpfile();

        assert_non_null(file);
        assert_int_equal(seccomp_export_bpf(context, fileno(file)), 0);
        rewind(file);
        now.len = before_program.len = (unsigned short)fread(before, sizeof(*before), BPF_MAXINSNS, file);
        memcpy(instructions, before, now.len * sizeof(*before));
        assert_int_equal(__real_policy_shorten(seccomp_arch_native(), &now), 0);
        n_shorter += now.len < before_program.len;
        compare_all(&before_program, &now);
        fclose(file);
        seccomp_release(context);
    }
    assert_true(n_shorter > 10);
}

/* Programs that libseccomp would not write, and that must stay as they are. */
static void test_another_shape_stays(void **state)
{
    enum { ARCH = offsetof(struct seccomp_data, arch), NUMBER = offsetof(struct seccomp_data, nr) };
    static const struct sock_filter rows[][8] = {
        {{BPF_RET | BPF_K, 0, 0, 1}},
        {{BPF_LD | BPF_W | BPF_ABS, 0, 0, NUMBER},
         {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 5},
         {BPF_RET | BPF_K, 0, 0, 1},
         {BPF_RET | BPF_K, 0, 0, 2}},
        {{BPF_LD | BPF_W | BPF_ABS, 0, 0, ARCH},
         {BPF_JMP | BPF_JEQ | BPF_K, 0, 4, AUDIT_ARCH_X86_64},
         {BPF_LD | BPF_W | BPF_ABS, 0, 0, NUMBER},
         {BPF_JMP | BPF_JSET | BPF_K, 0, 1, 5},
         {BPF_RET | BPF_K, 0, 0, 1},
         {BPF_RET | BPF_K, 0, 0, 2},
         {BPF_RET | BPF_K, 0, 0, 3}},
        {{BPF_LD | BPF_W | BPF_ABS, 0, 0, ARCH},
         {BPF_JMP | BPF_JEQ | BPF_K, 0, 4, AUDIT_ARCH_X86_64},
         {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, instruction_pointer)},
         {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 5},
         {BPF_RET | BPF_K, 0, 0, 1},
         {BPF_RET | BPF_K, 0, 0, 2},
         {BPF_RET | BPF_K, 0, 0, 3}},
    };

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
        struct sock_filter copy[8];
        struct sock_fprog program = {0, copy};

        memcpy(copy, rows[i], sizeof(copy));
        while (program.len < 8 && rows[i][program.len].code)
            program.len++;
        unsigned short len = program.len;
        assert_int_equal(__real_policy_shorten(AUDIT_ARCH_X86_64, &program), 0);
        assert_int_equal(program.len, len);
        assert_memory_equal(copy, rows[i], len * sizeof(*copy));
    }
}

/* libseccomp loads a value before each test. A program that tests one twice must not lose it. */
static void test_a_value_that_is_tested_again_stays(void **state)
{
    enum { N = 24 };
    struct sock_filter instructions[N + 16], copy[N + 16];
    struct sock_fprog program = {0, instructions}, before_it = {0, copy};
    unsigned short n = 0;

    (void)state;
    instructions[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    instructions[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, N + 8);
    instructions[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    instructions[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 5, N + 1, 0);
    for (int i = 0; i < N; i++)
        instructions[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 100 + (unsigned int)i,
                                                         (unsigned char)(N - i - 1), 0);
    instructions[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 1);
    instructions[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]));
    instructions[n++] = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0);
    instructions[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2);
    instructions[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    instructions[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 2);
    instructions[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 3);
    program.len = before_it.len = n;
    memcpy(copy, instructions, sizeof(copy));
    assert_int_equal(__real_policy_shorten(AUDIT_ARCH_X86_64, &program), 0);
    compare_all(&before_it, &program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_common_policy_answers_the_same),
        cmocka_unit_test(test_random_policies_answer_the_same),
        cmocka_unit_test(test_another_shape_stays),
        cmocka_unit_test(test_a_value_that_is_tested_again_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
