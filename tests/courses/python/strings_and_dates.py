from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo
import calendar, locale, string, textwrap, time

print("hello world".title(), "a,b,,c".split(","), "x".center(9, "-"), f"{3.14159:.2f}", f"{1234567:,}")
print(textwrap.fill("the quick brown fox jumps over the lazy dog", 20))
print(string.Template("$a and ${b}").substitute(a=1, b=2), "%05d|%-6s|%x" % (42, "ab", 255))
day = datetime(2024, 2, 28, 23, 30, tzinfo=timezone.utc)
print(day + timedelta(hours=1), day.strftime("%A %d %B %Y"), date(2024, 3, 1) - date(2024, 2, 1))
print(day.astimezone(ZoneInfo("Europe/Warsaw")), day.astimezone(ZoneInfo("America/New_York")).tzname())
print(calendar.month(2024, 2), time.localtime(0).tm_year, time.tzname, locale.setlocale(locale.LC_ALL, ""))
