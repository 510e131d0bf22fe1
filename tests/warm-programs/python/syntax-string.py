print("never ends)
