# SPDX-License-Identifier: MIT
# Completion of exrun's command line for bash. What can be typed is asked of exrun itself, so that it can't be out of date.

_exrun() {
    local exrun=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    local words=

    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        words=$("$exrun" help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p')
    elif [[ $word == -* ]]; then
        words=$("$exrun" "$command" --help 2>/dev/null | sed -n 's/^ *\(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p')
    elif [[ $before == -p || $before == --profile || ($command == profile && $before =~ ^(show|disable|enable)$) || ($command == cache && $COMP_CWORD -gt 2) ]]; then
        words=$("$exrun" profile list --names 2>/dev/null)
    elif [[ $command == help && $COMP_CWORD -eq 2 ]]; then
        words=$("$exrun" help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p')
    elif [[ $command == serve && $COMP_CWORD -eq 2 ]]; then
        words=token
    elif [[ $command == maintenance && $COMP_CWORD -eq 2 ]]; then
        words="on off"
    elif [[ $command == profile && $COMP_CWORD -eq 2 ]]; then
        words="list show check disable enable"
    elif [[ $command == cache && $COMP_CWORD -eq 2 ]]; then
        words="warm"
    fi
    if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    else
        compopt -o default 2>/dev/null # files
    fi
}
complete -F _exrun exrun
