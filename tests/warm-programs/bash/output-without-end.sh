printf 'no line feed'; printf 'nor here' >&2
