/* SPDX-License-Identifier: MIT */
/* `exrun profile`: which languages there are, and whether a profile is right. */
#ifndef EXRUN_RUNNER_COMMAND_CMD_PROFILE_H
#define EXRUN_RUNNER_COMMAND_CMD_PROFILE_H

/* Returns the exit status. */
int cmd_profile(int argc, char **argv);

#endif
