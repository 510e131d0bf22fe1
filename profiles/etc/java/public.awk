# SPDX-License-Identifier: MIT
# Prints a Java source without "public" before its own top-level types, unless one of them has the name that javac expects (-v name=NAME).
# Blanks instead of the word keep the lines and columns of messages. Comments, strings and text blocks stay as they are.
{
    line = ""
    at = 1
    if (state == "//" || state == "\"" || state == "'") state = ""
    while (at <= length($0)) {
        rest = substr($0, at, 500)
        if (state == "/*" && match(rest, /^\*\//)) state = ""
        else if (state == "" && match(rest, /^\/\*/)) state = "/*"
        else if (state == "" && match(rest, /^\/\//)) state = "//"
        else if (state == "" && match(rest, /^"""/)) state = "\"\"\""
        else if (state == "\"\"\"" && match(rest, /^"""/)) state = ""
        else if (state == "" && match(rest, /^["']/)) state = substr(rest, 1, 1)
        else if ((state == "\"" || state == "'") && substr(rest, 1, 1) == state) { state = ""; RLENGTH = 1 }
        else if (state ~ /["']/ && match(rest, /^\\./)) { }
        else if (state == "" && match(rest, /^[A-Za-z0-9_$]+/)) {
            word = substr(rest, 1, RLENGTH)
            if (depth == 0 && expected) { if (was_public && word == name) is_named = 1; expected = was_public = 0 }
            if (depth == 0 && word ~ /^(class|interface|enum|record)$/) expected = 1
            if (depth == 0 && word == "public") { was_public = 1; word = "      " }
            line = line word
            at += RLENGTH
            continue
        }
        else { RLENGTH = 1; if (state == "") depth += (rest ~ /^\{/) - (rest ~ /^\}/) }
        line = line substr(rest, 1, RLENGTH)
        at += RLENGTH
    }
    as_it_is[NR] = $0
    changed[NR] = line
}
END { for (n = 1; n <= NR; n++) print is_named ? as_it_is[n] : changed[n] }
