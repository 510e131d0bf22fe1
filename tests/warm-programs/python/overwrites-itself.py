open(__file__, "w").write("print('second')\n")
print("first")
raise ValueError("the line is not there any more")
