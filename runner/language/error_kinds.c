/* SPDX-License-Identifier: MIT */
/* The table of kinds. */
#include "runner/language/error_kinds.h"

#include <string.h>

#include "sandbox/plan/limits.h"

const struct error_kind error_kinds[] = {
    {"line_endings",
     "The program has Windows line endings (CR LF), which this language can't read. Save it with Unix line "
     "endings (LF).",
     NULL, NULL, -1, .is_told_if_fine = true, .is_told_by_compiler = true},
    {"encoding", "The program contains a character that is not UTF-8. Save it in UTF-8.", NULL, NULL, -1,
     .is_told_by_compiler = true, .is_of_bytes = true, .is_about_line = true},
    {"main", "The program has no main function.", NULL, NULL, -1, .is_told_by_compiler = true},
    {"package", "The main function of a program must be in package main.", "The main function is in package ",
     ", but that of a program must be in package main.", -1, .is_told_by_compiler = true,
     .is_of_compiler_only = true},
    {"mains", "The program has more than one main function.", NULL, NULL, -1, .is_told_by_compiler = true,
     .is_of_compiler_only = true, .is_about_line = true},
    {"folder", "A folder has the name that the compiled program gets. Rename the folder.", "The folder ",
     " has the name that the compiled program gets. Rename the folder.", -1, .is_told_by_compiler = true,
     .is_of_compiler_only = true},
    {"too_large", "The compiled program is larger than what may be stored here.", NULL, NULL, -1,
     .is_told_by_compiler = true, .is_of_compiler_only = true},
    {"tag", "PHP printed the program as text, because no space or new line follows <?php.", NULL, NULL, -1,
     .is_told_if_fine = true},
    {"text", "The program has no <?php tag, so PHP printed it as text.", NULL, NULL, -1,
     .is_told_if_fine = true},
    {"syntax", "The program has a syntax error.", NULL, NULL, -1},
    {"name", "The program used a name that is not defined.", "The program used ", ", which is not defined.",
     -1},
    {"function", "The program called a function that does not exist here.", "The program called ",
     ", which does not exist here. Is it misspelt, or does it belong to something that is not installed?",
     -1},
    {"module", "The program needed a module that is not installed here.", "The program needed ",
     ", which is not installed here.", -1},
    {"command", "The program ran a command that does not exist here.", "The program ran the command ",
     ", which does not exist here.", -1},
    {"file", "The program tried to use a file that does not exist here.",
     "The program tried to use the file ", ", which does not exist here.", -1},
    {"readonly",
     "The program tried to change something that it may only read. It may write to its own folder "
     "and to /tmp.",
     NULL, NULL, -1},
    {"permission", "The program tried to do something that it has no permission for.", NULL, NULL, -1},
    {"network", "The program tried to use the network, but programs have no network access here.", NULL, NULL,
     -1, .is_told_if_fine = true},
    {"input", "The program tried to read input, but there was no input left.", NULL, NULL, -1},
    {"recursion", "A function called itself too many times. Is there an endless recursion?", NULL, NULL, -1},
    {"memory", "The program needed more memory than it may use. " ERROR_MEMORY_REASONS, NULL, NULL,
     LIMIT_MEMORY},
    {"processes", "The program tried to start more processes or threads than it may have.", NULL, NULL,
     LIMIT_PROCESSES},
    {"disk", "The program tried to store more data in files than it may.", NULL, NULL, LIMIT_DISK},
    {"files", "The program tried to open more files at the same time than it may.", NULL, NULL, LIMIT_FILES},
    {"zero", "The program divided by zero.", NULL, NULL, -1},
    {"index", "The program used an index or key that does not exist.", NULL, NULL, -1},
    {"null", "The program used a missing value (null, nil, None or undefined).", NULL, NULL, -1},
    {"type", "The program used a value of the wrong type.", NULL, NULL, -1},
    {"overflow", "A number became too large or too small for its type.", NULL, NULL, -1},
    {"assertion", "A check in the program failed (an assertion).", NULL, NULL, -1},
    {"deadlock", "Every part of the program was waiting, so it could not continue (a deadlock).", NULL, NULL,
     -1},
    {"uncaught", "The program stopped because of an error that it did not catch.",
     "The program stopped because of an error that it did not catch: ", ".", -1},
};

const size_t n_error_kinds = sizeof(error_kinds) / sizeof(*error_kinds);

int error_kind_find(const char *word)
{
    for (size_t i = 0; i < n_error_kinds; i++)
        if (strcmp(error_kinds[i].word, word) == 0)
            return (int)i;
    return -1;
}
