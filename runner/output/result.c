/* SPDX-License-Identifier: MIT */
/* Facts become an answer. jansson makes each value; a failed one is NULL, and the object that it was to stand
 * in says so at the end, so nothing is checked twice. */
#include "runner/output/result.h"

#include <errno.h>
#include <jansson.h>
#include <nettle/base64.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runner/output/sentences.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/cell/reclaim.h"

static json_t *number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *base64(const struct bytes *bytes)
{
    size_t size = BASE64_ENCODE_RAW_LENGTH(bytes->size);
    _cleanup_(freep) char *text = malloc(size + 1);

    if (!text)
        return NULL;
    base64_encode_raw(text, bytes->size, (const uint8_t *)bytes->data);
    return json_stringn_nocheck(text, size);
}

/* Can a JSON string carry these bytes? jansson refuses what is not UTF-8. */
static bool is_text(const struct bytes *bytes)
{
    json_t *text = json_stringn(bytes->data ? bytes->data : "", bytes->size);
    bool is = text != NULL;

    json_decref(text);
    return is;
}

/* Output that was cut within a character is text all the same: at most three bytes less of it. */
static struct bytes whole_characters(const struct bytes *bytes, bool is_truncated)
{
    struct bytes shorter = *bytes;

    if (!is_truncated || is_text(bytes))
        return *bytes;
    for (int cut = 1; cut <= 3 && shorter.size > 0; cut++) {
        shorter.size--;
        if (is_text(&shorter))
            return shorter;
    }
    return *bytes;
}

static json_t *stream(const struct bytes *bytes, bool as_text)
{
    if (!bytes->data)
        return json_string("");
    return as_text ? json_stringn(bytes->data, bytes->size) : base64(bytes);
}

/* Both streams have one encoding: a caller has one thing to look at. */
static int add_streams(json_t *object, const struct run_step *step)
{
    struct bytes output = whole_characters(&step->output, step->output_truncated);
    struct bytes errors = whole_characters(&step->errors, step->errors_truncated);
    bool as_text = is_text(&output) && is_text(&errors);
    int r = json_object_set_new(object, "stdout", stream(&output, as_text));

    r |= json_object_set_new(object, "stderr", stream(&errors, as_text));
    r |= json_object_set_new(object, "stdout_truncated", json_boolean(step->output_truncated));
    r |= json_object_set_new(object, "stderr_truncated", json_boolean(step->errors_truncated));
    r |= json_object_set_new(object, "encoding", json_string(as_text ? "utf-8" : "base64"));
    return r;
}

static int add_end(json_t *object, const struct run_step *step)
{
    int r = json_object_set_new(object, "exit_code",
                                step->exit_code < 0 ? json_null() : json_integer(step->exit_code));

    r |= json_object_set_new(object, "signal",
                             step->signal ? json_string(sentences_signal(step->signal)) : json_null());
    return r;
}

static json_t *usage(const struct run_step *step)
{
    return json_pack("{sI sI sI sI sI sI sI}", "wall_us", (json_int_t)step->wall_us, "cpu_us",
                     (json_int_t)step->facts.cpu_us, "user_us", (json_int_t)step->facts.user_us, "system_us",
                     (json_int_t)step->facts.system_us, "memory_peak_bytes",
                     (json_int_t)step->facts.memory_peak_bytes, "processes_peak",
                     (json_int_t)step->facts.processes_peak, "disk_bytes", (json_int_t)step->disk_bytes);
}

static json_t *limits(const struct limits *values)
{
    json_t *object = json_object();

    for (int limit = 0; object && limit < N_LIMITS; limit++)
        if (json_object_set_new(object, limit_rows[limit].key, number(limits_get(values, limit))) < 0) {
            json_decref(object);
            return NULL;
        }
    return object;
}

static json_t *limits_hit(unsigned int hit)
{
    json_t *array = json_array();

    for (int limit = 0; limit < N_LIMITS; limit++)
        if (hit & (1U << limit))
            json_array_append_new(array, json_string(limit_rows[limit].word));
    return array;
}

static int add_unenforced(json_t *object, unsigned int unenforced)
{
    json_t *array;

    if (unenforced == 0)
        return 0;
    array = json_array();
    for (size_t i = 0; i < MACHINE_N_NEEDED; i++)
        if (unenforced & machine_needed[i].can)
            json_array_append_new(array, json_string(machine_needed[i].word));
    return json_object_set_new(object, "unenforced", array);
}

static int add_unreclaimed(json_t *object, unsigned int left)
{
    static const enum reclaim_left all[] = {LEFT_PROCESSES, LEFT_CGROUP, LEFT_DESCRIPTORS, LEFT_MOUNTS};
    json_t *array;

    if (left == 0)
        return 0;
    array = json_array();
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (left & all[i])
            json_array_append_new(array, json_string(reclaim_word(all[i])));
    return json_object_set_new(object, "unreclaimed", array);
}

static int add_compile(json_t *object, const struct run_step *step)
{
    json_t *compiled = json_object();
    int r = json_object_set_new(compiled, "verdict", json_string(verdict_rows[step->verdict].word));

    r |= add_end(compiled, step);
    r |= add_streams(compiled, step);
    r |= json_object_set_new(compiled, "usage", usage(step));
    r |= json_object_set_new(compiled, "cached", json_false());
    return json_object_set_new(object, "compile", compiled) | r;
}

static int add_denied(json_t *object, const struct run_step *step)
{
    if (!*step->denied)
        return 0;
    return json_object_set_new(
        object, "denied",
        json_pack("{ss ss}", "syscall", step->denied, "what",
                  step->denied_what ? step->denied_what : "a system call that is not allowed"));
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

static json_t *build(const struct run_result *result, const struct plan *plan)
{
    _cleanup_(freep) char *message = sentences_of(result, plan);
    const struct run_step *step = result->has_run ? &result->run : &result->compile;
    const struct run_step none = {.exit_code = -1}, *run = result->has_run ? step : &none;
    json_t *object = json_object();
    int r = json_object_set_new(object, "v", json_integer(1));

    if (plan->job->id)
        r |= json_object_set_new(object, "id", json_string(plan->job->id));
    r |= json_object_set_new(object, "profile", json_string(plan->profile->name));
    r |= json_object_set_new(object, "verdict", json_string(verdict_rows[result->verdict].word));
    r |= json_object_set_new(object, "message", message ? json_string(message) : NULL);
    r |= add_end(object, run);
    r |= add_streams(object, run);
    r |= json_object_set_new(object, "usage", usage(run));
    r |= json_object_set_new(object, "limits", limits(&plan->run.limits));
    r |= json_object_set_new(object, "limits_hit", limits_hit(run->limits_hit));
    r |= json_object_set_new(object, "timing",
                             json_pack("{si sI sI sI sb}", "queue_us", 0, "prepare_us",
                                       (json_int_t)result->prepare_us, "run_us", (json_int_t)run->wall_us,
                                       "reclaim_us", (json_int_t)result->reclaim_us, "warm", 0));
    if (result->has_compiled)
        r |= add_compile(object, &result->compile);
    r |= add_denied(object, run);
    r |= add_unenforced(object, plan->unenforced);
    r |= add_unreclaimed(object, result->unreclaimed);
    r |= add_labels(object, plan->job);
    if (r == 0)
        return object;
    json_decref(object);
    return NULL;
}

static int write_object(json_t *object, FILE *out)
{
    int r;

    if (!object)
        return -ENOMEM;
    r = json_dumpf(object, out, JSON_COMPACT);
    json_decref(object);
    if (r < 0 || fputc('\n', out) == EOF || fflush(out) != 0)
        return -EIO;
    return 0;
}

int result_write(const struct run_result *result, const struct plan *plan, FILE *out)
{
    return write_object(build(result, plan), out);
}

/* A pointer that was cut, or holds what a stranger wrote, need not be UTF-8 any more. */
static json_t *text_or_nothing(const char *text)
{
    json_t *string = json_string(text);

    return string ? string : json_string("");
}

int result_write_problem(const struct error *err, FILE *out)
{
    bool is_request = err->status == EX_DATAERR;
    char detail[sizeof(err->where) + sizeof(err->what) + sizeof(err->mend) + 8];
    json_t *problem;

    /* What is wrong elsewhere than in the request has a place, but no pointer into it. */
    snprintf(detail, sizeof(detail), "%s%s%s%s%s", is_request ? "" : err->where,
             is_request || !*err->where ? "" : ": ", err->what, *err->mend ? "; " : "", err->mend);
    problem = json_pack("{so so}", "title",
                        json_string(is_request ? "The request is malformed" : "The run could not be made"),
                        "detail", text_or_nothing(detail));
    if (problem && is_request && json_object_set_new(problem, "pointer", text_or_nothing(err->where)) < 0) {
        json_decref(problem);
        problem = NULL;
    }
    return write_object(problem ? json_pack("{si so}", "v", 1, "problem", problem) : NULL, out);
}

void result_write_sentence(const struct error *err, FILE *out)
{
    fprintf(out, "exrun: %s%s%s%s%s\n", err->where, *err->where ? ": " : "", err->what,
            *err->mend ? "; " : "", err->mend);
}
