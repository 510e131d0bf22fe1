/* SPDX-License-Identifier: MIT */
/* Parses quantities as a person writes them. */
#include "runner/text/quantity.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define MOST 1e15 /* above every limit, and still exact in a double */

static const struct {
    enum limit_unit unit;
    const char *suffix;
    double factor;
} suffixes[] = {
    {UNIT_MS, "ms", 1},           {UNIT_MS, "s", 1000},         {UNIT_MS, "m", 60000},
    {UNIT_MS, "h", 3600000},      {UNIT_MS, "d", 86400000},     {UNIT_MS, "", 1000},
    {UNIT_BYTES, "K", 1 << 10},   {UNIT_BYTES, "M", 1 << 20},   {UNIT_BYTES, "G", 1 << 30},
    {UNIT_BYTES, "", 1},          {UNIT_BYTES, "KiB", 1 << 10}, {UNIT_BYTES, "MiB", 1 << 20},
    {UNIT_BYTES, "GiB", 1 << 30}, {UNIT_COUNT, "", 1},
};

int quantity_parse(const char *text, enum limit_unit unit, uint64_t *ret)
{
    char *end;
    double value;

    /* strtod() would also accept signs, spaces, "inf" and hexadecimal. */
    if (*text < '0' || *text > '9' || text[strcspn(text, "xXeE")])
        return -EINVAL;
    value = strtod(text, &end);
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
        if (suffixes[i].unit != unit || strcmp(suffixes[i].suffix, end) != 0)
            continue;
        value *= suffixes[i].factor;
        if (value > MOST || value != (double)(uint64_t)value)
            return -EINVAL;
        *ret = (uint64_t)value;
        return 0;
    }
    return -EINVAL;
}

const char *quantity_examples(enum limit_unit unit)
{
    switch (unit) {
    case UNIT_MS:
        return "a time, as in 500ms, 5s or 2m";
    case UNIT_BYTES:
        return "a size, as in 4096, 64K, 128M or 1G";
    case UNIT_COUNT:
        return "a number, as in 32";
    }
    return "a quantity";
}
