/* SPDX-License-Identifier: MIT */
/* The operator's switches at work. */
#include "runner/front/front_switches.h"

#include <errno.h>
#include <string.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/base/pack.h"
#include "sandbox/keeper/wire.h"

bool front_switches_refuse(struct connection *connection, const char *profile)
{
    const struct switches *switches = &connection->front->switches;

    if (switches->is_maintenance)
        connection_refuse_run(connection, METRICS_MAINTENANCE, switches->message);
    else if (switches_have_disabled(switches, profile))
        connection_refuse_run(connection, METRICS_DISABLED, "this profile is disabled at the moment");
    else
        return false;
    return true;
}

/* Hands the switches to the warden, and lets the pool see them. If they can't be packed, only the next front
 * misses them. */
static void carry_out(struct front *front)
{
    _cleanup_(pack_deinit) struct pack pack = {.is_reading = false};

    switches_pack(&pack, &front->switches);
    if (pack_end(&pack) == 0)
        wire_send(
            front->warden,
            &(struct wire_message){.type = WIRE_SWITCHED, .payload = pack.data, .size = pack.size, .fd = -1});
    front_pool_decide(front);
}

/* Answers with the state of a switch. */
static void answer(struct connection *connection, json_t *object /* takes */)
{
    if (object)
        json_object_set_new(object, "persistent", json_false()); /* a store does not exist yet */
    connection_answer_json(connection, &(struct http_answer){.status = 200}, object);
}

void front_switches_post_maintenance(struct connection *connection)
{
    struct switches *switches = &connection->front->switches;
    struct error err = {0};

    if (switches_read_maintenance(switches, connection->body, connection->body_bytes, &err) < 0) {
        connection_refuse_error(connection, &err, NULL);
        return;
    }
    carry_out(connection->front);
    answer(connection, json_pack("{sb ss*}", "on", switches->is_maintenance, "message",
                                 switches->is_maintenance ? switches->message : NULL));
}

void front_switches_post_profile(struct connection *connection)
{
    struct front *front = connection->front;
    const char *name = connection->path + strlen(FRONT_SWITCHES_PROFILES);
    struct error err = {0};

    /* One that is disabled can be gone since the last reload. */
    if (front_load_find(front->load, name) < 0 && !switches_have_disabled(&front->switches, name)) {
        connection_refuse_status(connection, 404, "there is no profile with this name");
        return;
    }
    if (switches_read_profile(&front->switches, name, connection->body, connection->body_bytes, &err) < 0) {
        connection_refuse_error(connection, &err, NULL);
        return;
    }
    carry_out(front);
    answer(connection,
           json_pack("{ss sb}", "name", name, "disabled", switches_have_disabled(&front->switches, name)));
}

int front_switches_take(struct front *front, struct wire_message *message)
{
    struct pack pack = PACK_READ(message->payload, message->size);
    int r;

    switches_deinit(&front->switches);
    switches_pack(&pack, &front->switches);
    r = pack_end(&pack);
    if (r == 0 || r == -ENOMEM)
        return r;
    /* If a front that was taken over sent them, they must not end each front that comes after it. */
    switches_deinit(&front->switches);
    return 0;
}
