cat <<END
words
