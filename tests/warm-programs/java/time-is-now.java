import java.nio.file.*;
import java.time.*;
public class Main {
    public static void main(String[] args) throws Exception {
        long written = Files.getLastModifiedTime(Path.of("main.jar")).toMillis(), now = System.currentTimeMillis();
        System.out.println((now - written < 5000 && written - now < 5000) + " " + Duration.between(Instant.now(), ZonedDateTime.now()).abs().compareTo(Duration.ofSeconds(2)) + (System.nanoTime() - System.nanoTime() <= 0));
        Process date = new ProcessBuilder("date", "+%s").start();
        long said = Long.parseLong(new String(date.getInputStream().readAllBytes()).strip());
        System.out.println(Math.abs(said - Instant.now().getEpochSecond()) < 4);
        System.out.println(LocalDate.of(2024, 2, 29).plusYears(1) + " " + Instant.EPOCH + LocalTime.MIDNIGHT + DayOfWeek.from(LocalDate.of(2000, 1, 1)) + Duration.ofSeconds(3661) + ZoneOffset.systemDefault().getRules().getOffset(Instant.EPOCH) + LocalDate.parse("2024-13-01"));
    }
}
