echo one; echo two >&2; printf three; echo four >&2; cat <<<five; printf six >&2; { echo seven; echo eight >&2; } 2>&1
