größe = 3
print("größe", größe, "日本", "\N{SNOWMAN}")
