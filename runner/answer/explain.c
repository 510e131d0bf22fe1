/* SPDX-License-Identifier: MIT */
/* Explains a program's own error message. Patterns are POSIX extended regular expressions, matched
 * line by line. */
#include "runner/answer/explain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/plan/sources.h"

/* A message is expected at the start or at the end of the text. */
#define MOST_LINES ((size_t)64) /* at each of the two */
#define MOST_LINE_BYTES 320
#define MOST_SOURCE_BYTES ((size_t)1 << 20)

/* @from: the first line that can belong to an error message. */
struct lines {
    char text[2 * MOST_LINES][MOST_LINE_BYTES];
    size_t from, n;
};

/* Keeps the first lines and the last ones. If there are more, each new line replaces the oldest of
 * the last ones. */
static void lines_split(struct lines *lines, const struct bytes *text)
{
    const char *at = text->data, *end = text->data + text->size;

    lines->from = lines->n = 0;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop ? stop : end) - at);

        if (lines->n == 2 * MOST_LINES) {
            memmove(lines->text[MOST_LINES], lines->text[MOST_LINES + 1],
                    (MOST_LINES - 1) * sizeof(*lines->text));
            lines->n--;
        }
        if (length >= MOST_LINE_BYTES)
            length = MOST_LINE_BYTES - 1;
        memcpy(lines->text[lines->n], at, length);
        lines->text[lines->n++][length] = '\0';
        at = stop ? stop + 1 : end;
    }
}

/* Returns the first line that @pattern matches, or NULL. *ret_group is the text of its first group,
 * of length 0 if @pattern has no group. */
static const char *find(const struct lines *lines, struct expression *pattern, regmatch_t *ret_group)
{
    regmatch_t groups[EXPRESSION_GROUPS];

    for (size_t i = lines->from; i < lines->n; i++) {
        if (!expression_search(pattern, lines->text[i], strlen(lines->text[i]), groups))
            continue;
        *ret_group = groups[1];
        return lines->text[i];
    }
    return NULL;
}

/* Skips the lines before the message. If no line begins a message, nothing is left, because the
 * last lines might be the program's own output. */
static void skip_to_message(struct lines *lines, const struct language *language)
{
    regmatch_t group;
    const char *line = language->error_begins ? find(lines, language->error_begins, &group) : NULL;

    if (line)
        lines->from = (size_t)(line - *lines->text) / MOST_LINE_BYTES;
    else if (language->error_begins)
        lines->n = 0;
}

/* Returns the number in @group, or 0 if it is above @most. The program can print any number of digits. */
static unsigned int take_number(const char *line, const regmatch_t *group, unsigned int most)
{
    uint64_t number = 0;

    for (regoff_t i = group->rm_so; i >= 0 && i < group->rm_eo; i++) {
        if (line[i] < '0' || line[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(line[i] - '0');
        if (number > most)
            return 0;
    }
    return (unsigned int)number;
}

/* Returns true if @c can be a part of a path in a message, and does not separate it from other words. */
static bool is_of_path(char c)
{
    return !strchr(" \t\"'`()[]{}<>:,;=|", c);
}

/* Returns true if the match of a language's pattern for lines, which begins at @start, is about the entry. If
 * it begins with the name of the file, the folder is looked at, because lib/main.c is another file. Otherwise
 * the pattern contains the folder, or the language does not name files. */
static bool is_of_entry(const char *line, regoff_t start, const char *entry)
{
    static const char *const folders[] = {"", "./", "/box/"};
    regoff_t from = start;
    size_t length;

    if (strncmp(line + start, entry, strlen(entry)) != 0)
        return true;
    while (from > 0 && is_of_path(line[from - 1]))
        from--;
    length = (size_t)(start - from);
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
        if (length == strlen(folders[i]) && strncmp(line + from, folders[i], length) == 0)
            return true;
    return false;
}

/* Returns the line of the entry file that the message names, or 0 if it doesn't name an existing line. */
static unsigned int find_line(const struct lines *lines, const struct language *language,
                              unsigned int n_lines)
{
    unsigned int found = 0;
    regmatch_t groups[EXPRESSION_GROUPS];

    if (!language->error_line)
        return 0;
    for (size_t i = lines->from; i < lines->n && (found == 0 || language->error_line_is_last); i++) {
        unsigned int number = 0;

        if (expression_search(language->error_line, lines->text[i], strlen(lines->text[i]), groups) &&
            is_of_entry(lines->text[i], groups[0].rm_so, language->profile.entry))
            number = take_number(lines->text[i], &groups[1], n_lines);
        if (number > 0)
            found = number;
    }
    return found;
}

/* Copies a word of the program's text for use in a sentence. Leaves @word empty if it is too long,
 * or contains characters other than printable ASCII. */
static void take_word(const char *line, const regmatch_t *group, char *word, size_t room)
{
    size_t length = group->rm_so < 0 ? 0 : (size_t)(group->rm_eo - group->rm_so);

    *word = '\0';
    if (length == 0 || length >= room)
        return;
    for (size_t i = 0; i < length; i++)
        if (line[group->rm_so + (regoff_t)i] < 0x20 || line[group->rm_so + (regoff_t)i] > 0x7e)
            return;
    memcpy(word, line + group->rm_so, length);
    word[length] = '\0';
}

/* Returns true if @pattern matches a line of the first *left bytes of @text, and lowers *left by what was
 * searched. */
static bool is_in_text(struct expression *pattern, const struct bytes *text, size_t *left)
{
    size_t most = text->size < *left ? text->size : *left;
    regmatch_t groups[EXPRESSION_GROUPS];

    *left -= most;
    return text->data && most > 0 && expression_search(pattern, text->data, most, groups);
}

/* Returns true if @pattern matches a line of the entry file or, if @is_everywhere, of any file with an ending
 * of the language. Looks at MOST_SOURCE_BYTES together, the entry first. */
static bool is_in_source(const struct language *language, const struct explain_input *input,
                         struct expression *pattern, bool is_everywhere)
{
    size_t left = MOST_SOURCE_BYTES, n = is_everywhere ? input->job->n_files : 0;
    bool is_there = is_in_text(pattern, input->entry, &left);

    for (size_t i = 0; i < n && left > 0 && !is_there; i++) {
        const struct job_file *file = &input->job->files[i];

        if (&file->content != input->entry && sources_has_ending(&language->profile, file->path))
            is_there = is_in_text(pattern, &file->content, &left);
    }
    return is_there;
}

static bool is_told(const struct error_kind *kind, enum explain_end end)
{
    return (end == EXPLAIN_ERROR && !kind->is_of_compiler_only) ||
           (end == EXPLAIN_FINE && kind->is_told_if_fine) ||
           (end == EXPLAIN_COMPILER && kind->is_told_by_compiler);
}

/* Returns true if @error applies, and copies the subject that its message names. If no message shows that
 * other files were used, only the entry counts. */
static bool applies(const struct language *language, const struct error_pattern *error,
                    const struct explain_input *input, const struct lines *lines, struct explanation *ret)
{
    const char *line = NULL;
    regmatch_t group;

    if (!is_told(&error_kinds[error->kind], input->end) ||
        (error_kinds[error->kind].is_of_bytes && input->is_utf8))
        return false;
    /* The message is shorter than the sources, so it is searched first. */
    if (error->match && !(line = find(lines, error->match, &group)))
        return false;
    if ((error->source && !is_in_source(language, input, error->source, error->match)) ||
        (error->lacks && is_in_source(language, input, error->lacks, error->match)))
        return false;
    if (line)
        take_word(line, &group, ret->what, sizeof(ret->what));
    return true;
}

void explain(const struct language *language, const struct explain_input *input, struct explanation *ret)
{
    struct lines *lines = malloc(sizeof(*lines));

    *ret = (struct explanation){0};
    if (!lines)
        return;
    lines_split(lines, input->output);
    if (input->end != EXPLAIN_FINE)
        skip_to_message(lines, language);
    for (size_t i = 0; i < language->n_errors && !ret->kind; i++)
        if (applies(language, &language->errors[i], input, lines, ret))
            ret->kind = &error_kinds[language->errors[i].kind];
    if (input->end != EXPLAIN_FINE)
        ret->line = find_line(lines, language, input->n_lines);
    free(lines);
}

static int check_pattern(const struct expression *pattern, const char *where, struct error *err)
{
    char said[128];

    return expression_check(pattern, said, sizeof(said)) == 0
               ? 0
               : error_set(err, -EINVAL, EX_CONFIG, where, "is not a valid regular expression: %s", said);
}

static int check_error(const struct language *language, size_t i, struct error *err)
{
    const struct {
        const char *member;
        const struct expression *pattern;
    } rows[] = {{"match", language->errors[i].match},
                {"source", language->errors[i].source},
                {"lacks", language->errors[i].lacks}};
    char where[sizeof(err->where)];
    int r = 0;

    for (size_t j = 0; j < sizeof(rows) / sizeof(*rows) && r == 0; j++) {
        snprintf(where, sizeof(where), "%.90s:/errors/kinds/%zu/%s", language->file, i, rows[j].member);
        if (rows[j].pattern)
            r = check_pattern(rows[j].pattern, where, err);
    }
    return r;
}

int explain_check(const struct language *language, struct error *err)
{
    char where[sizeof(err->where)];
    int r = 0;

    snprintf(where, sizeof(where), "%.90s:/errors/begins", language->file);
    if (language->error_begins)
        r = check_pattern(language->error_begins, where, err);
    snprintf(where, sizeof(where), "%.90s:/errors/line", language->file);
    if (language->error_line && r == 0)
        r = check_pattern(language->error_line, where, err);
    for (size_t i = 0; i < language->n_errors && r == 0; i++)
        r = check_error(language, i, err);
    for (size_t i = 0; i < language->n_hidden && r == 0; i++) {
        snprintf(where, sizeof(where), "%.90s:/errors/hidden/%zu", language->file, i);
        r = check_pattern(language->hidden[i], where, err);
    }
    return r;
}
