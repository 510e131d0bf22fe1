/* SPDX-License-Identifier: MIT */
/* GET /v1/profiles. */
#include "runner/front/route_profiles.h"

#include <jansson.h>

#include "runner/front/connection_answer.h"
#include "runner/front/front.h"
#include "runner/front/front_warm.h"

static json_t *limits_json(const struct limits *limits)
{
    json_t *object = json_object();

    for (enum limit limit = 0; limit < N_LIMITS; limit++)
        json_object_set_new(object, limit_rows[limit].key,
                            json_integer((json_int_t)limits_get(limits, limit)));
    return object;
}

static json_t *language_json(const struct front *front, size_t index)
{
    const struct language *language = &front->load->languages[index];
    const struct front_version *version = &front->load->versions[index];

    struct error why = {0};

    front_warm_tell(front, (unsigned int)index, &why);
    return json_pack("{ss ss ss* s{so so} ss ss* sb ss* sb}", "name", language->profile.name, "title",
                     language->title, "version", *version->text ? version->text : NULL, "limits", "default",
                     limits_json(&language->profile.normal), "max", limits_json(&language->profile.max),
                     "warm", front_warm_word(front->load->warm[index].state), "warm_reason",
                     *why.what ? why.what : NULL, "reading", !language->cannot_be_seen, "unseen",
                     language->unseen, "disabled",
                     switches_have_disabled(&front->switches, language->profile.name));
}

void route_profiles_get(struct connection *connection)
{
    const struct front_load *load = connection->front->load;
    json_t *list = json_array();

    for (size_t i = 0; i < load->n_languages; i++)
        json_array_append_new(list, language_json(connection->front, i));
    connection_answer_json(connection, &(struct http_answer){.status = 200},
                           json_pack("{si so}", "v", 1, "profiles", list));
}
