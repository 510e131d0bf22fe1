import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.text.*;
import java.util.regex.*;
import java.nio.charset.StandardCharsets;

public class Main {

    public static void main(String[] args) throws Exception {

        String s = "hello, world"; System.out.println(s.toUpperCase() + s.length() + s.substring(7) + s.indexOf("wor") + s.replace('o', '0') + s.contains("lo") + s.charAt(0) + "ab".repeat(2) + " x ".strip() + s.chars().filter(c -> c == 'l').count());
        System.out.println(String.join("+", "a", "b") + Arrays.toString("a,b,,c".split(",")) + String.format("%05d|%-6s|%x|%.2f|%,d|%e|%b|%c|%s", 42, "ab", 255, 3.14159, 1234567, 12345.678, true, 'A', null) + "b".compareTo("a") + "A".equalsIgnoreCase("a") + (s == "hello, world") + "".isEmpty() + " ".isBlank());
        StringBuilder b = new StringBuilder("reverse"); System.out.println(b.reverse().insert(0, "<").append('>').deleteCharAt(1).toString() + "zażółć".length() + "zażółć".getBytes(StandardCharsets.UTF_8).length + "🐘".codePointAt(0) + "🐘".length() + new StringBuilder("🐘a").reverse() + Normalizer.normalize("é", Normalizer.Form.NFD).length() + "ß".toUpperCase());
        Matcher m = Pattern.compile("(?<y>\\d{4})-(\\d\\d)").matcher("2024-02 2025-11"); while (m.find()) System.out.print(m.group("y") + m.group(2) + m.start() + " "); System.out.println("a1b22".replaceAll("\\d+", "#") + "2024-02".replaceAll("(\\d+)-(\\d+)", "$2/$1") + "ab".matches("[a-c]+") + Pattern.compile("\\p{Lu}").matcher("Ż").find());
        System.out.println("""
            text block "quoted"
              indented\tTab
            """ + "l1\nl2".lines().map(String::toUpperCase).collect(Collectors.toList()) + MessageFormat.format("{0} has {1}", "x", 5) + new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(1234.5) + NumberFormat.getCurrencyInstance(Locale.US).format(12.5) + Collator.getInstance(Locale.GERMAN).compare("ä", "z") + String.valueOf(new char[] {'o', 'k'}) + Character.isLetter('ż') + (char) ('a' + 1) + (int) 'a' + "text".hashCode() + Character.getName(233));
    }
}
