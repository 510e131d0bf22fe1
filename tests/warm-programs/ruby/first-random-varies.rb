# exrun: {"varies": true}
p rand(1 << 62)
