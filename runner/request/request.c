/* SPDX-License-Identifier: MIT */
/* Checks the form of a request. This code and jansson are the first to process untrusted bytes. */
#include "runner/request/request.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/text/json.h"
#include "runner/text/json_content.h"
#include "runner/text/json_parse.h"
#include "runner/text/name_words.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define LONGEST_ID 64
#define LONGEST_LABEL_NAME 32
#define LONGEST_LABEL_VALUE 200

static int read_version(struct json_in *in, const json_t *value, void *target)
{
    uint64_t version;

    (void)target;
    return json_in_number(in, value, 1, 1, &version);
}

static int read_id(struct json_in *in, const json_t *value, void *target)
{
    struct job *job = target;
    size_t length;
    int r = json_in_string(in, value, &job->id);

    if (r < 0)
        return r;
    length = strspn(job->id, LETTERS DIGITS "_-");
    if (length == 0 || length > LONGEST_ID || job->id[length])
        return json_in_fail(in, "must be 1 to 64 of A-Z, a-z, 0-9, \"_\" and \"-\"");
    return 0;
}

static int read_profile(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct job *)target)->profile);
}

static int read_source(struct json_in *in, const json_t *value, void *target)
{
    return json_in_content(in, value, &((struct job *)target)->source);
}

static int read_input(struct json_in *in, const json_t *value, void *target)
{
    return json_in_content(in, value, &((struct job *)target)->input);
}

/* A file as it is read. */
struct file_in {
    struct json_in_content content;
    char **path;
};

static int read_file_path(struct json_in *in, const json_t *value, void *target)
{
    struct file_in *file = target;
    const char *fault;
    int r = json_in_string(in, value, file->path);

    if (r < 0)
        return r;
    fault = name_words(name_check_path(*file->path));
    return fault ? json_in_fail(in, "%s", fault) : 0;
}

static int read_file(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"path", read_file_path, true},
                                                 {"encoding", json_in_content_encoding, false},
                                                 {"content", json_in_content_text, true},
                                                 {NULL}};
    struct job *job = target;
    struct job_file *file = &job->files[job->n_files++];
    struct file_in file_in = {.content = {.bytes = &file->content}, .path = &file->path};

    return json_in_object(in, value, members, &file_in);
}

static int read_files(struct json_in *in, const json_t *value, void *target)
{
    struct job *job = target;

    job->files = calloc(json_array_size(value) + 1, sizeof(*job->files));
    return job->files ? json_in_array(in, value, REQUEST_MOST_FILES, read_file, job) : error_memory(in->err);
}

static int read_arg(struct json_in *in, const json_t *value, void *target)
{
    const char *text, *fault;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    fault = name_words(name_check_argument(text));
    return fault ? json_in_fail(in, "%s", fault) : json_in_add_string(in, value, target);
}

static int read_args(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, REQUEST_MOST_ITEMS, read_arg, &((struct job *)target)->args);
}

static int read_variable(struct json_in *in, const char *name, const json_t *value, void *target)
{
    struct job *job = target;
    const char *text, *fault;
    char *pair;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    if (strchr(name, '='))
        return json_in_fail(in, "is not a valid variable name");
    if (asprintf(&pair, "%s=%s", name, text) < 0)
        return error_memory(in->err);
    fault = name_words(name_check_variable(pair));
    if (fault) {
        free(pair);
        return json_in_fail(in, "%s", fault);
    }
    return strv_take(&job->env, pair) < 0 ? error_memory(in->err) : 0;
}

static int read_label(struct json_in *in, const char *name, const json_t *value, void *target)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz" DIGITS "_");
    struct job *job = target;
    struct job_label *label = &job->labels[job->n_labels++];
    int r;

    if (length == 0 || length > LONGEST_LABEL_NAME || name[length])
        return json_in_fail(in, "must have a name of 1 to 32 of a-z, 0-9 and \"_\"");
    label->name = strdup(name);
    if (!label->name)
        return error_memory(in->err);
    r = json_in_string(in, value, &label->value);
    if (r < 0)
        return r;
    if (strlen(label->value) > LONGEST_LABEL_VALUE)
        return json_in_fail(in, "is longer than %d bytes", LONGEST_LABEL_VALUE);
    return 0;
}

static int check_most(struct json_in *in, const json_t *value, size_t most)
{
    size_t n = json_object_size(value);

    return n > most ? json_in_fail(in, "has %zu members; %zu are allowed", n, most) : 0;
}

static int read_env(struct json_in *in, const json_t *value, void *target)
{
    int r = check_most(in, value, REQUEST_MOST_ITEMS);

    return r < 0 ? r : json_in_map(in, value, read_variable, target);
}

static int read_labels(struct json_in *in, const json_t *value, void *target)
{
    struct job *job = target;
    int r = check_most(in, value, REQUEST_MOST_LABELS);

    if (r < 0)
        return r;
    job->labels = calloc(REQUEST_MOST_LABELS, sizeof(*job->labels));
    return job->labels ? json_in_map(in, value, read_label, job) : error_memory(in->err);
}

static int read_artifact(struct json_in *in, const json_t *value, void *target)
{
    const char *text, *fault;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    fault = name_words(name_check_pattern(text));
    return fault ? json_in_fail(in, "%s", fault) : json_in_add_string(in, value, target);
}

static int read_artifacts(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, REQUEST_MOST_ARTIFACTS, read_artifact,
                         &((struct job *)target)->artifacts);
}

static int read_limits(struct json_in *in, const json_t *value, void *target)
{
    return json_in_limits(in, value, &((struct job *)target)->asked);
}

static int read_input_open(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct job *)target)->keeps_input_open);
}

static int read_stderr(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    if (strcmp(text, "stdout") != 0 && strcmp(text, "separate") != 0)
        return json_in_fail(in, "must be \"separate\" or \"stdout\"");
    ((struct job *)target)->joins_outputs = strcmp(text, "stdout") == 0;
    return 0;
}

int request_read(const char *text, size_t size, struct job *job, struct error *err)
{
    static const struct json_member members[] = {{"v", read_version, false},
                                                 {"id", read_id, false},
                                                 {"profile", read_profile, true},
                                                 {"source", read_source, false},
                                                 {"files", read_files, false},
                                                 {"stdin", read_input, false},
                                                 {"stdin_open", read_input_open, false},
                                                 {"args", read_args, false},
                                                 {"env", read_env, false},
                                                 {"limits", read_limits, false},
                                                 {"artifacts", read_artifacts, false},
                                                 {"labels", read_labels, false},
                                                 {"stderr", read_stderr, false},
                                                 {NULL}};
    struct json_in in = {.err = err, .status = EX_DATAERR};
    json_t *document = NULL;
    int r;

    *job = (struct job){0};
    if (size > REQUEST_MOST_BYTES)
        return error_set(err, -EFBIG, EX_DATAERR, "", "is larger than %d MiB", REQUEST_MOST_BYTES >> 20);
    r = json_in_parse(&in, text, size, &document);
    if (r == 0)
        r = json_in_object(&in, document, members, job);
    json_decref(document);
    return r;
}
