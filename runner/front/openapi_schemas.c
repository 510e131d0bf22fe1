/* SPDX-License-Identifier: MIT */
/* The schemas of the HTTP API's documents. */
#include "runner/front/openapi_schemas.h"

#include "runner/answer/sentences.h"
#include "runner/request/request.h"
#include "sandbox/base/cleanup.h"
#include "sandbox/plan/limits.h"

#define JSON(...) #__VA_ARGS__

/* clang-format off */
static const struct {
    const char *name, *text;
} schemas[] = {
    {"Request", JSON({
        "type": "object", "required": ["profile"], "additionalProperties": false,
        "properties": {
            "v": {"const": 1},
            "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$",
                   "description": "The same ID with the same request is the same run."},
            "profile": {"type": "string", "description": "A name from /v1/profiles."},
            "source": {"$ref": "#/components/schemas/Text", "description": "The text of the entry file."},
            "files": {"type": "array", "items": {"$ref": "#/components/schemas/File"}},
            "stdin": {"$ref": "#/components/schemas/Text"},
            "stdin_open": {"type": "boolean", "description": "More input can come while the program runs."},
            "stderr": {"enum": ["separate", "stdout"],
                       "description": "With stdout, both streams are one, in the order of their writes."},
            "args": {"type": "array", "items": {"type": "string"}},
            "env": {"type": "object", "additionalProperties": {"type": "string"}},
            "limits": {"$ref": "#/components/schemas/Limits"},
            "artifacts": {"type": "array", "items": {"type": "string"},
                          "description": "Patterns of files that come with the result."},
            "labels": {"$ref": "#/components/schemas/Labels"}
        }})},
    {"Text", JSON({
        "oneOf": [
            {"type": "string"},
            {"type": "object", "required": ["content"], "additionalProperties": false,
             "properties": {"encoding": {"enum": ["utf-8", "base64"]}, "content": {"type": "string"}}}
        ]})},
    {"File", JSON({
        "type": "object", "required": ["path", "content"], "additionalProperties": false,
        "properties": {"path": {"type": "string"}, "encoding": {"enum": ["utf-8", "base64"]},
                       "content": {"type": "string"}}})},
    {"Labels", JSON({
        "type": "object", "propertyNames": {"pattern": "^[a-z0-9_]{1,32}$"},
        "additionalProperties": {"type": "string", "maxLength": 200}})},
    {"Result", JSON({
        "type": "object",
        "required": ["v", "id", "profile", "verdict", "message", "exit_code", "signal", "stdout", "stderr",
                     "stdout_truncated", "stderr_truncated", "encoding", "usage", "limits", "limits_hit",
                     "timing", "labels"],
        "properties": {
            "v": {"const": 1}, "id": {"type": "string"}, "profile": {"type": "string"},
            "program": {"type": "string", "description": "Language and version."},
            "verdict": {"$ref": "#/components/schemas/Verdict"},
            "message": {"type": "string", "description": "A sentence for the visitor."},
            "at": {"type": "object", "required": ["path", "line"],
                   "properties": {"path": {"type": "string"}, "line": {"type": "integer", "minimum": 1}}},
            "exit_code": {"type": ["integer", "null"]}, "signal": {"type": ["string", "null"]},
            "stdout": {"type": "string"}, "stderr": {"type": "string"},
            "stdout_truncated": {"type": "boolean"}, "stderr_truncated": {"type": "boolean"},
            "encoding": {"enum": ["utf-8", "base64"], "description": "Of stdout and stderr."},
            "output_url": {"type": "string", "description": "Path and key of a resource that is stdout."},
            "usage": {"$ref": "#/components/schemas/Usage"},
            "limits": {"$ref": "#/components/schemas/Limits"},
            "limits_hit": {"type": "array", "items": {"type": "string"}},
            "timing": {"type": "object",
                       "required": ["queue_us", "prepare_us", "run_us", "warm", "cell", "parts_us"],
                       "properties": {
                           "queue_us": {"type": "integer"}, "prepare_us": {"type": "integer"},
                           "run_us": {"type": "integer"}, "warm": {"type": "boolean"},
                           "cell": {"enum": ["cold", "ready", "parked"]},
                           "compile_cell": {"enum": ["cold", "parked"],
                                            "description": "Of the compiler, if it ran."},
                           "parts_us": {"type": "object", "additionalProperties": {"type": "integer"}}}},
            "compile": {"$ref": "#/components/schemas/Compile"},
            "denied": {"type": "object", "required": ["syscall", "what"],
                       "properties": {"syscall": {"type": "string"}, "what": {"type": "string"}}},
            "artifacts": {"type": "array", "items": {"$ref": "#/components/schemas/Artifact"}},
            "artifacts_missed": {"type": "array", "items": {
                "type": "object", "required": ["path", "why"],
                "properties": {"path": {"type": "string"}, "why": {"type": "string"}}}},
            "unenforced": {"type": "array", "items": {"type": "string"}},
            "labels": {"$ref": "#/components/schemas/Labels"}
        }})},
    {"Events", JSON({
        "type": "string",
        "description": "With Accept: text/event-stream. The events are queued, restarted, started, stdout, stderr, reading, and result or problem."})},
    {"Compile", JSON({
        "type": "object",
        "required": ["verdict", "exit_code", "signal", "stdout", "stderr", "stdout_truncated",
                     "stderr_truncated", "encoding", "usage", "cached"],
        "properties": {
            "verdict": {"$ref": "#/components/schemas/Verdict"},
            "exit_code": {"type": ["integer", "null"]}, "signal": {"type": ["string", "null"]},
            "stdout": {"type": "string"}, "stderr": {"type": "string"},
            "stdout_truncated": {"type": "boolean"}, "stderr_truncated": {"type": "boolean"},
            "encoding": {"enum": ["utf-8", "base64"]},
            "usage": {"$ref": "#/components/schemas/Usage"}, "cached": {"type": "boolean"}}})},
    {"Usage", JSON({
        "type": "object",
        "required": ["wall_us", "cpu_us", "user_us", "system_us", "memory_peak_bytes", "processes_peak",
                     "disk_bytes"],
        "properties": {
            "wall_us": {"type": "integer"}, "cpu_us": {"type": "integer"}, "user_us": {"type": "integer"},
            "system_us": {"type": "integer"}, "memory_peak_bytes": {"type": "integer"},
            "processes_peak": {"type": "integer"}, "disk_bytes": {"type": "integer"}}})},
    {"Artifact", JSON({
        "type": "object", "required": ["path", "bytes"],
        "properties": {"path": {"type": "string"}, "bytes": {"type": "integer"},
                       "url": {"type": "string", "description": "Path and key of its own resource."},
                       "encoding": {"enum": ["utf-8", "base64"]}, "content": {"type": "string"}}})},
    {"Bytes", JSON({"type": "string", "description": "Bytes of any kind, as they are."})},
    {"State", JSON({
        "type": "object", "required": ["id", "state"],
        "properties": {"id": {"type": "string"}, "state": {"enum": ["queued", "running"]},
                       "durable": {"const": false, "description": "It ends with the service."},
                       "position": {"type": "integer", "minimum": 1, "description": "1: it is the next."}}})},
    {"Problem", JSON({
        "type": "object", "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"const": "about:blank"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "detail": {"type": "string"},
            "pointer": {"type": "string", "description": "JSON pointer of the member at fault."},
            "reason": {"const": "maintenance", "description": "An operator has paused the service, and may have written detail."}}})},
    {"Profiles", JSON({
        "type": "object", "required": ["v", "profiles"],
        "properties": {"v": {"const": 1}, "profiles": {"type": "array", "items": {
            "type": "object", "required": ["name", "title", "limits", "warm", "reading"],
            "properties": {
                "name": {"type": "string"}, "title": {"type": "string"}, "version": {"type": "string"},
                "reading": {"type": "boolean",
                            "description": "Whether an event says that a program waits for input."},
                "unseen": {"type": "string", "description": "Ways to wait for which there is no event."},
                "limits": {"type": "object", "required": ["default", "max"],
                           "properties": {"default": {"$ref": "#/components/schemas/Limits"},
                                          "max": {"$ref": "#/components/schemas/Limits"}}},
                "warm": {"enum": ["none", "unchecked", "on", "off"],
                         "description": "Whether its interpreter is started ahead."},
                "warm_reason": {"type": "string", "description": "Why it is off."},
                "disabled": {"type": "boolean", "description": "An operator has disabled it."}}}}}})},
    {"MaintenanceSwitch", JSON({
        "type": "object", "required": ["on"], "additionalProperties": false,
        "properties": {"on": {"type": "boolean"},
                       "message": {"type": "string", "description": "For the clients; one line."}}})},
    {"Maintenance", JSON({
        "type": "object", "required": ["on", "persistent"],
        "properties": {"on": {"type": "boolean"}, "message": {"type": "string"},
                       "persistent": {"const": false, "description": "It ends with the service."}}})},
    {"ProfileSwitch", JSON({
        "type": "object", "required": ["disabled"], "additionalProperties": false,
        "properties": {"disabled": {"type": "boolean"}}})},
    {"ProfileState", JSON({
        "type": "object", "required": ["name", "disabled", "persistent"],
        "properties": {"name": {"type": "string"}, "disabled": {"type": "boolean"},
                       "persistent": {"const": false, "description": "It ends with the service."}}})},
    {"Metrics", JSON({"type": "string", "description": "The text format of Prometheus."})},
    {"Health", JSON({
        "type": "object", "required": ["status"], "properties": {"status": {"enum": ["alive", "ready"]}}})},
    {"Status", JSON({"type": "object", "description": "As exrun status --json prints it."})},
    {"Document", JSON({"type": "object", "required": ["openapi", "info", "paths"]})},
};
/* clang-format on */

static const struct {
    const char *schema, *member, *keyword; /* @member: NULL: the schema itself */
    int value;
} bounds[] = {
    {"Request", "files", "maxItems", REQUEST_MOST_FILES},
    {"Request", "args", "maxItems", REQUEST_MOST_ITEMS},
    {"Request", "env", "maxProperties", REQUEST_MOST_ITEMS},
    {"Request", "artifacts", "maxItems", REQUEST_MOST_ARTIFACTS},
    {"Labels", NULL, "maxProperties", REQUEST_MOST_LABELS},
};

static int add_texts(json_t *all)
{
    int r = 0;

    for (size_t i = 0; i < sizeof(schemas) / sizeof(*schemas) && r == 0; i++)
        r = json_object_set_new(all, schemas[i].name,
                                json_loads(schemas[i].text, JSON_REJECT_DUPLICATES, NULL));
    return r;
}

static int add_bounds(json_t *all)
{
    int r = 0;

    for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds) && r == 0; i++) {
        json_t *schema = json_object_get(all, bounds[i].schema);

        if (bounds[i].member)
            schema = json_object_get(json_object_get(schema, "properties"), bounds[i].member);
        r = json_object_set_new(schema, bounds[i].keyword, json_integer(bounds[i].value));
    }
    return r;
}

static int add_limits(json_t *all)
{
    json_t *members = json_object();
    int r = 0;

    for (enum limit limit = 0; limit < N_LIMITS && r == 0; limit++)
        r = json_object_set_new(members, limit_rows[limit].key,
                                json_pack("{ss sI ss}", "type", "integer", "minimum",
                                          (json_int_t)limit_rows[limit].floor, "description",
                                          limit_rows[limit].help));
    return json_object_set_new(all, "Limits",
                               json_pack("{ss sb so}", "type", "object", "additionalProperties", false,
                                         "properties", members)) |
           r;
}

static int add_verdicts(json_t *all)
{
    json_t *words = json_array();
    int r = 0;

    for (enum verdict verdict = 0; verdict < N_VERDICTS && r == 0; verdict++)
        r = json_array_append_new(words, json_string(verdict_rows[verdict].word));
    return json_object_set_new(all, "Verdict", json_pack("{so}", "enum", words)) | r;
}

json_t *openapi_schemas(void)
{
    _cleanup_(json_decrefp) json_t *all = json_object();

    if (!all || add_texts(all) < 0 || add_bounds(all) < 0 || add_limits(all) < 0 || add_verdicts(all) < 0)
        return NULL;
    return steal(all);
}
