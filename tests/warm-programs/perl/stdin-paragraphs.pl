# exrun: {"stdin": "a\nb\n\n\nc\n"}
local $/ = ""; my @p = <STDIN>; print scalar @p, "\n";
