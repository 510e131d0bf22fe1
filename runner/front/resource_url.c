/* SPDX-License-Identifier: MIT */
/* The URLs of resources. */
#include "runner/front/resource_url.h"

#include <stdio.h>
#include <string.h>

#include "runner/front/connection.h"
#include "runner/front/http_target.h"
#include "runner/front/route_run.h"

_Static_assert(RESULT_URL_ROOM >= CONNECTION_PATH_ROOM + sizeof("?key=") + RESOURCE_KEY_ROOM,
               "the longest URL fits");

/* Encodes all that is not unreserved, apart from the slashes (RFC 3986, section 2.3). Returns false if it
 * does not fit, or if http_decode() would refuse it. */
static bool encode(const char *path, char *ret, size_t room)
{
    size_t n = 0;

    for (const char *c = path; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f || n + sizeof("%00") > room)
            return false;
        if (http_is_among(*c, "-._~/"))
            ret[n++] = *c;
        else
            n += (size_t)snprintf(ret + n, room - n, "%%%02X", (unsigned char)*c);
    }
    ret[n] = '\0';
    return true;
}

bool resource_url_write(const void *arg, const char *path, char ret[RESULT_URL_ROOM])
{
    const struct resource_urls *urls = arg;
    struct resource resource = urls->run;
    char key[RESOURCE_KEY_ROOM];
    size_t n;

    resource.path = path;
    n = (size_t)snprintf(ret, CONNECTION_PATH_ROOM, ROUTE_RUNS "%s%s", resource.id,
                         *path ? RESOURCE_URL_ARTIFACTS : RESOURCE_URL_OUTPUT);
    if (!encode(path, ret + n, CONNECTION_PATH_ROOM - n))
        return false;
    resource_key_make(urls->secret, &resource, key);
    snprintf(ret + strlen(ret), RESULT_URL_ROOM - strlen(ret), "?key=%s", key);
    return true;
}
