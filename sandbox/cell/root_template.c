/* SPDX-License-Identifier: MIT */
/* A root that is filled once and then entered by one cell after the other. */
#include "sandbox/cell/root_template.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/layer_off.h"
#include "sandbox/cell/template_namespace.h"
#include "sandbox/inside/filesystem.h"

int root_template_open(struct root_template *template, const char *runtime)
{
    *template = (struct root_template){.mounts_fd = -1, .namespace = -1};
    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
        return -errno;
    template->mounts_fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    if (template->mounts_fd < 0)
        return -errno;
    snprintf(template->path, sizeof(template->path), "%s/slots/root", runtime);
    if (mkdir(template->path, 0700) < 0 && errno != EEXIST) {
        *template->path = '\0';
        return -errno;
    }
    return 0;
}

/* A path that the host does not have is {0, 0}. */
static struct root_source source_of(const char *path)
{
    struct stat st;

    return lstat(path, &st) < 0 ? (struct root_source){0, 0} : (struct root_source){st.st_dev, st.st_ino};
}

static struct root_source source_at(const struct root *root, size_t i)
{
    if (i == root->n_mounts)
        return root->prepared ? source_of(root->prepared) : (struct root_source){0, 0};
    return root->mounts[i].link ? (struct root_source){0, 0} : source_of(root->mounts[i].path);
}

/* Returns true if something was mounted or unmounted since the last call: proc(5), mountinfo. */
static bool mounts_have_changed(const struct root_template *template)
{
    struct pollfd mounts = {.fd = template->mounts_fd, .events = POLLPRI};

    return poll(&mounts, 1, 0) != 0;
}

/* A package manager replaces files that are mounted, such as /etc/ld.so.cache. */
static bool has_changed(struct root_template *template, const struct root *root)
{
    if (mounts_have_changed(template))
        template->is_outdated = true;
    if (template->is_outdated)
        return true;
    for (size_t i = 0; i < template->n_sources; i++) {
        struct root_source now = source_at(root, i);

        if (now.device != template->sources[i].device || now.inode != template->sources[i].inode)
            return true;
    }
    return false;
}

bool root_template_fits(struct root_template *template, const struct root *root)
{
    const char *prepared = template->prepared ? template->prepared : "";

    return template->is_there && template->mounts == root->mounts && template->etc == root->etc &&
           template->uid == root->uid && !root->prepares &&
           strcmp(prepared, root->prepared ? root->prepared : "") == 0 && !has_changed(template, root);
}

static int open_there(const struct root_template *template)
{
    int fd;

    if (!template->is_there)
        return -ENOENT;
    fd = open(template->path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int root_template_put(const struct root_template *template, const char *name, const char *text)
{
    _cleanup_(fd_closep) int root = open_there(template), file = -1;
    int r;

    if (root < 0)
        return root;
    file = openat(root, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
    if (file < 0)
        return -errno;
    r = fd_write_all(file, text, strlen(text));
    if (r < 0)
        unlinkat(root, name, 0);
    return r;
}

int root_template_take_away(const struct root_template *template, const char *name)
{
    _cleanup_(fd_closep) int root = open_there(template);

    if (root < 0)
        return root;
    return unlinkat(root, name, 0) < 0 ? -errno : 0;
}

void root_template_drop(struct root_template *template)
{
    fd_closep(&template->namespace);
    if (template->is_there)
        umount2(template->path, MNT_DETACH);
    template->is_there = false;
    free(steal(template->prepared));
    free(steal(template->sources));
    template->n_sources = 0;
}

static int note(struct root_template *template, const struct root *root)
{
    template->sources = calloc(root->n_mounts + 1, sizeof(*template->sources));
    template->prepared = root->prepared ? strdup(root->prepared) : NULL;
    if (!template->sources || (root->prepared && !template->prepared))
        return -ENOMEM;
    template->n_sources = root->n_mounts + 1;
    for (size_t i = 0; i < template->n_sources; i++)
        template->sources[i] = source_at(root, i);
    template->mounts = root->mounts;
    template->etc = root->etc;
    template->uid = root->uid;
    return 0;
}

/* If there can't be one, each cell leaves the host by itself. */
static void make_namespace(struct root_template *template)
{
    int fd = template->lacks_namespaces || layer_off_any()
                 ? -EPERM
                 : template_namespace_make(template->path, template->device);

    template->lacks_namespaces |= fd == -EINVAL || fd == -EPERM;
    template->namespace = fd < 0 ? -1 : fd;
}

static int make(struct root_template *template, const struct root *root)
{
    _cleanup_(fd_closep) int fd = root_new();
    int r = fd < 0 ? fd : filesystem_attach(fd, AT_FDCWD, template->path);
    struct stat st;

    if (r < 0)
        return r;
    template->is_there = true;
    template->is_outdated = false;
    if (fstat(fd, &st) < 0)
        return -errno;
    template->device = st.st_dev;
    /* Before it is filled: a source that changes meanwhile is noticed the next time. */
    r = note(template, root);
    if (r == 0)
        r = root_fill(root, fd);
    if (r == 0)
        make_namespace(template);
    return r;
}

int root_template_renew(struct root_template *template, const struct root *root)
{
    int r;

    if (!*template->path || root->prepares)
        return -ENOENT;
    if (root_template_fits(template, root))
        return 0;
    root_template_drop(template);
    r = make(template, root);
    if (r < 0)
        root_template_drop(template);
    else
        mounts_have_changed(template); /* by the template itself */
    return r;
}

void root_template_close(struct root_template *template)
{
    root_template_drop(template);
    fd_closep(&template->mounts_fd);
}
