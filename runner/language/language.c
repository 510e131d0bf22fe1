/* SPDX-License-Identifier: MIT */
/* Checks the names of languages, and frees a language. */
#include "runner/language/language.h"

#include <stdlib.h>
#include <string.h>

#include "sandbox/base/strv.h"

#define LONGEST_NAME 64

bool language_is_name(const char *name)
{
    return *name && *name != '.' && strlen(name) <= LONGEST_NAME &&
           !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_+.")];
}

void language_deinit(struct language *language)
{
    for (size_t i = 0; i < language->n_errors; i++) {
        expression_free(language->errors[i].match);
        expression_free(language->errors[i].source);
        expression_free(language->errors[i].lacks);
    }
    free(language->errors);
    for (size_t i = 0; i < language->n_hidden; i++)
        expression_free(language->hidden[i]);
    free(language->hidden);
    expression_free(language->error_begins);
    expression_free(language->error_line);
    free(language->file);
    free(language->title);
    free(language->unseen);
    free(language->program);
    free(language->package);
    profile_deinit(&language->profile);
    *language = (struct language){0};
}
