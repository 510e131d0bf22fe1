/* SPDX-License-Identifier: MIT */
/* Reads how a language waits for a program. */
#include "runner/language/language_warm.h"

#include <string.h>

#include "runner/language/language.h"
#include "runner/language/language_command.h"
#include "runner/text/json_content.h"

/* Reads one of the texts that may be there; NULL ends them. Returns its index, or -EINVAL. */
static int read_word(struct json_in *in, const json_t *value, const char *const *words)
{
    const char *text = "";
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    for (int i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    return json_in_fail(in, "is not a known word");
}

static int fail_later(struct json_in *in)
{
    return json_in_fail(in, "is not available yet");
}

static int read_later(struct json_in *in, const json_t *value, void *target)
{
    (void)value;
    (void)target;
    return fail_later(in);
}

static int read_how(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"park", "fork", NULL};
    int r = read_word(in, value, words);

    ((struct warm *)target)->parks = r == 0;
    return r > 0 ? fail_later(in) : r;
}

static int read_point(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {[WARM_OPEN_ENTRY] = "open-entry",
                                        [WARM_READ_ENTRY] = "read-entry",
                                        [WARM_STAT_ENTRY] = "stat-entry",
                                        [N_WARM_POINTS] = NULL};
    int r = read_word(in, value, words);

    if (r < 0)
        return r;
    ((struct warm *)target)->point = (enum warm_point)r;
    return 0;
}

static int read_placeholder(struct json_in *in, const json_t *value, void *target)
{
    struct warm *warm = target;
    struct bytes bytes = {0};
    int r = json_in_content(in, value, &bytes);

    if (r < 0)
        return r;
    warm->placeholder = bytes.data;
    warm->placeholder_size = bytes.size;
    return 0;
}

static int read_threads(struct json_in *in, const json_t *value, void *target)
{
    return json_in_bool(in, value, &((struct warm *)target)->threads);
}

static int read_opens(struct json_in *in, const json_t *value, void *target)
{
    uint64_t number = 0;
    int r = json_in_number(in, value, 1, WARM_MOST_EARLIER + 1, &number);

    if (r == 0)
        ((struct warm *)target)->n_earlier = (unsigned int)number - 1;
    return r;
}

static int read_needs(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct warm *)target)->needed);
}

static int read_check(struct json_in *in, const json_t *value, void *target)
{
    return json_in_string(in, value, &((struct warm *)target)->check);
}

static int read_fresh_word(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"time", "bash-seconds", NULL}; /* in the order of enum warm_fresh */
    int r = read_word(in, value, words);

    if (r < 0)
        return r;
    ((struct warm *)target)->fresh |= 1U << r;
    return 0;
}

static int read_fresh(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, 8, read_fresh_word, target);
}

static int read_early(struct json_in *in, const json_t *value, void *target)
{
    return json_in_array(in, value, 8, json_in_add_string, &((struct warm *)target)->early);
}

static int read_object(struct json_in *in, const json_t *value, struct warm *warm)
{
    static const struct json_member members[] = {{"how", read_how, true},
                                                 {"point", read_point, false},
                                                 {"placeholder", read_placeholder, false},
                                                 {"fresh", read_fresh, false},
                                                 {"check", read_check, false},
                                                 {"threads", read_threads, false},
                                                 {"opens", read_opens, false},
                                                 {"needs", read_needs, false},
                                                 {"early", read_early, false},
                                                 {"train", read_later, false},
                                                 {"image", read_later, false},
                                                 {"preload", read_later, false},
                                                 {"after_runs", read_later, false},
                                                 {"after_s", read_later, false},
                                                 {NULL}};
    int r = json_in_object(in, value, members, warm);

    if (r == 0 && warm->n_earlier > 0 && warm->point != WARM_OPEN_ENTRY)
        return json_in_fail(in, "has \"opens\", which needs the point \"open-entry\"");
    return r;
}

int language_read_warm(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"none", "park", "fork", NULL};
    struct warm *warm = &((struct language *)target)->profile.warm;
    int r;

    if (json_is_object(value))
        return read_object(in, value, warm);
    r = read_word(in, value, words);
    warm->parks = r == 1;
    return r > 1 ? fail_later(in) : r < 0 ? r : 0;
}

int language_check_warm(struct json_in *in, void *target)
{
    const struct profile *profile = &((const struct language *)target)->profile;

    if (!profile->warm.needed || profile->compile.argv)
        return 0;
    json_in_enter(in, "warm");
    json_in_enter(in, "needs");
    return json_in_fail(in, "is about a compiled program, and there is no \"compile\"");
}

static int read_argv(struct json_in *in, const json_t *value, void *target)
{
    static const char *const words[] = {"{sources}", "{args}", "{entry}", "{memory_mib}", NULL};
    struct warm *warm = target;
    struct profile_stage command = {0};
    int r = language_read_command(in, value, &command);

    warm->argv = command.argv;
    warm->program = command.program;
    return r < 0 ? r : language_check_words(in, command.argv, words);
}

int language_read_compile_warm(struct json_in *in, const json_t *value, void *target)
{
    static const struct json_member members[] = {
        {"how", read_how, true},          {"argv", read_argv, true},    {"point", read_point, false},
        {"threads", read_threads, false}, {"early", read_early, false}, {NULL}};

    return json_in_object(in, value, members, &((struct language *)target)->profile.compile_warm);
}
