import base64, csv, hashlib, io, json, re, unicodedata, xml.etree.ElementTree as ET, zlib

data = {"name": "Żółw", "tags": ["a", None, True, 1.5], "nested": {"k": []}}
text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
print(text, json.loads(text) == data)
try:
    json.loads("{bad}")
except json.JSONDecodeError as e:
    print(e)
print(re.findall(r"(?P<y>\d{4})-(\d\d)", "2024-02 2025-11"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.split(r"[,;]\s*", "a, b;c"))
print(unicodedata.normalize("NFD", "é").encode(), unicodedata.name("🐘"), len("日本"), "ß".upper(), "İ".lower(), sorted("zażółć"))
print(base64.b64encode(b"\xff\0"), hashlib.sha256(b"x").hexdigest()[:16], hashlib.md5(b"x").hexdigest(), zlib.crc32(b"x"))
rows = list(csv.DictReader(io.StringIO("a,b\n1,\"x, y\"\n"))); print(rows)
print(ET.fromstring("<r><i k='1'>t</i></r>").find("i").attrib, zlib.decompress(zlib.compress(b"abc" * 99)) == b"abc" * 99)
