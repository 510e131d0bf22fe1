/* SPDX-License-Identifier: MIT */
/* Capabilities, by libcap. */
#include "sandbox/base/power.h"

bool power_has(const cap_value_t *needed, size_t n)
{
    cap_t own = cap_get_proc();
    bool has = own != NULL;

    for (size_t i = 0; has && i < n; i++) {
        cap_flag_value_t value = CAP_CLEAR;

        has = cap_get_flag(own, needed[i], CAP_EFFECTIVE, &value) == 0 && value == CAP_SET;
    }
    cap_free(own);
    return has;
}
