/* SPDX-License-Identifier: MIT */
/* The pause before something that has failed is tried again. */
#include "sandbox/base/pause.h"

#define FIRST_NS UINT64_C(100000000)
#define LONGEST_NS UINT64_C(30000000000)
#define MOST_DOUBLINGS 9 /* more would be above the longest pause anyway */

uint64_t pause_ns(unsigned int n_before)
{
    uint64_t ns = FIRST_NS << (n_before < MOST_DOUBLINGS ? n_before : MOST_DOUBLINGS);

    return ns < LONGEST_NS ? ns : LONGEST_NS;
}
