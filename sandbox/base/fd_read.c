/* SPDX-License-Identifier: MIT */
/* Whole files and numbers, read and written through descriptors. */
#include "sandbox/base/fd_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"

#define FIRST_ROOM 4096

/* Returns the size of the first buffer in bytes. If the file reports its size, it can be read in one piece:
 * one more byte finds its end, and another is for the NUL. */
static size_t first_room(int fd, size_t most)
{
    struct stat st;

    if (fstat(fd, &st) < 0 || st.st_size <= 0 || (uint64_t)st.st_size > most)
        return FIRST_ROOM;
    return (size_t)st.st_size + 2;
}

int fd_read_all(int fd, size_t most, char **ret_data, size_t *ret_size)
{
    _cleanup_(freep) char *data = NULL;
    size_t size = 0, room = 0, first = first_room(fd, most);

    for (;;) {
        ssize_t got;

        if (size + 1 >= room) {
            char *grown = realloc(data, room ? room * 2 : first);

            if (!grown)
                return -ENOMEM;
            data = grown;
            room = room ? room * 2 : first;
        }
        got = read(fd, data + size, room - size - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -errno;
        if (got == 0)
            break;
        size += (size_t)got;
        if (size > most)
            return -EFBIG;
    }
    data[size] = '\0';
    *ret_data = steal(data);
    if (ret_size)
        *ret_size = size;
    return 0;
}

int fd_read_file(int directory, const char *path, size_t most, char **ret_data, size_t *ret_size)
{
    _cleanup_(fd_closep) int fd = openat(directory, path, O_RDONLY | O_CLOEXEC);

    return fd < 0 ? -errno : fd_read_all(fd, most, ret_data, ret_size);
}

int fd_write_number(int directory, const char *path, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
    return fd_write_file(directory, path, text);
}

/* Reads the start of a kernel file. Files with numbers are short, so the rest is ignored if the file doesn't
 * fit. */
static int read_start(int fd, char *text, size_t room)
{
    ssize_t got;

    do
        got = pread(fd, text, room - 1, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return -errno;
    text[got] = '\0';
    return 0;
}

static int parse_number(const char *text, uint64_t *ret_number)
{
    char *end;

    if (strncmp(text, "max", 3) == 0) {
        *ret_number = UINT64_MAX;
        return 0;
    }
    errno = 0;
    *ret_number = strtoull(text, &end, 10);
    return end == text || errno ? -ENODATA : 0;
}

int fd_read_number(int fd, uint64_t *ret_number)
{
    char text[64];
    int r = read_start(fd, text, sizeof(text));

    return r < 0 ? r : parse_number(text, ret_number);
}

static int parse_field(const char *text, const char *name, uint64_t *ret_number)
{
    size_t length = strlen(name);

    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, length) == 0 && line[length] == ' ')
            return parse_number(line + length + 1, ret_number);
    }
    return -ENODATA;
}

int fd_read_field(int fd, const char *name, uint64_t *ret_number)
{
    return fd_read_fields(fd, &(struct fd_field){name, ret_number}, 1);
}

int fd_read_fields(int fd, const struct fd_field *fields, size_t n_fields)
{
    char text[2048];
    int r = read_start(fd, text, sizeof(text));

    for (size_t i = 0; r == 0 && i < n_fields; i++)
        r = parse_field(text, fields[i].name, fields[i].ret_number);
    return r;
}

uint64_t fd_changed_ms(const struct stat *st)
{
    return (uint64_t)st->st_mtim.tv_sec * 1000 + (uint64_t)st->st_mtim.tv_nsec / 1000000;
}
