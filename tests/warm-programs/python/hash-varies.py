# exrun: {"varies": true}
print(hash("word"), hash(b"word"))
