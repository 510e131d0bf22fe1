/* SPDX-License-Identifier: MIT */
/* The table of kinds. */
#include "runner/language/error_kinds.h"

#include <string.h>

#include "sandbox/plan/limits.h"

const struct error_kind error_kinds[] = {
    {"syntax", "The program is not written as the language wants it.", NULL, NULL, -1},
    {"name", "The program uses a name that is not defined.", "The program uses ", ", which is not defined.",
     -1},
    {"function", "The program calls a function that does not exist here.", "The program calls ",
     ", which does not exist here: is it misspelt, or part of something that is not installed?", -1},
    {"module", "The program needs a module that is not installed here.", "The program needs ",
     ", which is not installed here.", -1},
    {"command", "The program calls a command that does not exist here.", "The program calls the command ",
     ", which does not exist here.", -1},
    {"file", "The program wanted a file that does not exist here.", "The program wanted the file ",
     ", which does not exist here.", -1},
    {"readonly",
     "The program wanted to change something that it may only read. It may write to its own folder "
     "and to /tmp.",
     NULL, NULL, -1},
    {"permission", "The program wanted something that it has no permission for.", NULL, NULL, -1},
    {"network", "The program wanted to use the network, and programs have none here.", NULL, NULL, -1},
    {"input", "The program wanted to read input, and there was none left for it.", NULL, NULL, -1},
    {"recursion", "A function called itself too often. An endless recursion is likely.", NULL, NULL, -1},
    {"memory", "The program needed more memory than it may use. " ERROR_MEMORY_REASONS, NULL, NULL,
     LIMIT_MEMORY},
    {"processes", "The program wanted to start more processes or threads than it may have.", NULL, NULL,
     LIMIT_PROCESSES},
    {"disk", "The program wanted to write more than it may keep in files.", NULL, NULL, LIMIT_DISK},
    {"files", "The program wanted more files open at once than it may have.", NULL, NULL, LIMIT_FILES},
    {"zero", "The program divided by zero.", NULL, NULL, -1},
    {"index", "The program asked for an element that is not there.", NULL, NULL, -1},
    {"null", "The program used a value where there was none.", NULL, NULL, -1},
    {"type", "The program used a value of a kind that does not fit there.", NULL, NULL, -1},
    {"overflow", "A number became too large for its type.", NULL, NULL, -1},
    {"assertion", "A check that the program makes of itself failed.", NULL, NULL, -1},
    {"deadlock", "All parts of the program waited for each other.", NULL, NULL, -1},
    {"uncaught", "The program was ended by an error that it did not catch.",
     "The program was ended by an error that it did not catch: ", ".", -1},
};

const size_t n_error_kinds = sizeof(error_kinds) / sizeof(*error_kinds);

int error_kind_find(const char *word)
{
    for (size_t i = 0; i < n_error_kinds; i++)
        if (strcmp(error_kinds[i].word, word) == 0)
            return (int)i;
    return -1;
}
