/* SPDX-License-Identifier: MIT */
/* The keys of resources. */
#include "runner/front/resource_key.h"

#include <nettle/base64.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <string.h>

#include "runner/answer/result_parts.h"

/* Adds a text with its NUL, so that no two lists of texts are the same bytes. */
static void add_text(struct hmac_sha256_ctx *hmac, const char *text)
{
    hmac_sha256_update(hmac, strlen(text) + 1, (const uint8_t *)text);
}

void resource_key_make(const unsigned char secret[RESOURCE_SECRET_BYTES], const struct resource *resource,
                       char ret[RESOURCE_KEY_ROOM])
{
    const bool is_output = strcmp(resource->path, RESULT_PARTS_OUTPUT) == 0;
    char text[BASE64_ENCODE_LENGTH(SHA256_DIGEST_SIZE) + BASE64_ENCODE_FINAL_LENGTH];
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct base64_encode_ctx encoding;
    struct hmac_sha256_ctx hmac;
    size_t n;

    hmac_sha256_set_key(&hmac, RESOURCE_SECRET_BYTES, secret);
    add_text(&hmac, is_output ? "output" : "artifact");
    add_text(&hmac, resource->principal);
    add_text(&hmac, resource->id);
    hmac_sha256_update(&hmac, sizeof(resource->received_ns), (const uint8_t *)&resource->received_ns);
    add_text(&hmac, resource->path);
    hmac_sha256_digest(&hmac, sizeof(digest), digest);
    base64url_encode_init(&encoding);
    n = base64_encode_update(&encoding, text, sizeof(digest), digest);
    base64_encode_final(&encoding, text + n);
    memcpy(ret, text, RESOURCE_KEY_ROOM - 1); /* without the "=" at its end */
    ret[RESOURCE_KEY_ROOM - 1] = '\0';
}

bool resource_key_is_right(const unsigned char secret[RESOURCE_SECRET_BYTES], const struct resource *resource,
                           const char *key, size_t size)
{
    char right[RESOURCE_KEY_ROOM];

    resource_key_make(secret, resource, right);
    return size == RESOURCE_KEY_ROOM - 1 && memeql_sec(right, key, size);
}
