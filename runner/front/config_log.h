/* SPDX-License-Identifier: MIT */
/* The file of the log that the configuration means. */
#ifndef EXRUN_RUNNER_FRONT_CONFIG_LOG_H
#define EXRUN_RUNNER_FRONT_CONFIG_LOG_H

#include "runner/front/config.h"
#include "sandbox/warden/load.h"

/* Sets the log's file in @settings: that of the configuration; otherwise /var/log/exrun/runs.jsonl, if root
 * starts the service and the directory exists; otherwise none. Creates nothing. Returns 0, or -errno with the
 * reason in @err if the file can't be used. */
int config_log_set(const struct config *config, struct load_settings *settings, struct error *err);

#endif
