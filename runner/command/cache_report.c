/* SPDX-License-Identifier: MIT */
/* Reports what was prepared. */
#include "runner/command/cache_report.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "runner/answer/answer.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"

#define MOST_ERROR_BYTES 16384

/* @word: for machines. @text: for people, after the profile's name. */
static const struct {
    const char *word, *text;
    bool is_failure;
} states[N_CACHE_STATES] = {
    [CACHE_MADE] = {"made", "prepared", false},
    [CACHE_THERE] = {"there", "was prepared before", false},
    [CACHE_NOTHING] = {"nothing", "has nothing to prepare", false},
    [CACHE_ABSENT] = {"absent", "is not installed", false},
    [CACHE_FAILED] = {"failed", "could not be prepared", true},
    [CACHE_REFUSED] = {"refused", "could not be prepared", true},
    [CACHE_CANCELLED] = {"cancelled", "was cancelled", true},
};

enum cache_state cache_state_of(const struct prepare_result *result)
{
    if (result->state == PREPARE_BUSY ||
        (result->run.verdict == VERDICT_CANCELLED && result->state == PREPARE_FAILED))
        return CACHE_CANCELLED;
    return result->state == PREPARE_MADE    ? CACHE_MADE
           : result->state == PREPARE_THERE ? CACHE_THERE
                                            : CACHE_FAILED;
}

/* Says why what the command left was not kept. */
static void say_failure(const struct cache_report *report, const struct prepare_result *result, char *ret,
                        size_t room)
{
    static const char *const folders[] = {[FOLDER_EMPTY] = "the command left nothing in /prepared",
                                          [FOLDER_IRREGULAR] =
                                              "/prepared contains more than files and folders",
                                          [FOLDER_TOO_LARGE] = "/prepared is larger than 256 MiB",
                                          [FOLDER_TOO_MANY] = "/prepared has more than 65536 names",
                                          [FOLDER_TOO_DEEP] = "/prepared has more than 16 levels"};

    *ret = '\0';
    if (result->state == PREPARE_ERROR && result->error == -ENODATA)
        snprintf(ret, room, "the cache is disabled (EXRUN_CACHE, EXRUN_CACHE_BYTES)");
    else if (result->state == PREPARE_ERROR && result->error == -EPERM)
        snprintf(ret, room, "the cache \"%s\" must belong to this user, with mode 0700", report->cache);
    else if (result->state == PREPARE_ERROR)
        snprintf(ret, room, "the cache \"%s\" can't be used: %s", report->cache, strerror(-result->error));
    else if (result->folder.state > FOLDER_FINE)
        snprintf(ret, room, "%s", folders[result->folder.state]);
    else if (result->run.verdict == VERDICT_FAILED)
        snprintf(ret, room, "the command ended with exit status %d", result->run.run.exit_code);
    else
        snprintf(ret, room, "the command ended as \"%s\"", verdict_rows[result->run.verdict].word);
}

/* Returns the first MOST_ERROR_BYTES of what the command wrote to stderr, as valid text without what a
 * terminal could take for its own commands. Returns NULL if preparing did not fail, the command wrote
 * nothing, or there is no memory. The caller frees the text. */
static char *errors_of(const struct cache_row *row)
{
    const char *errors = row->state == CACHE_FAILED ? row->result->run.run.errors.data : NULL;
    char *copy = errors && *errors ? strndup(errors, MOST_ERROR_BYTES) : NULL;

    for (char *line = copy, *end; line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        if (end)
            *end = '\0';
        make_printable(line);
        if (end)
            *end = '\n';
    }
    return copy;
}

static void print_row(FILE *out, const struct cache_row *row, const char *why)
{
    const struct prepare_result *result = row->result;
    _cleanup_(freep) char *errors = errors_of(row);

    fprintf(out, "%s: %s", row->name, states[row->state].text);
    if (row->state == CACHE_MADE)
        fprintf(out, " in %.1f s (%.1f MiB)", (double)result->run.run.wall_us / 1e6,
                (double)result->folder.bytes / (1 << 20));
    if (*why)
        fprintf(out, "; %s", why);
    fputc('\n', out);
    if (errors)
        fprintf(out, "%s%s", errors, errors[strlen(errors) - 1] == '\n' ? "" : "\n");
    fflush(out);
}

static void collect_row(struct cache_report *report, const struct cache_row *row, const char *why)
{
    json_t *object = json_pack("{ss ss}", "name", row->name, "state", states[row->state].word);
    _cleanup_(freep) char *errors = errors_of(row);

    if (row->state == CACHE_MADE)
        json_object_update_new(object, json_pack("{sI sI}", "bytes", (json_int_t)row->result->folder.bytes,
                                                 "wall_us", (json_int_t)row->result->run.run.wall_us));
    if (*why)
        json_object_set_new(object, "why", json_string(why));
    if (errors)
        json_object_set_new(object, "stderr", json_string(errors));
    if (!report->rows)
        report->rows = json_array();
    report->lacks_memory |= !object || json_array_append_new(report->rows, object) < 0;
}

void cache_report_add(struct cache_report *report, const struct cache_row *row)
{
    char why[sizeof(row->why) + 8] = "";

    if (row->state == CACHE_FAILED)
        say_failure(report, row->result, why, sizeof(why));
    else if (row->state == CACHE_REFUSED || row->state == CACHE_ABSENT)
        snprintf(why, sizeof(why), "%s%s%s%s%s", row->why.where, *row->why.where ? ": " : "", row->why.what,
                 *row->why.hint ? "; " : "", row->why.hint);
    report->has_failed |= states[row->state].is_failure;
    report->is_cancelled |= row->state == CACHE_CANCELLED;
    if (report->is_json)
        collect_row(report, row, why);
    else
        print_row(report->out, row, row->state == CACHE_ABSENT ? "" : why);
}

int cache_report_close(struct cache_report *report)
{
    if (!report->is_json)
        return answer_end(report->out);
    if (report->lacks_memory)
        return -ENOMEM;
    return answer_end_json(
        json_pack("{si so}", "v", 1, "profiles", report->rows ? json_incref(report->rows) : json_array()),
        JSON_COMPACT, report->out);
}

void cache_report_deinit(struct cache_report *report)
{
    json_decref(report->rows);
    report->rows = NULL;
}
