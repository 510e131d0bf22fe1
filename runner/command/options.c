/* SPDX-License-Identifier: MIT */
/* Parses the options of a command from a table. */
#include "runner/command/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <string.h>

#include "runner/text/nearest.h"
#include "runner/text/quantity.h"
#include "sandbox/plan/limits.h"

#define MOST_ROWS 12
#define FIRST_ROW 256 /* above every character */
#define FIRST_LIMIT 512
#define HELP 1000

/* The table in the forms that getopt_long(3) expects. */
struct table {
    struct option known[MOST_ROWS + N_LIMITS + 2];
    char letters[2 * MOST_ROWS + 4];
    size_t n;
};

static void add(struct table *table, const char *name, int has_value, int code)
{
    table->known[table->n++] = (struct option){name, has_value, NULL, code};
}

/* Fills @table, which must be empty. */
static void table_fill(struct table *table, const struct manual *manual)
{
    char *letter = table->letters;

    if (manual->stops_at_word)
        *letter++ = '+';
    *letter++ = ':';
    add(table, "help", no_argument, HELP);
    for (int i = 0; i < MOST_ROWS && manual->rows[i].name; i++) {
        const struct option_row *row = &manual->rows[i];

        for (int limit = 0; row->kind == OPTION_LIMITS && limit < N_LIMITS; limit++)
            add(table, limit_rows[limit].word, required_argument, FIRST_LIMIT + limit);
        if (row->kind != OPTION_LIMITS)
            add(table, row->name, row->kind == OPTION_FLAG ? no_argument : required_argument, FIRST_ROW + i);
        if (row->letter) {
            *letter++ = row->letter;
            *letter = ':';
            letter += row->kind != OPTION_FLAG;
        }
    }
    *letter = '\0';
}

static int set_quantity(const char *name, const char *text, enum limit_unit unit, uint64_t *ret,
                        struct error *err)
{
    char option[40];

    if (quantity_parse(text, unit, ret) == 0)
        return 0;
    snprintf(option, sizeof(option), "--%s", name);
    return error_set(err, -EINVAL, EX_USAGE, option, "\"%.60s\" is not %s", text, quantity_examples(unit));
}

static int set_limit(const char *text, int limit, struct limits *limits, struct error *err)
{
    const struct limit_row *row = &limit_rows[limit];
    char option[40];
    uint64_t value;
    int r = set_quantity(row->word, text, row->unit, &value, err);

    if (r < 0)
        return r;
    snprintf(option, sizeof(option), "--%s", row->word);
    if (value == 0)
        return error_set(err, -EINVAL, EX_USAGE, option, "must not be 0");
    limits_set(limits, (enum limit)limit, value);
    return 0;
}

static int add_text(const struct option_row *row, const char *text, struct option_texts *texts,
                    struct error *err)
{
    char option[40];

    for (size_t i = 0; i < OPTION_MOST_TEXTS; i++)
        if (!texts->items[i]) {
            texts->items[i] = (char *)(uintptr_t)text;
            return 0;
        }
    snprintf(option, sizeof(option), "--%s", row->name);
    return error_set(err, -E2BIG, EX_USAGE, option, "can be given at most %d times", OPTION_MOST_TEXTS);
}

static int set(const struct option_row *row, const char *value, void *target, struct error *err)
{
    void *place = (char *)target + row->offset;
    bool yes = true;

    if (row->kind == OPTION_FLAG)
        memcpy(place, &yes, sizeof(yes));
    else if (row->kind == OPTION_TEXT)
        memcpy(place, &value, sizeof(value));
    else if (row->kind == OPTION_TEXTS)
        return add_text(row, value, place, err);
    else
        return set_quantity(row->name, value, UNIT_MS, place, err);
    return 0;
}

/* Sets the option that getopt found. @code: that of a limit or of a row, or the row's letter. */
static int take(const struct manual *manual, int code, const char *value, void *target, struct error *err)
{
    for (int i = 0; manual->rows[i].name; i++) {
        const struct option_row *row = &manual->rows[i];

        if (row->kind == OPTION_LIMITS && code >= FIRST_LIMIT)
            return set_limit(value, code - FIRST_LIMIT, (void *)((char *)target + row->offset), err);
        if (code == FIRST_ROW + i || (row->letter && code == row->letter))
            return set(row, value, target, err);
    }
    return -EINVAL;
}

static int unknown(const struct table *table, const char *typed, const char *command, struct error *err)
{
    struct nearest nearest;
    char name[40];

    error_set(err, -EINVAL, EX_USAGE, typed, "is not an option of \"%s\"", command);
    snprintf(name, sizeof(name), "%s", typed + strspn(typed, "-"));
    name[strcspn(name, "=")] = '\0';
    nearest_init(&nearest, name);
    for (size_t i = 0; i < table->n; i++)
        nearest_offer(&nearest, table->known[i].name);
    if (nearest.word && strncmp(typed, "--", 2) == 0)
        error_hint(err, "did you mean --%s? list all options (exrun %s --help)", nearest.word, command);
    else
        error_hint(err, "list all options (exrun %s --help)", command);
    return -EINVAL;
}

int options_parse(const struct arguments *arguments, const struct manual *manual, void *target,
                  char *const **ret_words, struct error *err)
{
    const int argc = arguments->argc;
    char **argv = arguments->argv;
    struct table table = {.n = 0};
    int code, r = 0;

    table_fill(&table, manual);
    opterr = 0;
    while (r == 0 && (code = getopt_long(argc, argv, table.letters, table.known, NULL)) != -1) {
        if (code == HELP)
            return OPTIONS_E_HELP;
        if (code == ':')
            r = error_set(err, -EINVAL, EX_USAGE, argv[optind - 1], "needs a value");
        else if (code == '?')
            r = unknown(&table, argv[optind - 1], argv[0], err);
        else
            r = take(manual, code, optarg, target, err);
    }
    *ret_words = argv + optind;
    return r;
}

int options_no_words(char *const *words, struct error *err)
{
    return *words ? error_set(err, -EINVAL, EX_USAGE, *words, "is not expected here") : 0;
}

static void print_row(FILE *out, char letter, const char *name, const char *value, const char *help)
{
    char option[40], short_form[8] = "    ";

    snprintf(option, sizeof(option), "--%s%s%s", name, value ? " " : "", value ? value : "");
    if (letter)
        snprintf(short_form, sizeof(short_form), "-%c, ", letter);
    fprintf(out, "  %s%-20s %s\n", short_form, option, help);
}

void options_help(const struct manual *manual, FILE *out)
{
    static const char *const values[] = {[UNIT_MS] = "TIME", [UNIT_BYTES] = "SIZE", [UNIT_COUNT] = "N"};

    fprintf(out, "usage: %s\n%s\n", manual->usage, manual->about);
    for (const struct option_row *row = manual->rows; row->name; row++) {
        if (row->kind != OPTION_LIMITS)
            print_row(out, row->letter, row->name, row->value, row->help);
        else
            fprintf(out, "\n%s\n", row->help);
        for (int limit = 0; row->kind == OPTION_LIMITS && limit < N_LIMITS; limit++)
            print_row(out, 0, limit_rows[limit].word, values[limit_rows[limit].unit], limit_rows[limit].help);
    }
    print_row(out, 0, "help", NULL, "print this help");
}
