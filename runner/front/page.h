/* SPDX-License-Identifier: MIT */
/* The files of a listener with "page": exrun.js, the files that it loads, and exrun's own page.
 *
 * They are the same for everybody, and hold nothing secret. A child without privileges reads them
 * (page_read.h), and the front has them in memory, because its root is empty. Each file is a content
 * (content.h), so however many connections send one, it takes its memory once; and one that is being sent
 * stays until its last byte when a reload replaces it. */
#ifndef EXRUN_RUNNER_FRONT_PAGE_H
#define EXRUN_RUNNER_FRONT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "runner/front/content.h"
#include "sandbox/base/pack.h"

enum { PAGE_MOST_FILES = 64 };

/* Everything is owned. @type: Content-Type. @tag: the hash of the bytes in quotes (RFC 9110, section
 * 8.8.3). */
struct page_file {
    char *name, *type, *tag;
    struct content *content;
};

/* Starts as {0}. */
struct page {
    struct page_file *files;
    size_t n;
};

/* Packs or unpacks them. The caller must call page_deinit() even if they are invalid. */
void page_pack(struct pack *pack, struct page *page);

/* Reads what page_pack() has written. Returns 0 or -errno (pack_end()), and the caller must call
 * page_deinit() in both cases. */
int page_unpack(char *bytes, size_t size, struct page *ret);

/* Returns the file @name, or NULL. */
const struct page_file *page_find(const struct page *page, const char *name);

/* Returns true if a file can have this name: letters, digits, ".", "_" and "-", and an ending of a kind of
 * files that a page loads. */
bool page_is_name(const char *name);

/* Returns true if a hash of the file is a part of the name, as in "exrun-more-0a1b2c3d.js": another content
 * would have another name, so a browser can keep it. */
bool page_name_has_hash(const char *name);

void page_deinit(struct page *page);

#endif
