/* SPDX-License-Identifier: MIT */
/* Whole files, and kernel files that hold a number. All return 0 or -errno. */
#ifndef EXRUN_SANDBOX_BASE_FD_READ_H
#define EXRUN_SANDBOX_BASE_FD_READ_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* Reads to the end into a fresh buffer that ends in a NUL (not counted in *ret_size) and is the caller's to
 * free. -EFBIG where more than @most bytes come. */
int fd_read_all(int fd, size_t most, char **ret_data, size_t *ret_size);

/* The same of the file @path below @directory. */
int fd_read_file(int directory, const char *path, size_t most, char **ret_data, size_t *ret_size);

/* Writes @number in decimal to the existing file @path below @directory. */
int fd_write_number(int directory, const char *path, uint64_t number);

/* The decimal number at the start of the open kernel file @fd; "max" is UINT64_MAX. Reads from offset 0. */
int fd_read_number(int fd, uint64_t *ret_number);

/* The number behind "@name " at the start of a line of the open kernel file @fd; -ENODATA where there is
 * none. */
int fd_read_field(int fd, const char *name, uint64_t *ret_number);

/* When its content last changed, in milliseconds since 1970. */
uint64_t fd_changed_ms(const struct stat *st);

#endif
