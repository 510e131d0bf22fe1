/* SPDX-License-Identifier: MIT */
/* Letting a language go. */
#include "runner/language/language.h"

#include <stdlib.h>

void language_deinit(struct language *language)
{
    for (size_t i = 0; i < language->n_errors; i++)
        free(language->errors[i].match);
    free(language->errors);
    free(language->error_begins);
    free(language->error_line);
    free(language->file);
    free(language->title);
    profile_deinit(&language->profile);
    *language = (struct language){0};
}
