/* SPDX-License-Identifier: MIT */
/* Prepared folders: what the `prepare` command of a profile left, once for each toolchain.
 *
 * A folder holds what depends on the toolchain only, such as precompiled headers. Cells of its profile get it
 * read-only as /prepared. Without one, everything works as well, only slower. A folder lies in "prepared"
 * below the cache's directory and has the profile's name and the toolchain's digest as its name. It is filled
 * under another name, and gets its own when everything is on the disk, so a maker that is killed leaves only
 * an unfinished folder, which the next maker and `exrun clean` remove. Makers exclude each other by a lock on
 * the directory, which the kernel releases when they end. The directory belongs to exrun's user alone.
 *
 * Of each profile the two folders that were used last are kept, so a folder can disappear under a cell only
 * if two newer toolchains were prepared while it ran. */
#ifndef EXRUN_SANDBOX_CACHE_PREPARED_H
#define EXRUN_SANDBOX_CACHE_PREPARED_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "sandbox/cache/toolchain.h"
#include "sandbox/plan/settings.h"

/* The most bytes and names in a folder, and the greatest depth of its directories. */
enum { PREPARED_MOST_BYTES = 256 << 20, PREPARED_MOST_NAMES = 65536, PREPARED_MOST_DEPTH = 16 };

/* Outcomes of prepared_begin(). */
enum { PREPARED_E_THERE = 1, PREPARED_E_BUSY };

/* A folder that is being made. @folder: empty directory to fill. A descriptor that is not open is -1. */
struct prepared_new {
    int directory, folder;
};

#define PREPARED_NEW_NONE \
    {                     \
        -1, -1            \
    }

struct prepared_count {
    uint64_t folders, bytes;
};

/* Stores the path of the directory in which all folders are, and which changes if one comes or goes. */
void prepared_place(const struct settings *settings, char *ret_path, size_t room);

/* Stores the path of the folder in @ret_path and notes that it is used. Returns false if there is none. */
bool prepared_find(const struct settings *settings, const struct profile *profile,
                   const uint8_t toolchain[TOOLCHAIN_BYTES], char ret_path[PATH_MAX]);

/* Creates an empty folder to fill, under the lock of the makers. Returns 0, an outcome of above, or -errno:
 * -ENODATA if the settings disable the cache, -EPERM if others have access to its directory. The caller must
 * call prepared_abandon() even on failure. */
int prepared_begin(const struct settings *settings, const struct profile *profile,
                   const uint8_t toolchain[TOOLCHAIN_BYTES], struct prepared_new *ret);

/* Gives the filled folder its name, and removes the oldest folders of the profile. Returns 0 or -errno. */
int prepared_commit(struct prepared_new *made, const struct profile *profile,
                    const uint8_t toolchain[TOOLCHAIN_BYTES]);

/* Removes the folder unless it was committed, and releases the lock. */
void prepared_abandon(struct prepared_new *made);

/* Removes unfinished folders, and with @all those that are finished, unless @is_dry. Does nothing while a
 * maker holds the lock. Returns 0 or -errno. */
int prepared_clear(const struct settings *settings, bool all, bool is_dry, struct prepared_count *ret);

#endif
