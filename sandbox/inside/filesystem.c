/* SPDX-License-Identifier: MIT */
/* A new file system that is not attached anywhere yet. */
#include "sandbox/inside/filesystem.h"

#include <errno.h>
#include <stddef.h>
#include <sys/mount.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/layer_off.h"

unsigned int filesystem_checked(unsigned int attributes)
{
    static const struct {
        unsigned int attribute;
        const char *layer;
    } layers[] = {{MOUNT_ATTR_NOSUID, "nosuid"}, {MOUNT_ATTR_NODEV, "nodev"}, {MOUNT_ATTR_NOEXEC, "noexec"}};

    for (size_t i = 0; i < sizeof(layers) / sizeof(*layers); i++)
        if (layer_off(layers[i].layer))
            attributes &= ~layers[i].attribute;
    return attributes;
}

static int set_options(int context, const struct filesystem_option *options)
{
    for (; options->name; options++)
        if (fsconfig(context, FSCONFIG_SET_STRING, options->name, options->value, 0) < 0)
            return -errno;
    return 0;
}

int filesystem_new(const char *type, const struct filesystem_option *options, unsigned int attributes)
{
    _cleanup_(fd_closep) int context = fsopen(type, FSOPEN_CLOEXEC);
    int mount_fd, r;

    if (context < 0)
        return -errno;
    r = set_options(context, options);
    if (r < 0)
        return r;
    if (fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
        return -errno;
    mount_fd = fsmount(context, FSMOUNT_CLOEXEC, filesystem_checked(attributes));
    return mount_fd < 0 ? -errno : mount_fd;
}

int filesystem_change(int mount_fd, const struct filesystem_option *options)
{
    _cleanup_(fd_closep) int context = fspick(mount_fd, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH);
    int r;

    if (context < 0)
        return -errno;
    r = set_options(context, options);
    if (r < 0)
        return r;
    return fsconfig(context, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) < 0 ? -errno : 0;
}

int filesystem_attach(int mount_fd, int directory, const char *target)
{
    return move_mount(mount_fd, "", directory, target, MOVE_MOUNT_F_EMPTY_PATH) < 0 ? -errno : 0;
}
