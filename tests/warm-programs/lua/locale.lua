print(os.setlocale(), os.setlocale(nil, "numeric"), string.format("%.2f", 1.5), ("é"):upper())
