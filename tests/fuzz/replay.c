/* SPDX-License-Identifier: MIT */
/* Passes each file in the given folders to a fuzz target. This is the regression test, which needs no
 * fuzzer. */
#include <dirent.h>
#include <limits.h>

#include "fuzz.h"

static int replay_file(const char *path)
{
    static uint8_t data[1 << 20];
    FILE *file = fopen(path, "rb");
    uint8_t *copy;
    size_t size;

    if (!file)
        return -1;
    size = fread(data, 1, sizeof(data), file);
    fclose(file);
    /* The copy has exactly the size of the file, so the sanitizer detects if one byte too many is read. */
    copy = malloc(size + 1);
    if (!copy)
        return -1;
    for (size_t i = 0; i < size; i++)
        copy[i] = data[i];
    copy = realloc(copy, size ? size : 1);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
    return 0;
}

static int replay_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;
    int n = 0;

    while (stream && (entry = readdir(stream))) {
        char path[PATH_MAX];

        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (replay_file(path) < 0)
            return -1;
        n++;
    }
    if (stream)
        closedir(stream);
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;

    for (int i = 1; i < argc; i++) {
        int added = replay_folder(argv[i]);

        if (added <= 0) {
            fprintf(stderr, "%s: nothing to replay\n", argv[i]);
            return 1;
        }
        n += added;
    }
    printf("%d inputs\n", n);
    return 0;
}
