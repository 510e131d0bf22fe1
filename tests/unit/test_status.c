/* SPDX-License-Identifier: MIT */
/* front/status: a status comes back as it was written, and an answer with any other members is refused. */
#include "runner/front/status_read.h"
#include "runner/front/status_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "unit.h"

/* Sets all numbers of @numbers to different values. */
static void fill(void *numbers, size_t size, uint64_t first)
{
    uint64_t *number = numbers;

    for (size_t i = 0; i < size / sizeof(*number); i++)
        number[i] = first + i;
}

static void make(struct status *ret)
{
    *ret = (struct status){.version = "1.2.3", .is_draining = true, .n_profiles = 2, .n_examples = 2};
    snprintf(ret->maintenance, sizeof(ret->maintenance), "back at noon");
    fill(&ret->service, sizeof(ret->service), 100);
    fill(&ret->running, sizeof(ret->running), 200);
    fill(&ret->ready, sizeof(ret->ready), 250);
    fill(&ret->queue, sizeof(ret->queue), 300);
    fill(&ret->requests, sizeof(ret->requests), 400);
    fill(&ret->reclaims, sizeof(ret->reclaims), 450);
    fill(&ret->starts, sizeof(ret->starts), 500);
    fill(&ret->restarts, sizeof(ret->restarts), 600);
    fill(ret->keepers, sizeof(ret->keepers), 700);
    fill(ret->verdicts, sizeof(ret->verdicts), 800);
    ret->profiles = calloc(2, sizeof(*ret->profiles));
    assert_non_null(ret->profiles);
    for (size_t i = 0; i < 2; i++) {
        snprintf(ret->profiles[i].name, sizeof(ret->profiles[i].name), "profile-%zu", i);
        snprintf(ret->profiles[i].fault, sizeof(ret->profiles[i].fault), "%s", i == 0 ? "" : "is missing");
        ret->profiles[i].is_disabled = i == 1;
        fill(&ret->profiles[i].numbers, sizeof(ret->profiles[i].numbers), 1000 + 100 * i);
    }
    ret->examples = calloc(2, sizeof(*ret->examples));
    assert_non_null(ret->examples);
    for (size_t i = 0; i < 2; i++) {
        snprintf(ret->examples[i].name, sizeof(ret->examples[i].name), "loops/%zu", i);
        fill(&ret->examples[i].numbers, sizeof(ret->examples[i].numbers), 1200 + 100 * i);
    }
}

/* Writes @status, and reads it again. Returns the text, which the caller frees. */
static char *carry(const struct status *status, struct status *ret)
{
    json_t *document = status_json(status);
    struct error err = {0};
    char *text;

    assert_non_null(document);
    text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    assert_int_equal(status_read(text, strlen(text), ret, &err), 0);
    return text;
}

static void test_it_comes_back(void **state)
{
    _cleanup_(status_deinit) struct status status, back;
    _cleanup_(freep) char *text = NULL;

    (void)state;
    make(&status);
    text = carry(&status, &back);
    assert_string_equal(back.version, status.version);
    assert_int_equal(back.is_draining, status.is_draining);
    assert_string_equal(back.maintenance, status.maintenance);
    assert_memory_equal(&back.service, &status.service, sizeof(status.service));
    assert_memory_equal(&back.running, &status.running, sizeof(status.running));
    assert_memory_equal(&back.ready, &status.ready, sizeof(status.ready));
    assert_memory_equal(&back.queue, &status.queue, sizeof(status.queue));
    assert_memory_equal(&back.requests, &status.requests, sizeof(status.requests));
    assert_memory_equal(&back.reclaims, &status.reclaims, sizeof(status.reclaims));
    assert_memory_equal(&back.starts, &status.starts, sizeof(status.starts));
    assert_memory_equal(&back.restarts, &status.restarts, sizeof(status.restarts));
    assert_memory_equal(back.keepers, status.keepers, sizeof(status.keepers));
    assert_memory_equal(back.verdicts, status.verdicts, sizeof(status.verdicts));
    assert_int_equal(back.n_profiles, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(back.profiles[i].name, status.profiles[i].name);
        assert_string_equal(back.profiles[i].fault, status.profiles[i].fault);
        assert_int_equal(back.profiles[i].is_disabled, status.profiles[i].is_disabled);
        assert_memory_equal(&back.profiles[i].numbers, &status.profiles[i].numbers,
                            sizeof(status.profiles[i].numbers));
    }
    assert_int_equal(back.n_examples, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(back.examples[i].name, status.examples[i].name);
        assert_memory_equal(&back.examples[i].numbers, &status.examples[i].numbers,
                            sizeof(status.examples[i].numbers));
    }
}

/* Expects that a status is refused at @where if in it the member @name of @object is @value; NULL: it is
 * missing. @object: NULL: the document. */
static void assert_refused(const char *object, const char *name, json_t *value, const char *where)
{
    _cleanup_(status_deinit) struct status status, back;
    _cleanup_(freep) char *text = NULL;
    struct error err = {0};
    json_t *document, *place;

    make(&status);
    document = place = status_json(&status);
    assert_non_null(document);
    if (object)
        place = json_object_get(document, object);
    if (json_is_array(place))
        place = json_array_get(place, 1);
    if (value)
        assert_int_equal(json_object_set_new(place, name, value), 0);
    else
        assert_int_equal(json_object_del(place, name), 0);
    text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    assert_int_equal(status_read(text, strlen(text), &back, &err), -EINVAL);
    assert_int_equal(err.status, EX_SOFTWARE);
    assert_string_equal(err.where, where);
}

static void test_a_time_that_is_not_known_is_null(void **state)
{
    _cleanup_(status_deinit) struct status status, back;
    _cleanup_(freep) char *text = NULL;

    (void)state;
    make(&status);
    status.profiles[1].numbers.make_us = 0;
    text = carry(&status, &back);
    assert_non_null(strstr(text, "\"make_us\":null"));
    assert_int_equal(back.profiles[0].numbers.make_us, status.profiles[0].numbers.make_us);
    assert_int_equal(back.profiles[1].numbers.make_us, 0);
}

static void test_another_form_is_refused(void **state)
{
    char name[STATUS_NAME_ROOM + 1];

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_refused(NULL, "more", json_integer(1), "");
    assert_refused(NULL, "version", NULL, "");
    assert_refused(NULL, "v", json_integer(2), "/v");
    assert_refused(NULL, "version", json_integer(1), "/version");
    assert_refused(NULL, "version", json_string(name), "/version");
    assert_refused(NULL, "draining", json_integer(1), "/draining");
    assert_refused(NULL, "maintenance", json_true(), "/maintenance");
    assert_refused("profiles", "disabled", json_null(), "/profiles/1/disabled");
    assert_refused(NULL, "uptime_ms", json_real(1.5), "/uptime_ms");
    assert_refused(NULL, "queue", json_array(), "/queue");
    assert_refused(NULL, "profiles", json_object(), "/profiles");
    assert_refused(NULL, "examples", json_null(), "/examples");
    assert_refused("examples", "runs", NULL, "/examples/1");
    assert_refused("examples", "name", json_true(), "/examples/1/name");
    assert_refused("queue", "length", json_integer(-1), "/queue/length");
    assert_refused("queue", "length", NULL, "/queue");
    assert_refused("verdicts", "great", json_integer(1), "/verdicts");
    assert_refused("profiles", "name", json_string(name), "/profiles/1/name");
    assert_refused("profiles", "fault", NULL, "/profiles/1");
    assert_refused("profiles", "fault", json_integer(1), "/profiles/1/fault");
    assert_refused("profiles", "ready", json_string("1"), "/profiles/1/ready");
    assert_refused("profiles", "ready", json_null(), "/profiles/1/ready");
    assert_refused("profiles", "make_us", NULL, "/profiles/1");
    assert_refused("profiles", "more", json_integer(1), "/profiles/1");
}

static void test_what_is_not_an_object_is_refused(void **state)
{
    static const char *const texts[] = {"", "[]", "{", "1", "null", "{}", "{\"v\":1}"};

    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(texts); i++) {
        _cleanup_(status_deinit) struct status back;
        struct error err = {0};

        assert_int_equal(status_read(texts[i], strlen(texts[i]), &back, &err), -EINVAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_comes_back),
        cmocka_unit_test(test_a_time_that_is_not_known_is_null),
        cmocka_unit_test(test_another_form_is_refused),
        cmocka_unit_test(test_what_is_not_an_object_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
