/* SPDX-License-Identifier: MIT */
/* Describes the faults of exrun's own places. */
#include "runner/answer/faults_place.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

void fault_tell_lease(const struct telling *telling)
{
    static const struct {
        int error, status;
        const char *hint;
        bool is_users; /* replaces the row above if the user is not root and can choose the directory */
    } rows[] = {
        {-EROFS, EX_UNAVAILABLE, "mount a tmpfs there, because the file system is read-only", false},
        {-ENOSPC, EX_TEMPFAIL, "free some space, because the file system is full", false},
        {-EDQUOT, EX_TEMPFAIL, "free some space, or raise the disk quota", false},
        {-ENOMEM, EX_TEMPFAIL, "try again when more memory is free", false},
        {-EPERM, EX_NOPERM,
         "the directory must be owned by exrun's user and not writable by anyone else; remove it, and exrun "
         "will recreate it",
         false},
        {-EPERM, EX_NOPERM,
         "the directory must be owned by you and not writable by anyone else; remove it, or set "
         "XDG_RUNTIME_DIR to a directory of yours",
         true},
        {-EACCES, EX_NOPERM, "check the security module's policy (AppArmor, SELinux) and root's capabilities",
         false},
        {-EACCES, EX_NOPERM,
         "unset XDG_RUNTIME_DIR, which belongs to another user, or set it to a directory of yours", true},
        {-ENOENT, EX_CONFIG,
         "unset XDG_RUNTIME_DIR, whose directory does not exist, or set it to a directory of yours", true},
        {-ENOTDIR, EX_CONFIG, "remove it; it and \"slots\" in it must be directories", false},
        {-ELOOP, EX_CONFIG, "remove it; it and \"slots\" in it must be directories", false},
    };
    const int error = telling->fault->error;
    const char *hint = NULL;
    int status = EX_OSERR;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].error == error && (!rows[i].is_users || geteuid() != 0)) {
            status = rows[i].status;
            hint = rows[i].hint;
        }
    error_set(telling->err, error, status, telling->context->host->settings.runtime,
              "can't be used for leases: %s", strerror(-error));
    if (hint)
        error_hint(telling->err, "%s", hint);
}

void fault_tell_listener(const struct telling *telling)
{
    static const struct {
        int error, status; /* @error: 0: any other */
        const char *what, *hint;
    } rows[] = {
        {-EADDRINUSE, EX_UNAVAILABLE, "another process already listens on the socket",
         "stop the other service, or name another socket (--listen unix:PATH or IP:PORT)"},
        {-EADDRNOTAVAIL, EX_CONFIG, "the socket's IP address is not one of this machine",
         "name one that \"ip address\" lists, or 0.0.0.0 or [::] for all of them"},
        {-EEXIST, EX_CONFIG, "the path of the socket is taken by something else",
         "remove it, or name another socket (--listen unix:PATH)"},
        {-EACCES, EX_NOPERM, "this user may not create the socket",
         "name another socket (--listen unix:PATH), or another configuration (--config FILE)"},
        {-ENAMETOOLONG, EX_CONFIG, "the path of the socket has more than 107 bytes",
         "set XDG_RUNTIME_DIR to a directory with a shorter path, or name another socket (--listen "
         "unix:PATH)"},
        {0, EX_OSERR, "the socket can't be opened", NULL},
    };
    const int error = telling->fault->error;
    size_t row = 0;

    while (rows[row].error != 0 && rows[row].error != error)
        row++;
    if (rows[row].error == 0)
        error_set(telling->err, error, rows[row].status, "", "%s: %s", rows[row].what, strerror(-error));
    else
        error_set(telling->err, error, rows[row].status, "", "%s", rows[row].what);
    if (rows[row].hint)
        error_hint(telling->err, "%s", rows[row].hint);
}
