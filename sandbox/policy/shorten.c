/* SPDX-License-Identifier: MIT */
/* Finds what the program does with each number of a syscall, joins numbers to ranges, and writes a binary
 * search of the range. Tests of arguments are copied. */
#include "sandbox/policy/shorten.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"

enum {
    LOAD = BPF_LD | BPF_W | BPF_ABS,
    AND = BPF_ALU | BPF_AND | BPF_K,
    JUMP = BPF_JMP | BPF_JA,
    IF_EQUAL = BPF_JMP | BPF_JEQ | BPF_K,
    IF_ABOVE = BPF_JMP | BPF_JGT | BPF_K,
    IF_AT_LEAST = BPF_JMP | BPF_JGE | BPF_K,
    RETURN = BPF_RET | BPF_K,
    FARTHEST = 253, /* a condition reaches 255; a jump for its other target and a load may come between */
    ABSENT = 0xffff,
};

struct range {
    uint32_t first;    /* number of a syscall */
    unsigned short at; /* the old instruction that returns, or that begins to look at arguments */
};

/* @old is the caller's, the rest is owned. */
struct shortening {
    const struct sock_filter *old;
    size_t n_old;
    struct range *ranges;
    size_t n_ranges;
    struct sock_filter *back; /* the new program, from its end to its start */
    size_t n_back;
    unsigned short *place; /* of an old instruction: where it stands in the new one, counted from the end */
};

static bool is_condition(const struct sock_filter *one)
{
    return one->code == IF_EQUAL || one->code == IF_ABOVE || one->code == IF_AT_LEAST;
}

static size_t next_of(const struct sock_filter *one, size_t at, uint32_t value)
{
    bool is_true = one->code == IF_EQUAL   ? value == one->k
                   : one->code == IF_ABOVE ? value > one->k
                                           : value >= one->k;

    return at + 1 + (is_true ? one->jt : one->jf);
}

/* Returns true if the instruction does not use the value that was loaded before it. */
static bool begins_anew(const struct shortening *s, size_t at)
{
    return at < s->n_old && (s->old[at].code == LOAD || s->old[at].code == RETURN);
}

/* Returns the instruction from which on something happens: behind jumps, and behind tests of "no bits",
 * which libseccomp writes for the upper half of an argument that has a mask of 32 bits. */
static size_t settle(const struct shortening *s, size_t at)
{
    for (;;) {
        const struct sock_filter *one = s->old + at;

        if (one->code == JUMP && at + 1 + one->k < s->n_old)
            at += 1 + one->k;
        else if (at + 2 < s->n_old && one->code == LOAD && one[1].code == AND && one[1].k == 0 &&
                 is_condition(one + 2) && begins_anew(s, next_of(one + 2, at + 2, 0)))
            at = next_of(one + 2, at + 2, 0);
        else
            return at;
    }
}

/* Returns what @old does with syscall @number, as an index of it, or ABSENT if the program is not of the
 * known shape. */
static unsigned short follow(const struct shortening *s, size_t at, uint32_t number)
{
    bool is_loaded = false;

    while (at < s->n_old) {
        const struct sock_filter *one = s->old + at;

        if (one->code == LOAD && one->k == offsetof(struct seccomp_data, nr))
            is_loaded = true, at++;
        else if (one->code == JUMP)
            at += 1 + one->k;
        else if (is_condition(one) && is_loaded)
            at = next_of(one, at, number);
        else if (one->code == RETURN || (one->code == LOAD && one->k >= offsetof(struct seccomp_data, args)))
            return (unsigned short)settle(s, at);
        else
            return ABSENT;
    }
    return ABSENT;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static bool do_the_same(const struct shortening *s, unsigned short a, unsigned short b)
{
    return a == b || (s->old[a].code == RETURN && s->old[b].code == RETURN && s->old[a].k == s->old[b].k);
}

/* Finds the ranges. Between two numbers that the program compares with, its answer can't change. Returns 0,
 * -ENOMEM, or -ENOTSUP for an unknown shape. */
static int find_ranges(struct shortening *s, size_t begin)
{
    _cleanup_(freep) uint32_t *numbers = calloc(2 * s->n_old + 1, sizeof(*numbers));
    size_t n = 1;

    if (!numbers)
        return -ENOMEM;
    for (size_t i = begin; i < s->n_old; i++)
        if (is_condition(s->old + i)) {
            numbers[n++] = s->old[i].k;
            numbers[n++] = s->old[i].k + 1; /* 0 after the highest, which is one of the numbers */
        }
    qsort(numbers, n, sizeof(*numbers), compare_numbers);
    for (size_t i = 0; i < n; i++) {
        unsigned short at = follow(s, begin, numbers[i]);

        if (at == ABSENT)
            return -ENOTSUP;
        if (s->n_ranges == 0 || !do_the_same(s, s->ranges[s->n_ranges - 1].at, at))
            s->ranges[s->n_ranges++] = (struct range){numbers[i], at};
    }
    return 0;
}

static void push(struct shortening *s, struct sock_filter one)
{
    s->back[s->n_back++] = one;
}

/* Marks what is reached from the ranges. Jumps only lead forward. Returns 0, or -ENOTSUP if something is
 * neither a test of an argument nor an answer. */
static int mark_reached(struct shortening *s)
{
    for (size_t i = 0; i < s->n_ranges; i++)
        s->place[s->ranges[i].at] = 0;
    for (size_t i = 0; i < s->n_old; i++) {
        const struct sock_filter *one = s->old + i;

        if (s->place[i] == ABSENT || one->code == RETURN)
            continue;
        if (is_condition(one)) {
            s->place[settle(s, i + 1 + one->jt)] = 0;
            s->place[settle(s, i + 1 + one->jf)] = 0;
        } else if (i + 1 < s->n_old && s->old[i + 1].code != JUMP &&
                   (one->code == AND ||
                    (one->code == LOAD && one->k >= offsetof(struct seccomp_data, args)))) {
            s->place[i + 1] = 0;
        } else {
            return -ENOTSUP;
        }
    }
    return 0;
}

/* Copies what is reached, in its order, so each one that has no jump is followed by its next one. Returns 0,
 * or -ENOTSUP if a jump would be too far. */
static int copy_reached(struct shortening *s)
{
    for (size_t i = s->n_old; i-- > 0;) {
        struct sock_filter one = s->old[i];

        if (s->place[i] == ABSENT)
            continue;
        if (is_condition(&one)) {
            size_t if_true = s->n_back - s->place[settle(s, i + 1 + one.jt)];
            size_t if_false = s->n_back - s->place[settle(s, i + 1 + one.jf)];

            if (if_true > FARTHEST || if_false > FARTHEST)
                return -ENOTSUP;
            one.jt = (unsigned char)if_true;
            one.jf = (unsigned char)if_false;
        }
        push(s, one);
        s->place[i] = (unsigned short)s->n_back;
    }
    return 0;
}

/* Returns @place, or that of a new jump to it if it is too far away for a condition. */
static size_t near(struct shortening *s, size_t place)
{
    if (s->n_back - place <= FARTHEST)
        return place;
    push(s, (struct sock_filter){JUMP, 0, 0, (uint32_t)(s->n_back - place)});
    return s->n_back;
}

/* Returns a place that does what the old instruction @at does, and that a condition can reach. */
static size_t place_of(struct shortening *s, unsigned short at)
{
    if (s->old[at].code == RETURN && s->n_back - s->place[at] > FARTHEST) {
        push(s, s->old[at]);
        s->place[at] = (unsigned short)s->n_back;
    }
    return s->place[at] = (unsigned short)near(s, s->place[at]);
}

/* Writes the search among the ranges from @low to before @high; returns its place. */
static size_t write_search(struct shortening *s, size_t low, size_t high)
{
    size_t middle = low + (high - low) / 2, above, below;

    if (high - low == 1)
        return place_of(s, s->ranges[low].at);
    above = write_search(s, middle, high);
    below = write_search(s, low, middle);
    above = near(s, above);
    push(s, (struct sock_filter){IF_AT_LEAST, (unsigned char)(s->n_back - above),
                                 (unsigned char)(s->n_back - below), s->ranges[middle].first});
    return s->n_back;
}

/* Writes the new program, in which a call of another architecture than @arch does what the old instruction
 * @other does. */
static int write_program(struct shortening *s, uint32_t arch, unsigned short other)
{
    size_t search, wrong;
    int r = mark_reached(s);

    s->place[other] = 0;
    if (r == 0)
        r = copy_reached(s);
    if (r < 0)
        return r;
    search = write_search(s, 0, s->n_ranges);
    wrong = place_of(s, other);
    if (search != s->n_back)
        push(s, (struct sock_filter){JUMP, 0, 0, (uint32_t)(s->n_back - search)});
    push(s, (struct sock_filter){LOAD, 0, 0, offsetof(struct seccomp_data, nr)});
    push(s, (struct sock_filter){IF_EQUAL, 0, (unsigned char)(s->n_back - wrong), arch});
    push(s, (struct sock_filter){LOAD, 0, 0, offsetof(struct seccomp_data, arch)});
    return 0;
}

/* Returns the instruction after the test of the architecture, and what happens if it is another one in
 * *ret_other; ABSENT if the program does not begin in this way. */
static unsigned short after_architecture(const struct shortening *s, uint32_t arch, unsigned short *ret_other)
{
    const struct sock_filter *old = s->old;
    size_t other;

    if (s->n_old < 3 || old[0].code != LOAD || old[0].k != offsetof(struct seccomp_data, arch) ||
        old[1].code != IF_EQUAL || old[1].k != arch)
        return ABSENT;
    other = settle(s, 2 + old[1].jf);
    if (old[other].code != RETURN)
        return ABSENT;
    *ret_other = (unsigned short)other;
    return (unsigned short)(2 + old[1].jt);
}

static void shortening_deinit(struct shortening *s)
{
    free(s->ranges);
    free(s->back);
    free(s->place);
}

int policy_shorten(uint32_t arch, struct sock_fprog *program)
{
    _cleanup_(shortening_deinit) struct shortening s = {.old = program->filter, .n_old = program->len};
    unsigned short other = ABSENT, begin;
    int r;

    s.ranges = calloc(2 * s.n_old + 1, sizeof(*s.ranges));
    /* A range adds at most a condition, an answer and a jump, and there are two ranges for a comparison. */
    s.back = calloc(7 * s.n_old + 8, sizeof(*s.back));
    s.place = calloc(s.n_old, sizeof(*s.place));
    if (!s.ranges || !s.back || !s.place)
        return -ENOMEM;
    memset(s.place, 0xff, s.n_old * sizeof(*s.place));
    begin = after_architecture(&s, arch, &other);
    r = begin == ABSENT ? -ENOTSUP : find_ranges(&s, begin);
    if (r == 0)
        r = write_program(&s, arch, other);
    if (r == 0 && s.n_back < program->len) {
        for (size_t i = 0; i < s.n_back; i++)
            program->filter[i] = s.back[s.n_back - 1 - i];
        program->len = (unsigned short)s.n_back;
    }
    return r == -ENOMEM ? r : 0;
}
