[[ $- == *i* ]] && echo interactive || echo script; shopt -q login_shell && echo login || echo not login; echo "${PROMPT_COMMAND-none}"; history; fc -l
