/* SPDX-License-Identifier: MIT */
/* Reads the members of a profile that are more than a text. */
#include "runner/language/language_members.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/language/language.h"
#include "runner/language/language_command.h"
#include "runner/language/language_warm.h"
#include "runner/text/name_words.h"
#include "sandbox/base/strv.h"

int language_read_file_name(struct json_in *in, const json_t *value, char **ret)
{
    const char *fault;
    int r = json_in_string(in, value, ret);

    if (r < 0)
        return r;
    fault = name_words(name_check_path(*ret));
    return fault ? json_in_fail(in, "%s", fault) : 0;
}

int language_read_run(struct json_in *in, const json_t *value, void *target)
{
    return language_read_command(in, value, &((struct language *)target)->profile.run);
}

int language_read_version(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"{sources}", "{args}", "{entry}", NULL};
    struct profile_stage *stage = &((struct language *)target)->profile.version;
    int r = language_read_command(in, value, stage);

    if (r == 0 && strncmp(stage->argv[0], "./", 2) == 0) {
        json_in_enter_index(in, 0);
        return json_in_fail(in, "must be a name or an absolute path, because /box is empty");
    }
    return r < 0 ? r : language_check_words(in, stage->argv, words);
}

static int read_compile_argv(struct json_in *in, const json_t *value, void *target)
{
    return language_read_command(in, value, &((struct language *)target)->profile.compile);
}

static int read_produces(struct json_in *in, const json_t *value, void *target)
{
    return language_read_file_name(in, value, &((struct language *)target)->profile.produces);
}

static int read_compile_limits(struct json_in *in, const json_t *value, void *target)
{
    return json_in_limits(in, value, &((struct language *)target)->profile.compile_limits);
}

int language_read_compile(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {{"argv", read_compile_argv, true},
                                                 {"produces", read_produces, true},
                                                 {"limits", read_compile_limits, false},
                                                 {"warm", language_read_compile_warm, false},
                                                 {NULL}};

    return json_in_object(in, value, members, target);
}

/* Reads the command that prepares a toolchain. It has no visitor's files and arguments. */
static int read_prepare_argv(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"{sources}", "{args}", NULL};
    struct profile_stage *stage = &((struct language *)target)->profile.prepare;
    int r = language_read_command(in, value, stage);

    return r < 0 ? r : language_check_words(in, stage->argv, words);
}

static int read_prepare_limits(struct json_in *in, const json_t *value, void *target)
{
    struct limits most = limits_most();

    /* No request waits for it. */
    most.wall_ms *= 10;
    most.cpu_ms *= 10;
    return json_in_limits_within(in, value, &most, &((struct language *)target)->profile.prepare_limits);
}

int language_read_prepare(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"argv", read_prepare_argv, true}, {"limits", read_prepare_limits, false}, {NULL}};

    return json_in_object(in, value, members, target);
}

/* Resolves a link. The links of merged /usr ("/bin" -> "usr/bin") are recreated in the cell. Any
 * other path through a link is refused, because it would mount something that the profile does not
 * name. */
static int resolve_mount(struct json_in *in, struct profile_mount *mount)
{
    char target[PATH_MAX], real[PATH_MAX];
    ssize_t length = readlink(mount->path, target, sizeof(target) - 1);

    if (length > 0 && !strchr(mount->path + 1, '/')) {
        target[length] = '\0';
        if (strncmp(target, "usr/", 4) != 0)
            return json_in_fail(in, "is a link to %.100s, which is not in usr/", target);
        mount->link = strdup(target);
        return mount->link ? 0 : error_memory(in->err);
    }
    if (realpath(mount->path, real) && strcmp(real, mount->path) != 0)
        return json_in_fail(in, "leads through a link to %.100s; name the target instead", real);
    return 0;
}

static int read_mount(struct json_in *in, const json_t *value, void *target)
{
    static const char *const taken[] = {"/proc", "/dev",  "/sys",  "/box",     "/tmp",
                                        "/run",  "/root", "/home", "/prepared"};
    struct language *language = target;
    struct profile_mount *mount = &language->profile.mounts[language->profile.n_mounts];
    const char *fault;
    int r = json_in_string(in, value, &mount->path);

    if (r < 0)
        return r;
    language->profile.n_mounts++;
    fault = *mount->path == '/' ? name_words(name_check_path(mount->path + 1)) : "must be absolute";
    if (fault)
        return json_in_fail(in, "%s", fault);
    for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
        size_t length = strlen(taken[i]);

        if (strncmp(mount->path, taken[i], length) == 0 &&
            (!mount->path[length] || mount->path[length] == '/'))
            return json_in_fail(in, "must not be in %s, which is reserved", taken[i]);
    }
    return resolve_mount(in, mount);
}

int language_read_mounts(struct json_in *in, const json_t *value, void *target)
{
    struct language *language = target;

    language->profile.mounts = calloc(json_array_size(value) + 1, sizeof(*language->profile.mounts));
    return language->profile.mounts ? json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_mount, language)
                                    : error_memory(in->err);
}

static int read_base(struct json_in *in, const json_t *value, void *target)
{
    const char *text;
    int r = json_in_text(in, value, &text);

    (void)target;
    if (r < 0)
        return r;
    return strcmp(text, "common") == 0 ? 0 : json_in_fail(in, "must be \"common\"");
}

static int add_call(struct json_in *in, const char *name, int error, struct language *language)
{
    struct profile_call *grown =
        reallocarray(language->profile.calls, language->profile.n_calls + 1, sizeof(*grown));

    if (!grown)
        return error_memory(in->err);
    language->profile.calls = grown;
    grown[language->profile.n_calls] = (struct profile_call){.syscall = strdup(name), .error = error};
    return grown[language->profile.n_calls++].syscall ? 0 : error_memory(in->err);
}

static int read_allowed_call(struct json_in *in, const json_t *value, void *target)
{
    const char *name;
    int r = json_in_text(in, value, &name);

    return r < 0 ? r : add_call(in, name, 0, target);
}

static int read_allow(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_allowed_call, target);
}

static int read_refused_call(struct json_in *in, const char *name, const json_t *value, void *target)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = {{"EPERM", EPERM},
                  {"EACCES", EACCES},
                  {"ENOSYS", ENOSYS},
                  {"EINVAL", EINVAL},
                  {"EOPNOTSUPP", EOPNOTSUPP}};
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
        if (strcmp(errors[i].name, text) == 0)
            return add_call(in, name, errors[i].number, target);
    return json_in_fail(in, "must be EPERM, EACCES, ENOSYS, EINVAL or EOPNOTSUPP");
}

static int read_errno(struct json_in *in, const json_t *value, void *target)
{
    return json_in_map(in, value, read_refused_call, target);
}

int language_read_policy(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"base", read_base, true}, {"allow", read_allow, false}, {"errno", read_errno, false}, {NULL}};

    return json_in_object(in, value, members, target);
}
