/* SPDX-License-Identifier: MIT */
/* Checks accepted paths once more, in a different way: if a path is accepted, it must stay below its
 * directory, and be safe to use as a name anywhere. */
#include <string.h>

#include "fuzz.h"
#include "sandbox/plan/name_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *path = strndup((const char *)data, size), *part, *rest = NULL;
    size_t length, n_slashes = 0, n_parts = 0;

    if (!path)
        return 0;
    length = strlen(path);
    if (name_check_path(path) == NAME_FINE) {
        PROMISE(length > 0 && length <= 1024);
        for (const char *c = path; *c; c++) {
            PROMISE((unsigned char)*c >= 0x20 && *c != 0x7f);
            n_slashes += *c == '/';
        }
        for (part = strtok_r(path, "/", &rest); part; part = strtok_r(NULL, "/", &rest)) {
            PROMISE(strcmp(part, ".") != 0 && strcmp(part, "..") != 0 && strlen(part) <= 255);
            n_parts++;
        }
        /* strtok skips empty parts, so this fails if one was skipped. */
        PROMISE(n_parts == n_slashes + 1);
    }
    free(path);
    return 0;
}
