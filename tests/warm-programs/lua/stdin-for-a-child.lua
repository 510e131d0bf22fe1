-- exrun: {"stdin": "one\ntwo\nthree\n"}
os.execute("read line; echo child $line")
print(io.read("a"))
