/* SPDX-License-Identifier: MIT */
/* The sources of a request. */
#include "sandbox/plan/sources.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"

#define LONGEST_NAME 1024
/* So many names in quotes are compared with the files. More would let a request use exrun's own time. */
#define MOST_INCLUDES 1000

bool sources_has_ending(const struct profile *profile, const char *path)
{
    size_t length = strlen(path);

    for (char *const *endings = profile->endings; endings && *endings; endings++) {
        size_t of_ending = strlen(*endings);

        if (length > of_ending && strcmp(path + length - of_ending, *endings) == 0)
            return true;
    }
    return false;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Stores in *ret the name of the next file that the text from *at to @end includes in quotes, or NULL, and
 * moves *at behind it. Returns 0 or -ENOMEM. The caller frees *ret. */
static int next_included(const char **at, const char *end, char **ret)
{
    static const char word[] = "include";
    const char *quote, *close;

    *ret = NULL;
    while (*at < end && (quote = memmem(*at, (size_t)(end - *at), word, sizeof(word) - 1))) {
        size_t room;

        quote += sizeof(word) - 1;
        while (quote < end && (*quote == ' ' || *quote == '\t'))
            quote++;
        *at = quote;
        if (quote == end || *quote++ != '"')
            continue;
        room = end - quote < LONGEST_NAME ? (size_t)(end - quote) : LONGEST_NAME;
        close = memchr(quote, '"', room);
        if (!close || memchr(quote, '\n', (size_t)(close - quote)))
            continue;
        *at = close + 1;
        *ret = strndup(quote, (size_t)(close - quote));
        return *ret ? 0 : -ENOMEM;
    }
    return 0;
}

/* Marks in @included the files of the job that @text, which is the file @own or the source, includes. */
static int mark(const struct job *job, const struct bytes *text, const struct job_file *own, bool *included,
                unsigned int *left)
{
    const char *at = text->data, *end = at ? at + text->size : at;

    while (*left > 0) {
        _cleanup_(freep) char *name = NULL;
        int r = next_included(&at, end, &name);

        if (r < 0 || !name)
            return r;
        --*left;
        for (size_t i = 0; i < job->n_files; i++)
            if (&job->files[i] != own && strcmp(base_of(job->files[i].path), base_of(name)) == 0)
                included[i] = true;
    }
    return 0;
}

static int mark_all(const struct job *job, bool *included)
{
    unsigned int left = MOST_INCLUDES;
    int r = mark(job, &job->source, NULL, included, &left);

    for (size_t i = 0; i < job->n_files && r == 0; i++)
        r = mark(job, &job->files[i].content, &job->files[i], included, &left);
    return r;
}

static int add(char ***argv, const char *path)
{
    char *word;

    /* A compiler would take a name that begins with "-" as an option. */
    if (asprintf(&word, "%s%s", *path == '-' ? "./" : "", path) < 0)
        word = NULL;
    return strv_take(argv, word);
}

int sources_add(char ***argv, const struct profile *profile, const struct job *job)
{
    _cleanup_(freep) bool *included = calloc(job->n_files + 1, sizeof(*included));
    int r = included ? strv_add(argv, profile->entry) : -ENOMEM;

    if (r == 0)
        r = mark_all(job, included);
    for (size_t i = 0; i < job->n_files && r == 0; i++) {
        const char *path = job->files[i].path;

        if (!included[i] && strcmp(path, profile->entry) != 0 && sources_has_ending(profile, path) &&
            *base_of(path) != '@')
            r = add(argv, path);
    }
    return r;
}
