# exrun: {"stdin": "Ann\n7\n\nlast without an end"}
name = input("Name: ")
age = int(input("Age: "))
print(name, age + 1, repr(input()), repr(input()))
