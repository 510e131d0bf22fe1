/* SPDX-License-Identifier: MIT */
/* `exrun audit`: hostile programs against this installation. */
#ifndef EXRUN_RUNNER_COMMAND_CMD_AUDIT_H
#define EXRUN_RUNNER_COMMAND_CMD_AUDIT_H

/* Returns the exit status. */
int cmd_audit(int argc, char **argv);

#endif
