/* SPDX-License-Identifier: MIT */
/* How a language waits for a program: not at all, or with its interpreter started ahead in a cell of its own
 * (parked). */
#ifndef EXRUN_SANDBOX_PLAN_WARM_H
#define EXRUN_SANDBOX_PLAN_WARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The cell of a stage: made for it, made before, or one in which the interpreter waited, too. */
enum run_cell { RUN_CELL_COLD, RUN_CELL_READY, RUN_CELL_PARKED, N_RUN_CELLS };

/* Where the interpreter waits. */
enum warm_point {
    WARM_OPEN_ENTRY, /* it opens its entry file */
    WARM_READ_ENTRY, /* it has opened its entry file and read the placeholder, and asks with access(2) for
                        WARM_BEGIN, which a file of the profile tells it to do last */
    WARM_STAT_ENTRY, /* it asks with statx(2) for its entry file for the first time */
    N_WARM_POINTS,
};

/* State of an interpreter that waits. PARK_ENDED: it has ended, or its cell has said something.
 * PARK_OUTDATED: files that it has read were replaced. PARK_BUSY: it has used CPU time. */
enum park_state { PARK_WAITS, PARK_ENDED, PARK_OUTDATED, PARK_BUSY, N_PARK_STATES };

/* Parts of an outcome, compared with those of a run whose interpreter was not started ahead. */
enum check_part {
    CHECK_VERDICT,
    CHECK_EXIT,
    CHECK_SIGNAL,
    CHECK_STDOUT,
    CHECK_STDERR,
    CHECK_COMPILER, /* its verdict, messages or product; the last part */
    N_CHECK_PARTS
};

#define WARM_MOST_EARLIER 7

/* There is no such file. */
#define WARM_BEGIN "/etc/exrun/begin"

/* Values that the interpreter has stored before the point, and that are stored anew after it; a bit each. */
enum warm_fresh {
    WARM_TIME = 1 << 0,         /* what it got from time(2): Perl's $^T */
    WARM_BASH_SECONDS = 1 << 1, /* shellstart and shell_start_time: Bash's SECONDS */
    WARM_FRESH_MOST = (1 << 2) - 1,
};

/* @placeholder: the bytes of the entry file while the interpreter waits; NULL: there is no such file. Owned.
 * @fresh: bits of enum warm_fresh. @threads: the interpreter has threads of its own by then, so whatever
 * happens while it has a single one is not the point. @n_earlier: how often it opens the entry file before
 * the point, with those threads; it reads the placeholder then. @needed: a text that the head of a compiled
 * program, up to its first blank line (CR LF), must contain, because the interpreter has read that of the
 * placeholder; NULL: none. Owned. @early: names of files and directories that it has looked for in /box by
 * then, so a request that has one of them needs another cell; NULL: it looks for no others. Owned. @check: a
 * program that shows whether it works; NULL: an empty one. Owned. @argv: the command that waits, if it is
 * not the stage's own; @program: the path of its program in the cell, NULL if this machine doesn't have it.
 * Owned. The rest means nothing unless @parks. */
struct warm {
    bool parks;
    enum warm_point point;
    unsigned int fresh;
    char *placeholder;
    size_t placeholder_size;
    bool threads;
    unsigned int n_earlier;
    char *needed;
    char **early;
    char *check;
    char **argv;
    char *program;
};

#endif
