/* SPDX-License-Identifier: MIT */
/* front/switches: requests change them or leave them alone, and they come back from the warden as they were.
 */
#include "runner/front/switches.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "sandbox/keeper/wire.h"
#include "unit.h"

static int set_maintenance(struct switches *switches, const char *text, struct error *err)
{
    return switches_read_maintenance(switches, text, strlen(text), err);
}

static int set_profile(struct switches *switches, const char *name, bool is_disabled, struct error *err)
{
    const char *text = is_disabled ? "{\"disabled\":true}" : "{\"disabled\":false}";

    return switches_read_profile(switches, name, text, strlen(text), err);
}

static void test_a_wrong_request_changes_nothing(void **state)
{
    struct switches switches = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(set_maintenance(&switches, "{\"on\":true,\"message\":\"wait\"}", &err), 0);
    assert_int_equal(set_maintenance(&switches, "{\"on\":false,\"message\":\"x\"}", &err), -EINVAL);
    assert_string_equal(err.where, "/message");
    assert_int_equal(set_maintenance(&switches, "{\"on\":false,\"until\":1}", &err), -EINVAL);
    assert_string_equal(err.where, "/until");
    assert_true(switches.is_maintenance);
    assert_string_equal(switches.message, "wait");
    assert_int_equal(set_maintenance(&switches, "{\"on\":false}", &err), 0);
    assert_false(switches.is_maintenance);
    assert_string_equal(switches.message, "");
    switches_deinit(&switches);
}

static void test_a_profile_can_be_disabled_twice(void **state)
{
    struct switches switches = {0};
    struct error err = {0};

    (void)state;
    assert_int_equal(set_profile(&switches, "php", false, &err), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(set_profile(&switches, "php", true, &err), 0);
    assert_int_equal(set_profile(&switches, "ruby", true, &err), 0);
    assert_int_equal(set_profile(&switches, "bash", true, &err), 0);
    assert_int_equal(set_profile(&switches, "ruby", false, &err), 0);
    assert_true(switches_have_disabled(&switches, "php"));
    assert_false(switches_have_disabled(&switches, "ruby"));
    assert_true(switches_have_disabled(&switches, "bash"));
    assert_int_equal(set_profile(&switches, "php", false, &err), 0);
    assert_false(switches_have_disabled(&switches, "php"));
    switches_deinit(&switches);
}

/* The largest switches that can be set: names of 64 bytes, and the longest text. */
static void test_the_largest_come_back_and_fit_into_a_message(void **state)
{
    struct switches switches = {0}, back = {0};
    struct pack written = {.is_reading = false}, read;
    struct error err = {0};
    char name[65], text[SWITCHES_MESSAGE_BYTES + 64];

    (void)state;
    snprintf(text, sizeof(text), "{\"on\":true,\"message\":\"%0*d\"}", SWITCHES_MESSAGE_BYTES, 0);
    assert_int_equal(set_maintenance(&switches, text, &err), 0);
    for (int i = 0; i <= SWITCHES_MOST_DISABLED; i++) {
        bool fits = i < SWITCHES_MOST_DISABLED;

        snprintf(name, sizeof(name), "%064d", i);
        assert_int_equal(set_profile(&switches, name, true, &err), fits ? 0 : -ENOSPC);
    }
    assert_int_equal(err.status, EX_TEMPFAIL);
    switches_pack(&written, &switches);
    assert_int_equal(pack_end(&written), 0);
    assert_true(written.size <= WIRE_SWITCHES_BYTES);
    for (size_t size = 0; size < written.size; size += 997) {
        struct pack cut = PACK_READ(written.data, size);

        switches_pack(&cut, &back);
        assert_int_equal(pack_end(&cut), -EBADMSG);
        switches_deinit(&back);
    }
    read = (struct pack)PACK_READ(written.data, written.size);
    switches_pack(&read, &back);
    assert_int_equal(pack_end(&read), 0);
    assert_true(back.is_maintenance);
    assert_string_equal(back.message, switches.message);
    for (int i = 0; i < SWITCHES_MOST_DISABLED; i++) {
        snprintf(name, sizeof(name), "%064d", i);
        assert_true(switches_have_disabled(&back, name));
    }
    pack_deinit(&written);
    switches_deinit(&switches);
    switches_deinit(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wrong_request_changes_nothing),
        cmocka_unit_test(test_a_profile_can_be_disabled_twice),
        cmocka_unit_test(test_the_largest_come_back_and_fit_into_a_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
