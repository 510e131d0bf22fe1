/* SPDX-License-Identifier: MIT */
/* What a doctor found, for people and for machines. */
#include "runner/command/doctor_report.h"

#include <errno.h>
#include <jansson.h>

#include "runner/answer/answer.h"

void diagnosis_open(struct diagnosis *diagnosis, bool is_json, FILE *out)
{
    *diagnosis = (struct diagnosis){.out = out, .is_json = is_json};
    if (!is_json)
        return;
    diagnosis->facilities = json_array();
    diagnosis->profiles = json_array();
}

void diagnosis_add_facility(struct diagnosis *diagnosis, const struct facility *row,
                            const struct facility_answer *answer)
{
    bool is_well = answer->state == FACILITY_THERE;
    const char *hint = *answer->hint ? answer->hint : row->hint;

    if (diagnosis->is_json) {
        json_array_append_new(diagnosis->facilities,
                              json_pack("{ss ss sb ss ss* ss*}", "name", row->word, "there",
                                        facility_state_word(answer->state), "needed", row->is_needed, "found",
                                        answer->found, "costs", is_well ? NULL : row->costs, "hint",
                                        is_well ? NULL : hint));
        return;
    }
    fprintf(diagnosis->out, "%-7s %-15s %s\n", facility_state_word(answer->state), row->word, answer->found);
    if (!is_well)
        fprintf(diagnosis->out, "%8s%15s costs: %s\n%8s%15s hint:  %s\n", "", "", row->costs, "", "", hint);
}

void diagnosis_add_profile(struct diagnosis *diagnosis, const struct diagnosis_profile *profile)
{
    if (diagnosis->is_json)
        json_array_append_new(diagnosis->profiles, json_pack("{ss sb ss}", "name", profile->name, "usable",
                                                             profile->is_usable, "said", profile->said));
    else
        fprintf(diagnosis->out, "%-7s %-15s %s\n", profile->is_usable ? "yes" : "no", profile->name,
                profile->said);
}

int diagnosis_close(struct diagnosis *diagnosis, bool is_healthy)
{
    json_t *object;

    if (!diagnosis->is_json) {
        fprintf(diagnosis->out, "%s\n",
                is_healthy ? "Every limit of every profile can be held here."
                           : "Limits can't be held here; see each \"costs\" and \"hint\" above.");
        return answer_end(diagnosis->out);
    }
    object = json_pack("{si sb so so}", "v", 1, "healthy", is_healthy, "facilities", diagnosis->facilities,
                       "profiles", diagnosis->profiles);
    return answer_end_json(object, JSON_COMPACT, diagnosis->out);
}
