/* SPDX-License-Identifier: MIT */
/* The file tree that a program sees. */
#include "sandbox/inside/root.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/inside/filesystem.h"
#include "sandbox/plan/plan.h"

static int make_directory(int root, const char *path)
{
    return mkdirat(root, path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

/* Creates the directories above @path. */
static int make_above(int root, const char *path)
{
    char buffer[4096];
    size_t length = strlen(path);

    if (length >= sizeof(buffer))
        return -ENAMETOOLONG;
    memcpy(buffer, path, length + 1);
    for (char *slash = strchr(buffer, '/'); slash; slash = strchr(slash + 1, '/')) {
        int r;

        *slash = '\0';
        r = make_directory(root, buffer);
        if (r < 0)
            return r;
        *slash = '/';
    }
    return 0;
}

/* Creates the directories above @path, and @path itself, as a directory or an empty file to mount on. */
static int make_target(int root, const char *path, bool is_directory)
{
    int fd, r = make_above(root, path);

    if (r < 0 || is_directory)
        return r < 0 ? r : make_directory(root, path);
    fd = openat(root, path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0444);
    if (fd < 0)
        return -errno;
    close(fd);
    return 0;
}

/* Mounts @source, of the host, as @target. */
static int bind_read_only(int root, const char *source, const char *target)
{
    struct mount_attr attributes = {
        .attr_set = filesystem_checked(MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV) |
                    (layer_off("read-only") ? 0 : MOUNT_ATTR_RDONLY),
        /* What the host mounts below @source later would come without the flags. */
        .propagation = MS_PRIVATE};
    _cleanup_(fd_closep) int tree =
        open_tree(AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE | AT_SYMLINK_NOFOLLOW);
    struct stat st;
    int r;

    if (tree < 0)
        return -errno;
    if (mount_setattr(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof(attributes)) < 0 ||
        fstat(tree, &st) < 0)
        return -errno;
    if (S_ISLNK(st.st_mode))
        return -ELOOP;
    r = make_target(root, target + 1, S_ISDIR(st.st_mode));
    return r < 0 ? r : filesystem_attach(tree, root, target + 1);
}

static int make_link(int root, const char *path, const char *target)
{
    return symlinkat(target, root, path) < 0 && errno != EEXIST ? -errno : 0;
}

/* Mounts the paths that the profile lists. Skips those that the host does not have. */
static int place_mounts(const struct root *root, int fd)
{
    for (size_t i = 0; i < root->n_mounts; i++) {
        const struct profile_mount *mount = &root->mounts[i];
        int r = mount->link ? make_link(fd, mount->path + 1, mount->link)
                            : bind_read_only(fd, mount->path, mount->path);

        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
            return r;
    }
    return 0;
}

/* Mounts what was prepared for the toolchain. It may have been removed since it was found. */
static int place_prepared(const struct root *root, int fd)
{
    int r = root->prepared ? bind_read_only(fd, root->prepared, PLAN_PREPARED) : 0;

    return r == -ENOENT ? 0 : r;
}

/* Creates a device node. If the kernel does not permit that (EPERM), as in a user namespace, mounts the
 * host's node instead. */
static int make_device(int root, const char *path, unsigned int minor)
{
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC};
    _cleanup_(fd_closep) int node = -1;
    char host[32] = "/";
    struct stat st;
    int r;

    if (mknodat(root, path, S_IFCHR | 0666, makedev(1, minor)) == 0)
        return fchmodat(root, path, 0666, 0) < 0 ? -errno : 0;
    if (errno != EPERM)
        return -errno;
    strncat(host, path, sizeof(host) - 2);
    node = open_tree(AT_FDCWD, host, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_SYMLINK_NOFOLLOW);
    if (node < 0 || fstat(node, &st) < 0)
        return -errno;
    if (!S_ISCHR(st.st_mode) || st.st_rdev != makedev(1, minor))
        return -ENODEV;
    if (mount_setattr(node, "", AT_EMPTY_PATH, &attributes, sizeof(attributes)) < 0)
        return -errno;
    r = make_target(root, path, false);
    return r < 0 ? r : filesystem_attach(node, root, path);
}

static int place_devices(int fd)
{
    static const struct {
        const char *path;
        unsigned int minor;
    } nodes[] = {{"dev/null", 3}, {"dev/zero", 5}, {"dev/full", 7}, {"dev/random", 8}, {"dev/urandom", 9}};
    static const struct filesystem_option links[] = {
        {"dev/fd", "/proc/self/fd"}, {"dev/stdin", "fd/0"}, {"dev/stdout", "fd/1"}, {"dev/stderr", "fd/2"}};
    int r = make_directory(fd, "dev");

    for (size_t i = 0; i < sizeof(nodes) / sizeof(*nodes) && r == 0; i++)
        r = make_device(fd, nodes[i].path, nodes[i].minor);
    for (size_t i = 0; i < sizeof(links) / sizeof(*links) && r == 0; i++)
        r = make_link(fd, links[i].name, links[i].value);
    return r;
}

static int write_text(int root, const char *path, const char *text)
{
    _cleanup_(fd_closep) int fd =
        openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);

    if (fd < 0)
        return errno == EEXIST ? 0 : -errno;
    return fd_write_all(fd, text, strlen(text));
}

/* Writes the profile's own files. */
static int place_profile_etc(const struct root *root, int fd)
{
    _cleanup_(fd_closep) int etc = openat(fd, "etc", O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int r = etc < 0 ? -errno : 0;

    for (size_t i = 0; i < root->n_etc && r == 0; i++) {
        r = make_above(etc, root->etc[i].path);
        if (r == 0)
            r = write_text(etc, root->etc[i].path, root->etc[i].text);
    }
    return r;
}

/* Writes the few system files that C libraries read. They reveal nothing about the host. */
static int place_etc(const struct root *root, int fd)
{
    static const char services[] =
        "ftp 21/tcp\nssh 22/tcp\ntelnet 23/tcp\nsmtp 25/tcp mail\ndomain 53/tcp\ndomain 53/udp\n"
        "http 80/tcp www\npop3 110/tcp\nntp 123/udp\nimap2 143/tcp imap\nldap 389/tcp\nhttps 443/tcp\n"
        "submission 587/tcp\nimaps 993/tcp\npop3s 995/tcp\nmysql 3306/tcp\npostgresql 5432/tcp\n";
    const struct filesystem_option files[] = {
        {"etc/passwd", root->passwd},
        {"etc/group", root->group},
        {"etc/hosts", "127.0.0.1 localhost " PLAN_HOST "\n::1 localhost\n"},
        {"etc/nsswitch.conf",
         "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"},
        {"etc/services", services},
        {"etc/protocols",
         "ip 0 IP\nicmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6 41 IPv6\nipv6-icmp 58 IPv6-ICMP\n"},
    };
    int r = make_directory(fd, "etc");

    for (size_t i = 0; i < sizeof(files) / sizeof(*files) && r == 0; i++)
        r = write_text(fd, files[i].name, files[i].value);
    return r < 0 || root->n_etc == 0 ? r : place_profile_etc(root, fd);
}

static const struct {
    const char *part, *target;
    mode_t mode;
} parts[] = {{"box", "box", 0755},
             {"tmp", "tmp", 01777},
             {"shm", "dev/shm", 01777},
             {&PLAN_PREPARED[1], &PLAN_PREPARED[1], 0755}};

static size_t count_parts(const struct root *root)
{
    return sizeof(parts) / sizeof(*parts) - (root->prepares ? 0 : 1);
}

/* Creates the directories that are mounted on. */
static int place_targets(const struct root *root, int fd)
{
    int r = make_directory(fd, "proc");

    for (size_t i = 0; i < count_parts(root) && r == 0; i++)
        r = make_directory(fd, parts[i].target);
    return r;
}

/* Mounts the parts of the workspace, each in its place. If there is an old root, the mount itself stays
 * behind there and disappears with it. It is attached there only because before Linux 6.15 parts of a
 * detached tree can't be cloned. */
static int place_workspace(const struct root *root, int fd)
{
    int r = 0;

    for (size_t i = 0; i < count_parts(root) && r == 0; i++) {
        _cleanup_(fd_closep) int tree = -1;

        r = make_directory(root->workspace, parts[i].part);
        if (r == 0 &&
            (fchmodat(root->workspace, parts[i].part, parts[i].mode, 0) < 0 ||
             fchownat(root->workspace, parts[i].part, root->uid, root->uid, AT_SYMLINK_NOFOLLOW) < 0))
            r = -errno;
        if (r == 0) {
            /* If a test has disabled this layer, the cell sees the host's /tmp instead of its own. */
            bool is_open = layer_off("root") && strcmp(parts[i].part, "tmp") == 0;

            tree = open_tree(is_open ? AT_FDCWD : root->workspace, is_open ? "/tmp" : parts[i].part,
                             OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
            r = tree < 0 ? -errno : filesystem_attach(tree, fd, parts[i].target);
        }
    }
    return r;
}

int root_leave_old(int fd)
{
    if (fchdir(fd) < 0 || syscall(SYS_pivot_root, ".", ".") < 0)
        return -errno;
    return !layer_off("old-root") && umount2(".", MNT_DETACH) < 0 ? -errno : 0;
}

ino_t root_namespace(void)
{
    struct stat st;

    return stat("/proc/self/ns/mnt", &st) < 0 ? 0 : st.st_ino;
}

int root_new(void)
{
    static const struct filesystem_option options[] = {
        {"mode", "0755"}, {"size", "1m"}, {"nr_inodes", "2048"}, {NULL, NULL}};

    return filesystem_new("tmpfs", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NOATIME);
}

int root_fill(const struct root *root, int fd)
{
    int r = place_mounts(root, fd);

    if (r == 0)
        r = place_prepared(root, fd);
    if (r == 0)
        r = place_devices(fd);
    if (r == 0)
        r = place_etc(root, fd);
    return r < 0 ? r : place_targets(root, fd);
}

/* Opens @path, where the template is. The host may have mounted something over it. */
static int open_template(const struct root *root, const char *path)
{
    _cleanup_(fd_closep) int fd = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;

    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    return st.st_dev == root->device ? fd_steal(&fd) : -EPERM;
}

/* Attaches the new root over a directory of the host. */
static int attach(const struct root *root, int *ret_fd)
{
    int r;

    if (root->host == 0 || root_namespace() == 0 || root_namespace() == root->host)
        return -EPERM;
    if (!layer_off("propagation") && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return -errno;
    *ret_fd = root->template ? open_template(root, root->template) : root_new();
    if (*ret_fd < 0)
        return *ret_fd;
    r = filesystem_attach(root->workspace, AT_FDCWD, root->base);
    if (r < 0 || root->template)
        return r;
    r = filesystem_attach(*ret_fd, AT_FDCWD, root->base);
    return r < 0 ? r : root_fill(root, *ret_fd);
}

int root_enter_namespace(const struct root *root, int *ret_fd)
{
    if (setns(root->namespace, CLONE_NEWNS) < 0 || unshare(CLONE_NEWNS) < 0)
        return -errno;
    *ret_fd = open_template(root, "/");
    return *ret_fd < 0 ? *ret_fd : 0;
}

int root_enter(const struct root *root)
{
    struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};
    _cleanup_(fd_closep) int fd = -1;
    int r = root->namespace >= 0 ? root_enter_namespace(root, &fd) : attach(root, &fd);

    if (r == 0)
        r = place_workspace(root, fd);
    if (r == 0)
        r = proc_place(&root->proc, fd);
    if (r == 0 && root->namespace < 0)
        r = root_leave_old(fd);
    if (r < 0)
        return r;
    if (!layer_off("root-read-only") && mount_setattr(AT_FDCWD, "/", 0, &read_only, sizeof(read_only)) < 0)
        return -errno;
    return chdir(PLAN_HOME) < 0 ? -errno : 0;
}
