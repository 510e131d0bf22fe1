# exrun: {"artifacts": ["*.csv", "plots/*.png", "none.txt", "main.py"]}
import os
os.mkdir("plots")
open("b.csv", "w").write("1;2\n")
open("a.csv", "w").write("3;4\n")
open("plots/one.png", "wb").write(bytes(range(256)))
os.symlink("a.csv", "link.csv")
