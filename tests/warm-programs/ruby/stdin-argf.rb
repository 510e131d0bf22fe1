# exrun: {"stdin": "a\nb\nc\n"}
p ARGF.filename, $<.equal?(ARGF), ARGF.readlines, ARGF.eof? rescue p $!.message
p readlines, ARGF.file.inspect, $FILENAME
