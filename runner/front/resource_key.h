/* SPDX-License-Identifier: MIT */
/* The keys of resources: one artifact of a run, or its output.
 *
 * An <img> and a frame can't send a token, so the URL of a resource has a key, which opens this resource and
 * nothing else. It is an HMAC over the names of the resource under a secret of this process. So the front
 * keeps no keys, and they all end with it. */
#ifndef EXRUN_RUNNER_FRONT_RESOURCE_KEY_H
#define EXRUN_RUNNER_FRONT_RESOURCE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key has 43 characters of base64url (RFC 4648, section 5), without padding. */
enum { RESOURCE_SECRET_BYTES = 32, RESOURCE_KEY_ROOM = 44 };

/* @received_ns: tells the run from an earlier one of the same principal with the same ID. @path: of the
 * artifact, or RESULT_PARTS_OUTPUT. */
struct resource {
    const char *principal, *id;
    uint64_t received_ns;
    const char *path;
};

void resource_key_make(const unsigned char secret[RESOURCE_SECRET_BYTES], const struct resource *resource,
                       char ret[RESOURCE_KEY_ROOM]);

/* Returns true if @key, which has @size bytes, is the key of the resource. Takes the same time for all keys
 * of that size. */
bool resource_key_is_right(const unsigned char secret[RESOURCE_SECRET_BYTES], const struct resource *resource,
                           const char *key, size_t size);

#endif
