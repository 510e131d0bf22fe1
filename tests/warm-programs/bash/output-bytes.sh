for n in {1..255}; do printf "\\x$(printf %x $n)"; done; printf 'a\0b'
