import sys
for stream in (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__):
    print(stream.name, stream.mode, stream.encoding, stream.errors, stream.line_buffering, stream.newlines, getattr(stream, "write_through", None), type(stream.buffer).__name__, stream.closed)
