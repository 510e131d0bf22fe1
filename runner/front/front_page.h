/* SPDX-License-Identifier: MIT */
/* The way of the page's files from the child that loads to the front. */
#ifndef EXRUN_RUNNER_FRONT_FRONT_PAGE_H
#define EXRUN_RUNNER_FRONT_FRONT_PAGE_H

#include "runner/front/access.h"
#include "runner/front/page.h"
#include "runner/text/error.h"
#include "sandbox/keeper/wire.h"

/* Reads the files (page_read.h) and packs them, if a listener of @access has a page; otherwise packs nothing.
 * Returns 0 or -errno with the reason in @err. */
int front_page_pack(const struct access_list *access, struct pack *pack, struct error *err);

/* Reads what was packed, from the warden's message. A listener with a page needs its files. Returns 0 or
 * -errno, and the caller must call page_deinit() in both cases. */
int front_page_read(const struct access_list *access, const struct wire_message *message, struct page *ret);

#endif
