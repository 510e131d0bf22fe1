/* SPDX-License-Identifier: MIT */
/* Matches arbitrary patterns in a small tree with links that lead outside. The files that are found must
 * be inside, sorted, and listed once each. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/name_check.h"
#include "sandbox/run/artifacts.h"

/* Returns a descriptor of the tree, which is made once for each process and stays open. It is removed when
 * the process exits. */
static int make_tree(void)
{
    static const char *const folders[] = {"box", "box/out", "box/out/deep", "box/[x]"};
    static const char *const files[] = {"box/a",     "box/b.csv", "box/out/c.csv", "box/out/deep/d",
                                        "box/[x]/e", "box/*",     "box/.hidden"};
    char path[] = "/dev/shm/exrun-fuzz-XXXXXX";
    int fd;

    PROMISE(mkdtemp(path));
    fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    PROMISE(fd >= 0);
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
        PROMISE(mkdirat(fd, folders[i], 0755) == 0);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
        close(openat(fd, files[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    PROMISE(symlinkat("/etc", fd, "box/etc") == 0 && symlinkat("..", fd, "box/up") == 0 &&
            symlinkat("a", fd, "box/link") == 0);
    return fd;
}

static void take_away(int fd)
{
    char path[64], target[64] = "";

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (readlink(path, target, sizeof(target) - 1) > 0 && strncmp(target, "/dev/shm/exrun-fuzz-", 20) == 0) {
        char command[128];

        snprintf(command, sizeof(command), "rm -rf %s", target);
        PROMISE(system(command) == 0);
    }
}

static int tree = -1;

static void at_end(void)
{
    take_away(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = strndup((const char *)data, size), *rest = NULL, **patterns = NULL;
    struct artifacts found;

    if (tree < 0) {
        tree = make_tree();
        atexit(at_end);
    }
    for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line; line = strtok_r(NULL, "\n", &rest))
        if (name_check_path(line) == NAME_FINE)
            strv_add(&patterns, line);
    PROMISE(artifacts_collect(tree, patterns, 1 << 20, &found) == 0);
    for (size_t i = 0; i < found.n; i++) {
        PROMISE(i == 0 || strcmp(found.items[i - 1].path, found.items[i].path) < 0);
        PROMISE(!found.items[i].missed == !!found.items[i].content.data);
        PROMISE(found.items[i].content.size == 0);
    }
    artifacts_deinit(&found);
    strv_free(patterns);
    free(text);
    return 0;
}
