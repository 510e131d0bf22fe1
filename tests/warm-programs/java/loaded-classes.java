import java.lang.management.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        // A class that was loaded while the interpreter waited would count, too.
        var field = ClassLoader.class;
        System.out.println(ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount() + " " + ManagementFactory.getMemoryPoolMXBeans().stream().map(MemoryPoolMXBean::getName).toList() + ManagementFactory.getGarbageCollectorMXBeans().stream().map(MemoryManagerMXBean::getName).toList() + ManagementFactory.getCompilationMXBean().getName());
        RuntimeMXBean machine = ManagementFactory.getRuntimeMXBean();
        System.out.println(machine.getVmName() + machine.getVmVersion() + machine.getClassPath() + machine.getLibraryPath() + machine.getBootClassPath().length() * 0 + machine.getName().split("@")[1]);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        System.out.println(threads.getThreadCount() + " " + threads.getPeakThreadCount() + " " + threads.getTotalStartedThreadCount() + " " + threads.getDaemonThreadCount());
    }
}
