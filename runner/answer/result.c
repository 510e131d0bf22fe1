/* SPDX-License-Identifier: MIT */
/* Turns facts into an answer. jansson makes each value; if one fails it is NULL, and then the
 * object that should contain it fails too, so nothing is checked twice. */
#include "runner/answer/result.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runner/answer/missed_artifact.h"
#include "runner/answer/result_figures.h"
#include "runner/text/encoding.h"
#include "runner/text/json_write.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/utf8.h"
#include "sandbox/cell/reclaim.h"

/* The object and the contents that are written into it: see json_write.h. */
struct answer {
    json_t *object;
    struct json_content *contents;
    size_t n_contents;
    bool is_lean;
    const struct result_urls *urls;
};

/* Returns a placeholder for the bytes of @content, which are borrowed. */
static json_t *stream(struct answer *answer, struct json_content content)
{
    json_t *place = json_string("");

    content.place = place;
    if (place && (content.bytes.data || content.name))
        answer->contents[answer->n_contents++] = content;
    return place;
}

/* Adds the URL of an artifact or the output, if it has one. */
static int add_url(const struct answer *answer, json_t *object, const char *member, const char *path)
{
    char url[RESULT_URL_ROOM];

    if (!answer->urls || !answer->urls->write(answer->urls->arg, path, url))
        return 0;
    return json_object_set_new(object, member, json_string(url));
}

static int add_truncated(json_t *object, const struct run_outcome *outcome)
{
    int r = json_object_set_new(object, "stdout_truncated", json_boolean(outcome->output_truncated));

    return r | json_object_set_new(object, "stderr_truncated", json_boolean(outcome->errors_truncated));
}

/* Both streams have the same encoding, so that a caller has to check only one. @are_parts: of the result. */
static int add_streams(struct answer *answer, json_t *object, const struct run_outcome *outcome,
                       bool are_parts)
{
    struct bytes output =
        outcome->output_truncated ? encoding_whole_characters(&outcome->output) : outcome->output;
    struct bytes errors =
        outcome->errors_truncated ? encoding_whole_characters(&outcome->errors) : outcome->errors;
    bool as_text = encoding_is_text(&output) && encoding_is_text(&errors);
    int r = json_object_set_new(
        object, "stdout",
        stream(answer, (struct json_content){.bytes = output,
                                             .as_text = as_text,
                                             .name = are_parts ? RESULT_PARTS_OUTPUT : NULL}));

    r |= json_object_set_new(
        object, "stderr",
        stream(answer, (struct json_content){.bytes = errors,
                                             .as_text = as_text,
                                             .name = are_parts ? RESULT_PARTS_ERRORS : NULL}));
    r |= add_truncated(object, outcome);
    r |= json_object_set_new(object, "encoding", json_string(as_text ? "utf-8" : "base64"));
    return r;
}

static int add_end(json_t *object, const struct run_outcome *outcome)
{
    char name[SENTENCES_SIGNAL_ROOM];
    int r = json_object_set_new(object, "exit_code",
                                outcome->exit_code < 0 ? json_null() : json_integer(outcome->exit_code));

    r |= json_object_set_new(object, "signal",
                             outcome->signal ? json_string(sentences_signal(outcome->signal, name))
                                             : json_null());
    return r;
}

static int add_unenforced(json_t *object, const struct plan *plan)
{
    json_t *array;

    if (plan->unenforced == 0 && plan->lowered == 0)
        return 0;
    array = json_array();
    for (size_t i = 0; i < MACHINE_N_NEEDED; i++)
        if (plan->unenforced & machine_needed[i].can)
            json_array_append_new(array, json_string(machine_needed[i].word));
    for (int i = 0; i < N_RLIMITS; i++)
        if (plan->lowered & (1U << i))
            json_array_append_new(array, json_string(rlimits_rows[i].word));
    return json_object_set_new(object, "unenforced", array);
}

static int add_unreclaimed(json_t *object, unsigned int left)
{
    return left == 0 ? 0 : json_object_set_new(object, "unreclaimed", result_figures_left(left));
}

static int add_compile(struct answer *answer, const struct run_result *result)
{
    const struct run_outcome *outcome = &result->compile;
    json_t *compiled = json_object();
    int r = json_object_set_new(compiled, "verdict", json_string(verdict_rows[outcome->verdict].word));

    r |= add_end(compiled, outcome);
    r |= add_streams(answer, compiled, outcome, false);
    r |= json_object_set_new(compiled, "usage", result_figures_usage(outcome));
    r |= json_object_set_new(compiled, "cached", json_boolean(result->was_cached));
    return json_object_set_new(answer->object, "compile", compiled) | r;
}

static int add_denied(json_t *object, const struct run_outcome *outcome)
{
    if (!*outcome->denied)
        return 0;
    return json_object_set_new(
        object, "denied",
        json_pack("{ss ss}", "syscall", outcome->denied, "what",
                  *outcome->denied_what ? outcome->denied_what : "a system call that is not allowed"));
}

/* Returns the path with each control character replaced by "?". If the path is not UTF-8, replaces
 * each byte that is not ASCII, too. */
static json_t *path_text(const char *path)
{
    _cleanup_(freep) char *text = strdup(path);

    if (!text)
        return NULL;
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    if (!is_utf8(text, strlen(text)))
        for (char *c = text; *c; c++)
            if ((unsigned char)*c >= 0x80)
                *c = '?';
    return json_string(text);
}

/* Returns true if the file can't be sent as text, or contains a NUL. */
static bool is_binary(const struct bytes *bytes)
{
    return !encoding_is_text(bytes) || (bytes->data && memchr(bytes->data, '\0', bytes->size));
}

static json_t *artifact(struct answer *answer, const struct artifact *one)
{
    bool as_text = !is_binary(&one->content);
    _cleanup_(json_decrefp) json_t *object =
        json_pack("{so sI}", "path", path_text(one->path), "bytes", (json_int_t)one->content.size);
    int r = add_url(answer, object, "url", one->path);

    if (r == 0 && !answer->is_lean) {
        r = json_object_set_new(object, "encoding", json_string(as_text ? "utf-8" : "base64"));
        r |= json_object_set_new(
            object, "content",
            stream(answer,
                   (struct json_content){.bytes = one->content, .as_text = as_text, .name = one->path}));
    }
    return r == 0 ? steal(object) : NULL;
}

static int add_artifacts(struct answer *answer, const struct artifacts *artifacts, const struct job *job)
{
    json_t *found = json_array(), *absent = json_array();
    int r = found && absent ? 0 : -1;

    for (size_t i = 0; i < artifacts->n && r == 0; i++) {
        const struct artifact *one = &artifacts->items[i];
        const char *why = missed_artifact(one);

        r = why ? json_array_append_new(absent,
                                        json_pack("{so ss}", "path", path_text(one->path), "why", why))
                : json_array_append_new(found, artifact(answer, one));
    }
    if (r < 0 || !job->artifacts) {
        json_decref(found);
        json_decref(absent);
        return r;
    }
    r = json_object_set_new(answer->object, "artifacts", found);
    if (json_array_size(absent) > 0)
        return r | json_object_set_new(answer->object, "artifacts_missed", absent);
    json_decref(absent);
    return r;
}

static int add_labels(json_t *object, const struct job *job)
{
    json_t *labels = json_object();

    for (size_t i = 0; i < job->n_labels; i++)
        if (json_object_set_new(labels, job->labels[i].name, json_string(job->labels[i].value)) < 0) {
            json_decref(labels);
            return -1;
        }
    return json_object_set_new(object, "labels", labels);
}

/* A sentence names lines of the entry file only. */
static int add_at(json_t *object, const struct plan *plan, const struct sentence *sentence)
{
    if (sentence->line == 0)
        return 0;
    return json_object_set_new(object, "at",
                               json_pack("{ss si}", "path", plan->profile->entry, "line", sentence->line));
}

static int build(struct answer *answer, const struct run_result *result, const struct plan *plan,
                 const struct result_words *words)
{
    const struct run_outcome *outcome = result->has_run ? &result->run : &result->compile;
    const struct run_outcome none = {.exit_code = -1}, *run = result->has_run ? outcome : &none;
    json_t *object = answer->object;
    int r = json_object_set_new(object, "v", json_integer(1));

    if (plan->job->id)
        r |= json_object_set_new(object, "id", json_string(plan->job->id));
    r |= json_object_set_new(object, "profile", json_string(plan->profile->name));
    if (words->program)
        r |= json_object_set_new(object, "program", json_string(words->program));
    r |= json_object_set_new(object, "verdict", json_string(verdict_rows[result->verdict].word));
    r |= json_object_set_new(object, "message", json_string(words->sentence->text));
    r |= add_at(object, plan, words->sentence);
    r |= add_end(object, run);
    r |= answer->is_lean ? add_truncated(object, run) : add_streams(answer, object, run, true);
    r |= add_url(answer, object, "output_url", RESULT_PARTS_OUTPUT);
    r |= json_object_set_new(object, "usage", result_figures_usage(run));
    r |= json_object_set_new(object, "limits", result_figures_limits(&plan->run.limits));
    r |= json_object_set_new(object, "limits_hit", result_figures_hit(run->limits_hit));
    r |= json_object_set_new(object, "timing", result_figures_timing(result, run->wall_us));
    if (result->has_compiled)
        r |= add_compile(answer, result);
    r |= add_denied(object, run);
    r |= add_artifacts(answer, &result->artifacts, plan->job);
    r |= add_unenforced(object, plan);
    r |= add_unreclaimed(object, result->unreclaimed);
    r |= add_labels(object, plan->job);
    return r;
}

/* Makes room for the two streams of each of the two stages, and for the artifacts. */
static int answer_init(struct answer *answer, const struct run_result *result,
                       const struct result_words *words)
{
    *answer = (struct answer){.object = json_object(),
                              .is_lean = words->is_lean,
                              .urls = words->urls,
                              .contents = calloc(4 + result->artifacts.n, sizeof(*answer->contents))};
    return answer->object && answer->contents ? 0 : -ENOMEM;
}

static void answer_deinit(struct answer *answer)
{
    json_decref(answer->object);
    free(answer->contents);
}

int result_write(const struct run_result *result, const struct plan *plan, const struct result_words *words,
                 const struct json_sink *sink, struct result_parts *ret_parts)
{
    _cleanup_(answer_deinit) struct answer answer;
    int r;

    if (answer_init(&answer, result, words) < 0 || build(&answer, result, plan, words) != 0)
        return -ENOMEM;
    r = json_write(answer.object, answer.contents, answer.n_contents, sink);
    return r < 0 || !ret_parts ? r : result_parts_set(ret_parts, answer.contents, answer.n_contents);
}

static int write_to_stream(void *arg, const char *data, size_t size)
{
    return fwrite(data, 1, size, arg) == size ? 0 : -ENOMEM;
}

char *result_text(const struct run_result *result, const struct plan *plan, const struct result_words *words)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    const struct json_sink sink = {write_to_stream, stream};
    int r;

    if (!stream)
        return NULL;
    r = result_write(result, plan, words, &sink, NULL);
    if (fclose(stream) != 0 || r < 0) {
        free(text);
        return NULL;
    }
    return text;
}

/* Returns the whole text or NULL, because json_dumps() silently leaves out a part if its buffer
 * can't grow. Takes @object. */
static char *text_of(json_t *object)
{
    size_t size = object ? json_dumpb(object, NULL, 0, JSON_COMPACT) : 0;
    _cleanup_(freep) char *text = size > 0 ? malloc(size + 1) : NULL;
    bool is_whole = text && json_dumpb(object, text, size, JSON_COMPACT) == size;

    json_decref(object);
    if (!is_whole)
        return NULL;
    text[size] = '\0';
    return steal(text);
}

/* Returns an empty string if @text is not UTF-8, for example a pointer that was cut or contains
 * bytes from a request. */
static json_t *text_or_nothing(const char *text)
{
    json_t *string = json_string(text);

    return string ? string : json_string("");
}

char *result_problem_text(const struct error *err)
{
    bool is_request = err->status == EX_DATAERR;
    char detail[sizeof(err->where) + sizeof(err->what) + sizeof(err->hint) + 8];
    json_t *problem;

    /* An error outside the request has a place, but no pointer into the request. */
    snprintf(detail, sizeof(detail), "%s%s%s%s%s", is_request ? "" : err->where,
             is_request || !*err->where ? "" : ": ", err->what, *err->hint ? "; " : "", err->hint);
    make_printable(detail);
    problem =
        json_pack("{so so}", "title",
                  json_string(is_request ? "The request is malformed" : "The run could not be completed"),
                  "detail", text_or_nothing(detail));
    if (problem && is_request && json_object_set_new(problem, "pointer", text_or_nothing(err->where)) < 0) {
        json_decref(problem);
        problem = NULL;
    }
    return text_of(problem ? json_pack("{si so}", "v", 1, "problem", problem) : NULL);
}

void result_write_sentence(const struct error *err, FILE *out)
{
    char text[sizeof(err->where) + sizeof(err->what) + sizeof(err->hint) + 8];

    snprintf(text, sizeof(text), "%s%s%s%s%s", err->where, *err->where ? ": " : "", err->what,
             *err->hint ? "; " : "", err->hint);
    make_printable(text);
    fprintf(out, "exrun: %s\n", text);
}

int result_refuse(const struct error *err, bool is_json)
{
    _cleanup_(freep) char *text = is_json ? result_problem_text(err) : NULL;

    if (text)
        puts(text);
    fflush(stdout);
    result_write_sentence(err, stderr);
    return err->status;
}
