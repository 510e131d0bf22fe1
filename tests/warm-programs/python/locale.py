import locale, sys
print(locale.setlocale(locale.LC_ALL), locale.getlocale(), locale.getpreferredencoding(), locale.localeconv()["decimal_point"], locale.setlocale(locale.LC_ALL, ""), sys.stdout.encoding)
