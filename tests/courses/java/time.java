import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.time.*;
import java.time.format.*;
import java.time.temporal.*;

public class Main {

    public static void main(String[] args) throws Exception {

        LocalDate d = LocalDate.of(2024, 2, 28).plusDays(2); System.out.println(d + " " + d.getDayOfWeek() + d.isLeapYear() + d.getDayOfYear() + d.with(TemporalAdjusters.lastDayOfMonth()) + ChronoUnit.DAYS.between(d, LocalDate.of(2024, 12, 24)) + Period.between(d, LocalDate.of(2025, 5, 3)) + d.isBefore(LocalDate.MAX)); LocalDateTime t = LocalDateTime.of(2024, 2, 28, 23, 30); System.out.println(t.format(DateTimeFormatter.ofPattern("EEEE dd MMMM yyyy HH:mm", Locale.ENGLISH)) + " " + t.atZone(ZoneId.of("UTC")).withZoneSameInstant(ZoneId.of("Europe/Warsaw")) + t.atZone(ZoneId.of("UTC")).withZoneSameInstant(ZoneId.of("America/New_York")).format(DateTimeFormatter.RFC_1123_DATE_TIME) + t.truncatedTo(ChronoUnit.HOURS)); System.out.println(Duration.between(t, t.plusMinutes(90)) + " " + Duration.ofSeconds(3725).toMinutesPart() + Instant.ofEpochSecond(0) + Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() + Year.of(2100).isLeap() + YearMonth.of(2024, 2).lengthOfMonth() + ZoneId.systemDefault() + OffsetDateTime.of(t, ZoneOffset.ofHours(2)).toInstant()); try { LocalDate.parse("2024-02-30"); } catch (DateTimeParseException e) { System.out.println("bad date"); } System.out.println(LocalDate.parse("3 Mar 2001", DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH)) + " " + LocalTime.of(12, 0).plusMinutes(90) + d.datesUntil(d.plusDays(3)).toList() + (Clock.systemUTC().millis() > 1e12) + Clock.fixed(Instant.EPOCH, ZoneOffset.UTC).instant() + d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)); Calendar c = new GregorianCalendar(2024, Calendar.FEBRUARY, 28); c.add(Calendar.DAY_OF_MONTH, 2); System.out.println(c.get(Calendar.MONTH) + " " + new Date(0) + TimeZone.getDefault().getID() + new java.text.SimpleDateFormat("yyyy-MM-dd", Locale.ROOT).format(new Date(0)) + Locale.getDefault() + TimeZone.getTimeZone("Asia/Tokyo").getRawOffset()); long b = System.nanoTime(); Thread.sleep(2); System.out.println((System.nanoTime() - b >= 1_000_000) + " " + (System.currentTimeMillis() > 1e12) + DayOfWeek.MONDAY.plus(3) + Month.of(3).getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + t.atOffset(ZoneOffset.UTC).toEpochSecond() + ZoneId.getAvailableZoneIds().contains("Europe/Oslo"));
    }
}
