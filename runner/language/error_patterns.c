/* SPDX-License-Identifier: MIT */
/* Reads the member "errors" of a profile: how a language words its errors. */
#include <stdlib.h>
#include <string.h>

#include "runner/language/error_kinds.h"
#include "runner/language/error_patterns.h"
#include "runner/language/language.h"
#include "runner/language/language_members.h"
#include "runner/text/expression.h"

/* A pattern for a whole file says only whether a line matches. */
#define OF_SOURCE (REG_NEWLINE | REG_NOSUB)

/* @flags: of regcomp(3). */
static int read_pattern(struct json_in *in, const json_t *value, int flags, struct expression **ret)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    *ret = expression_new(text, flags);
    return *ret ? 0 : error_memory(in->err);
}

static int read_begins(struct json_in *in, const json_t *value, void *target)
{
    return read_pattern(in, value, 0, &((struct language *)target)->error_begins);
}

static int read_line(struct json_in *in, const json_t *value, void *target)
{
    return read_pattern(in, value, 0, &((struct language *)target)->error_line);
}

/* Chooses the line that is named if a message contains several lines of the file. */
static int read_line_is(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    language->error_line_is_last = strcmp(text, "last") == 0;
    return language->error_line_is_last || strcmp(text, "first") == 0
               ? 0
               : json_in_fail(in, "must be \"first\" or \"last\"");
}

static int read_match(struct json_in *in, const json_t *value, void *target)
{
    return read_pattern(in, value, 0, &((struct error_pattern *)target)->match);
}

static int read_source(struct json_in *in, const json_t *value, void *target)
{
    return read_pattern(in, value, OF_SOURCE, &((struct error_pattern *)target)->source);
}

static int read_lacks(struct json_in *in, const json_t *value, void *target)
{
    return read_pattern(in, value, OF_SOURCE, &((struct error_pattern *)target)->lacks);
}

static int read_is(struct json_in *in, const json_t *value, void *target)
{
    struct error_pattern *error = target;
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    error->kind = error_kind_find(text);
    return error->kind >= 0 ? 0 : json_in_fail(in, "\"%.40s\" is not a known kind of error", text);
}

static int read_kind(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"is", read_is, true},
                                                 {"match", read_match, false},
                                                 {"source", read_source, false},
                                                 {"lacks", read_lacks, false},
                                                 {NULL}};
    struct language *language = target;
    struct error_pattern *error = &language->errors[language->n_errors++];
    int r = json_in_object(in, value, members, error);

    if (r == 0 && !error->match && !error->source && !error->lacks)
        return json_in_fail(in, "needs \"match\", \"source\" or \"lacks\"");
    return r;
}

static int read_kinds(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;

    language->errors = calloc(json_array_size(value) + 1, sizeof(*language->errors));
    return language->errors ? json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_kind, language)
                            : error_memory(in->err);
}

static int read_hidden_line(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;

    return read_pattern(in, value, 0, &language->hidden[language->n_hidden++]);
}

static int read_hidden(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;

    language->hidden = calloc(json_array_size(value) + 1, sizeof(struct expression *));
    return language->hidden ? json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_hidden_line, language)
                            : error_memory(in->err);
}

int language_read_errors(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"begins", read_begins, false}, {"line", read_line, false},     {"line_is", read_line_is, false},
        {"kinds", read_kinds, false},   {"hidden", read_hidden, false}, {NULL}};

    return json_in_object(in, value, members, target);
}
