/* SPDX-License-Identifier: MIT */
/* The file of the log that the configuration means. */
#include "runner/front/config_log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/front/front_listeners.h"
#include "sandbox/warden/log_file.h"

#define LOG_DIRECTORY "/var/log/exrun"
#define LOG_FILE LOG_DIRECTORY "/runs.jsonl"
#define LOG_GROUP "adm" /* Debian's group for those who may read logs */

static int refuse(const struct config *config, int error, const char *path, struct error *err)
{
    switch (error) {
    case EPERM:
        error_set(err, -error, EX_CONFIG, "",
                  "\"%.120s\" or a directory above it is not owned by root or you, or others can write to it",
                  path);
        error_hint(err, "change the owner and the mode (chown root, chmod go-w)");
        break;
    case EINVAL:
        error_set(err, -error, EX_CONFIG, "", "\"%.120s\" is not a regular file", path);
        break;
    case ELOOP:
        error_set(err, -error, EX_CONFIG, "", "\"%.120s\" is a symbolic link", path);
        break;
    default:
        error_set(err, -error, EX_CONFIG, "", "\"%.120s\" can't be opened: %s", path, strerror(error));
    }
    if (!*err->hint)
        error_hint(err, "name a file in a directory that exists, and that only root or you can write to");
    config_place(config, "/log/path", err);
    return -error;
}

static bool has_directory(void)
{
    struct stat st;

    return geteuid() == 0 && stat(LOG_DIRECTORY, &st) == 0 && S_ISDIR(st.st_mode);
}

int config_log_set(const struct config *config, struct load_settings *settings, struct error *err)
{
    const char *path = config->log_path ? config->log_path : has_directory() ? LOG_FILE : NULL;
    int r;

    settings->log_group = (gid_t)-1;
    if (!path)
        return 0;
    if (geteuid() == 0)
        front_listeners_find_group(LOG_GROUP, &settings->log_group);
    settings->log_path = strdup(path);
    if (!settings->log_path)
        return error_memory(err);
    r = log_file_check(path);
    return r < 0 ? refuse(config, -r, path, err) : 0;
}
