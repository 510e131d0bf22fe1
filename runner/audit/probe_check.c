/* SPDX-License-Identifier: MIT */
/* Decides whether the layer held.
 *
 * First, output that must not appear (the secret, the probe's own mark) or something left behind is
 * a breach, however the run ended. Then the run must have ended as the head expects. If the program
 * ended by itself, it must also have printed that the attempt was made. A program that prints
 * nothing has proved nothing. */
#include "runner/audit/probe_check.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"
#include "sandbox/plan/limits.h"

static void bytes_deinit(struct bytes *bytes)
{
    free(bytes->data);
}

void probe_finding_set(struct probe_finding *finding, enum probe_outcome outcome, const char *why, ...)
{
    va_list arguments;

    finding->outcome = outcome;
    va_start(arguments, why);
    vsnprintf(finding->why, sizeof(finding->why), why, arguments);
    va_end(arguments);
    make_printable(finding->why);
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? text : "";
}

/* Writes a member as text, or the bytes that its base64 encodes. */
static void write_content(const json_t *object, const char *name, bool is_base64, FILE *out)
{
    struct error unused;
    struct json_in in = {.err = &unused};
    const json_t *value = json_object_get(object, name);
    _cleanup_(bytes_deinit) struct bytes bytes = {0};

    if (!is_base64)
        fwrite(json_string_value(value), 1, json_string_length(value), out);
    else if (json_in_bytes(&in, text_of(object, name), true, &bytes) == 0)
        fwrite(bytes.data, 1, bytes.size, out);
    fputc('\n', out);
}

static bool is_base64(const json_t *object)
{
    return strcmp(text_of(object, "encoding"), "base64") == 0;
}

static void write_stage(const json_t *stage, FILE *out)
{
    if (!stage)
        return;
    write_content(stage, "stdout", is_base64(stage), out);
    write_content(stage, "stderr", is_base64(stage), out);
}

/* Collects all data that the program could have put into the answer. */
static int gather(const json_t *answer, struct bytes *ret)
{
    FILE *out = open_memstream(&ret->data, &ret->size);
    const json_t *found = json_object_get(answer, "artifacts"),
                 *missed = json_object_get(answer, "artifacts_missed");

    if (!out)
        return -ENOMEM;
    write_stage(answer, out);
    write_stage(json_object_get(answer, "compile"), out);
    for (size_t i = 0; i < json_array_size(found); i++) {
        const json_t *one = json_array_get(found, i);

        fprintf(out, "%s\n", text_of(one, "path"));
        write_content(one, "content", is_base64(one), out);
    }
    for (size_t i = 0; i < json_array_size(missed); i++) {
        const json_t *one = json_array_get(missed, i);

        fprintf(out, "%s %s\n", text_of(one, "path"), text_of(one, "why"));
    }
    return fclose(out) == 0 ? 0 : -ENOMEM;
}

/* Returns the line of @text that contains @marker, cut to a printable length; NULL if @text does
 * not contain it. */
static const char *find_line(const struct bytes *text, const char *marker, int *ret_length)
{
    const char *found = memmem(text->data, text->size, marker, strlen(marker)), *begin = found, *end = found;

    if (!found)
        return NULL;
    while (begin > text->data && begin[-1] != '\n')
        begin--;
    while (end < text->data + text->size && *end != '\n')
        end++;
    *ret_length = (int)(end - begin < 160 ? end - begin : 160);
    return begin;
}

static bool is_breached(const struct probe *probe, const json_t *answer, const struct bytes *words,
                        const char *secret, struct probe_finding *ret)
{
    const json_t *left = json_object_get(answer, "unreclaimed");
    const char *line;
    int length;

    line = find_line(words, probe->breach, &length);
    if (line)
        probe_finding_set(ret, PROBE_BREACHED, "it printed \"%.*s\"", length, line);
    else if (memmem(words->data, words->size, secret, strlen(secret)))
        probe_finding_set(ret, PROBE_BREACHED, "the audit's secret was in its output");
    else if (left)
        probe_finding_set(ret, PROBE_BREACHED, "it left something behind: %s",
                          json_array_size(left) > 0 ? json_string_value(json_array_get(left, 0)) : "");
    return ret->outcome == PROBE_BREACHED;
}

/* Returns the detail of a verdict: the denied call, or how the compiler ended; otherwise "". */
static const char *more_of(const json_t *answer)
{
    if (strcmp(text_of(answer, "verdict"), "compile_failed") == 0)
        return text_of(json_object_get(answer, "compile"), "verdict");
    return text_of(json_object_get(answer, "denied"), "syscall");
}

/* Returns true if @wanted is "verdict", or "verdict" followed by more_of(). */
static bool is_expected(const char *wanted, size_t length, const json_t *answer)
{
    const char *verdict = text_of(answer, "verdict"), *more = more_of(answer);
    size_t word = strcspn(wanted, " |");

    if (word != strlen(verdict) || strncmp(wanted, verdict, word) != 0)
        return false;
    while (word < length && wanted[word] == ' ')
        word++;
    while (length > word && wanted[length - 1] == ' ')
        length--;
    return word >= length ||
           (length - word == strlen(more) && strncmp(wanted + word, more, length - word) == 0);
}

static bool ended_as_expected(const char *expect, const json_t *answer)
{
    for (const char *one = expect; one; one = strchr(one, '|') ? strchr(one, '|') + 1 : NULL) {
        one += strspn(one, " ");
        if (is_expected(one, strcspn(one, "|"), answer))
            return true;
    }
    return false;
}

static bool has_hit(const json_t *answer, const char *limit)
{
    const json_t *one;
    size_t i;

    json_array_foreach(json_object_get(answer, "limits_hit"), i,
                       one) if (strcmp(json_string_value(one), limit) == 0) return true;
    return false;
}

/* Returns the first line that the program printed, or else the answer's message. */
static const char *first_word(const json_t *answer, const struct bytes *words, int *ret_length)
{
    const char *said = find_line(words, "", ret_length), *message = text_of(answer, "message");

    if (said && *ret_length > 0)
        return said;
    *ret_length = (int)strlen(message);
    return message;
}

static void check_end(const struct probe *probe, const json_t *answer, const struct bytes *words,
                      struct probe_finding *ret)
{
    const char *verdict = text_of(answer, "verdict");
    bool ended_itself = strcmp(verdict, "ok") == 0 || strcmp(verdict, "failed") == 0;
    int length;

    if (!ended_as_expected(probe->expect, answer)) {
        const char *more = more_of(answer), *said = first_word(answer, words, &length);

        probe_finding_set(ret, PROBE_FAILED, "it ended as \"%s%s%s\" instead of \"%s\": %.*s", verdict,
                          *more ? " " : "", more, probe->expect, length, said);
    } else if (ended_itself && !find_line(words, probe->says, &length)) {
        probe_finding_set(ret, PROBE_FAILED, "it ended as \"%s\" but never printed \"%s\"", verdict,
                          probe->says);
    } else if (probe->hits && !has_hit(answer, probe->hits)) {
        probe_finding_set(ret, PROBE_FAILED, "it did not reach the limit \"%s\"", probe->hits);
    } else {
        *ret = (struct probe_finding){.outcome = PROBE_HELD};
    }
}

int probe_check(const struct probe *probe, const char *answer, const char *secret, struct probe_finding *ret)
{
    _cleanup_(json_decrefp) json_t *object =
        json_loads(answer, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    _cleanup_(bytes_deinit) struct bytes words = {0};

    *ret = (struct probe_finding){.outcome = PROBE_FAILED};
    if (!json_is_object(object) || !*text_of(object, "verdict")) {
        probe_finding_set(ret, PROBE_FAILED, "the answer was not a result");
        return 0;
    }
    if (gather(object, &words) < 0)
        return -ENOMEM;
    if (!is_breached(probe, object, &words, secret, ret))
        check_end(probe, object, &words, ret);
    return 0;
}

int probe_check_cell(const char *answer, const char *cell, struct probe_finding *finding)
{
    _cleanup_(json_decrefp) json_t *object =
        json_loads(answer, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
    const char *had = text_of(json_object_get(object, "timing"), "cell");

    if (!object)
        return -ENOMEM;
    if (finding->outcome == PROBE_HELD && strcmp(had, cell) != 0 &&
        strcmp(text_of(object, "verdict"), "compile_failed") != 0)
        probe_finding_set(finding, PROBE_FAILED, "its cell was \"%s\" instead of \"%s\"", had, cell);
    return 0;
}
