zażółć = "日本"
def grüße(名前) = "Grüße, #{名前}"
puts grüße(zażółć), zażółć.reverse, "ǅ".downcase, "İ".size, "e\u0301".unicode_normalize(:nfc).size, "🐘".bytes.inspect, binding.local_variables.inspect
module Ünï; class Größe; end; end
p Ünï::Größe, Ünï::Größe.name.encoding
nichts_da = ä
