/* SPDX-License-Identifier: MIT */
/* Reads the small files that a cell gets in its own /etc. */
#include "runner/language/language_etc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/language/language.h"
#include "runner/language/language_members.h"
#include "runner/text/name_words.h"

static int check_path(struct json_in *in, const char *path)
{
    static const char *const taken[] = {"passwd",        "group",    "hosts",
                                        "nsswitch.conf", "services", "protocols"}; /* inside/root.c */
    const char *fault = name_words(name_check_path(path));

    if (fault)
        return json_in_fail(in, "%s", fault);
    for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++)
        if (strcmp(path, taken[i]) == 0)
            return json_in_fail(in, "is a file that every cell has");
    return 0;
}

struct reading {
    struct profile *profile;
    size_t bytes;
};

static int read_file(struct json_in *in, const char *path, const json_t *value, void *target)
{
    struct reading *reading = target;
    struct profile *profile = reading->profile;
    struct profile_etc *file = &profile->etc[profile->n_etc];
    int r = check_path(in, path);

    if (r == 0)
        r = json_in_string(in, value, &file->text);
    if (r < 0)
        return r;
    file->path = strdup(path);
    profile->n_etc++;
    if (!file->path)
        return error_memory(in->err);
    reading->bytes += json_string_length(value);
    return reading->bytes > LANGUAGE_MOST_ETC_BYTES
               ? json_in_fail(in, "makes the files longer than %d bytes together", LANGUAGE_MOST_ETC_BYTES)
               : 0;
}

int language_read_etc(struct json_in *in, const json_t *value, void *target)
{
    struct profile *profile = &((struct language *)target)->profile;
    struct reading reading = {.profile = profile};

    if (json_object_size(value) > LANGUAGE_MOST_ITEMS)
        return json_in_fail(in, "has more than %d members", LANGUAGE_MOST_ITEMS);
    profile->etc = calloc(json_object_size(value) + 1, sizeof(*profile->etc));
    if (!profile->etc)
        return error_memory(in->err);
    return json_in_map(in, value, read_file, &reading);
}

/* Returns true if @path is @above or below it. */
static bool is_below(const char *path, const char *above)
{
    size_t length = strlen(above);

    return strncmp(path, above, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* Returns the path that @file can't be created beside, or NULL: a mount, which is read-only, or another file
 * of which it would be a directory. */
static const char *find_collision(const struct profile *profile, const struct profile_etc *file)
{
    for (size_t i = 0; i < profile->n_mounts; i++) {
        const char *path = profile->mounts[i].path;
        bool is_in_etc = strncmp(path, "/etc/", 5) == 0;

        if (strcmp(path, "/etc") == 0 || (is_in_etc && is_below(file->path, path + 5)) ||
            (is_in_etc && is_below(path + 5, file->path)))
            return path;
    }
    for (size_t i = 0; i < profile->n_etc; i++)
        if (file != &profile->etc[i] && is_below(file->path, profile->etc[i].path))
            return profile->etc[i].path;
    return NULL;
}

int language_check_etc(struct json_in *in, void *target)
{
    const struct profile *profile = &((struct language *)target)->profile;

    for (size_t i = 0; i < profile->n_etc; i++) {
        const char *other = find_collision(profile, &profile->etc[i]);

        if (!other)
            continue;
        json_in_enter(in, "etc");
        json_in_enter(in, profile->etc[i].path);
        return json_in_fail(in, "collides with %.100s", other);
    }
    return 0;
}
