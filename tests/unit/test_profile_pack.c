/* SPDX-License-Identifier: MIT */
/* plan/profile_pack: a packed profile comes back. If any byte of it is changed or missing, it is refused or
 * is another valid profile. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/strv.h"
#include "sandbox/plan/profile_pack.h"
#include "unit.h"

static void add(char ***list, const char *text)
{
    assert_int_equal(strv_add(list, text), 0);
}

static char *copy(const char *text)
{
    char *made = strdup(text);

    assert_non_null(made);
    return made;
}

static struct profile make_profile(void)
{
    struct profile profile = {.name = copy("test"),
                              .entry = copy("main.x"),
                              .produces = copy("main"),
                              .compile_limits = limits_normal(),
                              .prepare_limits = limits_normal(),
                              .normal = limits_normal(),
                              .max = limits_most(),
                              .warm = {.parks = true,
                                       .fresh = WARM_FRESH_MOST,
                                       .placeholder = copy("x"),
                                       .placeholder_size = 1,
                                       .threads = true,
                                       .n_earlier = 1,
                                       .needed = copy("z"),
                                       .check = copy("y")},
                              .has_proc_files = true};

    add(&profile.endings, ".x");
    add(&profile.run.argv, "x");
    add(&profile.run.argv, "{args}");
    profile.run.program = copy("/usr/bin/x");
    add(&profile.warm.early, "a.b");
    add(&profile.compile.argv, "cc");
    profile.compile.lack = PROGRAM_DIRECTORY;
    profile.env_denied = calloc(1, sizeof(char *));
    profile.mounts = calloc(2, sizeof(*profile.mounts));
    profile.etc = calloc(1, sizeof(*profile.etc));
    profile.calls = calloc(1, sizeof(*profile.calls));
    assert_true(profile.env_denied && profile.mounts && profile.etc && profile.calls);
    profile.mounts[0].path = copy("/usr");
    profile.mounts[1] = (struct profile_mount){copy("/lib"), copy("usr/lib")};
    profile.n_mounts = 2;
    profile.etc[0] = (struct profile_etc){copy("a/b"), copy("text\n")};
    profile.n_etc = 1;
    profile.calls[0] = (struct profile_call){copy("ptrace"), EPERM};
    profile.n_calls = 1;
    return profile;
}

static struct pack packed(struct profile *profile)
{
    struct pack pack = {0};

    profile_pack(&pack, profile);
    assert_int_equal(pack_end(&pack), 0);
    return pack;
}

static int read_back(char *bytes, size_t size, struct profile *ret)
{
    struct pack pack = PACK_READ(bytes, size);

    *ret = (struct profile){0};
    profile_pack(&pack, ret);
    return pack_end(&pack);
}

static void test_a_profile_comes_back(void **state)
{
    _cleanup_(profile_deinit) struct profile profile = make_profile(), back;
    _cleanup_(pack_deinit) struct pack once = packed(&profile), again = {0};

    (void)state;
    assert_int_equal(read_back(once.data, once.size, &back), 0);
    assert_string_equal(back.mounts[1].link, "usr/lib");
    assert_null(back.mounts[0].link);
    assert_null(back.env);
    assert_non_null(back.env_denied);
    assert_int_equal(back.compile.lack, PROGRAM_DIRECTORY);
    assert_int_equal(back.calls[0].error, EPERM);
    assert_true(back.has_proc_files);
    again = packed(&back);
    assert_int_equal(again.size, once.size);
    assert_memory_equal(again.data, once.data, once.size);
}

static void test_a_part_of_a_profile_is_refused(void **state)
{
    _cleanup_(profile_deinit) struct profile profile = make_profile();
    _cleanup_(pack_deinit) struct pack whole = packed(&profile);

    (void)state;
    for (size_t size = 0; size < whole.size; size++) {
        _cleanup_(freep) char *part = malloc(size + 1); /* so that a reader beyond the end is noticed */
        struct profile back;

        assert_non_null(part);
        memcpy(part, whole.data, size);
        assert_int_equal(read_back(part, size, &back), -EBADMSG);
        profile_deinit(&back);
    }
}

static void test_a_changed_profile_is_refused_or_another_one(void **state)
{
    static const unsigned char values[] = {0x00, 0x01, 0x7f, 0xff};
    _cleanup_(profile_deinit) struct profile profile = make_profile();
    _cleanup_(pack_deinit) struct pack whole = packed(&profile);

    (void)state;
    for (size_t at = 0; at < whole.size; at++)
        for (size_t i = 0; i < N_ELEMENTS(values); i++) {
            char before = whole.data[at];
            struct profile back;

            whole.data[at] = (char)values[i];
            if (read_back(whole.data, whole.size, &back) == 0) {
                _cleanup_(pack_deinit) struct pack again = packed(&back);

                assert_int_equal(again.size, whole.size);
                assert_memory_equal(again.data, whole.data, whole.size);
            }
            profile_deinit(&back);
            whole.data[at] = before;
        }
}

/* Each of these would be trouble for the planner, or for the code between clone and exec. */
static void test_an_odd_profile_is_refused(void **state)
{
    (void)state;
    for (int which = 0; which < 8; which++) {
        _cleanup_(profile_deinit) struct profile profile = make_profile(), back;
        _cleanup_(pack_deinit) struct pack pack = {0};

        switch (which) {
        case 0:
            profile.mounts[0].path[0] = 'u';
            break;
        case 1:
            memcpy(profile.etc[0].path, "../", 3);
            break;
        case 2:
            profile.normal.memory_bytes = 1;
            break;
        case 3:
            free(steal(profile.produces));
            break;
        case 4:
            free(steal(profile.run.argv[1]));
            free(steal(profile.run.argv[0]));
            break;
        case 5:
            profile.calls[0].error = 5000;
            break;
        case 6:
            strv_freep(&profile.compile.argv);
            profile.compile.argv = NULL;
            free(steal(profile.produces));
            break;
        default:
            free(steal(profile.entry));
        }
        pack = packed(&profile);
        assert_int_equal(read_back(pack.data, pack.size, &back), -EBADMSG);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_profile_comes_back),
                                       cmocka_unit_test(test_a_part_of_a_profile_is_refused),
                                       cmocka_unit_test(test_a_changed_profile_is_refused_or_another_one),
                                       cmocka_unit_test(test_an_odd_profile_is_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
