/* SPDX-License-Identifier: MIT */
/* Reads the head of a probe. */
#include "runner/audit/probe.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/quantity.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/base/utf8.h"

#define LEADS "#/*-;%! \t" /* characters with which comments begin */
#define LETTERS "abcdefghijklmnopqrstuvwxyz"

static int set_text(char **place, const char *value)
{
    free(*place);
    *place = strdup(value);
    return *place ? 0 : -ENOMEM;
}

static int set_words(char ***place, char *value)
{
    char *rest = NULL;
    int r = 0;

    for (char *word = strtok_r(value, " ", &rest); word && r == 0; word = strtok_r(NULL, " ", &rest))
        r = strv_add(place, word);
    return r;
}

static int read_tries(struct probe *probe, char *value)
{
    return set_text(&probe->tries, value);
}

static int read_layer(struct probe *probe, char *value)
{
    return set_words(&probe->layers, value);
}

static int read_source(struct probe *probe, char *value)
{
    return set_text(&probe->source, value);
}

static int read_breach(struct probe *probe, char *value)
{
    return set_text(&probe->breach, value);
}

static int read_expect(struct probe *probe, char *value)
{
    return set_text(&probe->expect, value);
}

static int read_says(struct probe *probe, char *value)
{
    return set_text(&probe->says, value);
}

static int read_hits(struct probe *probe, char *value)
{
    return limits_find_word(value) < 0 ? -EINVAL : set_text(&probe->hits, value);
}

static int read_limits(struct probe *probe, char *value)
{
    char *rest = NULL;

    for (char *word = strtok_r(value, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(word, '=');
        uint64_t amount;
        int limit;

        if (!equals)
            return -EINVAL;
        *equals = '\0';
        limit = limits_find_word(word);
        if (limit < 0 || quantity_parse(equals + 1, limit_rows[limit].unit, &amount) < 0)
            return -EINVAL;
        limits_set(&probe->limits, (enum limit)limit, amount);
    }
    return 0;
}

static int read_reads(struct probe *probe, char *value)
{
    /* The markers of audit/canary.h. */
    static const char *const markers[][2] = {
        {"DIR", "@DIR@"}, {"PORT", "@PORT@"}, {"NAME", "@NAME@"}, {"KEY", "@KEY@"}, {"PID", "@PID@"},
    };

    for (size_t i = 0; i < sizeof(markers) / sizeof(*markers); i++)
        if (strcmp(markers[i][0], value) == 0)
            return set_text(&probe->reads, markers[i][1]);
    return -EINVAL;
}

static int read_artifacts(struct probe *probe, char *value)
{
    return set_words(&probe->artifacts, value);
}

static int read_runs(struct probe *probe, char *value)
{
    return quantity_parse(value, UNIT_COUNT, &probe->runs);
}

static int read_copies(struct probe *probe, char *value)
{
    int r = quantity_parse(value, UNIT_COUNT, &probe->copies);

    return r == 0 && (probe->copies == 0 || probe->copies > PROBE_MOST_COPIES) ? -EINVAL : r;
}

/* @read: returns 0, -ENOMEM, or -EINVAL if the value is invalid. */
static const struct {
    const char *name;
    int (*read)(struct probe *probe, char *value);
    bool is_required;
} members[] = {
    {"tries", read_tries, true},          {"layer", read_layer, true},    {"source", read_source, true},
    {"breach", read_breach, true},        {"expect", read_expect, true},  {"says", read_says, false},
    {"hits", read_hits, false},           {"limits", read_limits, false}, {"reads", read_reads, false},
    {"artifacts", read_artifacts, false}, {"runs", read_runs, false},     {"copies", read_copies, false},
};

#define N_MEMBERS (sizeof(members) / sizeof(*members))

static int __attribute__((format(printf, 4, 5)))
fail(const struct probe *probe, unsigned int line, struct error *err, const char *what, ...)
{
    char where[sizeof(err->where)], said[sizeof(err->what)];
    va_list arguments;

    va_start(arguments, what);
    vsnprintf(said, sizeof(said), what, arguments);
    va_end(arguments);
    make_printable(said);
    snprintf(where, sizeof(where), "%.150s:%u", probe->name, line);
    return error_set(err, -EINVAL, EX_CONFIG, where, "%s", said);
}

/* Splits "lead name: value". Returns false if the line has another form. Modifies @line. */
static bool split(char *line, char **ret_name, char **ret_value)
{
    char *name = line + strspn(line, LEADS);
    size_t length = strspn(name, LETTERS);
    char *end;

    if (name == line || length == 0 || name[length] != ':' || name[length + 1] != ' ')
        return false;
    name[length] = '\0';
    *ret_name = name;
    *ret_value = name + length + 1 + strspn(name + length + 1, " ");
    end = *ret_value + strlen(*ret_value);
    if (end - *ret_value > 3 && strcmp(end - 3, " */") == 0)
        end[-3] = '\0';
    return true;
}

/* The state while a head is read. */
struct head {
    struct probe *probe;
    unsigned int line;
    bool seen[N_MEMBERS];
};

static int read_member(struct head *head, const char *name, char *value, struct error *err)
{
    for (size_t i = 0; i < N_MEMBERS; i++) {
        int r;

        if (strcmp(members[i].name, name) != 0)
            continue;
        if (head->seen[i])
            return fail(head->probe, head->line, err, "has \"%s\" twice", name);
        head->seen[i] = true;
        r = members[i].read(head->probe, value);
        if (r == -ENOMEM)
            return error_memory(err);
        return r < 0 ? fail(head->probe, head->line, err, "\"%s\" has an invalid value", name) : 0;
    }
    return fail(head->probe, head->line, err, "\"%s\" is not a member of a probe's head", name);
}

/* Reads the head. Lines above the first "name: value" don't belong to it: the licence, "<?php". */
int probe_read(struct probe *probe, struct error *err)
{
    _cleanup_(freep) char *text = strndup(probe->text.data, probe->text.size);
    struct head head = {.probe = probe};
    bool has_begun = false;
    char *rest = text;

    probe->runs = probe->copies = 1;
    if (!text)
        return error_memory(err);
    if (!is_utf8(probe->text.data, probe->text.size))
        return fail(probe, 1, err, "is not UTF-8");
    for (char *line; (line = strsep(&rest, "\n"));) {
        char *name, *value;
        int r;

        head.line++;
        if (split(line, &name, &value)) {
            has_begun = true;
            r = read_member(&head, name, value, err);
            if (r < 0)
                return r;
        } else if (has_begun || head.line > 3) {
            break;
        }
    }
    for (size_t i = 0; i < N_MEMBERS; i++)
        if (members[i].is_required && !head.seen[i])
            return fail(probe, 1, err, "\"%s\" is missing", members[i].name);
    return probe->says || set_text(&probe->says, "held") == 0 ? 0 : error_memory(err);
}

void probe_deinit(struct probe *probe)
{
    free(probe->name);
    free(probe->group);
    free(probe->text.data);
    free(probe->tries);
    free(probe->source);
    free(probe->breach);
    free(probe->expect);
    free(probe->says);
    free(probe->hits);
    free(probe->reads);
    strv_free(probe->layers);
    strv_free(probe->artifacts);
    *probe = (struct probe){0};
}

bool probe_matches(const struct probe *probe, const char *pattern)
{
    if (fnmatch(pattern, probe->name, 0) == 0 || fnmatch(pattern, probe->group, 0) == 0)
        return true;
    for (char *const *layer = probe->layers; layer && *layer; layer++)
        if (fnmatch(pattern, *layer, 0) == 0)
            return true;
    return false;
}
