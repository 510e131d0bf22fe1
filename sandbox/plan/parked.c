/* SPDX-License-Identifier: MIT */
/* Decides which runs an interpreter that was started ahead can serve. */
#include "sandbox/plan/parked.h"

#include <errno.h>
#include <string.h>

#include "sandbox/base/strv.h"
#include "sandbox/base/utf8.h"

#define HEAD_MOST_BYTES ((size_t)4096)
#define BLANK_LINE "\r\n\r\n"

bool parked_has_own_env(const struct job *job)
{
    return job->env && job->env[0];
}

int parked_command_take(struct parked_command *command, const struct plan *plan, enum stage stage)
{
    const struct profile *profile = plan->profile;
    const struct warm *warm = plan_warm(profile, stage);
    const struct plan_stage *of_stage = stage == STAGE_COMPILE ? &plan->compile : &plan->run;
    const struct limits *limits = stage == STAGE_COMPILE ? &profile->compile_limits : &profile->normal;

    *command = (struct parked_command){.argv = strv_copy(of_stage->argv),
                                       .env = strv_copy(of_stage->env),
                                       .entry = plan->compiles ? "" : profile->entry,
                                       .product = profile->produces,
                                       .needed = warm->needed,
                                       .early = warm->early,
                                       .memory_bytes = limits->memory_bytes,
                                       .processes = limits->processes,
                                       .has_own_env = stage == STAGE_RUN && parked_has_own_env(plan->job),
                                       .keeps_memory = profile->has_proc_files};
    return command->argv && command->env ? 0 : -ENOMEM;
}

/* Returns true if the interpreter looks at the start of this source before it opens the file as such: at the
 * name of another interpreter or at options, and at an archive. A source that is not UTF-8 may be declared to
 * be something else. */
static bool is_looked_at_early(const struct bytes *source)
{
    static const char *const starts[] = {"#!", "PK"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
        if (source->size >= 2 && memcmp(source->data, starts[i], 2) == 0)
            return true;
    return !is_utf8(source->data, source->size);
}

/* Returns true if it is a compiled program whose head lacks the text that the interpreter has read already.
 * What comes after the head's blank line is the visitor's. */
static bool lacks_what_was_read(const struct parked_command *command, const struct plan_file *file)
{
    const struct bytes *content = &file->content;
    size_t most = content->size < HEAD_MOST_BYTES ? content->size : HEAD_MOST_BYTES;
    const char *end;

    if (!command->needed || strcmp(file->path, command->product) != 0)
        return false;
    end = most > 0 ? memmem(content->data, most, BLANK_LINE, strlen(BLANK_LINE)) : NULL;
    return !end || !memmem(content->data, (size_t)(end - content->data) + strlen(BLANK_LINE), command->needed,
                           strlen(command->needed));
}

static bool is_or_is_below(const char *path, const char *name)
{
    size_t length = strlen(name);

    return strncmp(path, name, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* Returns true if an interpreter in an empty /box would go another way than one that finds this file. */
static bool is_known_early(const struct parked_command *command, const struct plan_file *file)
{
    if ((strcmp(file->path, command->entry) == 0 && is_looked_at_early(&file->content)) ||
        lacks_what_was_read(command, file))
        return true;
    for (char *const *name = command->early; name && *name; name++)
        if (is_or_is_below(file->path, *name))
            return true;
    return false;
}

bool parked_command_serves(const struct parked_command *command, const struct plan_stage *stage)
{
    if (!command->argv || stage->limits.memory_bytes < command->memory_bytes ||
        (command->keeps_memory && stage->limits.memory_bytes != command->memory_bytes) ||
        stage->limits.processes < command->processes || !strv_equal(command->argv, stage->argv) ||
        !strv_equal(command->env, stage->env) || (command->has_own_env && stage->n_files > 1))
        return false;
    for (size_t i = 0; i < stage->n_files; i++)
        if (is_known_early(command, &stage->files[i]))
            return false;
    return true;
}

void parked_command_deinit(struct parked_command *command)
{
    strv_free(command->argv);
    strv_free(command->env);
    *command = (struct parked_command){.argv = NULL};
}
