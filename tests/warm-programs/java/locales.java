import java.text.*;
import java.util.*;
public class Main {
    public static void main(String[] args) {
        System.out.println(Locale.getDefault() + " " + Locale.getDefault(Locale.Category.FORMAT) + Locale.getAvailableLocales().length + TimeZone.getDefault().getID() + Currency.getInstance("EUR").getSymbol(Locale.GERMANY));
        System.out.println(String.format("%,d %.2f %e %tF", 1234567, 1.5, 12345.678, new GregorianCalendar(2024, 1, 29)) + NumberFormat.getInstance(Locale.GERMANY).format(1234.5) + new SimpleDateFormat("EEEE d MMMM yyyy", Locale.FRENCH).format(new Date(0)) + "TITLE".toLowerCase(new Locale("tr")) + Collator.getInstance(new Locale("pl")).compare("ż", "z"));
        System.out.println(new DecimalFormatSymbols().getDecimalSeparator() + " " + java.time.ZoneId.systemDefault() + Locale.getISOCountries().length);
    }
}
