/* SPDX-License-Identifier: MIT */
/* Reports what a doctor found, for people and for machines. */
#include "runner/command/doctor_report.h"

#include <errno.h>
#include <jansson.h>

#include "runner/answer/answer.h"

void doctor_report_open(struct doctor_report *report, bool is_json, FILE *out)
{
    *report = (struct doctor_report){.out = out, .is_json = is_json};
    if (!is_json)
        return;
    report->facilities = json_array();
    report->profiles = json_array();
}

void doctor_report_add_check(struct doctor_report *report, const struct host_check *row,
                             const struct host_finding *answer)
{
    bool is_well = answer->state == HOST_THERE;
    const char *hint = *answer->hint ? answer->hint : row->hint;

    if (report->is_json) {
        json_array_append_new(report->facilities,
                              json_pack("{ss ss sb ss ss* ss*}", "name", row->word, "there",
                                        host_state_word(answer->state), "needed", row->is_needed, "found",
                                        answer->found, "costs", is_well ? NULL : row->costs, "hint",
                                        is_well ? NULL : hint));
        return;
    }
    fprintf(report->out, "%-7s %-15s %s\n", host_state_word(answer->state), row->word, answer->found);
    if (!is_well)
        fprintf(report->out, "%8s%15s costs: %s\n%8s%15s hint:  %s\n", "", "", row->costs, "", "", hint);
}

void doctor_report_add_profile(struct doctor_report *report, const struct doctor_report_profile *profile)
{
    if (report->is_json)
        json_array_append_new(report->profiles, json_pack("{ss sb ss}", "name", profile->name, "usable",
                                                          profile->is_usable, "said", profile->said));
    else
        fprintf(report->out, "%-7s %-15s %s\n", profile->is_usable ? "yes" : "no", profile->name,
                profile->said);
}

int doctor_report_close(struct doctor_report *report, bool is_healthy)
{
    json_t *object;

    if (!report->is_json) {
        fprintf(report->out, "%s\n",
                is_healthy ? "Every limit of every profile can be held here."
                           : "Limits can't be held here; see each \"costs\" and \"hint\" above.");
        return answer_end(report->out);
    }
    object = json_pack("{si sb so so}", "v", 1, "healthy", is_healthy, "facilities", report->facilities,
                       "profiles", report->profiles);
    return answer_end_json(object, JSON_COMPACT, report->out);
}
