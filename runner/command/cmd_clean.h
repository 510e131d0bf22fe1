/* SPDX-License-Identifier: MIT */
/* `exrun clean`: removes what dead runs left, and what is kept between runs. */
#ifndef EXRUN_RUNNER_COMMAND_CMD_CLEAN_H
#define EXRUN_RUNNER_COMMAND_CMD_CLEAN_H

/* Returns the exit status. */
int cmd_clean(int argc, char **argv);

#endif
