/* SPDX-License-Identifier: MIT */
/* Reads the commands of a profile. */
#include "runner/language/language_command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/strv.h"
#include "sandbox/plan/name_check.h"

/* The cell searches the same directories for programs, because plan.c sets PATH to them. */
static const char *const program_directories[] = {"/usr/local/bin", "/usr/bin", "/bin"};

/* Reads a word. "{entry}" and "{memory_mib}" can be part of a word, "{args}" and "{sources}" must be
 * whole words; any other braces are refused. */
static int read_word(struct json_in *in, const json_t *value, void *target)
{
    static const char *const known[] = {"{entry}", "{memory_mib}"};
    const char *text;
    int r = json_in_text(in, value, &text);

    if (r < 0)
        return r;
    for (const char *brace = strchr(text, '{');
         brace && strcmp(text, "{args}") != 0 && strcmp(text, "{sources}") != 0;
         brace = strchr(brace + 1, '{'))
        if (strncmp(brace, known[0], strlen(known[0])) != 0 &&
            strncmp(brace, known[1], strlen(known[1])) != 0)
            return json_in_fail(
                in,
                "has a placeholder that is not \"{entry}\", \"{sources}\", \"{args}\" or \"{memory_mib}\"");
    return json_in_add_string(in, value, target);
}

/* Returns true if @path is an executable file. If it does not exist, leaves @lack as it was, so
 * that a reason found in another directory is kept. */
static bool is_program(const char *path, enum program_lack *lack)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return false;
    if (S_ISREG(st.st_mode) && faccessat(AT_FDCWD, path, X_OK, 0) == 0)
        return true;
    *lack = S_ISDIR(st.st_mode)   ? PROGRAM_DIRECTORY
            : S_ISREG(st.st_mode) ? PROGRAM_NOT_EXECUTABLE
                                  : PROGRAM_IRREGULAR;
    return false;
}

/* Finds the program. If this machine doesn't have it, the profile is still valid: it stays NULL,
 * and the plan reports it. */
static int find_program(const char *name, struct profile_stage *stage)
{
    if (strchr(name, '/')) {
        if (*name == '/' && !is_program(name, &stage->lack))
            return 0;
        stage->program = strdup(name);
        return stage->program ? 0 : -ENOMEM;
    }
    for (size_t i = 0; i < sizeof(program_directories) / sizeof(*program_directories); i++) {
        char *path;

        if (asprintf(&path, "%s/%s", program_directories[i], name) < 0)
            return -ENOMEM;
        if (is_program(path, &stage->lack)) {
            stage->program = path;
            return 0;
        }
        free(path);
    }
    return 0;
}

static bool is_program_name(const char *name)
{
    if (strncmp(name, "./", 2) == 0)
        return name_check_path(name + 2) == NAME_FINE;
    if (strchr(name, '{') || (*name != '/' && strchr(name, '/')))
        return false;
    return name_check_path(name + (*name == '/')) == NAME_FINE;
}

int language_read_command(struct json_in *in, const json_t *value, struct profile_stage *stage)
{
    int r = json_in_array(in, value, LANGUAGE_MOST_ITEMS, read_word, &stage->argv);

    if (r < 0)
        return r;
    if (!stage->argv)
        return json_in_fail(in, "must not be empty");
    if (!is_program_name(stage->argv[0])) {
        json_in_enter_index(in, 0);
        return json_in_fail(in, "must be a name, an absolute path, or begin with \"./\" for a file in /box");
    }
    return find_program(stage->argv[0], stage) < 0 ? error_memory(in->err) : 0;
}

int language_check_words(struct json_in *in, char *const *argv, const char *const *words)
{
    for (size_t i = 0; argv[i]; i++)
        for (size_t j = 0; words[j]; j++)
            if (strstr(argv[i], words[j])) {
                json_in_enter_index(in, i);
                return json_in_fail(
                    in, "can't be replaced, because this command has no files and arguments of a visitor");
            }
    return 0;
}
