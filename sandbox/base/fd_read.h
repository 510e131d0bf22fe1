/* SPDX-License-Identifier: MIT */
/* Whole files, and kernel files that hold a number. All functions except fd_changed_ms() return 0 or
 * -errno. */
#ifndef EXRUN_SANDBOX_BASE_FD_READ_H
#define EXRUN_SANDBOX_BASE_FD_READ_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* Reads to the end into a new buffer that ends in a NUL (not counted in *ret_size). The caller frees it.
 * Returns -EFBIG if more than @most bytes come. */
int fd_read_all(int fd, size_t most, char **ret_data, size_t *ret_size);

/* Does the same for the file @path below @directory. */
int fd_read_file(int directory, const char *path, size_t most, char **ret_data, size_t *ret_size);

/* Writes @number in decimal to the existing file @path below @directory. */
int fd_write_number(int directory, const char *path, uint64_t number);

/* Reads the decimal number at the start of the open kernel file @fd, from offset 0; "max" is UINT64_MAX.
 * Returns -ENODATA if the file does not start with a number. */
int fd_read_number(int fd, uint64_t *ret_number);

/* Reads the number behind "@name " at the start of a line of the open kernel file @fd. Returns -ENODATA if
 * that line or number is missing. */
int fd_read_field(int fd, const char *name, uint64_t *ret_number);

/* Reads several such numbers at once: the kernel sums up its counters at each read. */
struct fd_field {
    const char *name;
    uint64_t *ret_number;
};

int fd_read_fields(int fd, const struct fd_field *fields, size_t n_fields);

/* Returns the time of the last change of the file's content, in milliseconds since 1970. */
uint64_t fd_changed_ms(const struct stat *st);

#endif
