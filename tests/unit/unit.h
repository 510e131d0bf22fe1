/* SPDX-License-Identifier: MIT */
/* Included by each unit test: cmocka, and the headers that must precede it. */
#ifndef EXRUN_TESTS_UNIT_H
#define EXRUN_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof(*(array)))

#endif
