/* SPDX-License-Identifier: MIT */
/* Finds out whether a compiler that was started ahead does the same as one that was not. */
#include "sandbox/warm/compiler_check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fault.h"
#include "sandbox/warm/compiler.h"

#define MISTAKE "\n}{(\n" /* in most languages not the end of a program */

static bool outcomes_are_equal(const struct run_outcome *a, const struct run_outcome *b)
{
    return a->verdict == b->verdict && a->exit_code == b->exit_code && a->signal == b->signal &&
           check_are_equal(&a->output, &b->output) && check_are_equal(&a->errors, &b->errors);
}

static bool products_are_equal(const struct artifacts *a, const struct artifacts *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!check_are_equal(&a->items[i].content, &b->items[i].content))
            return false;
    return true;
}

/* Compiles in a compiler that waits. Returns 0 or -errno with a fault; @is_known reports whether that is
 * its fault. */
static int run_waiting(const struct checking *checking, const char *text, struct run_result *ret)
{
    struct warm_check *check = checking->check;
    struct ready compiler = READY_NONE;
    const struct check_cells cells = {.compiler = &compiler, .compiles_anew = true};
    int r = compiler_make(&compiler, checking->host, checking->profile, &check->fault);

    check->is_known = r == 0 || (r != -ETIMEDOUT && !fault_is_shortage(-r));
    if (r == 0) {
        r = check_run(checking, &cells, text, ret);
        check->is_known = r == 0;
    }
    check->unreclaimed |= ready_reclaim(&compiler);
    return r == 0 && ret->compile_cell != RUN_CELL_PARKED ? fault_set(&check->fault, FAULT_PARKED, -ENOTSUP)
                                                          : r;
}

/* Returns 0 if both ways end alike, or -errno with a fault. */
static int compare(const struct checking *checking, const char *text)
{
    _cleanup_(run_result_deinit) struct run_result waiting = {.verdict = VERDICT_ERROR},
                                                   other = {.verdict = VERDICT_ERROR};
    struct warm_check *check = checking->check;
    int r = check_run(checking, &(struct check_cells){.compiles_anew = true}, text, &other);

    check->is_known = r == 0;
    if (r == 0)
        r = run_waiting(checking, text, &waiting);
    if (r < 0)
        return r;
    if (waiting.verdict == other.verdict && outcomes_are_equal(&waiting.compile, &other.compile) &&
        products_are_equal(&waiting.artifacts, &other.artifacts))
        return 0;
    check->is_known = !check_was_slow(&waiting, &other);
    return fault_set_index(&check->fault, FAULT_UNEQUAL, -ENOTUNIQ, CHECK_COMPILER);
}

void compiler_check(const struct checking *checking)
{
    const char *text = check_text(checking);
    _cleanup_(freep) char *wrong = NULL;

    if (asprintf(&wrong, "%s" MISTAKE, text) < 0) {
        wrong = NULL;
        checking->check->is_known = false;
        fault_memory(&checking->check->fault);
        return;
    }
    if (compare(checking, text) == 0)
        compare(checking, wrong);
}
