import runpy, sys
print(__name__, len(sys.argv))
if __name__ == "__main__":
    print(sorted(runpy.run_path("main.py", run_name="again"))[:4])
