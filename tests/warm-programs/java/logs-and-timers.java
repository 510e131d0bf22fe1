import java.util.*;
import java.util.logging.*;
public class Main {
    public static void main(String[] args) throws Exception {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %5$s%n");
        Logger log = Logger.getLogger("own");
        System.out.println(log.getLevel() + " " + log.getParent().getHandlers().length + LogManager.getLogManager().getProperty("handlers"));
        log.warning("a warning");
        Timer timer = new Timer();
        timer.schedule(new TimerTask() { public void run() { System.out.println(Thread.currentThread().getName()); timer.cancel(); } }, 10);
        System.Logger other = System.getLogger("x");
        other.log(System.Logger.Level.INFO, "info");
    }
}
