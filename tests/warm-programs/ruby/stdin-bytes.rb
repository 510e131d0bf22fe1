# exrun: {"stdin": {"encoding": "base64", "content": "/wABAv4KCuQK"}}
s = $stdin.read
p s, s.encoding, s.valid_encoding?, s.bytes, s.scrub("?"), s.b.size
