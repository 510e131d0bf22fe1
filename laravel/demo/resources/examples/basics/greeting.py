# What you write under "Input" is read here.
name = input()
print(f"Good morning, {name}!")
