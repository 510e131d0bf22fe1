/* SPDX-License-Identifier: MIT */
/* The options of a command as a table, which is used to parse them and to print --help. */
#ifndef EXRUN_RUNNER_COMMAND_OPTIONS_H
#define EXRUN_RUNNER_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "runner/text/error.h"

/* The type of an option's place in the target. OPTION_FLAG: a bool that becomes true. OPTION_TEXT:
 * a const char *, borrowed from argv. OPTION_TEXTS: a struct option_texts, for an option that can be
 * repeated. OPTION_TIME: a uint64_t of milliseconds. OPTION_LIMITS: a struct limits; the row represents one
 * option for each limit. */
enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_TEXTS, OPTION_TIME, OPTION_LIMITS };

enum { OPTION_MOST_TEXTS = 15 };

/* Borrowed from argv; a list that ends in NULL. */
struct option_texts {
    char *items[OPTION_MOST_TEXTS + 1];
};

struct option_row {
    const char *name; /* without "--"; NULL ends the table */
    char letter;      /* of "-p"; 0: without a short form */
    enum option_kind kind;
    size_t offset;     /* in the target */
    const char *value; /* the name of its value in --help; NULL for a flag */
    const char *help;
};

/* @usage: the lines after "usage: ". @about: lines that describe the command. @stops_at_word:
 * arguments after the first word don't belong to the command. */
struct manual {
    const char *usage;
    const char *about;
    const struct option_row *rows;
    bool stops_at_word;
};

/* A result of options_parse(). */
enum { OPTIONS_E_HELP = 1 };

/* The arguments of main(), from the command's word on. */
struct arguments {
    int argc;
    char **argv;
};

/* Reads the options of @arguments, whose first word is the command, into @target; *ret_words are
 * the words after them. Returns OPTIONS_E_HELP if only help is wanted. If an option is wrong, fails
 * with EX_USAGE and the option as its place. */
int options_parse(const struct arguments *arguments, const struct manual *manual, void *target,
                  char *const **ret_words, struct error *err);

/* Fails with EX_USAGE if @words is not empty. For commands that take no words. */
int options_no_words(char *const *words, struct error *err);

/* Prints the text of --help. */
void options_help(const struct manual *manual, FILE *out);

#endif
