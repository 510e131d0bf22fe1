/* SPDX-License-Identifier: MIT */
/* Counts times in logarithmic buckets. */
#include "runner/front/latency.h"

#include <stdbool.h>
#include <stddef.h>

#define SLOT_NS (LATENCY_SLOT_S * UINT64_C(1000000000))
#define MINUTE_NS UINT64_C(60000000000)
#define SLOTS_OF_MINUTE 6
#define SUB_BITS 3 /* eight buckets for each power of two */
#define SUB (UINT64_C(1) << SUB_BITS)

static uint64_t number_at(uint64_t now_ns)
{
    return now_ns / SLOT_NS + 1;
}

/* Times below SUB have a bucket each. */
static size_t bucket_of(uint64_t us)
{
    unsigned int high;
    uint64_t bucket;

    if (us < SUB)
        return us;
    high = 63 - (unsigned int)__builtin_clzll(us);
    bucket = (high - SUB_BITS + 1) * SUB + (us >> (high - SUB_BITS)) % SUB;
    return bucket < LATENCY_N_BUCKETS ? bucket : LATENCY_N_BUCKETS - 1;
}

/* Returns the longest time that is counted in the bucket. */
static uint64_t end_of(size_t bucket)
{
    if (bucket < SUB)
        return bucket;
    return ((SUB + bucket % SUB + 1) << (bucket / SUB - 1)) - 1;
}

/* Returns true if the slot is one of the last @n, the one of @now_ns included. */
static bool is_of_last(const struct latency_slot *slot, uint64_t now_ns, uint64_t n)
{
    uint64_t now = number_at(now_ns);

    return slot->number != 0 && slot->number <= now && now - slot->number < n;
}

static uint64_t count_last(const struct latency *latency, uint64_t now_ns, uint64_t n)
{
    uint64_t count = 0;

    for (size_t i = 0; i < LATENCY_N_SLOTS; i++)
        if (is_of_last(&latency->slots[i], now_ns, n))
            count += latency->slots[i].n;
    return count;
}

void latency_note(struct latency *latency, uint64_t now_ns, uint64_t us)
{
    uint64_t number = number_at(now_ns);
    struct latency_slot *slot = &latency->slots[number % LATENCY_N_SLOTS];

    if (slot->number != number)
        *slot = (struct latency_slot){.number = number};
    slot->n++;
    slot->buckets[bucket_of(us)]++;
}

uint64_t latency_count(const struct latency *latency, uint64_t now_ns)
{
    return count_last(latency, now_ns, LATENCY_N_SLOTS);
}

uint64_t latency_per_minute(const struct latency *latency, uint64_t now_ns)
{
    uint64_t covered_ns = (SLOTS_OF_MINUTE - 1) * SLOT_NS + now_ns % SLOT_NS;

    return (count_last(latency, now_ns, SLOTS_OF_MINUTE) * MINUTE_NS + covered_ns / 2) / covered_ns;
}

uint64_t latency_quantile_us(const struct latency *latency, uint64_t now_ns, unsigned int permille)
{
    uint64_t rank = (latency_count(latency, now_ns) * permille + 999) / 1000, seen = 0;

    for (size_t bucket = 0; bucket < LATENCY_N_BUCKETS && rank > 0; bucket++) {
        for (size_t i = 0; i < LATENCY_N_SLOTS; i++)
            if (is_of_last(&latency->slots[i], now_ns, LATENCY_N_SLOTS))
                seen += latency->slots[i].buckets[bucket];
        if (seen >= rank)
            return end_of(bucket);
    }
    return 0;
}
