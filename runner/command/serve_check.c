/* SPDX-License-Identifier: MIT */
/* Checks the files of the service. */
#include "runner/command/serve_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runner/front/access.h"
#include "runner/front/address.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/base/fd_read.h"

#define MOST_BYTES (64U << 20)

/* Tokens, programs and results would cross a network as they are. */
static void warn_of_networks(const struct access_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (!address_is_loopback(list->items[i].address))
            fprintf(stderr,
                    "exrun: warning: %s can be reached over a network, and exrun does not encrypt; "
                    "put a proxy with TLS in front of it, and listen on 127.0.0.1\n",
                    list->items[i].address);
}

/* Reads what front_load_write() has written to @fd. Returns 0 or -errno. */
static int read_access(int fd, struct access_list *ret)
{
    _cleanup_(freep) char *bytes = NULL;
    size_t size = 0;
    int r = lseek(fd, 0, SEEK_SET) < 0 ? -errno : fd_read_all(fd, MOST_BYTES, &bytes, &size);

    return r < 0 ? r : access_list_read(bytes, size, ret);
}

int serve_check(const struct front_source *source, struct error *err)
{
    _cleanup_(fd_closep) int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    _cleanup_(fd_closep) int file = memfd_create("access", MFD_CLOEXEC);
    _cleanup_(access_list_deinit) struct access_list access = {.n = 0};
    int r;

    if (nowhere < 0 || file < 0)
        return error_set(err, -errno, EX_OSERR, "", "a file can't be opened: %s", strerror(errno));
    r = front_load_write(source, &(struct load_fds){.profiles = nowhere, .access = file, .page = nowhere},
                         err);
    if (r < 0)
        return r;
    r = read_access(file, &access);
    if (r < 0)
        return error_set(err, r, EX_OSERR, "", "the listeners can't be read: %s", strerror(-r));
    warn_of_networks(&access);
    puts("The configuration and the profiles are fine.");
    return 0;
}
