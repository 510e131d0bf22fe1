class Late:
    def __del__(self):
        raise ValueError("late")


Late()
print("after")
