/* SPDX-License-Identifier: MIT */
/* How a language waits for a program: not at all, or with its interpreter started ahead in a cell of its own
 * (parked). */
#ifndef EXRUN_SANDBOX_PLAN_WARM_H
#define EXRUN_SANDBOX_PLAN_WARM_H

#include <stdbool.h>
#include <stdint.h>

/* The cell of a stage: made for it, made before, or one in which the interpreter waited, too. */
enum run_cell { RUN_CELL_COLD, RUN_CELL_READY, RUN_CELL_PARKED, N_RUN_CELLS };

/* Where the interpreter waits. */
enum warm_point {
    WARM_OPEN_ENTRY, /* it opens its entry file for the first time */
    N_WARM_POINTS,
};

/* What the interpreter has stored before the point, and is stored anew after it; a bit each. */
enum warm_fresh {
    WARM_TIME = 1 << 0,         /* what it got from time(2): Perl's $^T */
    WARM_BASH_SECONDS = 1 << 1, /* shellstart and shell_start_time: Bash's SECONDS */
    WARM_FRESH_MOST = (1 << 2) - 1,
};

/* @placeholder: the text of the entry file while the interpreter waits; NULL: there is no such file. Owned.
 * @fresh: bits of enum warm_fresh. The rest means nothing unless @parks. */
struct warm {
    bool parks;
    enum warm_point point;
    unsigned int fresh;
    char *placeholder;
};

#endif
