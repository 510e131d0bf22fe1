/* SPDX-License-Identifier: MIT */
/* Reads the files of the page from their directory, in the child that loads the configuration.
 *
 * The directory has a manifest.json with the name, the type and the SHA-256 of each file. The manifest must
 * be owned by root or exrun's user, and not be writable by others (language/trust.h). A file that differs
 * from its hash is refused, so the manifest speaks for the owner of the files, and an installation that was
 * interrupted is noticed. */
#ifndef EXRUN_RUNNER_FRONT_PAGE_READ_H
#define EXRUN_RUNNER_FRONT_PAGE_READ_H

#include "runner/front/page.h"
#include "runner/text/error.h"

/* Notes that the manifest can be trusted, if it can be now (trust_note()). */
void page_read_note(void);

/* Reads the files of the first directory that exists: that of EXRUN_WEB, the source tree's if this binary is
 * in its build tree, or the installed one. Fails with EX_CONFIG if no directory exists, if it has no
 * manifest, if something in it is wrong, or if the files have more than 8 MiB. The caller must call
 * page_deinit() even on failure. */
int page_read(struct page *ret, struct error *err);

#endif
