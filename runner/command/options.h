/* SPDX-License-Identifier: MIT */
/* What a command understands, as a table: its options are read from it, and its --help is printed from it. */
#ifndef EXRUN_RUNNER_COMMAND_OPTIONS_H
#define EXRUN_RUNNER_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "sandbox/base/error.h"

/* What an option's place in the target is. OPTION_FLAG: a bool that becomes true. OPTION_TEXT: a const char
 * *, borrowed from argv. OPTION_TIME: a uint64_t of milliseconds. OPTION_LIMITS: a struct limits, and the row
 * stands for one option a limit. */
enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_TIME, OPTION_LIMITS };

struct option_row {
    const char *name; /* without "--"; NULL ends the table */
    char letter;      /* of "-p"; 0 for none */
    enum option_kind kind;
    size_t offset;     /* in the target */
    const char *value; /* the name of its value in --help; NULL for a flag */
    const char *help;
};

/* @usage: lines behind "usage: ". @about: what the command does, lines. @stops_at_word: what stands behind
 * the first word is not the command's. */
struct manual {
    const char *usage;
    const char *about;
    const struct option_row *rows;
    bool stops_at_word;
};

/* Outcome of options_parse(). */
enum { OPTIONS_E_HELP = 1 };

/* As main() gets them, from the command's word on. */
struct arguments {
    int argc;
    char **argv;
};

/* Reads the options of @arguments, whose first word is the command's, into @target; *ret_words is what stands
 * behind them. OPTIONS_E_HELP where only help is wanted. What is wrong is EX_USAGE, with the option as its
 * place. */
int options_parse(const struct arguments *arguments, const struct manual *manual, void *target,
                  char *const **ret_words, struct error *err);

/* For commands that take no words: EX_USAGE where there is one. */
int options_no_words(char *const *words, struct error *err);

/* Prints what --help shows. */
void options_help(const struct manual *manual, FILE *out);

#endif
