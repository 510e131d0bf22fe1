/* SPDX-License-Identifier: MIT */
/* plan/order: a packed order can be read again. If any byte of it is changed, it is refused or harmless. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/base/cleanup.h"
#include "sandbox/base/fd.h"
#include "sandbox/plan/order.h"
#include "unit.h"

static char one[] = "one", pair[] = "A=b", glob[] = "*.txt", path[] = "lib/a", text[] = "a\0b",
            source[] = "print", label[] = "secret";
static char *args[] = {one, one, NULL}, *env[] = {pair, NULL}, *artifacts[] = {glob, NULL};
static struct job_file files[] = {{path, {text, 3}}, {one, {source, 0}}};
static struct job_label labels[] = {{label, label}};
static const struct job full = {.id = label,
                                .profile = label,
                                .labels = labels,
                                .n_labels = 1,
                                .source = {source, 5},
                                .files = files,
                                .n_files = 2,
                                .input = {text, 3},
                                .args = args,
                                .env = env,
                                .artifacts = artifacts,
                                .asked = {.wall_ms = 7, .files = 99}};

static void test_an_order_comes_back(void **state)
{
    _cleanup_(fd_closep) int fd = order_pack(&full);
    _cleanup_(order_deinit) struct order order;

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(order_read(fd, &order), 0);
    assert_string_equal(order.job.args[1], "one");
    assert_null(order.job.args[2]);
    assert_string_equal(order.job.env[0], "A=b");
    assert_string_equal(order.job.artifacts[0], "*.txt");
    assert_int_equal(order.job.n_files, 2);
    assert_string_equal(order.job.files[0].path, "lib/a");
    assert_int_equal(order.job.files[0].content.size, 3);
    assert_memory_equal(order.job.files[0].content.data, text, 4);
    assert_int_equal(order.job.files[1].content.size, 0);
    assert_int_equal(order.job.source.size, 5);
    assert_int_equal(order.job.input.size, 3);
    assert_int_equal(order.job.asked.wall_ms, 7);
    assert_int_equal(order.job.asked.files, 99);
    assert_null(order.job.id);
    assert_null(memmem(order.bytes, order.size, label, strlen(label)));
}

static void test_an_empty_job_comes_back(void **state)
{
    const struct job none = {0};
    _cleanup_(fd_closep) int fd = order_pack(&none);
    _cleanup_(order_deinit) struct order order;

    (void)state;
    assert_int_equal(order_read(fd, &order), 0);
    assert_null(order.job.args);
    assert_null(order.job.source.data);
}

static void test_seals_are_required(void **state)
{
    _cleanup_(fd_closep) int sealed = order_pack(&full),
                             open = memfd_create("open", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    char bytes[4096];
    ssize_t size = pread(sealed, bytes, sizeof(bytes), 0);
    struct order order;

    (void)state;
    assert_true(size > 0);
    assert_int_equal(fd_write_all(open, bytes, (size_t)size), 0);
    assert_int_equal(order_read(open, &order), -EBADMSG);
    order_deinit(&order);
}

/* Tries every length, and every byte with each of its bits flipped. If the order is accepted, it keeps its
 * guarantees. */
static void test_changed_bytes_do_no_harm(void **state)
{
    _cleanup_(fd_closep) int fd = order_pack(&full);
    char bytes[4096], room[4096];
    size_t size = (size_t)pread(fd, bytes, sizeof(bytes), 0), refused = 0;

    (void)state;
    for (size_t cut = 0; cut < size; cut++) {
        char *copy = malloc(cut + 1);
        struct job job;

        assert_non_null(copy);
        memcpy(copy, bytes, cut);
        assert_int_equal(order_parse(copy, cut, &job), -EBADMSG);
        free(copy);
    }
    for (size_t bit = 0; bit < size * 8; bit++) {
        struct job job;

        memcpy(room, bytes, size);
        room[bit / 8] = (char)(room[bit / 8] ^ 1 << bit % 8);
        if (order_parse(room, size, &job) < 0) {
            refused++;
            continue;
        }
        for (size_t i = 0; i < job.n_files; i++)
            assert_true(job.files[i].path >= room &&
                        job.files[i].path + strlen(job.files[i].path) < room + size);
        order_free_lists(&job);
    }
    assert_true(refused > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_order_comes_back), cmocka_unit_test(test_an_empty_job_comes_back),
        cmocka_unit_test(test_seals_are_required), cmocka_unit_test(test_changed_bytes_do_no_harm)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
