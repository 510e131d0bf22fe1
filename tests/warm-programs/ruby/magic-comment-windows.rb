# encoding: windows-1252
s = "\xe4"
p __ENCODING__, s.encoding, s.encode("utf-8"), s.valid_encoding?, Encoding.default_external, Encoding.default_internal
