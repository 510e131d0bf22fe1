/* SPDX-License-Identifier: MIT */
/* Finds the known word that is most similar to a typed one. */
#include "runner/text/nearest.h"

#include <stdint.h>
#include <string.h>

#define LONGEST 32

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t nearest_distance(const char *a, const char *b)
{
    size_t length_a = strlen(a), length_b = strlen(b);
    size_t rows[3][LONGEST + 1];

    if (length_a > LONGEST || length_b > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= length_b; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], twice_above[j - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

void nearest_init(struct nearest *nearest, const char *typed)
{
    size_t most = (strlen(typed) + 2) / 3;

    /* A word with a larger distance counts as a different word. */
    *nearest = (struct nearest){.typed = typed, .distance = most + 1};
}

void nearest_offer(struct nearest *nearest, const char *word)
{
    size_t distance = nearest_distance(nearest->typed, word);

    if (distance >= nearest->distance)
        return;
    nearest->distance = distance;
    nearest->word = word;
}
