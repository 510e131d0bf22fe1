/* SPDX-License-Identifier: MIT */
/* The versions that were found out before. */
#include "sandbox/cache/versions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/cache/directory.h"
#include "sandbox/cache/hash.h"

#define ENTRIES "versions"
#define MOST_BYTES (UINT64_C(1) << 20)
#define FAILED_S 3600 /* so long a failure is remembered, at most */

static void add_state(struct sha256_ctx *hash, const struct profile *profile, const struct stat *st)
{
    hash_add_text(hash, profile->name);
    hash_add_text(hash, profile->version.program);
    hash_add_list(hash, profile->version.argv);
    hash_add_list(hash, profile->env);
    hash_add_state(hash, st);
}

/* Starts the key of an entry. Returns false if there is no program. */
static bool begin_key(struct sha256_ctx *hash, const struct profile *profile)
{
    struct stat st;

    if (!profile->version.argv || !profile->version.program || stat(profile->version.program, &st) < 0)
        return false;
    sha256_init(hash);
    add_state(hash, profile, &st);
    return true;
}

uint64_t versions_state(const struct profile *profile)
{
    uint64_t state;
    uint8_t digest[sizeof(state)];
    struct sha256_ctx hash;

    if (!begin_key(&hash, profile))
        return 0;
    sha256_digest(&hash, sizeof(digest), digest);
    memcpy(&state, digest, sizeof(state));
    return state == 0 ? 1 : state;
}

/* The kinds of entries. KIND_TRIAL: one that is removed again. */
enum kind { KIND_VERSION, KIND_FAILURE, KIND_TRIAL };

/* The key of a failure contains the hour, so that nobody has to remove it. */
static bool make_key(const struct profile *profile, enum kind kind, uint8_t ret[COMPILE_CACHE_KEY_BYTES])
{
    const uint64_t parts[] = {kind, kind == KIND_FAILURE ? (uint64_t)time(NULL) / FAILED_S : 0};
    struct sha256_ctx hash;

    if (!begin_key(&hash, profile))
        return false;
    hash_add(&hash, parts, sizeof(parts));
    sha256_digest(&hash, COMPILE_CACHE_KEY_BYTES, ret);
    return true;
}

/* Opens the directory of the entries, below that of the cache, whose descriptor is stored in *ret_above. Its
 * descriptor is -1 if it does not exist, or can't be used. */
static void open_entries(struct compile_cache *cache, const struct settings *settings, bool creates,
                         int *ret_above)
{
    _cleanup_(fd_closep) int entries = -1;
    struct stat st;

    *cache = (struct compile_cache){.directory = -1, .most_bytes = MOST_BYTES};
    *ret_above = directory_open(settings, creates);
    if (*ret_above < 0)
        return;
    if (creates)
        mkdirat(*ret_above, ENTRIES, 0700);
    entries = openat(*ret_above, ENTRIES, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (entries >= 0 && fstat(entries, &st) == 0 && directory_is_ours_alone(&st))
        cache->directory = fd_steal(&entries);
}

static bool find(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                 struct bytes *ret)
{
    struct compile_cache_entry entry;

    if (compile_cache_find(cache, key, &entry) != 0)
        return false;
    free(entry.product.data);
    free(entry.errors.data);
    *ret = entry.output;
    return true;
}

bool versions_find(const struct settings *settings, const struct profile *profile,
                   char ret[VERSION_TEXT_ROOM])
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    _cleanup_(fd_closep) int above = -1;
    uint8_t key[COMPILE_CACHE_KEY_BYTES];
    struct bytes text = {0};
    bool is_known = false;

    *ret = '\0';
    open_entries(&cache, settings, false, &above);
    for (enum kind kind = KIND_VERSION; kind <= KIND_FAILURE && cache.directory >= 0 && !is_known; kind++)
        is_known = make_key(profile, kind, key) && find(&cache, key, &text);
    if (is_known)
        version_text_take(&text, ret);
    free(text.data);
    return is_known;
}

static void store(const struct compile_cache *cache, const uint8_t key[COMPILE_CACHE_KEY_BYTES],
                  const char *version)
{
    const struct compile_cache_entry entry = {
        .output = {.data = (char *)(uintptr_t)version, .size = strlen(version)}};

    compile_cache_store(cache, key, &entry);
}

bool versions_can_keep(const struct settings *settings, const struct profile *profile)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    _cleanup_(fd_closep) int above = -1;
    uint8_t key[COMPILE_CACHE_KEY_BYTES];
    char name[2 * COMPILE_CACHE_KEY_BYTES + 1];

    open_entries(&cache, settings, true, &above);
    if (cache.directory < 0 || !make_key(profile, KIND_TRIAL, key))
        return false;
    store(&cache, key, "");
    hash_name(key, COMPILE_CACHE_KEY_BYTES, name);
    return unlinkat(cache.directory, name, 0) == 0;
}

bool versions_store(const struct settings *settings, const struct profile *profile, uint64_t state,
                    const char *version)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    _cleanup_(fd_closep) int above = -1;
    uint8_t key[COMPILE_CACHE_KEY_BYTES];

    /* The key is made between two looks at the state, so it is of this state, too. */
    if (!make_key(profile, *version ? KIND_VERSION : KIND_FAILURE, key) || versions_state(profile) != state)
        return false;
    open_entries(&cache, settings, true, &above);
    if (cache.directory >= 0)
        store(&cache, key, version);
    return true;
}

int versions_clear(const struct settings *settings, bool is_dry)
{
    _cleanup_(compile_cache_close) struct compile_cache cache;
    _cleanup_(fd_closep) int above = -1;
    struct compile_cache_cleared cleared;
    int r;

    open_entries(&cache, settings, false, &above);
    r = compile_cache_clear(&cache, is_dry, &cleared);
    /* Another exrun can have stored an entry meanwhile. */
    if (r == 0 && !is_dry && cache.directory >= 0 && unlinkat(above, ENTRIES, AT_REMOVEDIR) < 0 &&
        errno != ENOENT && errno != ENOTEMPTY)
        r = -errno;
    return r;
}
