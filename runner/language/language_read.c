/* SPDX-License-Identifier: MIT */
/* Reads a profile file into a struct language. */
#include "runner/language/language_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runner/language/error_patterns.h"
#include "runner/language/language_etc.h"
#include "runner/language/language_find.h"
#include "runner/language/language_members.h"
#include "runner/language/language_warm.h"
#include "runner/language/trust.h"
#include "runner/text/json.h"
#include "runner/text/json_parse.h"
#include "runner/text/name_words.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/pattern.h"

static int read_version(struct json_in *in, const json_t *value, void *target)
{
    uint64_t version;

    (void)target;
    return json_in_number(in, value, 1, 1, &version);
}

static int read_name(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;
    int r = json_in_string(in, value, &language->profile.name);

    if (r < 0)
        return r;
    if (!language_is_name(language->profile.name))
        return json_in_fail(in, "must be of at most 64 of a-z, 0-9, \"-\", \"_\", \"+\" and \".\"");
    return 0;
}

/* Reads a text that is shown on terminals. */
static int read_shown(struct json_in *in, const json_t *value, char **ret)
{
    int r = json_in_string(in, value, ret);

    if (r < 0)
        return r;
    for (const char *c = *ret; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return json_in_fail(in, "contains a control character");
    return 0;
}

static int read_title(struct json_in *in, const json_t *value, void *target)
{
    return read_shown(in, value, &((struct language *)target)->title);
}

static int read_reading(struct json_in *in, const json_t *value, void *target)
{
    bool can_be_seen = true;
    int r = json_in_bool(in, value, &can_be_seen);

    ((struct language *)target)->cannot_be_seen = !can_be_seen;
    return r;
}

static int read_unseen(struct json_in *in, const json_t *value, void *target)
{
    return read_shown(in, value, &((struct language *)target)->unseen);
}

static int read_entry(struct json_in *in, const json_t *value, void *target)
{
    return language_read_file_name(in, value, &((struct language *)target)->profile.entry);
}

static int read_ending(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    if (text[0] != '.' || text[1] == '\0' || strchr(text, '/'))
        return json_in_fail(in, "must start with \".\", as in \".php\"");
    return json_in_add_string(in, value, target);
}

static int read_endings(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_ending,
                         &((struct language *)target)->profile.endings);
}

static int read_program_name(struct json_in *in, const json_t *value, void *target)
{
    return read_shown(in, value, &((struct language *)target)->program);
}

static int read_package(struct json_in *in, const json_t *value, void *target)
{
    return read_shown(in, value, &((struct language *)target)->package);
}

static int read_program(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"name", read_program_name, true},
                                                 {"package", read_package, true},
                                                 {"version", language_read_version, false},
                                                 {NULL}};

    return json_in_object(in, value, members, target);
}

static int read_variable(struct json_in *in, const char *name, const json_t *value, void *target)
{
    struct language *language = target;
    const char *text;
    int r = json_in_text(in, value, &text);
    char *pair;

    if (r < 0)
        return r;
    if (!*name || strchr(name, '='))
        return json_in_fail(in, "is not a valid variable name");
    if (asprintf(&pair, "%s=%s", name, text) < 0)
        pair = NULL;
    return strv_take(&language->profile.env, pair) < 0 ? error_memory(in->err) : 0;
}

static int read_env(struct json_in *in, const json_t *value, void *target)
{
    return json_in_map(in, value, read_variable, target);
}

/* Reads a pattern of denied variables. An invalid one is refused, because it would not deny anything. */
static int read_pattern(struct json_in *in, const json_t *value, void *target)
{
    const char *text = "", *fault;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    fault = name_words(pattern_check(text));
    return fault ? json_in_fail(in, "%s", fault) : json_in_add_string(in, value, target);
}

static int read_env_denied(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_pattern,
                         &((struct language *)target)->profile.env_denied);
}

static int read_network(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    (void)target;
    if (r < 0)
        return r;
    return strcmp(text, "none") == 0 ? 0 : json_in_fail(in, "must be \"none\"");
}

static int read_proc(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    ((struct language *)target)->profile.has_proc_files = true;
    return strcmp(text, "files") == 0 ? 0 : json_in_fail(in, "must be \"files\"");
}

static int read_normal(struct json_in *in, const json_t *value, void *target)
{
    return json_in_limits(in, value, &((struct language *)target)->profile.normal);
}

static int read_min(struct json_in *in, const json_t *value, void *target)
{
    return json_in_limits(in, value, &((struct language *)target)->min);
}

static int read_max(struct json_in *in, const json_t *value, void *target)
{
    return json_in_limits(in, value, &((struct language *)target)->profile.max);
}

static int read_limits(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"min", read_min, false}, {"default", read_normal, false}, {"max", read_max, false}, {NULL}};

    return json_in_object(in, value, members, target);
}

/* Checks the profile's own limits. If one were above its maximum, every plain request would fail. */
static int check_limits(struct json_in *in, struct language *language)
{
    struct limits least = limits_floor(), normal = limits_normal(), most = limits_most();
    int limit;

    language->min = limits_or(&language->min, &least);
    language->profile.max = limits_or(&language->profile.max, &most);
    language->profile.normal = limits_or(&language->profile.normal, &normal);
    language->profile.compile_limits = limits_or(&language->profile.compile_limits, &normal);
    language->profile.prepare_limits = limits_or(&language->profile.prepare_limits, &normal);
    limit = limits_first_beyond(&language->profile.normal, &language->min, &language->profile.max);
    if (limit < 0)
        return 0;
    json_in_enter(in, "limits");
    json_in_enter(in, "default");
    json_in_enter(in, limit_rows[limit].key);
    return json_in_fail(in, "is not between \"min\" and \"max\"");
}

static int read_document(struct json_in *in, const json_t *document, struct language *language)
{
    static const struct json_member members[] = {{"v", read_version, true},
                                                 {"name", read_name, true},
                                                 {"title", read_title, true},
                                                 {"entry", read_entry, true},
                                                 {"endings", read_endings, false},
                                                 {"program", read_program, true},
                                                 {"reading", read_reading, false},
                                                 {"unseen", read_unseen, false},
                                                 {"compile", language_read_compile, false},
                                                 {"prepare", language_read_prepare, false},
                                                 {"run", language_read_run, true},
                                                 {"warm", language_read_warm, false},
                                                 {"env", read_env, false},
                                                 {"env_denied", read_env_denied, false},
                                                 {"mounts", language_read_mounts, true},
                                                 {"etc", language_read_etc, false},
                                                 {"proc", read_proc, false},
                                                 {"network", read_network, false},
                                                 {"limits", read_limits, false},
                                                 {"policy", language_read_policy, true},
                                                 {"errors", language_read_errors, false},
                                                 {NULL}};
    int r = json_in_object(in, document, members, language);

    if (r == 0)
        r = language_check_etc(in, language);
    if (r == 0)
        r = language_check_warm(in, language);
    return r < 0 ? r : check_limits(in, language);
}

int language_read_text(const char *path, const char *text, size_t size, struct language *language,
                       struct error *err)
{
    struct json_in in = {.err = err, .status = EX_CONFIG};
    json_t *document = NULL;
    int r = json_in_parse(&in, text, size, &document);

    if (r == 0)
        r = read_document(&in, document, language);
    json_decref(document);
    if (r < 0 && err && err->status == EX_CONFIG)
        snprintf(err->where, sizeof(err->where), "%.90s%s%.90s", path, *in.pointer ? ":" : "", in.pointer);
    return r;
}

int language_read(const char *path, struct language *language, struct error *err)
{
    _cleanup_(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    _cleanup_(freep) char *text = NULL;
    size_t size = 0;
    int r;

    *language = (struct language){.file = strdup(path)};
    if (!language->file)
        return error_memory(err);
    if (fd < 0)
        return error_set(err, -errno, errno == ENOENT ? EX_NOINPUT : EX_CONFIG, path, "can't be opened: %s",
                         strerror(errno));
    r = trust_read(fd, path, &text, &size, err);
    return r < 0 ? r : language_read_text(path, text, size, language, err);
}
