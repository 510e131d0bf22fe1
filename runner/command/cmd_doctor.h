/* SPDX-License-Identifier: MIT */
/* `exrun doctor`: what this machine can enforce and run. */
#ifndef EXRUN_RUNNER_COMMAND_CMD_DOCTOR_H
#define EXRUN_RUNNER_COMMAND_CMD_DOCTOR_H

/* Returns the exit status. */
int cmd_doctor(int argc, char **argv);

#endif
