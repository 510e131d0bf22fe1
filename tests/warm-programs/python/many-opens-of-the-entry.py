for n in range(200):
    with open("main.py") as f:
        f.read()
print("done", open("/box/main.py").read() == open("main.py").read() == open("./main.py").read())
