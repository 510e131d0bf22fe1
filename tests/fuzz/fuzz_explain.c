/* SPDX-License-Identifier: MIT */
/* Whatever a program prints, its explanation is one of exrun's, with a short word of printable ASCII
 * characters. */
#include <string.h>

#include "fuzz.h"
#include "runner/answer/explain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char entry[] = "main.x";
    static struct error_pattern errors[] = {{.kind = 1}, {.kind = 0}};
    static struct language language = {.profile = {.entry = entry}, .errors = errors, .n_errors = 2};
    const struct job job = {0};
    struct bytes text = {.data = malloc(size + 1), .size = size};
    struct explanation found;

    if (!language.error_line) {
        language.error_line = expression_new("main\\.x:([0-9]+)", 0);
        errors[0].match = expression_new("^NameError: name '([^']+)'", 0);
        errors[1].match = expression_new("([A-Z][A-Za-z.]*)(: |$)", 0);
    }
    if (!text.data || !language.error_line || !errors[0].match || !errors[1].match)
        return 0;
    if (size > 0)
        memcpy(text.data, data, size);
    text.data[size] = '\0';
    explain(&language,
            &(struct explain_input){
                .end = EXPLAIN_ERROR, .output = &text, .entry = &text, .job = &job, .n_lines = 70000},
            &found);
    PROMISE(found.line <= 70000);
    PROMISE(strlen(found.what) < sizeof(found.what));
    for (const char *c = found.what; *c; c++)
        PROMISE(*c >= 0x20 && *c <= 0x7e);
    PROMISE(!found.kind || (found.kind >= error_kinds && found.kind < error_kinds + n_error_kinds));
    free(text.data);
    return 0;
}
