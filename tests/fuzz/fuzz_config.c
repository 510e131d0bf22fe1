/* SPDX-License-Identifier: MIT */
/* Reads arbitrary bytes as the service's configuration. Unless it can be followed, it must be refused with a
 * place, a problem and a hint. */
#include <string.h>

#include "fuzz.h"
#include "runner/front/address.h"
#include "runner/front/config.h"
#include "runner/front/config_settle.h"

static const struct config_host_profile profiles[] = {{"php", 268435456}, {"java", 1073741824}};

static const struct config_host host = {.processors = 2,
                                        .memory_bytes = UINT64_C(4294967296),
                                        .address = "unix:/run/exrun/exrun.sock",
                                        .profiles = profiles,
                                        .n_profiles = 2};

static void check(const struct config *config)
{
    char address[LISTENER_ADDRESS_ROOM];
    uint64_t floors = 0;

    for (size_t i = 0; i < host.n_profiles; i++) {
        PROMISE(config->cells.pools[i].floor <= config->cells.pools[i].ceiling);
        floors += config->cells.pools[i].floor;
    }
    PROMISE(config->cells.keepers > config->cells.running && config->cells.keepers <= 1024);
    PROMISE(floors <= config->cells.keepers - config->cells.running);
    PROMISE(config->cells.memory_bytes >= profiles[1].memory_bytes);
    PROMISE(config->http.body_bytes <= config->queue.bytes);
    PROMISE(config->http.body_bytes <= config->http.bodies_bytes);
    PROMISE(config->input.waiting <= 1024);
    for (size_t i = 0; i < config->n_listeners; i++) {
        PROMISE(listener_is_address(config->listeners[i].address) &&
                !address_read(config->listeners[i].address, address) &&
                strcmp(config->listeners[i].address, address) == 0);
        PROMISE((config->listeners[i].mode & ~0666U) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config;
    struct error err = {0};
    int r = config_read("fuzz", (const char *)data, size, &config, &err);

    if (r == 0)
        r = config_settle(&config, &host, &err);
    PROMISE(r <= 0);
    PROMISE(r == 0 || (*err.what && *err.hint && strncmp(err.where, "fuzz", 4) == 0));
    if (r == 0)
        check(&config);
    config_deinit(&config);
    return 0;
}
