# exrun: {"stdin": "one\ntwo\n"}
system "head -c 4"; print <STDIN>;
