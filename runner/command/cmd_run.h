/* SPDX-License-Identifier: MIT */
/* `exrun run`: one run, for a person or for a machine. */
#ifndef EXRUN_RUNNER_COMMAND_CMD_RUN_H
#define EXRUN_RUNNER_COMMAND_CMD_RUN_H

/* Returns the exit status. */
int cmd_run(int argc, char **argv);

#endif
