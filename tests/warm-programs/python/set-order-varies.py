# exrun: {"varies": true}
print({str(n) for n in range(100)})
