/* SPDX-License-Identifier: MIT */
/* The second protection of files. The constants are written out, because the headers can be older than the
 * kernel. */
#include "sandbox/inside/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/plan/plan.h"

#define ASK_VERSION 1U
#define RULE_PATH_BENEATH 1

/* linux/landlock.h, LANDLOCK_ACCESS_FS_*. */
#define EXECUTE (UINT64_C(1) << 0)
#define WRITE_FILE (UINT64_C(1) << 1)
#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR (UINT64_C(1) << 3)
#define MAKE_CHAR (UINT64_C(1) << 6)
#define MAKE_BLOCK (UINT64_C(1) << 11)
#define REFER (UINT64_C(1) << 13)     /* version 2 */
#define TRUNCATE (UINT64_C(1) << 14)  /* version 3 */
#define IOCTL_DEV (UINT64_C(1) << 15) /* version 5 */

#define READ (READ_FILE | READ_DIR)
#define OF_A_FILE (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)

/* Access rights of each version, which include those of all earlier versions. */
static const struct {
    int version;
    uint64_t files, network, scopes;
} known[] = {
    {2, (REFER << 1) - 1, 0, 0},     {3, (TRUNCATE << 1) - 1, 0, 0},  {4, (TRUNCATE << 1) - 1, 3, 0},
    {5, (IOCTL_DEV << 1) - 1, 3, 0}, {6, (IOCTL_DEV << 1) - 1, 3, 3},
};

struct ruleset_attr {
    uint64_t files, network, scopes;
};

struct __attribute__((packed)) path_attr {
    uint64_t allowed;
    int32_t parent;
};

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);

    return version < 0 ? 0 : (int)version;
}

/* Returns the size of struct ruleset_attr that the kernel knows: versions 2 and 3 know only the first member,
 * 4 and 5 two. */
static size_t size_for(int version)
{
    return version < 4 ? sizeof(uint64_t) : version < 6 ? 2 * sizeof(uint64_t) : sizeof(struct ruleset_attr);
}

/* Allows @access to @path and everything below it. A path that does not exist in this cell needs no rule.
 * Returns 0 or -errno. */
static int allow(int ruleset, uint64_t handled, const char *path, uint64_t access)
{
    _cleanup_(fd_closep) int fd = open(path, O_PATH | O_CLOEXEC);
    struct path_attr attr = {.allowed = access & handled, .parent = fd};
    struct stat st;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
    if (fstat(fd, &st) < 0)
        return -errno;
    if (!S_ISDIR(st.st_mode))
        attr.allowed &= OF_A_FILE;
    return syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &attr, 0) < 0 ? -errno : 0;
}

/* Allows everything in the program's own directories, except creating device nodes, and unless @may_exec is
 * set, executing files. */
static int allow_own(int ruleset, uint64_t handled, const struct root *root, bool may_exec)
{
    static const char *const places[] = {PLAN_HOME, "/tmp", "/dev/shm"};
    uint64_t access = handled & ~(MAKE_CHAR | MAKE_BLOCK) & ~(may_exec ? 0 : EXECUTE);
    int r = root->prepares ? allow(ruleset, handled, PLAN_PREPARED, access) : 0;

    for (size_t i = 0; i < sizeof(places) / sizeof(*places) && r == 0; i++)
        r = allow(ruleset, handled, places[i], access);
    return r;
}

/* Allows access to the directories that are not the program's own. Listing the root reveals no more than the
 * mounts do. /proc contains files that a process may write about itself, and /dev files to which writing has
 * no effect. */
static int allow_lent(int ruleset, uint64_t handled, const struct root *root)
{
    int r = allow(ruleset, handled, "/", READ_DIR);

    for (size_t i = 0; i < root->n_mounts && r == 0; i++)
        if (!root->mounts[i].link)
            r = allow(ruleset, handled, root->mounts[i].path, READ | EXECUTE);
    if (r == 0 && root->prepared)
        r = allow(ruleset, handled, PLAN_PREPARED, READ | EXECUTE);
    if (r == 0)
        r = allow(ruleset, handled, "/etc", READ);
    if (r == 0)
        r = allow(ruleset, handled, "/proc", READ | WRITE_FILE | TRUNCATE);
    return r < 0 ? r : allow(ruleset, handled, "/dev", READ | WRITE_FILE | TRUNCATE | IOCTL_DEV);
}

int landlock_enter(const struct root *root, bool may_exec)
{
    _cleanup_(fd_closep) int ruleset = -1;
    struct ruleset_attr attr = {0};
    int version = landlock_version(), r;

    if (version < LANDLOCK_LEAST)
        return 0;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (known[i].version <= version)
            attr = (struct ruleset_attr){known[i].files, known[i].network, known[i].scopes};
    ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, size_for(version), 0);
    if (ruleset < 0)
        return -errno;
    r = allow_lent(ruleset, attr.files, root);
    if (r == 0)
        r = allow_own(ruleset, attr.files, root, may_exec);
    if (r < 0)
        return r;
    return syscall(SYS_landlock_restrict_self, ruleset, 0) < 0 ? -errno : 0;
}
